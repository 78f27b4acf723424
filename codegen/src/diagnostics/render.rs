//! Diagnostics as text: rustc's shape, which people and editors know.

use super::{Diagnostic, Diagnostics, Severity, Sources};
use crate::load::{Part, Source, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// With the line and a caret.
    Plain,
    /// The same with ANSI colours.
    Color,
    /// A line each, for who puts something before every line, like cargo.
    Lines,
}

/// All of `diagnostics` as text.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Color => Renderer::styled(),
        Style::Lines => return diagnostics.iter().map(|found| line(found, sources)).collect(),
    };
    let rendered: Vec<_> =
        diagnostics.iter().map(|found| renderer.render(&[group(found, sources.get(&found.file))]) + "\n").collect();
    rendered.join("\n")
}

fn line(found: &Diagnostic, sources: &Sources) -> String {
    let mut line = found.file.display().to_string();
    if let Some((span, _)) = sources.get(&found.file).and_then(|source| place(found, source)) {
        line += &format!(":{}:{}", span.line, span.column);
    }
    if !found.pointer.is_empty() {
        line += &format!(" (#{})", found.pointer);
    }
    line += &format!(": {}", found.message);
    if let Some(help) = &found.help {
        line += &format!("; {help}");
    }
    one_line(&line) + "\n"
}

/// Text of a document is data: it brings in no lines and no colours of its own.
fn one_line(text: &str) -> String {
    normalize_untrusted_str(&text.replace('\n', "\u{240a}"))
}

fn group<'a>(found: &'a Diagnostic, source: Option<&'a Source>) -> Group<'a> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(one_line(&found.message)));
    match source.and_then(|source| place(found, source)) {
        Some((span, line)) => group = shown(group, found, span, line),
        None => group = group.element(Origin::path(found.file.to_string_lossy())),
    }
    if !found.pointer.is_empty() {
        let pointer = one_line(&format!("#{}", found.pointer));
        group = group.element(Level::NOTE.with_name("at").message(pointer));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(one_line(help)));
    }
    group
}

/// Where the caret stands, and the line it stands under. A pointer to what is not there leads to what should hold it.
fn place<'a>(found: &Diagnostic, source: &'a Source) -> Option<(Span, &'a str)> {
    let span = found.span.or_else(|| nearest(source, &found.pointer, found.part))?;
    // The end of the text may be a line that is not there.
    Some((span, source.line(span.line).unwrap_or_default()))
}

fn nearest(source: &Source, pointer: &str, part: Part) -> Option<Span> {
    source.span(pointer, part).or_else(|| {
        let (parent, _) = pointer.rsplit_once('/')?;
        nearest(source, parent, Part::Key)
    })
}

/// Adds the line, or what of it stands around the caret: a document may be one line of megabytes.
fn shown<'a>(group: Group<'a>, found: &'a Diagnostic, span: Span, line: &'a str) -> Group<'a> {
    const BEFORE: usize = 60;
    const LENGTH: usize = 120;
    let byte = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let caret = span.column - 1;
    let first = if caret < LENGTH { 0 } else { caret - BEFORE };
    let (start, end) = (byte(first), byte(first + LENGTH));
    let from = byte(caret) - start;
    let to = byte(caret.saturating_add(span.width)).min(end) - start;
    let snippet = Snippet::source(&line[start..end])
        .line_start(span.line)
        .annotation(AnnotationKind::Primary.span(from..to.max(from)));
    let path = found.file.to_string_lossy();
    if first == 0 {
        return group.element(snippet.path(path));
    }
    // A snippet counts its columns itself, from where it was cut.
    let origin = Origin::path(path).line(span.line).char_column(span.column);
    group.element(origin).element(snippet)
}
