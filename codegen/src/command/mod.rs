//! The command line: what is read, written and printed, and the exit status.

use clap::{Args, Parser, Subcommand};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use webhook_codegen::Generated;
use webhook_codegen::diagnostics::{Diagnostics, Sources, Style, render};
use webhook_codegen::files::Change;

/// Makes a typed Rust crate of the webhooks in OpenAPI 3.1 documents.
///
/// Exit status: 0 fine, 1 the answer is no, 2 could not run.
#[derive(Parser)]
#[command(name = "webhook-codegen", version)]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the files that differ and remove those that are no longer generated
    #[command(after_help = "Example:\n  webhook-codegen generate --specs specs --out generated/src")]
    Generate {
        #[command(flatten)]
        specs: Specs,
        /// The crate's source folder
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Read the documents and report what is wrong; with --out, whether the files there are up to date
    #[command(after_help = "Example:\n  webhook-codegen check --specs specs --out generated/src")]
    Check {
        #[command(flatten)]
        specs: Specs,
        /// The crate's source folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

#[derive(Args)]
struct Specs {
    /// The folder that holds a folder of documents for each provider
    #[arg(long, value_name = "DIR")]
    specs: PathBuf,
}

const NO: u8 = 1;
const COULD_NOT_RUN: u8 = 2;

/// Runs the process's command line.
pub(crate) fn run() -> ExitCode {
    let done = match Command::parse().task {
        Task::Generate { specs, out } => generate(&specs.specs, &out),
        Task::Check { specs, out } => check(&specs.specs, out.as_deref()),
    };
    done.unwrap_or_else(|message| {
        eprint!("{message}");
        ExitCode::from(COULD_NOT_RUN)
    })
}

fn generate(specs: &Path, out: &Path) -> Result<ExitCode, String> {
    let generated = read(specs)?;
    let changes = generated.files.sync(out).map_err(io_error)?;
    list(&changes, out, ["added", "changed", "removed"]);
    println!("{} of {} files changed", changes.len(), generated.files.iter().count());
    Ok(ExitCode::SUCCESS)
}

fn check(specs: &Path, out: Option<&Path>) -> Result<ExitCode, String> {
    let generated = read(specs)?;
    let Some(out) = out else {
        println!("{} is fine", specs.display());
        return Ok(ExitCode::SUCCESS);
    };
    let changes = generated.files.changes(out).map_err(io_error)?;
    list(&changes, out, ["missing", "differs", "no longer generated"]);
    if changes.is_empty() {
        println!("{} is up to date", out.display());
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} is stale: run `webhook-codegen generate`", out.display());
    Ok(ExitCode::from(NO))
}

/// What the documents generate, with the warnings shown.
fn read(specs: &Path) -> Result<Generated, String> {
    let generated = webhook_codegen::generate(specs).map_err(|failure| {
        let shown = show(&failure.diagnostics, &failure.sources);
        format!("{shown}\nNothing was generated.\n")
    })?;
    eprint!("{}", show(&generated.warnings, &generated.sources));
    Ok(generated)
}

fn show(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let color = std::io::stderr().is_terminal() && !no_color;
    render(diagnostics, sources, if color { Style::Color } else { Style::Plain })
}

fn list(changes: &[Change], out: &Path, [added, changed, removed]: [&str; 3]) {
    for change in changes {
        let (word, path) = match change {
            Change::Added(path) => (added, path),
            Change::Changed(path) => (changed, path),
            Change::Removed(path) => (removed, path),
        };
        println!("{word} {}", out.join(path).display());
    }
}

fn io_error(error: std::io::Error) -> String {
    format!("error: {error}\n")
}
