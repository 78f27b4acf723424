//! The command line: what is read, written and printed, and the exit status.

mod catalog;
mod diff;
mod drift;
mod git;
mod infer;
mod input;
mod list;
mod listen;
mod progress;
mod provider;
mod send;
mod shell;
mod terminal;
mod verify;

use crate::check;
use catalog::Catalog;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use input::{COULD_NOT_RUN, Input, NO, io_error};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use webhook_codegen::diagnostics::Severity;

/// What `--help` says about `--format json`.
const JSON: &str = "\
The objects of --format json, one in each line of stdout:
  severity  error, warning, note
  kind      of a warning, as --allow takes it: no-event, unenforced:pattern
  file, line, column, end_line, end_column
            the location; lines and columns count from 1, columns in
            characters, and the end is the first character after it; null
            but for `file` where it is a whole file or folder
  pointer   JSON pointer to the node in that file
  document  where overlay.yaml put the node there, `file#pointer` in the
            document
  message, help
            what is wrong, and what to do about it";

/// Makes a typed Rust crate of the webhooks in OpenAPI 3.1 documents.
///
/// Exit status: 0 success; 1 the check failed: stale, breaking or with denied warnings; 2 could not run.
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
    /// Beside what generating warns of: examples that are not valid, schemas that no value satisfies, components that
    /// are never used, and formats that look misspelt.
    #[command(after_help = help("check --specs specs --out generated/src --deny warnings"))]
    Check {
        #[command(flatten)]
        input: Input,
        /// The crate's source folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// What else makes the check fail (exit status 1)
        #[arg(long, value_name = "WHAT")]
        deny: Option<Deny>,
        /// List the schemas that became any JSON though they say more, one per line, and count them
        #[arg(long)]
        report_fallbacks: bool,
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
    /// Draft a document and a provider.yaml from captured deliveries
    #[command(after_help = infer::HELP)]
    Infer(infer::Arguments),
    /// Listen for deliveries: answer, verify, print and capture them
    #[command(after_help = listen::HELP)]
    Listen(listen::Arguments),
    /// List the events of all providers
    #[command(after_help = list::HELP)]
    List(list::Arguments),
    /// Say whether a body is what the documents say
    #[command(after_help = verify::HELP)]
    Verify(verify::Arguments),
    /// Say what arrives that no document declares
    #[command(after_help = drift::HELP)]
    Drift(drift::Arguments),
    /// Send a signed example of an event, to try a receiver with
    #[command(after_help = send::HELP)]
    Send(send::Arguments),
    /// Print a script by which a shell completes the command's arguments
    #[command(after_help = shell::COMPLETIONS)]
    Completions(shell::Completions),
    /// Write the manual pages
    #[command(after_help = shell::MAN)]
    Man(shell::Man),
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Any warning
    Warnings,
}

fn help(example: &str) -> String {
    format!("Example:\n  webhook-codegen {example}\n\n{JSON}")
}

/// Runs the process's command line.
pub fn run() -> ExitCode {
    let command = Command::parse();
    progress::watch();
    let done = match command.task {
        Task::Generate { input, out } => generate(&input, &out),
        Task::Check { input, out, deny, report_fallbacks } => check(&input, out.as_deref(), deny, report_fallbacks),
        Task::Features { input } => input.read().map(|generated| {
            print!("{}", generated.features);
            ExitCode::SUCCESS
        }),
        Task::Catalog(task) => catalog::catalog(task),
        Task::Diff(arguments) => diff::run(&arguments),
        Task::Listen(arguments) => listen::run(&arguments),
        Task::List(arguments) => list::run(&arguments),
        Task::Verify(arguments) => verify::run(&arguments),
        Task::Drift(arguments) => drift::run(&arguments),
        Task::Infer(arguments) => infer::run(&arguments),
        Task::Send(arguments) => send::run(&arguments),
        Task::Completions(arguments) => Ok(shell::completions(&arguments, Command::command())),
        Task::Man(arguments) => shell::man(&arguments, Command::command()),
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

fn check(input: &Input, out: Option<&Path>, deny: Option<Deny>, report_fallbacks: bool) -> Result<ExitCode, String> {
    let (generated, checks) = input.read_with(check::generate)?;
    if report_fallbacks {
        input.list_fallbacks(&generated);
    }
    let fresh = out.map_or(Ok(true), |out| input.is_fresh(&generated, out))?;
    let found = generated.warnings.iter().chain(&checks);
    let warnings = found.filter(|found| found.severity == Severity::Warning).count();
    let is_denied = warnings > 0 && deny == Some(Deny::Warnings);
    let why = if is_denied { ", which --deny warnings forbids" } else { "" };
    let warnings = if warnings == 0 { "no".to_owned() } else { warnings.to_string() };
    input.say(&format!("{}: no errors, {warnings} warnings{why}", input.specs.display()));
    Ok(if fresh && !is_denied { ExitCode::SUCCESS } else { ExitCode::from(NO) })
}
