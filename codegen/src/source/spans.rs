//! The second, marked pass over a text: no value, only spans. Runs when the first diagnostic needs one.

use super::span::{Builder, Index, Span};
use super::syntax::Syntax;
use saphyr_parser::{Event, Parser};
use std::borrow::Cow;

/// The spans of all nodes up to the end of the text, or up to what cannot be read.
pub(super) fn index(text: &str, syntax: Syntax) -> Index {
    match syntax {
        Syntax::Json => json(text),
        Syntax::Yaml => yaml(text),
    }
}

fn yaml(text: &str) -> Index {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let Ok((event, location)) = event else { break };
        let span = yaml_span(location);
        match event {
            Event::Scalar(text, ..) => _ = builder.add(&text, span),
            Event::Alias(_) => _ = builder.add("", span),
            Event::SequenceStart(..) => builder.open(false, span),
            Event::MappingStart(..) => builder.open(true, span),
            Event::SequenceEnd | Event::MappingEnd => builder.close(),
            _ => {}
        }
    }
    builder.index
}

/// Where a YAML text nests deeper than this parser follows, some 255 levels; a matter of milliseconds.
pub(super) fn too_deep(text: &str) -> Option<Span> {
    let error = Parser::new_from_str(text).find_map(Result::err)?;
    let location = Span::point(error.marker().line(), error.marker().col() + 1);
    error.info().contains("recursion limit").then_some(location)
}

fn yaml_span(location: saphyr_parser::Span) -> Span {
    let one_line = location.start.line() == location.end.line();
    Span {
        line: location.start.line(),
        column: location.start.col() + 1,
        width: if one_line { location.len().max(1) } else { usize::MAX },
    }
}

/// JSON is not left to the YAML parser: that refuses tabs and escaped surrogate pairs.
fn json(text: &str) -> Index {
    let mut builder = Builder::default();
    let mut cursor = Cursor::new(text);
    while let Some(first) = cursor.skip_space() {
        let start = (cursor.line, cursor.column);
        let token = cursor.token(first);
        let span = Span { line: start.0, column: start.1, width: token.chars().count() };
        match first {
            b'{' | b'[' => builder.open(first == b'{', span),
            b'}' | b']' => builder.close(),
            b':' | b',' => {}
            _ => _ = builder.add(&unquoted(token), span),
        }
    }
    builder.index
}

fn unquoted(token: &str) -> Cow<'_, str> {
    match serde_json::from_str::<String>(token) {
        Ok(text) => text.into(),
        Err(_) => token.into(),
    }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, column: 1 }
    }

    /// The first byte of the next token, if there is one.
    fn skip_space(&mut self) -> Option<u8> {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'\n' => (self.line, self.column) = (self.line + 1, 1),
                b' ' | b'\t' | b'\r' => self.column += 1,
                _ => return Some(byte),
            }
            self.at += 1;
        }
        None
    }

    /// Takes the token that starts here with `first`.
    fn token(&mut self, first: u8) -> &'a str {
        let rest = &self.text[self.at..];
        let length = match first {
            b'{' | b'}' | b'[' | b']' | b':' | b',' => 1,
            b'"' => string_length(rest),
            _ => rest.find([',', ':', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(rest.len()),
        };
        let token = &rest[..length];
        self.at += length;
        self.column += token.chars().count();
        token
    }
}

/// Bytes up to and with the closing quote.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
