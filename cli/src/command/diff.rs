//! `diff`: what a change of the documents does to users.

use super::git::Tree;
use super::input::{COULD_NOT_RUN, NO};
use super::terminal::{is_colored, style};
use crate::diff::{self, Diff};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::process::ExitCode;
use webhook_codegen::diagnostics::{Failure, render};

/// What `diff --help` says besides.
pub(super) const HELP: &str = "\
Examples:
  webhook-codegen diff git:main:specs specs
  webhook-codegen diff orders-v3.json orders-v4.json --summary
  webhook-codegen diff specs/shop ../next/shop --format markdown

OLD and NEW are each a document, a provider's folder or a folder of those, or \
git:REV:PATH for what was committed, with the path from the repository's root. \
Two documents are compared whatever their files are called.

Verdicts, by what they do to those who receive the webhooks; a change may have \
the first two at once:
  source      code that compiles against the old types may not compile against
              the new ones
  wire        code generated from one edition refuses a body of the other, or
              lacks a value of it: of new deliveries while the provider has
              changed and the receiver was not rebuilt, or of stored deliveries
              when the receiver was rebuilt and old bodies are replayed; the
              note says which, and why
  compatible  neither; what the types do not check, such as a limit, is listed
              with its direction

Changes are grouped by the events that they touch; what no event has comes last. \
The last line is the version that follows: major where something breaks, minor \
where something is new, patch where neither. Where nothing changed, nothing is \
printed.

Exit status: 0 nothing breaks; 1 something breaks; 2 could not run.

The objects of --format json, one in each line of stdout, a change each:
  provider    the provider's name
  verdicts    list of source, wire, or compatible alone
  kind        field_changed, event_removed, …: what kind of change it is
  path, what  what changed, as code calls it below the provider's module; in
              words
  from, to    what it was and what it is: a type, a name or a rule; or null
  wire        list of new and stored: the deliveries that code of the other
              edition refuses or lacks a value of
  note        what follows from it, or null
  old, new    {file, line, column, pointer} in the documents of either side, or
              null
  events      the event types whose bodies it concerns
and in the last line: bump (none, patch, minor, major), how many are source, wire \
and compatible at worst, and events: {provider: {event type: [the numbers of its \
changes, from 0]}}";

/// The arguments of `diff`.
#[derive(Args)]
pub(super) struct Arguments {
    /// What was there: a document, a folder, or git:REV:PATH
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    old: String,
    /// What is there now, likewise
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    new: String,
    /// How the changes are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Changes of one kind in one line, counted
    #[arg(long, conflicts_with = "format")]
    summary: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For a pull request
    Markdown,
    /// For programs: an object in each line
    Json,
    /// For a CHANGELOG: sections as in Keep a Changelog
    Changelog,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions, which shows them beside the lines
    Github,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let (old, new) = (Tree::find(&arguments.old)?, Tree::find(&arguments.new)?);
    let mut diff = match diff::between(&old.path, &new.path) {
        Ok(diff) => diff,
        Err(failure) => {
            show(&failure, &old, &new);
            return Ok(ExitCode::from(COULD_NOT_RUN));
        }
    };
    for change in &mut diff.changes {
        change.old.iter_mut().for_each(|at| at.file = old.shown(&at.file));
        change.new.iter_mut().for_each(|at| at.file = new.shown(&at.file));
    }
    // Who reads only the first lines, like `head`, closes the pipe.
    _ = std::io::stdout().write_all(written(&diff, arguments).as_bytes());
    if diff.changes.is_empty() {
        eprintln!("nothing changed");
    }
    Ok(if diff.breaks() { ExitCode::from(NO) } else { ExitCode::SUCCESS })
}

fn written(diff: &Diff, arguments: &Arguments) -> String {
    use crate::annotations::{github, sarif};
    use diff::render::{annotations, changelog, json, markdown, summary, text};
    match arguments.format {
        Format::Text if arguments.summary => summary(diff),
        Format::Text => text(diff, is_colored(&std::io::stdout())),
        Format::Markdown => markdown(diff),
        Format::Json => json(diff),
        Format::Changelog => changelog(diff),
        Format::Sarif => sarif(&annotations(diff)),
        Format::Github => github(&annotations(diff)),
    }
}

fn show(failure: &Failure, old: &Tree, new: &Tree) {
    let text = render(&failure.diagnostics, &failure.sources, style());
    eprint!("{}\nNothing was compared.\n", new.shown_in(&old.shown_in(&text)));
}
