//! What valid JSON says that no type here can hold.

use crate::invalid_payload::Violations;
use crate::pointer::{Path, push_token};
use std::borrow::Cow;
use std::collections::HashSet;

/// Something in a text that is JSON by its grammar, but cannot be read without losing some of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A key that the object has already: neither value can be taken for the right one (RFC 8259, section 4).
    DuplicateKey,
    /// An integer that neither an `i64` nor a `u64` holds.
    LargeInteger,
    /// A number that is infinite as an `f64`.
    NumberOutOfRange,
    /// Half of a UTF-16 pair, which is no character (RFC 8259, section 8.2).
    LoneSurrogate,
    /// More arrays and objects inside each other than `serde_json` reads.
    TooDeep,
}

impl Fault {
    /// What should be there, and what is.
    pub fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::DuplicateKey => ("each key once", "the same key again"),
            Self::LargeInteger => ("an integer of at most 64 bits", "a larger one"),
            Self::NumberOutOfRange => ("a number that an `f64` can hold", "a larger one"),
            Self::LoneSurrogate => ("text", "half of a surrogate pair"),
            Self::TooDeep => ("at most 127 arrays and objects inside each other", "more"),
        }
    }
}

/// `serde_json` reads up to this depth.
const MOST_DEPTH: usize = 127;

/// Lists the faults of a text that is JSON by its grammar, of those that are asked for. `path` leads to the text.
pub(crate) fn list(text: &str, path: &Path<'_>, violations: &mut Violations, is_wanted: fn(Fault) -> bool) {
    Scan { text, index: 0, open: Vec::new(), path, violations, is_wanted }.run();
}

/// Whether a text that is JSON by its grammar has such a fault.
pub(crate) fn any(text: &str, is_wanted: fn(Fault) -> bool) -> bool {
    let mut violations = Violations::default();
    list(text, &Path::ROOT, &mut violations, is_wanted);
    !violations.is_empty()
}

/// An array or object that is open.
enum Open<'t> {
    Array { index: usize },
    Object { keys: HashSet<Cow<'t, str>>, key: &'t str, key_is_next: bool },
}

struct Scan<'t, 'v> {
    text: &'t str,
    index: usize,
    open: Vec<Open<'t>>,
    path: &'v Path<'v>,
    violations: &'v mut Violations,
    is_wanted: fn(Fault) -> bool,
}

impl<'t> Scan<'t, '_> {
    fn run(&mut self) {
        while let Some(&byte) = self.text.as_bytes().get(self.index) {
            match byte {
                b'{' | b'[' if self.open.len() == MOST_DEPTH => return self.note(Fault::TooDeep),
                b'{' => self.open.push(Open::Object { keys: HashSet::new(), key: "", key_is_next: true }),
                b'[' => self.open.push(Open::Array { index: 0 }),
                b'}' | b']' => _ = self.open.pop(),
                b',' => self.next(),
                b'"' => self.string(),
                b'-' | b'0'..=b'9' => self.number(),
                _ => {}
            }
            self.index += 1;
        }
    }

    /// Steps behind a comma.
    fn next(&mut self) {
        match self.open.last_mut() {
            Some(Open::Array { index }) => *index += 1,
            Some(Open::Object { key_is_next, .. }) => *key_is_next = true,
            None => {}
        }
    }

    /// Steps to the quotation mark at the end of a string.
    fn string(&mut self) {
        let start = self.index + 1;
        let bytes = self.text.as_bytes();
        self.index = start;
        let mut has_escape = false;
        while bytes.get(self.index).is_some_and(|byte| *byte != b'"') {
            has_escape |= bytes[self.index] == b'\\';
            self.index += if bytes[self.index] == b'\\' { 2 } else { 1 };
        }
        let raw = self.text.get(start..self.index).unwrap_or_default();
        let is_new = self.enter(raw, has_escape);
        if !is_new {
            self.note(Fault::DuplicateKey);
        }
        if has_escape && has_lone_surrogate(raw) {
            self.note(Fault::LoneSurrogate);
        }
    }

    /// Takes a string for a key if one is due; false if the object has it already.
    fn enter(&mut self, raw: &'t str, has_escape: bool) -> bool {
        let Some(Open::Object { keys, key, key_is_next }) = self.open.last_mut().filter(|open| open.wants_key()) else {
            return true;
        };
        (*key, *key_is_next) = (raw, false);
        keys.insert(if has_escape { unescaped(raw) } else { Cow::Borrowed(raw) })
    }

    /// Steps to the last character of a number.
    fn number(&mut self) {
        let rest = &self.text[self.index..];
        let length = rest.find(|character: char| !matches!(character, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
        let number = &rest[..length.unwrap_or(rest.len())];
        self.index += number.len() - 1;
        let is_integer = number.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
        if is_integer && number.parse::<i64>().is_err() && number.parse::<u64>().is_err() {
            self.note(Fault::LargeInteger);
        }
        if number.len() > 3 && number.parse::<f64>().is_ok_and(f64::is_infinite) {
            self.note(Fault::NumberOutOfRange);
        }
    }

    fn note(&mut self, fault: Fault) {
        if (self.is_wanted)(fault) {
            let (expected, found) = fault.texts();
            let (path, open) = (self.path, &self.open);
            self.violations.add(|| pointer(path, open), expected, found);
        }
    }
}

/// The way to what is open.
fn pointer(path: &Path<'_>, open: &[Open<'_>]) -> String {
    let mut pointer = path.pointer();
    for open in open {
        match open {
            Open::Array { index } => push_token(&mut pointer, &index.to_string()),
            Open::Object { key, .. } => push_token(&mut pointer, &unescaped(key)),
        }
    }
    pointer
}

