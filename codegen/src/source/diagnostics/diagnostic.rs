//! One finding, and all of a run.

use super::kind::WarningKind;
use crate::source::span::{Part, Span};
use indexmap::IndexSet;
use std::path::PathBuf;

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something is generated, but the types say less than the specification.
    Warning,
    /// Nothing needs to be corrected, but something could not be looked at.
    Note,
}

/// One finding about one location in one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What a warning is about.
    pub kind: Option<WarningKind>,
    /// The file, as the user named it; a folder where the finding is about a folder.
    pub file: PathBuf,
    /// JSON pointer to the node, without the leading `#`; empty for the whole file.
    pub pointer: String,
    /// Which part of the node the caret is under.
    pub part: Part,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The location itself, where no pointer leads to it (a syntax error, a duplicate key). Wins over the pointer.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// An error about the value at `pointer`.
    pub fn error(file: impl Into<PathBuf>, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            kind: None,
            file: file.into(),
            pointer: pointer.into(),
            part: Part::Value,
            message: message.into(),
            help: None,
            span: None,
        }
    }

    /// A warning about the value at `pointer`.
    pub fn warning(
        kind: WarningKind,
        file: impl Into<PathBuf>,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, kind: Some(kind), ..Self::error(file, pointer, message) }
    }

    /// A note about the value at `pointer`.
    pub fn note(file: impl Into<PathBuf>, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(file, pointer, message) }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(self, text: impl Into<String>) -> Self {
        Self { help: Some(text.into()), ..self }
    }

    /// Puts the caret under the key instead of the value.
    #[must_use]
    pub fn at_key(self) -> Self {
        Self { part: Part::Key, ..self }
    }

    /// Gives the location itself, where no pointer leads to it.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        Self { span: Some(span), ..self }
    }

    /// The name of its kind; with the keyword, where there is a kind for each: `unenforced:pattern`.
    pub fn label(&self) -> Option<String> {
        let kind = self.kind?;
        let keyword = self.pointer.rsplit('/').next().filter(|_| kind == WarningKind::Unenforced);
        Some(keyword.map_or(kind.name().to_owned(), |keyword| format!("{}:{keyword}", kind.name())))
    }

    /// Whether one of these labels is its own or that of its kind.
    pub fn is_one_of(&self, labels: &[String]) -> bool {
        let own = self.label();
        labels.iter().any(|label| Some(label) == own.as_ref() || self.kind.is_some_and(|kind| kind.name() == label))
    }
}

/// Everything that was found in one run, each once, in the order of finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(IndexSet<Diagnostic>);

impl Diagnostics {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.insert(diagnostic);
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many were found.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether any of them keeps the crate from being generated.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|found| found.severity == Severity::Error)
    }

    /// Leaves out the warnings of these kinds, or `unenforced:` and a keyword.
    #[must_use]
    pub fn allowing(self, labels: &[String]) -> Self {
        self.into_iter().filter(|found| !found.is_one_of(labels)).collect()
    }

    /// Them all, in the order of finding.
    pub fn iter(&self) -> indexmap::set::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, found: I) {
        self.0.extend(found);
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(only: Diagnostic) -> Self {
        Self(IndexSet::from([only]))
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(found: I) -> Self {
        Self(found.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = indexmap::set::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = indexmap::set::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, WarningKind};

    #[test]
    fn a_keyword_can_be_allowed_alone_or_with_all_others() {
        let found = Diagnostic::warning(WarningKind::Unenforced, "a.yaml", "/properties/id/pattern", "not enforced");
        let is_one_of = |label: &str| found.is_one_of(&[label.to_owned()]);
        assert!(is_one_of("unenforced") && is_one_of("unenforced:pattern"));
        assert!(!is_one_of("unenforced:format") && !is_one_of("unused"));
    }
}
