//! A JSON text as a tree that keeps what a [`serde_json::Value`] cannot: repeated keys, and how scalars are
//! spelled.

use std::collections::HashMap;
use std::fmt::{self, Display, Formatter};

/// A value. Scalars and keys are as they are spelled, strings with their quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Scalar(String),
    Array(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

/// What lies deeper is not looked at: `serde_json` reads 127 levels, and a tree is walked by recursion.
const MOST_DEPTH: usize = 300;

impl Tree {
    /// The tree of a text that is JSON by its grammar; none where it is too deep.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
        Reader { rest: text }.value(0)
    }

    /// Whether an object in it has a key twice, however the key is spelled.
    pub fn has_duplicate(&self) -> bool {
        match self {
            Self::Scalar(_) => false,
            Self::Array(items) => items.iter().any(Self::has_duplicate),
            Self::Object(members) => {
                by_key(members).len() < members.len() || members.iter().any(|(_, value)| value.has_duplicate())
            }
        }
    }

    /// Whether both are the same JSON value: integers by their digits, other numbers as `f64`, objects in any order.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Scalar(one), Self::Scalar(other)) => is_same_scalar(one, other),
            (Self::Array(one), Self::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is_same(other))
            }
            (Self::Object(one), Self::Object(other)) => {
                let others = by_key(other);
                let has = |(key, value): &(String, Self)| others.get(&unquoted(key)).is_some_and(|o| value.is_same(o));
                one.len() == other.len() && one.iter().all(has)
            }
            _ => false,
        }
    }
}

/// The text, without white space.
impl Display for Tree {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(scalar) => formatter.write_str(scalar),
            Self::Array(items) => {
                let mut separator = "[";
                for item in items {
                    write!(formatter, "{separator}{item}")?;
                    separator = ",";
                }
                formatter.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Self::Object(members) => {
                let mut separator = "{";
                for (key, value) in members {
                    write!(formatter, "{separator}{key}:{value}")?;
                    separator = ",";
                }
                formatter.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

fn by_key(members: &[(String, Tree)]) -> HashMap<String, &Tree> {
    members.iter().map(|(key, value)| (unquoted(key), value)).collect()
}

/// The text of a string; as it is spelled where it is no text.
pub fn unquoted(string: &str) -> String {
    serde_json::from_str(string).unwrap_or_else(|_| string.to_owned())
}

/// A text as JSON spells it.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn is_same_scalar(one: &str, other: &str) -> bool {
    if one.starts_with('"') {
        return unquoted(one) == unquoted(other);
    }
    let is_integer = |text: &str| text != "-0" && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    match (is_integer(one), is_integer(other)) {
        (false, false) if one.parse::<f64>().is_ok() => {
            one.parse().map(f64::to_bits) == other.parse().map(f64::to_bits)
        }
        _ => one == other,
    }
}

/// Reads a text whose grammar was checked.
struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// What comes next that is no white space.
    fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_ascii_start();
        self.rest.bytes().next()
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn value(&mut self, depth: usize) -> Option<Tree> {
        match self.peek()? {
            _ if depth > MOST_DEPTH => None,
            b'{' => self.list(b'}', |reader| Some((reader.key()?, reader.value(depth + 1)?))).map(Tree::Object),
            b'[' => self.list(b']', |reader| reader.value(depth + 1)).map(Tree::Array),
            _ => self.scalar().map(Tree::Scalar),
        }
    }

    fn list<T>(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        self.take(1);
        while self.peek()? != end {
            if self.peek()? == b',' {
                self.take(1);
            }
            items.push(item(self)?);
        }
        self.take(1);
        Some(items)
    }

    fn key(&mut self) -> Option<String> {
        self.peek()?;
        let key = self.scalar();
        self.peek()?;
        self.take(1);
        key
    }

    fn scalar(&mut self) -> Option<String> {
        let bytes = self.rest.as_bytes();
        if bytes.first() != Some(&b'"') {
            let length = bytes.iter().position(|byte| b",]} \t\r\n".contains(byte));
            return Some(self.take(length.unwrap_or(bytes.len())).to_owned());
        }
        let mut length = 1;
        while *bytes.get(length)? != b'"' {
            length += if bytes[length] == b'\\' { 2 } else { 1 };
        }
        Some(self.take(length + 1).to_owned())
    }
}
