//! A deserializer around that of `serde_json`, which takes the last of two values under one key and rounds integers of
//! more than 64 bits.

use crate::integer;
use serde::de::value::BorrowedBytesDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

/// What an object of [`crate::de::object`] is called: it looks for duplicate keys itself, in the fields that it fills.
pub(crate) const OBJECT: &str = "$webhook_runtime::Object";

/// Above this an `f64` may be an integer whose digits it does not hold: 2^63.
const LARGE: f64 = 9_223_372_036_854_775_808.0;

/// What is to become of a number that is an `f64` of 2^63 or more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum LargeNumbers {
    /// It is refused, and noted.
    Refuse,
    /// It is accepted: no integer of the text has so many digits.
    Accept,
    /// An [`Integer`](crate::Integer) is read by its digits; other types would round it, and refuse it.
    ByDigits,
}

/// One reading of a text.
pub struct Reading {
    large_numbers: LargeNumbers,
    met_large_number: Cell<bool>,
}

impl Reading {
    pub fn new(large_numbers: LargeNumbers) -> Self {
        Self { large_numbers, met_large_number: Cell::new(false) }
    }

    pub fn met_large_number(&self) -> bool {
        self.met_large_number.get()
    }

    fn check<E: Error>(&self, value: f64) -> Result<(), E> {
        if self.large_numbers == LargeNumbers::Accept || value.abs() < LARGE {
            return Ok(());
        }
        self.met_large_number.set(true);
        Err(E::custom("an integer of more than 64 bits"))
    }
}

/// A deserializer that is watched.
pub struct Strict<'r, 'k, 'de, D> {
    inner: D,
    reading: &'r Reading,
    /// The keys before this one, if a key is what it reads.
    key_of: Option<&'k mut Keys<'de>>,
}

impl<'r, 'k, 'de, D> Strict<'r, 'k, 'de, D> {
    pub fn new(inner: D, reading: &'r Reading) -> Self {
        Self { inner, reading, key_of: None }
    }

    fn watched<V>(self, visitor: V) -> (D, Visit<'r, 'k, 'de, V>) {
        (self.inner, Visit { visitor, reading: self.reading, checks_keys: true, key_of: self.key_of })
    }
}

