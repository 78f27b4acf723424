//! Diagnostics as text: rustc's shape, which people and editors know.

use super::diagnostic::{Diagnostic, Diagnostics, Severity};
use super::kind::WarningKind;
use super::location::Location;
use crate::source::file::Source;
use crate::source::lines::Line;
use crate::source::span::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// For people: with the line and a caret.
    Text {
        /// With ANSI colours.
        color: bool,
        /// How many columns there are; without one, long lines are cut and texts are not wrapped.
        width: Option<usize>,
    },
    /// A line each, for who puts something before every line, like cargo.
    Lines,
    /// A JSON object each, in a line of its own, for programs.
    ///
    /// `severity` (`error`, `warning`, `note`), `kind` of a warning (`no-event`, `unenforced:pattern`), `file`, `line`,
    /// `column`, `end_line`, `end_column`, `pointer`, `message`, `help`. Lines and columns count from 1, columns in
    /// characters, and the end is the first character after it; they are null where the finding is about a whole file or
    /// folder, as `help` is where there is nothing to say. Where an overlay put the node there, `file` and `pointer` are
    /// the overlay's, and `document` is `file#pointer` of the document; else that is null.
    Json,
}

impl Style {
    /// For people who read it in a file.
    pub const PLAIN: Self = Self::Text { color: false, width: None };
}

/// All of `diagnostics` as text, in the order of the files and their lines.
pub fn render(diagnostics: &Diagnostics, sources: &[Source], style: Style) -> String {
    let each = located(diagnostics, sources).into_iter().map(|(location, found)| one(&location, found, 0, style));
    join(each, style)
}

/// The same with one warning of each kind and the number of the others: the kinds that decide which event a delivery is
/// first, errors last.
pub fn summarize(diagnostics: &Diagnostics, sources: &[Source], style: Style) -> String {
    let located = located(diagnostics, sources);
    let (warnings, others): (Vec<_>, Vec<_>) = located.into_iter().partition(|(_, found)| found.kind.is_some());
    let mut kinds: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (location, found) in &warnings {
        kinds.entry((found.kind, found.label())).or_default().push((location, *found));
    }
    let first = kinds.values().map(|all| one(all[0].0, all[0].1, all.len() - 1, style));
    let others = others.iter().map(|(location, found)| one(location, found, 0, style));
    let text = join(first.chain(others), style);
    match style {
        Style::Text { .. } if !warnings.is_empty() => format!("{text}\n{}", totals(&kinds, warnings.len())),
        _ => text,
    }
}

fn totals(kinds: &BTreeMap<(Option<WarningKind>, Option<String>), Vec<impl Sized>>, all: usize) -> String {
    let plural = if all == 1 { "" } else { "s" };
    let mut text = format!("{all} warning{plural}:\n");
    for ((_, label), found) in kinds {
        text += &format!("{:>6}  {}\n", found.len(), label.as_deref().unwrap_or_default());
    }
    if kinds.len() < all {
        text += "--all-warnings shows each.\n";
    }
    text + "--allow KIND, or `allow: [KIND]` in provider.yaml, leaves a kind out.\n"
}

/// Where each finding is shown, in the order of the files and their lines.
fn located<'a>(diagnostics: &'a Diagnostics, sources: &'a [Source]) -> Vec<(Location<'a>, &'a Diagnostic)> {
    let mut located: Vec<_> = diagnostics.iter().map(|found| (Location::of(found, sources), found)).collect();
    located.sort_by_cached_key(|(location, _)| {
        (location.file.to_path_buf(), location.line.map(|(span, _)| (span.line, span.column)))
    });
    // A file that is part of several documents has the same findings in each of them.
    let mut shown = HashSet::new();
    located.retain(|(location, found)| {
        let line = location.line.map(|(span, _)| span);
        location.is_patch
            || shown.insert((location.file.clone(), location.pointer.clone(), line, &found.message, &found.help))
    });
    located
}

fn join(each: impl Iterator<Item = String>, style: Style) -> String {
    let each: Vec<_> = each.collect();
    each.join(if matches!(style, Style::Text { .. }) { "\n" } else { "" })
}

/// A finding, with the number of others of its kind.
fn one(location: &Location<'_>, found: &Diagnostic, others: usize, style: Style) -> String {
    match style {
        Style::Text { color, width } => {
            let renderer = if color { Renderer::styled() } else { Renderer::plain() };
            let renderer = width.map_or(renderer.clone(), |width| renderer.term_width(width));
            renderer.render(&[group(found, location, others, width)]) + "\n"
        }
        Style::Lines => line(location, found, others),
        Style::Json => json_line(location, found),
    }
}

