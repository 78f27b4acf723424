//! The events for people to read: a site that needs no server, or Markdown for a repository.
//!
//! A page holds its types once, in a table, and unfolds them when asked: written out, the bodies of GitHub's 261 events
//! would be some hundred times as large, and a type that holds itself would have no end.

mod build;
mod facts;
mod markdown;
mod page;
mod provider_page;

use crate::diff::Diff;
use std::path::Path;
use webhook_codegen::Config;
use webhook_codegen::documents::Folder;
use webhook_codegen::files::Files;
use webhook_codegen::model::Provider;
use webhook_codegen::pipeline::Documents;
use webhook_codegen::source::Failure;

/// What a catalogue is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// index.html and a page for each provider; needs no server and no network
    Html,
    /// README.md and a file for each provider, for a repository
    Markdown,
}

/// Writes about the events of the documents in `specs`, and about what changed since then.
///
/// # Errors
/// Everything that is wrong with the documents, as with [`Config::generate`].
pub fn catalogue(specs: impl AsRef<Path>, format: Format, changes: &Diff) -> Result<Files, Failure> {
    let config = Config::new(specs.as_ref()).features();
    let model = Documents::read(&config)?.model(&config).checked()?;
    Ok(files(&model.providers, &model.folders, &config, format, changes))
}

/// The files of a catalogue, to be written with [`Files::write`]. A change is marked where it shows; what is gone from
/// the documents is listed only.
fn files(providers: &[Provider], folders: &[Folder], config: &Config, format: Format, diff: &Diff) -> Files {
    let pages: Vec<_> = providers
        .iter()
        .zip(folders)
        .map(|(provider, folder)| {
            let mut page = build::provider_page(provider, folder, config);
            page.changes = diff.changes.iter().filter(|change| change.provider == page.name).cloned().collect();
            page
        })
        .collect();
    match format {
        Format::Html => page::files(&pages),
        Format::Markdown => markdown::files(&pages),
    }
}
