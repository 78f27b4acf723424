//! The command line: what is read, written and printed, and the exit status.

mod catalog;
mod diff;
mod git;
mod progress;
mod send;

use crate::check;
use catalog::Catalog;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use webhook_codegen::diagnostics::{Diagnostics, Failure, Sources, Style, render};
use webhook_codegen::files::Change;
use webhook_codegen::{Config, Generated};

/// What `--help` says about `--format json`.
const JSON: &str = "\
The objects of --format json, one in each line of stdout:
  severity  error, warning, note
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
    ///
    /// Beside what generating warns of: examples that do not fit their schema or the generated type, schemas that no
    /// value fits, components that nothing refers to, and formats that look misspelt.
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
        /// List the schemas that became any JSON though they say more, a line each, and count them
        #[arg(long)]
        report_untyped: bool,
    },
    /// Print the `[features]` that the crate's Cargo.toml needs
    #[command(after_help = help("features --specs specs"))]
    Features {
        #[command(flatten)]
        input: Input,
    },
    /// Write the events for people to read: a site without a server, or Markdown
    #[command(after_help = catalog::HELP)]
    Catalog(Catalog),
    /// Say what a change of the documents does to who receives the webhooks
    #[command(after_help = diff::HELP)]
    Diff(diff::Arguments),
    /// Send a signed example of an event, to try a receiver with
    #[command(after_help = send::HELP)]
    Send(send::Arguments),
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

/// What generates, and what it found besides.
type Generate = fn(&Config) -> Result<(Generated, Diagnostics), Failure>;

const NO: u8 = 1;
const COULD_NOT_RUN: u8 = 2;

/// Runs the process's command line.
pub fn run() -> ExitCode {
    let command = Command::parse();
    progress::watch();
    let done = match command.task {
        Task::Generate { input, out } => generate(&input, &out),
        Task::Check { input, out, deny, report_untyped } => check(&input, out.as_deref(), deny, report_untyped),
        Task::Features { input } => input.read().map(|generated| {
            print!("{}", generated.features);
            ExitCode::SUCCESS
        }),
        Task::Catalog(task) => catalog::catalog(task),
        Task::Diff(arguments) => diff::run(&arguments),
        Task::Send(arguments) => send::run(&arguments),
    };
    done.unwrap_or_else(|message| {
        eprint!("{message}");
        ExitCode::from(COULD_NOT_RUN)
    })
}

fn generate(input: &Input, out: &Path) -> Result<ExitCode, String> {
    let generated = input.read()?;
    progress::step("writing the files that differ");
    let changes = generated.files.sync(out).map_err(io_error)?;
    input.list(&changes, out, ["added", "changed", "removed"]);
    input.say(&format!("{} of {} files changed", changes.len(), generated.files.iter().count()));
    Ok(ExitCode::SUCCESS)
}

fn check(input: &Input, out: Option<&Path>, deny: Option<Deny>, report_untyped: bool) -> Result<ExitCode, String> {
    let (generated, checks) = input.read_with(check::generate)?;
    if report_untyped {
        input.list_untyped(&generated);
    }
    let warnings = generated.warnings.complaints() + checks.complaints();
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
        self.read_with(|config| Ok((config.generate()?, Diagnostics::new()))).map(|(generated, _)| generated)
    }

    fn read_with(&self, generate: Generate) -> Result<(Generated, Diagnostics), String> {
        let config = Config::new(&self.specs).features().steps(progress::step);
        let (generated, checks) = generate(&config).map_err(|Failure { diagnostics, sources }| {
            self.show(&diagnostics, &sources);
            "\nNothing was generated.\n".to_owned()
        })?;
        self.show(&generated.warnings.iter().chain(&checks).cloned().collect(), &generated.sources);
        Ok((generated, checks))
    }

    fn show(&self, diagnostics: &Diagnostics, sources: &Sources) {
        match self.format {
            Format::Json => print!("{}", render(diagnostics, sources, Style::Json)),
            Format::Text => eprint!("{}", render(diagnostics, sources, style())),
        }
    }

    /// A result and no complaint: on stdout in either format.
    fn list_untyped(&self, Generated { untyped, sources, .. }: &Generated) {
        let style = if self.format == Format::Json { Style::Json } else { Style::Lines };
        print!("{}", render(untyped, sources, style));
        self.say(&format!("{} schemas became any JSON though they say more", untyped.len()));
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

/// How diagnostics are written to stderr.
fn style() -> Style {
    if std::io::stderr().is_terminal() && !no_color() { Style::Color } else { Style::Plain }
}

/// Whether the user wants no colours (<https://no-color.org>).
fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

fn io_error(error: std::io::Error) -> String {
    format!("error: {error}\n")
}
