//! One file.

use super::edits::{Edits, Origin};
use super::lines::{Line, Lines};
use super::span::{Index, Part, Span};
use super::spans;
use super::syntax::Syntax;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// One file of a specification.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file, as shown to the user.
    pub path: PathBuf,
    /// What is in it, without a byte order mark.
    pub text: String,
    /// What that means, with parts from other files and patches in it: always an object, but null while the text is
    /// broken.
    pub value: Value,
    pub edits: Edits,
    /// The files that parts of the value come from.
    pub parts: Vec<Arc<Source>>,
    /// What helps with references that lead nowhere: by the index of the part, if it is in one, and as written.
    pub hints: BTreeMap<(Option<usize>, String), String>,
    /// The file that patches the value.
    pub patch: Option<PathBuf>,
    pub(super) syntax: Syntax,
    pub(super) unquoted: HashSet<String>,
    index: OnceLock<Index>,
    lines: OnceLock<Lines>,
}

impl Source {
    /// Where the node at `pointer` is; `None` if there is none in the text.
    ///
    /// The first call for a file reads it a second time.
    pub fn span(&self, pointer: &str, part: Part) -> Option<Span> {
        match self.origin(pointer) {
            Origin::Document(pointer) => self.index().find(&pointer, part),
            // A part is under a key of this text, if under any.
            Origin::File { .. } if part == Part::Key => self.index().find(pointer, part),
            Origin::File { .. } | Origin::Patch(_) => None,
        }
    }

    /// Which text the node at `pointer` comes from.
    pub fn origin(&self, pointer: &str) -> Origin {
        self.edits.origin(pointer)
    }

    /// The file that the node at `pointer` is in, and its pointer there: this one, unless the document took it from
    /// another. The key of such a part is still here.
    pub fn file_of(&self, pointer: &str, part: Part) -> (&Self, String) {
        let Origin::File { file, pointer: inside } = self.origin(pointer) else { return (self, pointer.to_owned()) };
        if let (Part::Key, Some((holder, key))) = (part, pointer.rsplit_once('/')) {
            let (source, holder) = self.file_of(holder, Part::Value);
            let location = format!("{holder}/{key}");
            if source.index().find(&location, part).is_some() {
                return (source, location);
            }
        }
        (&self.parts[file], inside)
    }

    /// Whether any of its texts is one only by what its schema says.
    pub fn has_unquoted(&self) -> bool {
        !self.unquoted.is_empty() || self.parts.iter().any(|part| !part.unquoted.is_empty())
    }

    /// Whether the text at `pointer` is one only by what its schema says, because no quotes are around it.
    pub fn is_unquoted(&self, pointer: &str) -> bool {
        let (source, pointer) = self.file_of(pointer, Part::Value);
        source.unquoted.contains(&pointer)
    }

    /// What helps with a reference at `pointer` that leads to no file.
    pub fn help(&self, pointer: &str, reference: &str) -> Option<&str> {
        let file = match self.origin(pointer) {
            Origin::File { file, .. } => Some(file),
            Origin::Document(_) | Origin::Patch(_) => None,
        };
        self.hints.get(&(file, reference.to_owned())).map(String::as_str)
    }

    /// The text of a line, counted from 1, without its end.
    pub fn line(&self, number: usize) -> Option<&str> {
        self.line_at(number).map(|line| line.text)
    }

    /// The same, to find characters in.
    pub fn line_at(&self, number: usize) -> Option<Line<'_>> {
        self.lines.get_or_init(|| Lines::of(&self.text)).get(&self.text, number)
    }

    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| spans::index(&self.text, self.syntax))
    }

    /// A text that is not parsed.
    pub(super) fn new(path: PathBuf, mut text: String) -> Self {
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Self {
            syntax: Syntax::of(&path).unwrap_or(Syntax::Yaml),
            path,
            text,
            value: Value::Null,
            edits: Edits::default(),
            parts: Vec::new(),
            hints: BTreeMap::new(),
            patch: None,
            unquoted: HashSet::new(),
            index: OnceLock::new(),
            lines: OnceLock::new(),
        }
    }
}
