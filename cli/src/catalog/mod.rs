//! The events for people to read: a site that needs no server, or Markdown for a repository.
//!
//! A page holds its types once, in a table, and unfolds them when asked: written out, the bodies of GitHub's 261 events
//! would be some hundred times as large, and a type that holds itself would have no end.

mod build;
mod facts;
mod markdown;
mod page;
mod provider_page;

use crate::delivery::senders;
use crate::diff::Diff;
use std::path::Path;
use webhook_codegen::Config;
use webhook_codegen::files::Files;
use webhook_codegen::source::Failure;

/// What a catalogue is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// index.html and a page for each provider; needs no server and no network
    Html,
    /// README.md and a file for each provider, for a repository
    Markdown,
}

/// Writes about the events of the documents in `specs`, and about what changed since then. `module` is where the generated
/// code is: `webhook_events`, or a module of one's own.
///
/// # Errors
/// Everything that is wrong with the documents, as with [`Config::generate`].
pub fn catalogue(specs: impl AsRef<Path>, format: Format, module: &str, changes: &Diff) -> Result<Files, Failure> {
    let config = Config::new(specs.as_ref()).features();
    let pages: Vec<_> = senders(&config)?
        .iter()
        .map(|sender| {
            let mut page = build::provider_page(sender, &config, module);
            // What is gone from the documents is listed only.
            page.changes = changes.changes.iter().filter(|change| change.provider == page.name).cloned().collect();
            page
        })
        .collect();
    Ok(match format {
        Format::Html => page::files(&pages),
        Format::Markdown => markdown::files(&pages),
    })
}
