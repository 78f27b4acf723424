//! `webhook-codegen catalog`.

use super::{Failure, Input, io_error};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;
use webhook_codegen::catalog::Format;

/// What `--help` says last.
pub const HELP: &str = "\
Examples:
  webhook-codegen catalog --specs specs --out catalog
  webhook-codegen catalog --specs specs --out docs/webhooks --format markdown

Open index.html; an event has an address of its own: index.html#askelephant/v1.contact.created";

#[derive(Args)]
pub struct Catalog {
    /// The folder that holds a folder of documents for each provider
    #[arg(long, value_name = "DIR")]
    specs: PathBuf,
    /// Where the catalogue goes; other files there are left alone
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What it is written as
    #[arg(long, value_name = "FORMAT", default_value = "html")]
    format: Written,
}

#[derive(Clone, Copy, ValueEnum)]
enum Written {
    /// index.html and a page for each provider; needs no server and no network
    Html,
    /// README.md and a file for each provider, for a repository
    Markdown,
}

/// Writes the catalogue.
pub fn catalog(Catalog { specs, out, format }: Catalog) -> Result<ExitCode, String> {
    let input = Input { specs, format: super::Format::Text };
    let format = match format {
        Written::Html => Format::Html,
        Written::Markdown => Format::Markdown,
    };
    let written = webhook_codegen::catalogue(&input.specs, format, &[]).map_err(|failure| {
        let Failure { diagnostics, sources } = failure;
        input.show(&diagnostics, &sources);
        "\nNothing was written.\n".to_owned()
    })?;
    let changes = written.files.write(&out).map_err(io_error)?;
    input.list(&changes, &out, ["added", "changed", "removed"]);
    input.say(&format!("{} of {} files changed", changes.len(), written.files.iter().count()));
    Ok(ExitCode::SUCCESS)
}
