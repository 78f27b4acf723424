//! JSON to values, for texts that are known to be UTF-8.
//!
//! A fast path before [`serde_json`], which has the last word: what is read here is what that reads (a
//! test compares the two), and whatever is not read here is left to it, with the message. So this
//! keeps no account of lines and columns, and knows no more of serde than bodies need. Keys, strings
//! and small numbers are read here; escapes by number and all other numbers are serde_json's too.

use serde::de::{self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::fmt;

mod lexer;
#[cfg(test)]
mod tests;

pub(crate) use lexer::Lexer;

/// How deep arrays and objects may be nested; what serde_json allows.
const DEPTH: u8 = 127;

/// Reads a value from a whole text.
///
/// # Errors
/// When the text is no JSON, or does not fit the type.
pub(crate) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    read(text).or_else(|Unread| again(text))
}

#[cold]
fn again<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(text)
}

fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Unread> {
    let mut reader = Reader { lexer: Lexer::new(text), depth: DEPTH };
    let value = T::deserialize(&mut reader)?;
    reader.lexer.peek().is_none().then_some(value).ok_or(Unread)
}

/// The text was not read, for whatever reason.
#[derive(Debug)]
struct Unread;

impl de::Error for Unread {
    fn custom<M: fmt::Display>(_: M) -> Self {
        Self
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not what was to be read")
    }
}

impl std::error::Error for Unread {}

struct Reader<'de> {
    lexer: Lexer<'de>,
    /// How much deeper it may go.
    depth: u8,
}

impl<'de> Reader<'de> {
    #[inline]
    fn string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        Text(self.lexer.string().ok_or(Unread)?).deserialize_any(visitor)
    }

    #[inline]
    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        self.enter(b'{')?;
        let value = visitor.visit_map(Items { reader: self, first: true })?;
        self.leave(b'}')?;
        Ok(value)
    }

    #[inline]
    fn array<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        self.enter(b'[')?;
        let value = visitor.visit_seq(Items { reader: self, first: true })?;
        self.leave(b']')?;
        Ok(value)
    }

    #[inline]
    fn enter(&mut self, bracket: u8) -> Result<(), Unread> {
        if self.depth == 0 {
            return Err(Unread);
        }
        self.depth -= 1;
        self.eat(bracket)
    }

    #[inline]
    fn leave(&mut self, bracket: u8) -> Result<(), Unread> {
        self.depth += 1;
        self.eat(bracket)
    }

    #[inline]
    fn eat(&mut self, byte: u8) -> Result<(), Unread> {
        self.lexer.eat(byte).ok_or(Unread)
    }

    fn word<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unread> {
        match self.lexer.word() {
            "null" => visitor.visit_unit(),
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            word => match whole(word) {
                Some(number) => visitor.visit_u64(number),
                None => {
                    let number: crate::Number = word.parse().map_err(|_| Unread)?;
                    number.deserialize_any(visitor).map_err(|_| Unread)
                }
            },
        }
    }
}

/// The most common numbers by far.
fn whole(word: &str) -> Option<u64> {
    let canonical = word == "0" || matches!(word.as_bytes(), [b'1'..=b'9', ..]);
    if canonical { word.parse().ok() } else { None }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.lexer.peek() {
            Some(b'"') => self.string(visitor),
            Some(b'{') => self.object(visitor),
            Some(b'[') => self.array(visitor),
            _ => self.word(visitor),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.string(visitor)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.string(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.lexer.peek() {
            Some(b'n') => self.word(visitor),
            _ => visitor.visit_some(self),
        }
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unread> {
        self.object(visitor)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.object(visitor)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        self.array(visitor)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
        enum identifier ignored_any
    }
}

/// The members of an object, or the items of an array.
struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
}

impl Items<'_, '_> {
    /// Whether there is one more.
    #[inline]
    fn more(&mut self, bracket: u8) -> Result<bool, Unread> {
        if self.reader.lexer.peek() == Some(bracket) {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.eat(b',')?;
        }
        Ok(true)
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Unread;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        if !self.more(b'}')? {
            return Ok(None);
        }
        let key = self.reader.lexer.string().ok_or(Unread)?;
        self.reader.eat(b':')?;
        seed.deserialize(Text(key)).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unread> {
        seed.deserialize(&mut *self.reader)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unread;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unread> {
        if !self.more(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// A string that has been read.
struct Text<'de>(Cow<'de, str>);

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = Unread;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
