//! File to text to a value, or what is wrong with either.

use super::diagnostics::{Diagnostic, Diagnostics, Failure};
use super::file::Source;
use super::span::Span;
use super::syntax::Syntax;
use super::tree::{LARGEST_GROWTH, MergeKey, Notes, Tree};
use super::{spans, unquoted};
use serde::de::DeserializeSeed;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::str::Utf8Error;

/// Larger files are not read: 64 MiB, some five times the largest documents of webhooks that are known.
const LARGEST: u64 = 64 << 20;

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
                let diagnostics = not_utf8(path, &text, error.utf8_error()).into();
                Err(Failure { diagnostics, sources: vec![Self::new(path.to_owned(), text)] })
            }
        }
    }

    /// Reads `text`; whether it is JSON or YAML is the path's extension to say.
    ///
    /// # Errors
    /// The text is not well-formed, or not an object.
    pub fn parse(path: impl Into<PathBuf>, text: impl Into<String>) -> Result<Self, Failure> {
        let mut source = Self::new(path.into(), text.into());
        match value(&source) {
            Ok(value) => {
                source.value = value;
                if source.syntax == Syntax::Yaml {
                    source.unquoted = unquoted::restore(&source.text, &mut source.value);
                }
                Ok(source)
            }
            Err(diagnostics) => Err(Failure { diagnostics, sources: vec![source] }),
        }
    }
}

/// The content of a regular file. Others, such as pipes and devices, may never end.
fn content(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: io::Error| Diagnostic::error(path, "", format!("the file cannot be read: {error}"));
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a folder" } else { "no regular file" };
        let help = "put a file in its place, or give it another name";
        return Err(Diagnostic::error(path, "", format!("this is {what}, and cannot be read as a document")).help(help));
    }
    let mut content = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut content));
    read.map_err(unreadable)?;
    if content.len() as u64 > LARGEST {
        let message = format!("the file is larger than {} MiB", LARGEST >> 20);
        return Err(Diagnostic::error(path, "", message).help("split it, or leave out what no webhook needs"));
    }
    Ok(content)
}

/// The value that `source.text` writes.
fn value(source: &Source) -> Result<Value, Diagnostics> {
    if source.text.trim().is_empty() {
        return Err(Diagnostic::error(&source.path, "", "the file is empty")
            .help("write the document into it, or delete it")
            .into());
    }
    let (value, notes) = match source.syntax {
        Syntax::Json => json(source),
        Syntax::Yaml => yaml(source),
    }?;
    let found = noted(source, notes);
    if !found.is_empty() {
        return Err(found);
    }
    match value {
        Value::Object(_) => Ok(value),
        other => Err(not_an_object(source, &other).into()),
    }
}

fn json(source: &Source) -> Result<(Value, Notes), Diagnostic> {
    let mut notes = Notes::new(MergeKey::Plain, source.text.len());
    let mut reader = serde_json::Deserializer::from_str(&source.text);
    let value = Tree(&mut notes)
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| json_error(source, &error))?;
    Ok((value, notes))
}

fn json_error(source: &Source, error: &serde_json::Error) -> Diagnostic {
    let line = source.line(error.line()).unwrap_or_default();
    // serde_json counts bytes.
    let before = line.char_indices().take_while(|(at, _)| at + 1 < error.column());
    let span = Span::point(error.line().max(1), before.count() + 1);
    let location = format!(" at line {} column {}", error.line(), error.column());
    syntax_error(source, &error.to_string().replace(&location, ""), Some(span))
}

fn yaml(source: &Source) -> Result<(Value, Notes), Diagnostic> {
    if let Some(error) = control_character(source).or_else(|| too_deep(source)) {
        return Err(error);
    }
    let mut notes = Notes::new(MergeKey::Merges, source.text.len());
    let value =
        Tree(&mut notes).deserialize(serde_yaml::Deserializer::from_str(&source.text)).map_err(|error| match &notes
            .exceeded
        {
            Some(pointer) => repeated(source, pointer),
            None => yaml_error(source, &error),
        })?;
    Ok((value, notes))
}

fn repeated(source: &Source, pointer: &str) -> Diagnostic {
    let message = format!("the aliases make this document more than {LARGEST_GROWTH} times as large as it is written");
    Diagnostic::error(&source.path, pointer, message).help("refer with `$ref` instead")
}

