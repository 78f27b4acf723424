//! What every task is given, and how each of them answers.

use super::progress;
use super::terminal::style;
use crate::annotations::{Annotation, github, sarif};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use webhook_codegen::diagnostics::{Diagnostics, Failure, Style, parse_label, render, summarize};
use webhook_codegen::files::Change;
use webhook_codegen::source::Source;
use webhook_codegen::{Config, Generated};

/// Where documents are looked for.
pub(super) const SPECS: &str = "specs";
pub(super) const NO: u8 = 1;
pub(super) const COULD_NOT_RUN: u8 = 2;

#[derive(Args)]
pub(super) struct Input {
    /// The folder that holds a folder of documents for each provider
    #[arg(long, value_name = "DIR", default_value = SPECS)]
    pub(super) specs: PathBuf,
    /// How warnings and errors are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Report,
    /// Show each warning, not only one of each kind
    #[arg(long)]
    pub(super) all_warnings: bool,
    /// Leave out warnings of this kind, such as `unused` or `unenforced:pattern`
    #[arg(long, value_name = "KIND", value_parser = parse_label)]
    pub(super) allow: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, with the line and a caret, on stderr
    Text,
    /// For programs, a JSON object in each line of stdout; everything else then goes to stderr
    Json,
}

/// How warnings and errors are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Report {
    /// For people, with the line and a caret, on stderr
    Text,
    /// For programs, a JSON object in each line of stdout; everything else then goes to stderr
    Json,
    /// For code scanning, SARIF 2.1.0 on stdout
    Sarif,
    /// For GitHub Actions, which shows them beside the lines
    Github,
}

/// What generates, and what it found besides.
pub(super) type Generate = fn(&Config) -> Result<(Generated, Diagnostics), Failure>;

impl Input {
    /// What the documents generate, with the warnings shown.
    pub(super) fn read(&self) -> Result<Generated, String> {
        self.read_with(|config| Ok((config.generate()?, Diagnostics::new()))).map(|(generated, _)| generated)
    }

    pub(super) fn read_with(&self, generate: Generate) -> Result<(Generated, Diagnostics), String> {
        let config = Config::new(&self.specs).features().steps(progress::step);
        let (mut generated, mut checks) = generate(&config).map_err(|Failure { diagnostics, sources }| {
            self.show(&diagnostics.allowing(&self.allow), &sources);
            "\nNothing was generated.\n".to_owned()
        })?;
        generated.warnings = generated.warnings.allowing(&self.allow);
        checks = checks.allowing(&self.allow);
        self.show(&generated.warnings.iter().chain(&checks).cloned().collect(), &generated.sources);
        Ok((generated, checks))
    }

    pub(super) fn show(&self, diagnostics: &Diagnostics, sources: &[Source]) {
        let some = if self.all_warnings { render } else { summarize };
        match self.format {
            Report::Text => eprint!("{}", some(diagnostics, sources, style())),
            Report::Json => print!("{}", render(diagnostics, sources, Style::Json)),
            Report::Sarif => print!("{}", sarif(&annotations(&render(diagnostics, sources, Style::Json)))),
            // GitHub shows ten of a step.
            Report::Github => print!("{}", github(&annotations(&some(diagnostics, sources, Style::Json)))),
        }
    }

    /// A result and no complaint: on stdout in either format.
    pub(super) fn list_fallbacks(&self, Generated { fallbacks, sources, .. }: &Generated) {
        match self.format {
            Report::Json => print!("{}", render(fallbacks, sources, Style::Json)),
            _ => render(fallbacks, sources, Style::Lines).lines().for_each(|line| self.say(line)),
        }
        self.say(&format!("{} schemas became any JSON though they say more", fallbacks.len()));
    }

    pub(super) fn is_fresh(&self, generated: &Generated, out: &Path) -> Result<bool, String> {
        let changes = generated.files.changes(out).map_err(io_error)?;
        self.list(&changes, out, ["missing", "differs", "no longer generated"]);
        let state = if changes.is_empty() { "up to date" } else { "stale: run `webhook-codegen generate`" };
        self.say(&format!("{} is {state}", out.display()));
        Ok(changes.is_empty())
    }

    pub(super) fn list(&self, changes: &[Change], out: &Path, [added, changed, removed]: [&str; 3]) {
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
    pub(super) fn say(&self, line: &str) {
        match self.format {
            Report::Text => println!("{line}"),
            Report::Json | Report::Sarif | Report::Github => eprintln!("{line}"),
        }
    }
}

/// What `Style::Json` says.
fn annotations(lines: &str) -> Vec<Annotation> {
    lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

pub(super) fn io_error(error: std::io::Error) -> String {
    format!("error: {error}\n")
}