fn line(location: &Location<'_>, found: &Diagnostic, others: usize) -> String {
    let mut line = location.file.display().to_string();
    if let Some((span, _)) = location.line {
        line += &format!(":{}:{}", span.line, span.column);
    }
    if let Some(node) = node(location, found) {
        line += &format!(" ({node})");
    }
    line += &format!(": {}", found.message);
    if let Some(help) = &found.help {
        line += &format!("; {help}");
    }
    if others > 0 {
        line += &format!(" ({})", more(found, others));
    }
    one_line(&line) + "\n"
}

/// A diagnostic for programs; [`Style::Json`] says what the keys mean.
fn json_line(location: &Location<'_>, found: &Diagnostic) -> String {
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let span = location.line.map(|(span, _)| span);
    // A width past the end of the line means up to it.
    let end = location.line.map(|(span, line)| {
        let last = line.map_or(0, |line| line.len()).max(span.column);
        span.column.saturating_add(span.width).min(last + 1)
    });
    let object = json!({
        "severity": severity,
        "kind": found.label(),
        "file": location.file.to_string_lossy(),
        "line": span.map(|span| span.line),
        "column": span.map(|span| span.column),
        "end_line": span.map(|span| span.line),
        "end_column": end,
        "pointer": location.pointer,
        "document": location.is_patch.then(|| format!("{}#{}", found.file.display(), found.pointer)),
        "message": found.message,
        "help": found.help,
    });
    format!("{object}\n")
}

/// Which node a finding is about; with its file, where the location is not in that.
fn node(location: &Location<'_>, found: &Diagnostic) -> Option<String> {
    match location.is_patch {
        true => Some(format!("{}#{}", found.file.display(), found.pointer)),
        false => (!location.pointer.is_empty()).then(|| format!("#{}", location.pointer)),
    }
}

/// Text of a document is data: it brings in no lines and no colours of its own.
fn one_line(text: &str) -> String {
    normalize_untrusted_str(&text.replace('\n', "\u{240a}"))
}

/// What annotate-snippets writes before a help text, with a line number of four digits.
const BEFORE_HELP: usize = "     = help: ".len();

fn more(found: &Diagnostic, others: usize) -> String {
    format!("and {others} more of kind `{}`", found.label().unwrap_or_default())
}

/// Text that is broken where a line of the terminal ends; `before` columns are taken.
fn wrapped(text: &str, before: usize, width: Option<usize>) -> String {
    let text = one_line(text);
    let Some(room) = width.and_then(|width| width.checked_sub(before)) else { return text };
    let mut lines = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            lines.push('\n');
            used = 0;
        } else if used > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += length;
    }
    lines
}

fn group<'a>(found: &'a Diagnostic, location: &Location<'a>, others: usize, width: Option<usize>) -> Group<'a> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(wrapped(&found.message, "warning: ".len(), width)));
    match location.line {
        Some((span, line)) => group = shown(group, location.file.to_string_lossy().into_owned(), span, line),
        None => group = group.element(Origin::path(location.file.to_string_lossy().into_owned())),
    }
    if let Some(node) = node(location, found) {
        group = group.element(Level::NOTE.with_name("at").message(one_line(&node)));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(wrapped(help, BEFORE_HELP, width)));
    }
    if others > 0 {
        group = group.element(Level::NOTE.message(more(found, others)));
    }
    group
}

/// Adds the line, or what of it is around the caret: a document may be one line of megabytes.
fn shown<'a>(group: Group<'a>, path: String, span: Span, line: Option<Line<'a>>) -> Group<'a> {
    const BEFORE: usize = 200;
    const LENGTH: usize = 500;
    let caret = span.column - 1;
    let first = if caret < LENGTH { 0 } else { caret - BEFORE };
    let byte = |column: usize| line.map_or(0, |line| line.byte(column));
    let (start, end) = (byte(first), byte(first + LENGTH));
    let from = byte(caret) - start;
    let to = byte(caret.saturating_add(span.width)).min(end) - start;
    let snippet = Snippet::source(line.map_or("", |line| &line.text[start..end]))
        .line_start(span.line)
        .annotation(AnnotationKind::Primary.span(from..to.max(from)));
    if first == 0 {
        return group.element(snippet.path(path));
    }
    // A snippet counts its columns itself, from where it was cut.
    let origin = Origin::path(path).line(span.line).char_column(span.column);
    group.element(origin).element(snippet)
}