/// What YAML does not allow anywhere; its parser would not say on which line.
fn control_character(source: &Source) -> Option<Diagnostic> {
    let forbidden = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    source.text.lines().zip(1..).find_map(|(text, line)| {
        let (index, found) = text.chars().enumerate().find(|&(_, c)| forbidden(c))?;
        let span = Span::point(line, index + 1);
        let message = format!("the control character U+{:04X} is not allowed in YAML", found as u32);
        Some(
            Diagnostic::error(&source.path, "", message)
                .at(span)
                .help("delete it, or write it as an escape in double quotes"),
        )
    })
}

/// The parser has a limit too, but takes minutes to come to it: its time grows with the square of the depth.
fn too_deep(source: &Source) -> Option<Diagnostic> {
    const SUSPECT: usize = 1000;
    let mut depth = 0_usize;
    let suspect = source.text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > SUSPECT
    });
    let location = suspect.then(|| spans::too_deep(&source.text))??;
    Some(syntax_error(source, "recursion limit", Some(location)))
}

fn yaml_error(source: &Source, error: &serde_yaml::Error) -> Diagnostic {
    let span = error.location().map(|at| Span::point(at.line(), at.column()));
    let mut message = error.to_string();
    if let Some(Span { line, column, .. }) = span {
        message = message.replacen(&format!(" at line {line} column {column}"), "", 1);
    }
    syntax_error(source, &message, span)
}

fn syntax_error(source: &Source, message: &str, span: Option<Span>) -> Diagnostic {
    let known = KNOWN.iter().find(|(part, ..)| message.contains(part));
    let message = known.and_then(|(_, better, _)| *better).unwrap_or(message);
    let diagnostic = Diagnostic { span, ..Diagnostic::error(&source.path, "", message) };
    match known {
        Some((_, _, help)) => diagnostic.help(*help),
        None => diagnostic,
    }
}

/// Parts of the parsers' messages, each with a better message where that is needed, and with what mostly helps.
const KNOWN: [(&str, Option<&str>, &str); 16] = [
    ("mapping values are not allowed", None, "quote a text that holds `: `, and check the indentation"),
    ("did not find expected", None, "check the indentation, and that brackets and quotes are closed"),
    ("unexpected end of stream", None, "close the bracket or quote"),
    ("EOF while parsing", None, "the file ends too early: close the bracket or quote"),
    ("cannot start any token", None, "quote a text that starts with `@`, a backtick or `%`, and indent with spaces"),
    ("tab character", None, "indent with spaces"),
    ("unknown anchor", None, "define the anchor with `&` first, or quote a text that starts with `*`"),
    ("escape character", None, "double quotes read `\\` as an escape: use single quotes, or write `\\\\`"),
    ("trailing comma", None, "JSON has no comma after the last item"),
    ("trailing characters", None, "a file holds one JSON value"),
    ("key must be a string", None, "JSON has its keys in double quotes, and no comma after the last item"),
    ("more than one document", Some("the file holds more than one document"), "split it at `---`"),
    (
        "expected value",
        Some("expected a value"),
        "JSON strings are in double quotes, and there is no comma after the last item",
    ),
    ("expected ident", Some("expected `true`, `false` or `null`"), "put a text in double quotes"),
    (
        "recursion limit",
        Some("nested more than 127 deep, or an alias within its own anchor"),
        "move inner parts to `#/components`, and refer to them",
    ),
    ("repetition limit", Some("the aliases repeat too much"), "refer with `$ref` instead"),
];

fn noted(source: &Source, notes: Notes) -> Diagnostics {
    let mut found: Diagnostics = notes
        .problems
        .into_iter()
        .map(|problem| Diagnostic::error(&source.path, problem.pointer, problem.message).help(problem.help))
        .collect();
    if notes.duplicates {
        found.extend(source.index().duplicates.iter().map(|twice| {
            Diagnostic::error(&source.path, &twice.pointer, "this key is a duplicate").at(twice.again).help(format!(
                "the first is on line {}, column {}: keep one of them",
                twice.first.line, twice.first.column
            ))
        }));
    }
    found
}

fn not_an_object(source: &Source, value: &Value) -> Diagnostic {
    let found = match value {
        Value::Array(_) => "a list",
        Value::Null => "nothing",
        _ => "a single value",
    };
    Diagnostic::error(&source.path, "", format!("expected an object, found {found}"))
        .help("write keys and values; an OpenAPI document starts with `openapi: 3.1.0`")
}

fn not_utf8(path: &Path, lossy: &str, error: Utf8Error) -> Diagnostic {
    let before = &lossy[..error.valid_up_to()];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let message = format!("the file is not UTF-8 at byte {}", error.valid_up_to());
    Diagnostic::error(path, "", message).at(Span::point(line, column)).help("save it as UTF-8")
}
