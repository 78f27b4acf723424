//! `webhook-codegen infer`.

use super::input::io_error;
use crate::infer::{observe, written};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `--help` says last.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen infer deliveries.jsonl --out specs/acme
  webhook-codegen infer bodies/ export.har --out specs/acme --event-type '$request.body#/type'

Captured deliveries are JSON Lines of {received_at, method, url, headers: [[name, value]], body | body_base64}, as
`listen --save` writes them. HAR is read too, and so are plain JSON bodies and text files of headers, a blank line and a
body; a folder stands for the files in it, and the name of a plain body's file or folder may say its event.

What is drafted stands on what was seen: look through it, correct it, and generate.";

#[derive(Args)]
pub(super) struct Arguments {
    /// Files of captured deliveries, and folders of them
    #[arg(required = true, value_name = "CAPTURES")]
    captures: Vec<PathBuf>,
    /// The provider's folder, which becomes one if it is none
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Where deliveries say their event type, instead of looking for it: expressions, joined with a full stop
    #[arg(long, value_name = "EXPRESSION", num_args = 1..)]
    event_type: Vec<String>,
    /// Leave names, addresses and tokens in the examples
    #[arg(long)]
    keep_values: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let location = crate::infer::location(&arguments.event_type).map_err(|problem| format!("error: {problem}\n"))?;
    let mut observed = observe(&arguments.captures, location).map_err(|error| format!("error: {error}\n"))?;
    observed.share();
    let name = arguments.out.file_name().unwrap_or_default().to_string_lossy();
    let files = written(&observed, &name, arguments.keep_values).map_err(|problem| format!("error: {problem}\n"))?;
    std::fs::create_dir_all(&arguments.out).map_err(io_error)?;
    for (file, text) in files {
        let path = arguments.out.join(file);
        if path.exists() {
            return Err(format!("error: {} is there already: --update changes it\n", path.display()));
        }
        std::fs::write(&path, text).map_err(io_error)?;
        println!("wrote {}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}
