//! Diagnostics as text: rustc's shape, which people and editors know.

use super::diagnostic::{Diagnostic, Diagnostics, Severity};
use super::location::Location;
use crate::source::file::Source;
use crate::source::lines::Line;
use crate::source::span::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use serde_json::json;
use std::collections::HashSet;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// With the line and a caret.
    Plain,
    /// The same with ANSI colours.
    Color,
    /// A line each, for who puts something before every line, like cargo.
    Lines,
    /// A JSON object each, in a line of its own, for programs.
    ///
    /// `severity` (`error`, `warning`, `note`), `file`, `line`, `column`, `end_line`, `end_column`, `pointer`, `message`,
    /// `help`. Lines and columns count from 1, columns in characters, and the end is the first character after it; they
    /// are null where the finding is about a whole file or folder, as `help` is where there is nothing to say. Where
    /// an overlay put the node there, `file` and `pointer` are the overlay's, and `document` is `file#pointer` of the
    /// document; else that is null.
    Json,
}

/// All of `diagnostics` as text, in the order of the files and their lines.
pub fn render(diagnostics: &Diagnostics, sources: &[Source], style: Style) -> String {
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
    let each: Vec<_> = located.iter().map(|(location, found)| one(location, found, style)).collect();
    each.join(if matches!(style, Style::Plain | Style::Color) { "\n" } else { "" })
}

fn one(location: &Location<'_>, found: &Diagnostic, style: Style) -> String {
    match style {
        Style::Plain => Renderer::plain().render(&[group(found, location)]) + "\n",
        Style::Color => Renderer::styled().render(&[group(found, location)]) + "\n",
        Style::Lines => line(location, found),
        Style::Json => json_line(location, found),
    }
}

fn line(location: &Location<'_>, found: &Diagnostic) -> String {
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

fn group<'a>(found: &'a Diagnostic, location: &Location<'a>) -> Group<'a> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(one_line(&found.message)));
    match location.line {
        Some((span, line)) => group = shown(group, location.file.to_string_lossy().into_owned(), span, line),
        None => group = group.element(Origin::path(location.file.to_string_lossy().into_owned())),
    }
    if let Some(node) = node(location, found) {
        group = group.element(Level::NOTE.with_name("at").message(one_line(&node)));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    group
}

/// Adds the line, or what of it is around the caret: a document may be one line of megabytes.
fn shown<'a>(group: Group<'a>, path: String, span: Span, line: Option<Line<'a>>) -> Group<'a> {
    const BEFORE: usize = 60;
    const LENGTH: usize = 120;
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