macro_rules! forward_deserialize {
    ($($method:ident($($name:ident: $ty:ty),*))*) => {
        $(fn $method<V: Visitor<'de>>(self, $($name: $ty,)* visitor: V) -> Result<V::Value, D::Error> {
            let (inner, visitor) = self.watched(visitor);
            inner.$method($($name,)* visitor)
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<'_, '_, 'de, D> {
    type Error = D::Error;

    forward_deserialize! {
        deserialize_any() deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
        deserialize_i128() deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char() deserialize_str() deserialize_string()
        deserialize_bytes() deserialize_byte_buf() deserialize_option() deserialize_unit()
        deserialize_unit_struct(name: &'static str) deserialize_seq() deserialize_tuple(length: usize)
        deserialize_tuple_struct(name: &'static str, length: usize) deserialize_map()
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) deserialize_identifier()
        deserialize_ignored_any()
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let (inner, visitor) = self.watched(visitor);
        inner.deserialize_struct(name, fields, Visit { checks_keys: name != OBJECT, ..visitor })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        if name == integer::NAME && self.reading.large_numbers == LargeNumbers::ByDigits {
            let digits = <&'de RawValue>::deserialize(self.inner)?.get();
            return visitor.visit_newtype_struct(BorrowedBytesDeserializer::new(digits.as_bytes()));
        }
        let (inner, visitor) = self.watched(visitor);
        inner.deserialize_newtype_struct(name, visitor)
    }
}

/// A visitor that hands on deserializers that are watched.
struct Visit<'r, 'k, 'de, V> {
    visitor: V,
    reading: &'r Reading,
    /// Whether the keys of an object are looked at here.
    checks_keys: bool,
    /// The keys before this one, if it is a key that is read.
    key_of: Option<&'k mut Keys<'de>>,
}

macro_rules! forward_visit {
    ($($method:ident($ty:ty))*) => {
        $(fn $method<E: Error>(self, value: $ty) -> Result<V::Value, E> {
            self.visitor.$method(value)
        })*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Visit<'_, '_, 'de, V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(formatter)
    }

    forward_visit! {
        visit_bool(bool) visit_i8(i8) visit_i16(i16) visit_i32(i32) visit_i64(i64) visit_i128(i128) visit_u8(u8)
        visit_u16(u16) visit_u32(u32) visit_u64(u64) visit_u128(u128) visit_f32(f32) visit_char(char)
        visit_bytes(&[u8]) visit_borrowed_bytes(&'de [u8]) visit_byte_buf(Vec<u8>)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        self.reading.check(value)?;
        self.visitor.visit_f64(value)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<V::Value, E> {
        note_key(self.key_of, || Cow::Owned(text.to_owned()))?;
        self.visitor.visit_str(text)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<V::Value, E> {
        note_key(self.key_of, || Cow::Borrowed(text))?;
        self.visitor.visit_borrowed_str(text)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<V::Value, E> {
        note_key(self.key_of, || Cow::Owned(text.clone()))?;
        self.visitor.visit_string(text)
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Strict::new(inner, self.reading))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Strict::new(inner, self.reading))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_seq(StrictItems { items, reading: self.reading })
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        let keys = self.checks_keys.then(Keys::default);
        self.visitor.visit_map(StrictMap { members, reading: self.reading, keys })
    }

    /// The enums of a user's own type: what they hold is left to `serde_json`.
    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(variant)
    }
}

fn note_key<'de, E: Error>(keys: Option<&mut Keys<'de>>, key: impl FnOnce() -> Cow<'de, str>) -> Result<(), E> {
    let is_new = keys.is_none_or(|keys| keys.insert(key()));
    if is_new { Ok(()) } else { Err(E::custom(DUPLICATE)) }
}

pub(crate) const DUPLICATE: &str = "the same key twice in one object";

/// A seed that hands on a deserializer that is watched.
struct StrictSeed<'r, 'k, 'de, S> {
    seed: S,
    reading: &'r Reading,
    key_of: Option<&'k mut Keys<'de>>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for StrictSeed<'_, '_, 'de, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        self.seed.deserialize(Strict { inner, reading: self.reading, key_of: self.key_of })
    }
}

struct StrictItems<'r, A> {
    items: A,
    reading: &'r Reading,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for StrictItems<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.items.next_element_seed(StrictSeed { seed, reading: self.reading, key_of: None })
    }

    fn size_hint(&self) -> Option<usize> {
        self.items.size_hint()
    }
}

struct StrictMap<'r, 'de, A> {
    members: A,
    reading: &'r Reading,
    keys: Option<Keys<'de>>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for StrictMap<'_, 'de, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        match &mut self.keys {
            None => self.members.next_key_seed(seed),
            keys => self.members.next_key_seed(StrictSeed { seed, reading: self.reading, key_of: keys.as_mut() }),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.members.next_value_seed(StrictSeed { seed, reading: self.reading, key_of: None })
    }

    fn size_hint(&self) -> Option<usize> {
        self.members.size_hint()
    }
}

/// The keys of an object so far. To compare a few is faster than to hash them.
#[derive(Default)]
struct Keys<'de> {
    few: Vec<Cow<'de, str>>,
    many: HashSet<Cow<'de, str>>,
}

/// So many keys are compared one by one.
const FEW: usize = 16;

impl<'de> Keys<'de> {
    /// Notes a key; false if it was there already.
    fn insert(&mut self, key: Cow<'de, str>) -> bool {
        if self.few.len() < FEW {
            let is_new = !self.few.contains(&key);
            self.few.push(key);
            return is_new;
        }
        !self.few.contains(&key) && self.many.insert(key)
    }
}
