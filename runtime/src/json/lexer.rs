//! The words of a JSON text.

use std::borrow::Cow;

/// Walks over a JSON text, from the start to the end.
pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

/// Every byte of a word 1.
const ONES: u64 = u64::from_ne_bytes([1; 8]);

impl<'t> Lexer<'t> {
    #[inline]
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte that is not white space (RFC 8259, section 2), without stepping over it.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.text.as_bytes().get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Steps over the next byte that is not white space, if it is this one.
    #[inline]
    pub(crate) fn eat(&mut self, byte: u8) -> Option<()> {
        let next = self.peek()? == byte;
        self.at += usize::from(next);
        next.then_some(())
    }

    /// Reads a number, or one of the words `true`, `false` and `null`; whether it is well-formed, the
    /// caller looks.
    #[inline]
    pub(crate) fn word(&mut self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let length = rest.bytes().position(|byte| !inside(byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Reads a string (section 7); `None` where none comes next.
    #[inline]
    pub(crate) fn string(&mut self) -> Option<Cow<'t, str>> {
        if self.peek()? != b'"' {
            return None;
        }
        let start = self.at + 1;
        let end = start + plain(&self.text.as_bytes()[start..]);
        match self.text.as_bytes().get(end)? {
            b'"' => {
                self.at = end + 1;
                Some(Cow::Borrowed(&self.text[start..end]))
            }
            b'\\' => self.escaped(start, end),
            _ => None,
        }
    }

    /// Reads the rest of a string whose first backslash stands here.
    #[cold]
    fn escaped(&mut self, start: usize, backslash: usize) -> Option<Cow<'t, str>> {
        let bytes = self.text.as_bytes();
        let mut text = bytes[start..backslash].to_vec();
        let mut rest = &bytes[backslash..];
        loop {
            rest = match rest {
                [b'"', after @ ..] => break self.at = bytes.len() - after.len(),
                [b'\\', b'u', ..] => return self.numbered(start).map(Cow::Owned),
                [b'\\', escape, after @ ..] => {
                    text.push(unescape(*escape)?);
                    after
                }
                [] | [b'\\'] | [0..b' ', ..] => return None,
                _ => copy_plain(&mut text, rest),
            }
        }
        String::from_utf8(text).ok().map(Cow::Owned)
    }

    /// Characters by number may come in two halves (section 7).
    fn numbered(&mut self, start: usize) -> Option<String> {
        self.at = start;
        self.close()?;
        serde_json::from_str(&self.text[start - 1..self.at]).ok()
    }

    /// Steps over the rest of a string, and the quote that ends it, without a closer look.
    fn close(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at)? {
                b'"' => break self.at += 1,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        Some(())
    }

    /// Steps over a value without a closer look: what is no JSON may pass.
    pub(crate) fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    self.close()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' => self.at += 1,
                _ if self.word().is_empty() => return None,
                _ => {}
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}

/// How many of these bytes stand before one that ends the plain part of a string: a quote, a backslash
/// or a control character.
#[inline]
fn plain_of_eight(bytes: [u8; 8]) -> usize {
    let word = u64::from_le_bytes(bytes);
    // Sets the highest bit of the first byte that is below the bound, and of none before it.
    let below = |word: u64, bound: u8| word.wrapping_sub(ONES * u64::from(bound)) & !word;
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    let found = (below(word, b' ') | equal(b'"') | equal(b'\\')) & (ONES << 7);
    found.trailing_zeros() as usize / 8
}

/// The same of less than eight.
fn plain_of_few(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')).unwrap_or(bytes.len())
}

/// The same of any number.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk() {
        match plain_of_eight(*eight) {
            8 => rest = after,
            some => return bytes.len() - rest.len() + some,
        }
    }
    bytes.len() - rest.len() + plain_of_few(rest)
}

/// Appends what is plain, and gives back what comes after. Copies eight bytes even where fewer are
/// plain, as that is faster: in JSON inside a string, no two escapes are far from each other.
fn copy_plain<'t>(text: &mut Vec<u8>, from: &'t [u8]) -> &'t [u8] {
    let mut rest = from;
    while let Some((eight, after)) = rest.split_first_chunk() {
        let some = plain_of_eight(*eight);
        text.extend_from_slice(eight);
        text.truncate(text.len() - eight.len() + some);
        if some < 8 {
            return &rest[some..];
        }
        rest = after;
    }
    let (few, after) = rest.split_at(plain_of_few(rest));
    text.extend_from_slice(few);
    after
}

/// What a letter behind a backslash stands for.
fn unescape(letter: u8) -> Option<u8> {
    Some(match letter {
        b'"' | b'\\' | b'/' => letter,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 0x08,
        b'f' => 0x0c,
        _ => return None,
    })
}
