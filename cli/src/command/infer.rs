//! `webhook-codegen infer`.

use super::input::io_error;
use super::provider;
use crate::infer::{self, observe, written};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `--help` says last.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen infer deliveries.jsonl --out specs/acme
  webhook-codegen infer more.jsonl --out specs/acme --update
  webhook-codegen infer bodies/ export.har --out specs/acme --event-type-location '$request.body#/type'

Captured deliveries are JSON Lines of {received_at, method, url, headers: [[name, value]], body | body_base64}, \
as `listen --save` writes them. HAR is read too, and so are plain JSON bodies and text files of headers, a blank \
line and a body; a folder stands for the files in it, and the name of a plain body's file or folder may say its \
event.

With --update the documents stay as they are: what deliveries contradict in them goes into overlay.yaml, behind \
what that says already.

A draft rests on what was seen: look through it, correct it, and generate.";

#[derive(Args)]
pub(super) struct Arguments {
    /// Files of captured deliveries, and folders of them
    #[arg(required = true, value_name = "CAPTURES")]
    captures: Vec<PathBuf>,
    /// The provider's folder, which becomes one if it is none
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Where deliveries say their event type, instead of looking for it: expressions, joined with a full stop
    #[arg(long, alias = "event-type", value_name = "EXPRESSION", num_args = 1..)]
    event_type_location: Vec<String>,
    /// Change what is in DIR where deliveries contradict it, by an overlay
    #[arg(long)]
    update: bool,
    /// Leave names, addresses and tokens in the examples
    #[arg(long)]
    keep_values: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if arguments.update {
        return update(arguments);
    }
    let location = infer::location(&arguments.event_type_location).map_err(|problem| format!("error: {problem}\n"))?;
    let mut observed = observe(&arguments.captures, location).map_err(|error| format!("error: {error}\n"))?;
    observed.find_shapes();
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

/// Writes an overlay of what the documents have to allow besides.
fn update(arguments: &Arguments) -> Result<ExitCode, String> {
    let (provider, folder) = provider::folder(&arguments.out)?;
    let update = infer::update(&arguments.captures, &provider, &folder).map_err(|error| format!("error: {error}\n"))?;
    for action in &update.left {
        println!("left alone: {action}");
    }
    if update.is_empty() {
        if update.left.is_empty() {
            println!("{} says all that was seen", arguments.out.display());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let path = infer::overlay_of(&arguments.out);
    let known = std::fs::read_to_string(&path).ok();
    let text = update.overlay(known.as_deref()).map_err(|problem| format!("error: {}: {problem}\n", path.display()))?;
    std::fs::write(&path, text).map_err(io_error)?;
    println!("actions added to {}: {}", path.display(), update.len());
    Ok(ExitCode::SUCCESS)
}