impl Open<'_> {
    fn wants_key(&self) -> bool {
        matches!(self, Self::Object { key_is_next: true, .. })
    }
}

/// A key as text; as it is written where it is not text.
fn unescaped(raw: &str) -> Cow<'_, str> {
    serde_json::from_str(&format!("\"{raw}\"")).map_or(Cow::Borrowed(raw), Cow::Owned)
}

/// Whether a string with escapes has half of a surrogate pair among them.
fn has_lone_surrogate(raw: &str) -> bool {
    let mut escapes = raw.char_indices();
    let unit_at = |index: usize| {
        raw.get(index..index + 6).and_then(|escape| u16::from_str_radix(escape.strip_prefix("\\u")?, 16).ok())
    };
    while let Some((index, character)) = escapes.next() {
        if character != '\\' {
            continue;
        }
        match unit_at(index) {
            Some(0xD800..=0xDBFF) if matches!(unit_at(index + 6), Some(0xDC00..=0xDFFF)) => _ = escapes.nth(10),
            Some(0xD800..=0xDFFF) => return true,
            _ => _ = escapes.next(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Fault, list};
    use crate::invalid_payload::Violations;
    use crate::pointer::Path;

    #[test]
    fn every_fault_is_found_where_it_is() {
        let deep = format!("{}1{}", "[".repeat(130), "]".repeat(130));
        let at_depth = "/0".repeat(127);
        for (text, pointer, fault) in [
            (r#"{"a":{"b":1,"c":[{}],"b":2}}"#, "/a/b", Fault::DuplicateKey),
            (r#"{"a":1,"\u0061":2}"#, "/a", Fault::DuplicateKey),
            (r#"[{"x/y":1,"x/y":2}]"#, "/0/x~1y", Fault::DuplicateKey),
            (r#"{"":1,"":2}"#, "/", Fault::DuplicateKey),
            (r#"{"a":[1,18446744073709551616]}"#, "/a/1", Fault::LargeInteger),
            ("-9223372036854775809", "", Fault::LargeInteger),
            (r#"{"a":1e400,"b":2}"#, "/a", Fault::NumberOutOfRange),
            (r#"["\ud83d"]"#, "/0", Fault::LoneSurrogate),
            (r#"["ok","\ude00\ud83d"]"#, "/1", Fault::LoneSurrogate),
            (r#"{"\udc00":1}"#, "/\\udc00", Fault::LoneSurrogate),
            (&deep, &at_depth, Fault::TooDeep),
        ] {
            let mut violations = Violations::default();
            list(text, &Path::ROOT, &mut violations, |_| true);
            let found: Vec<_> = violations.list().iter().map(|one| (&*one.pointer, &*one.expected)).collect();
            assert_eq!(found, [(pointer, fault.texts().0)], "{text}");
        }
    }

    #[test]
    fn what_types_hold_is_no_fault() {
        for text in [
            r#"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#,
            "[18446744073709551615,-9223372036854775808,1e300,-0.0,123456789012345678.5]",
            r#"["\ud83d\ude00","\\ud83d","\\\\","\"","a\\"]"#,
            r#"{"k":"{\"a\":1,\"a\":2}"}"#,
        ] {
            let mut violations = Violations::default();
            list(text, &Path::ROOT, &mut violations, |_| true);
            assert!(violations.is_empty(), "{text}: {:?}", violations.list());
        }
    }
}
