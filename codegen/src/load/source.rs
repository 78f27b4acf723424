//! One file.

use super::bundle::{self, Parts};
use super::edits::{Edits, Origin};
use super::lines::{Line, Lines};
use super::overlay;
use super::places;
use super::read::content;
use super::span::{Index, Part, Span};
use super::syntax::{Syntax, parse};
use super::unquoted;
use crate::diagnostics::{Diagnostic, Diagnostics, Failure};
use serde_json::Value;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::str::Utf8Error;
use std::sync::OnceLock;

/// One file of a specification.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file, as shown to the user.
    pub path: PathBuf,
    /// What stands in it, without a byte order mark.
    pub text: String,
    /// What that means, with its parts from other files and the folder's overlay applied: always an object, but null
    /// while the text is broken.
    pub value: Value,
    pub(super) edits: Edits,
    pub(super) parts: Parts,
    pub(super) syntax: Syntax,
    unquoted: HashSet<String>,
    index: OnceLock<Index>,
    lines: OnceLock<Lines>,
}

impl Source {
    /// Reads a `.json`, `.yaml` or `.yml` file.
    ///
    /// # Errors
    /// The file cannot be read, is too large, not UTF-8, not well-formed, or not an object.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        match String::from_utf8(content(path).map_err(Failure::from)?) {
            Ok(text) => Self::parse(path, text),
            Err(error) => {
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let diagnostic = not_utf8(path, &text, error.utf8_error());
                Err(Self::broken(path, text, diagnostic.into()))
            }
        }
    }

    /// Whether it is a document of OpenAPI 3.0, whose schemas are not those of JSON Schema 2020-12.
    pub fn is_openapi_3_0(&self) -> bool {
        self.value["openapi"].as_str().is_some_and(|version| version.starts_with("3.0"))
    }

    /// Reads `text`; whether it is JSON or YAML is the path's extension to say.
    ///
    /// # Errors
    /// The text is not well-formed, or not an object.
    pub fn parse(path: impl Into<PathBuf>, text: impl Into<String>) -> Result<Self, Failure> {
        let mut source = Self::new(path.into(), text.into());
        match parse(&source) {
            Ok(value) => {
                source.value = value;
                if source.syntax == Syntax::Yaml {
                    source.unquoted = unquoted::restore(&source.text, &mut source.value);
                }
                Ok(source)
            }
            Err(diagnostics) => Err(Failure { diagnostics, sources: [source].into_iter().collect() }),
        }
    }

    /// Where the node at `pointer` stands; `None` if there is none in the text.
    ///
    /// The first call for a file reads it a second time.
    pub fn span(&self, pointer: &str, part: Part) -> Option<Span> {
        match self.origin(pointer) {
            Origin::Document(pointer) => self.index().find(&pointer, part),
            // A part stands under a key of this text, if under any.
            Origin::File { .. } if part == Part::Key => self.index().find(pointer, part),
            Origin::File { .. } | Origin::Overlay(_) => None,
        }
    }

    /// Which text the node at `pointer` comes from.
    pub(crate) fn origin(&self, pointer: &str) -> Origin {
        self.edits.origin(pointer)
    }

    /// Whether something in it may refer to another file.
    pub fn refers_to_files(&self) -> bool {
        bundle::leads_out(&self.value)
    }

    /// The file that the node at `pointer` stands in, and its pointer there: this one, unless the document took it from
    /// another. The key of such a part still stands here.
    pub(crate) fn file_of(&self, pointer: &str, part: Part) -> (&Self, String) {
        let Origin::File { file, pointer: inside } = self.origin(pointer) else { return (self, pointer.to_owned()) };
        if let (Part::Key, Some((holder, key))) = (part, pointer.rsplit_once('/')) {
            let (source, holder) = self.file_of(holder, Part::Value);
            let place = format!("{holder}/{key}");
            if source.index().find(&place, part).is_some() {
                return (source, place);
            }
        }
        (&self.parts.sources[file], inside)
    }

    /// Whether any of its texts is one only by what its schema says.
    pub(crate) fn has_unquoted(&self) -> bool {
        !self.unquoted.is_empty() || self.parts.sources.iter().any(|part| !part.unquoted.is_empty())
    }

    /// Whether the text at `pointer` is one only by what its schema says, because no quotes stand around it.
    pub(crate) fn is_unquoted(&self, pointer: &str) -> bool {
        let (source, pointer) = self.file_of(pointer, Part::Value);
        source.unquoted.contains(&pointer)
    }

    /// What helps with a reference at `pointer` that leads to no file.
    pub(crate) fn help(&self, pointer: &str, reference: &str) -> Option<&str> {
        let file = match self.origin(pointer) {
            Origin::File { file, .. } => Some(file),
            Origin::Document(_) | Origin::Overlay(_) => None,
        };
        self.parts.help(file, reference)
    }

    /// The path of the overlay that patches this file, if there is one.
    pub(crate) fn overlay_path(&self) -> PathBuf {
        self.path.with_file_name(overlay::FILE_NAME)
    }

    /// The text of a line, counted from 1, without its end.
    pub fn line(&self, number: usize) -> Option<&str> {
        self.line_at(number).map(|line| line.text)
    }

    /// The same, to find characters in.
    pub(crate) fn line_at(&self, number: usize) -> Option<Line<'_>> {
        self.lines.get_or_init(|| Lines::of(&self.text)).get(&self.text, number)
    }

    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| places::index(&self.text, self.syntax))
    }

    fn new(path: PathBuf, mut text: String) -> Self {
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Self {
            syntax: Syntax::of(&path).unwrap_or(Syntax::Yaml),
            path,
            text,
            value: Value::Null,
            edits: Edits::default(),
            parts: Parts::default(),
            unquoted: HashSet::new(),
            index: OnceLock::new(),
            lines: OnceLock::new(),
        }
    }

    fn broken(path: &Path, text: String, diagnostics: Diagnostics) -> Failure {
        Failure { diagnostics, sources: [Self::new(path.to_owned(), text)].into_iter().collect() }
    }
}

fn not_utf8(path: &Path, lossy: &str, error: Utf8Error) -> Diagnostic {
    let before = &lossy[..error.valid_up_to()];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let message = format!("the file is not UTF-8: the byte at offset {} fits nothing", error.valid_up_to());
    Diagnostic::error(path, "", message).at(Span::point(line, column)).help("save it as UTF-8")
}
