//! Where a finding is shown.

use super::diagnostic::Diagnostic;
use crate::source::edits::Origin;
use crate::source::file::Source;
use crate::source::lines::Line;
use crate::source::span::{Part, Span};
use std::borrow::Cow;
use std::path::Path;

/// The location to look at, or to edit.
pub(super) struct Location<'a> {
    pub(super) file: Cow<'a, Path>,
    /// Pointer to the node in that file.
    pub(super) pointer: Cow<'a, str>,
    /// Where the caret is, and the line that it is under.
    pub(super) line: Option<(Span, Option<Line<'a>>)>,
    /// Whether the node is in a file that patches the document, and not in the document that the finding is about.
    pub(super) is_patch: bool,
}

impl<'a> Location<'a> {
    pub(super) fn of(found: &'a Diagnostic, sources: &'a [Source]) -> Self {
        patch(found, sources).or_else(|| in_text(found, sources)).unwrap_or_else(|| Self {
            file: found.file.as_path().into(),
            pointer: found.pointer.as_str().into(),
            line: None,
            is_patch: false,
        })
    }
}

/// The location in the document, or in the file that it took the node from.
fn in_text<'a>(found: &'a Diagnostic, sources: &'a [Source]) -> Option<Location<'a>> {
    let document = source_at(sources, &found.file)?;
    let (source, pointer) = match found.span {
        Some(_) => (document, found.pointer.clone()),
        None => document.file_of(&found.pointer, found.part),
    };
    let span = found.span.or_else(|| nearest(source, &pointer, found.part));
    let line = span.map(|span| with_line(source, span));
    Some(Location { file: source.path.as_path().into(), pointer: pointer.into(), line, is_patch: false })
}

/// The location in the file that patches the document, for a node that comes from there.
fn patch<'a>(found: &Diagnostic, sources: &'a [Source]) -> Option<Location<'a>> {
    let document = source_at(sources, &found.file).filter(|_| found.span.is_none())?;
    let Origin::Patch(pointer) = document.origin(&found.pointer) else { return None };
    let file = source_at(sources, document.patch.as_deref()?)?;
    let span = nearest(file, &pointer, found.part)?;
    let line = Some(with_line(file, span));
    Some(Location { file: file.path.as_path().into(), pointer: pointer.into(), line, is_patch: true })
}

/// The file that was read from `path`, spelled as it was then.
fn source_at<'a>(sources: &'a [Source], path: &Path) -> Option<&'a Source> {
    sources.iter().find(|source| source.path.as_os_str() == path.as_os_str())
}

/// The end of the text may be a line that is not there.
fn with_line(source: &Source, span: Span) -> (Span, Option<Line<'_>>) {
    (span, source.line_at(span.line))
}

/// A pointer to what is not there leads to what should hold it.
fn nearest(source: &Source, pointer: &str, part: Part) -> Option<Span> {
    source.span(pointer, part).or_else(|| {
        let (parent, _) = pointer.rsplit_once('/')?;
        nearest(source, parent, Part::Key)
    })
}
