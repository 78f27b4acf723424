//! The command line: what is read, written and printed, and the exit status.

mod catalog;
mod diff;
mod git;

use catalog::Catalog;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use webhook_codegen::Generated;
use webhook_codegen::diagnostics::{Diagnostics, Failure, Sources, Style, render};
use webhook_codegen::files::Change;

/// What `--help` says about `--format json`.
const JSON: &str = "\
The objects of --format json, one in each line of stdout:
  severity  error, warning
  file, line, column, end_line, end_column
            the place; lines and columns count from 1, columns in characters, and the end is the first
            character behind it; null but for `file` where a whole file or folder is meant
  pointer   JSON pointer to the node in that file
  document  null; where overlay.yaml put the node there, `file#pointer` in the document
  message, help
            what is wrong, and what to do about it (or null)";

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
    #[command(after_help = help("generate --specs specs --out generated/src"))]
    Generate {
        #[command(flatten)]
        input: Input,
        /// The crate's source folder
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Read the documents and report what is wrong; with --out, whether the files there are up to date
    #[command(after_help = help("check --specs specs --out generated/src --deny warnings"))]
    Check {
        #[command(flatten)]
        input: Input,
        /// The crate's source folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// What else makes the answer no (exit status 1)
        #[arg(long, value_name = "WHAT")]
        deny: Option<Deny>,
    },
    /// Write the events for people to read: a site without a server, or Markdown
    #[command(after_help = catalog::HELP)]
    Catalog(Catalog),
    /// Say what a change of the documents does to who receives the webhooks
    #[command(after_help = diff::HELP)]
    Diff(diff::Arguments),
}

#[derive(Args)]
struct Input {
    /// The folder that holds a folder of documents for each provider
    #[arg(long, value_name = "DIR")]
    specs: PathBuf,
    /// How warnings and errors are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the line and a caret, on stderr
    Text,
    /// For programs, a JSON object in each line of stdout; everything else then goes to stderr
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Any warning
    Warnings,
}

fn help(example: &str) -> String {
    format!("Example:\n  webhook-codegen {example}\n\n{JSON}")
}

const NO: u8 = 1;
const COULD_NOT_RUN: u8 = 2;

/// Runs the process's command line.
pub(crate) fn run() -> ExitCode {
    let done = match Command::parse().task {
        Task::Generate { input, out } => generate(&input, &out),
        Task::Check { input, out, deny } => check(&input, out.as_deref(), deny),
        Task::Catalog(task) => catalog::catalog(task),
        Task::Diff(arguments) => diff::run(&arguments),
    };
    done.unwrap_or_else(|message| {
        eprint!("{message}");
        ExitCode::from(COULD_NOT_RUN)
    })
}

fn generate(input: &Input, out: &Path) -> Result<ExitCode, String> {
    let generated = input.read()?;
    let changes = generated.files.sync(out).map_err(io_error)?;
    input.list(&changes, out, ["added", "changed", "removed"]);
    input.say(&format!("{} of {} files changed", changes.len(), generated.files.iter().count()));
    Ok(ExitCode::SUCCESS)
}

fn check(input: &Input, out: Option<&Path>, deny: Option<Deny>) -> Result<ExitCode, String> {
    let generated = input.read()?;
    input.show(&generated.examples, &generated.sources);
    let warnings = generated.warnings.len() + generated.examples.len();
    let warnings = if deny == Some(Deny::Warnings) { warnings } else { 0 };
    let fresh = out.map_or(Ok(true), |out| input.is_fresh(&generated, out))?;
    if warnings > 0 {
        input.say(&format!("warnings: {warnings}, and --deny warnings lets none pass"));
    } else if out.is_none() {
        input.say(&format!("{} is fine", input.specs.display()));
    }
    Ok(if fresh && warnings == 0 { ExitCode::SUCCESS } else { ExitCode::from(NO) })
}

impl Input {
    /// What the documents generate, with the warnings shown.
    fn read(&self) -> Result<Generated, String> {
        let generated = webhook_codegen::generate(&self.specs).map_err(|Failure { diagnostics, sources }| {
            self.show(&diagnostics, &sources);
            "\nNothing was generated.\n".to_owned()
        })?;
        self.show(&generated.warnings, &generated.sources);
        Ok(generated)
    }

    fn show(&self, diagnostics: &Diagnostics, sources: &Sources) {
        match self.format {
            Format::Json => print!("{}", render(diagnostics, sources, Style::Json)),
            Format::Text if std::io::stderr().is_terminal() && !no_color() => {
                eprint!("{}", render(diagnostics, sources, Style::Color));
            }
            Format::Text => eprint!("{}", render(diagnostics, sources, Style::Plain)),
        }
    }

    fn is_fresh(&self, generated: &Generated, out: &Path) -> Result<bool, String> {
        let changes = generated.files.changes(out).map_err(io_error)?;
        self.list(&changes, out, ["missing", "differs", "no longer generated"]);
        let state = if changes.is_empty() { "up to date" } else { "stale: run `webhook-codegen generate`" };
        self.say(&format!("{} is {state}", out.display()));
        Ok(changes.is_empty())
    }

    fn list(&self, changes: &[Change], out: &Path, [added, changed, removed]: [&str; 3]) {
        for change in changes {
            let (word, path) = match change {
                Change::Added(path) => (added, path),
                Change::Changed(path) => (changed, path),
                Change::Removed(path) => (removed, path),
            };
            self.say(&format!("{word} {}", out.join(path).display()));
        }
    }

    /// A line for people, where nothing else is written that a program reads.
    fn say(&self, line: &str) {
        match self.format {
            Format::Text => println!("{line}"),
            Format::Json => eprintln!("{line}"),
        }
    }
}

/// Whether the user wants no colours (<https://no-color.org>).
fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

fn io_error(error: std::io::Error) -> String {
    format!("error: {error}\n")
}
