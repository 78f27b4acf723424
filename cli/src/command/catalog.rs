//! `webhook-codegen catalog`.

use super::git::Tree;
use super::input::{Input, Report, SPECS, io_error};
use crate::catalog::{Format, catalogue};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use webhook_codegen::diagnostics::Failure;

/// What `--help` says last.
pub const HELP: &str = "\
Examples:
  webhook-codegen catalog --specs specs --out catalog
  webhook-codegen catalog --specs specs --out docs/webhooks --format markdown
  webhook-codegen catalog --specs specs --out catalog --diff git:main:specs

Open index.html; an event has an address of its own:
index.html#askelephant/v1.contact.created";

#[derive(Args)]
pub struct Catalog {
    /// The folder that holds a folder of documents for each provider
    #[arg(long, value_name = "DIR", default_value = SPECS)]
    specs: PathBuf,
    /// Where the catalogue goes; other files there are left alone
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What it is written as
    #[arg(long, value_name = "FORMAT", default_value = "html")]
    format: Format,
    /// Where your code has the generated types: a crate, or a module such as crate::webhooks
    #[arg(long, value_name = "PATH", default_value = "webhook_events")]
    module: String,
    /// What was there before, as in `diff`: what changed since then is marked
    #[arg(long, value_name = "OLD")]
    diff: Option<String>,
}

/// Writes the catalogue.
pub fn catalog(Catalog { specs, out, format, module, diff }: Catalog) -> Result<ExitCode, String> {
    let input = Input { specs, format: Report::Text, all_warnings: false, allow: Vec::new() };
    let old = diff.map(|old| Tree::find(&old)).transpose()?;
    let failed = |Failure { diagnostics, sources }: Failure| {
        input.show(&diagnostics, &sources);
        "\nNothing was written.\n".to_owned()
    };
    let diff = old.map(|old| crate::diff::between(&old.path, &input.specs)).transpose().map_err(failed)?;
    let files = catalogue(&input.specs, format, &module, &diff.unwrap_or_default()).map_err(failed)?;
    let changes = files.write(&out).map_err(io_error)?;
    input.list(&changes, &out, ["added", "changed", "removed"]);
    input.say(&format!("{} of {} files changed", changes.len(), files.iter().count()));
    Ok(ExitCode::SUCCESS)
}
