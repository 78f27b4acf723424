//! What the generated `Deserialize` impls are made of.

use crate::json::{DUPLICATE, OBJECT};
use crate::json_text::PerhapsEmpty;
use crate::{JsonText, Map, Nullable, OrderedMap, Value};
use serde::de::{Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

mod union;

pub use union::{Union, union};

/// A struct that is read from a JSON object, member by member.
pub trait Object<'de>: Sized {
    /// Reads all members. Keys that the struct does not declare are kept, not dropped.
    ///
    /// # Errors
    /// When a value does not fit its field, a required key is missing or a key is there twice.
    fn read<A: MapAccess<'de>>(members: Members<A>) -> Result<Self, A::Error>;
}

/// Reads an [`Object`].
///
/// # Errors
/// When the value is no object, or [`Object::read`] refuses it.
pub fn object<'de, T: Object<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut object = None;
    deserializer.deserialize_struct(OBJECT, &[], ObjectVisitor(&mut object))?;
    object.ok_or_else(|| D::Error::custom("expected an object"))
}

/// Puts an object where it belongs. A type that holds others inline is large, and would be copied through the frames of
/// all deserializers on the way: in a debug build that takes the stack of a thread.
struct ObjectVisitor<'o, T>(&'o mut Option<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        *self.0 = Some(T::read(Members(members))?);
        Ok(())
    }
}

/// The members of an object that is being read.
pub struct Members<A>(A);

impl<'de, A: MapAccess<'de>> Members<A> {
    /// The next key; borrowed from the input where it is not escaped.
    ///
    /// # Errors
    /// When the input is not JSON.
    pub fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        self.0.next_key_seed(Key)
    }

    /// Reads the value of a declared key into its slot.
    ///
    /// # Errors
    /// When the value does not fit, or the slot is filled already: of two values under one key
    /// (RFC 8259, section 4) neither can be taken for the right one.
    pub fn value<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) -> Result<(), A::Error> {
        self.fill(slot, Slot)
    }

    /// [`value`](Self::value) of a key whose value may be null.
    ///
    /// # Errors
    /// As `value`.
    pub fn optional<T: Deserialize<'de>>(&mut self, slot: &mut Option<Option<T>>) -> Result<(), A::Error> {
        self.fill(slot, OptionalSlot)
    }

    /// [`value`](Self::value) of a key that may be absent, and whose value may be null.
    ///
    /// # Errors
    /// As `value`.
    pub fn nullable<T: Deserialize<'de>>(&mut self, slot: &mut Option<Nullable<T>>) -> Result<(), A::Error> {
        let mut value = slot.take().map(Nullable::into_option);
        self.optional(&mut value)?;
        *slot = value.map(|value| value.map_or(Nullable::Null, Nullable::Value));
        Ok(())
    }

    /// [`optional`](Self::optional) of a key with JSON inside a string. An empty string holds nothing: it is kept in
    /// `extra`, as null is.
    ///
    /// # Errors
    /// As `value`.
    pub fn optional_text<T: DeserializeOwned>(
        &mut self,
        slot: &mut Option<Option<JsonText<T>>>,
        key: &str,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error> {
        let mut read = slot.take().map(|text| text.map(|text| PerhapsEmpty(Some(text))));
        self.optional(&mut read)?;
        *slot = read.map(|text| text.and_then(|text| kept(text, key, extra)));
        Ok(())
    }

    /// [`optional_text`](Self::optional_text) of a key whose schema allows null.
    ///
    /// # Errors
    /// As `value`.
    pub fn nullable_text<T: DeserializeOwned>(
        &mut self,
        slot: &mut Option<Nullable<JsonText<T>>>,
        key: &str,
        extra: &mut Map<String, Value>,
    ) -> Result<(), A::Error> {
        let mut read = slot.take().map(|text| text.into_option().map(|text| PerhapsEmpty(Some(text))));
        self.optional(&mut read)?;
        *slot = read.map(|text| match text {
            None => Nullable::Null,
            Some(text) => kept(text, key, extra).map_or(Nullable::Absent, Nullable::Value),
        });
        Ok(())
    }

    fn fill<'s, T, S: DeserializeSeed<'de, Value = ()>>(
        &mut self,
        slot: &'s mut Option<T>,
        seed: fn(&'s mut Option<T>) -> S,
    ) -> Result<(), A::Error> {
        match slot {
            None => self.0.next_value_seed(seed(slot)),
            Some(_) => Err(A::Error::custom(DUPLICATE)),
        }
    }

    /// Keeps the value of a key that the struct does not declare.
    ///
    /// # Errors
    /// When the value does not fit, or the key was there already.
    pub fn keep<M: Extra<'de>>(&mut self, key: Cow<'de, str>, extra: &mut M) -> Result<(), A::Error> {
        match extra.insert(key.into_owned(), self.0.next_value()?) {
            None => Ok(()),
            Some(_) => Err(A::Error::custom(DUPLICATE)),
        }
    }
}

/// What a text holds; one that is empty is kept in `extra`.
fn kept<T>(text: PerhapsEmpty<T>, key: &str, extra: &mut Map<String, Value>) -> Option<JsonText<T>> {
    if text.0.is_none() {
        extra.insert(key.to_owned(), Value::String(String::new()));
    }
    text.0
}

/// Where additional properties are kept: a map of any values, or of the type that the schema gives them.
pub trait Extra<'de> {
    /// The type of a value.
    type Value: Deserialize<'de>;

    /// Puts a value in, and gives back what was there under the same key.
    fn insert(&mut self, key: String, value: Self::Value) -> Option<Self::Value>;
}

impl Extra<'_> for Map<String, Value> {
    type Value = Value;

    fn insert(&mut self, key: String, value: Value) -> Option<Value> {
        Map::insert(self, key, value)
    }
}

impl<'de, T: Deserialize<'de>> Extra<'de> for OrderedMap<T> {
    type Value = T;

    fn insert(&mut self, key: String, value: T) -> Option<T> {
        OrderedMap::insert(self, key, value)
    }
}

/// Puts a value where it belongs, as [`ObjectVisitor`] does.
struct Slot<'s, T>(&'s mut Option<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Slot<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = Some(T::deserialize(deserializer)?);
        Ok(())
    }
}

/// The same for a value that may be null.
struct OptionalSlot<'s, T>(&'s mut Option<Option<T>>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for OptionalSlot<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for OptionalSlot<'_, T> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        *self.0 = Some(None);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = Some(Some(T::deserialize(deserializer)?));
        Ok(())
    }
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }

    fn visit_string<E: Error>(self, key: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key))
    }
}

/// The error for an object without a required key.
#[cold]
pub fn missing<E: Error>(key: &'static str) -> E {
    E::missing_field(key)
}

/// The value of an optional key whose schema does not allow null. Null is kept in `extra`: many senders write it for
/// what they do not have, and absent is not null.
pub fn or_null<T>(value: Option<Option<T>>, key: &str, extra: &mut Map<String, Value>) -> Option<T> {
    if matches!(value, Some(None)) {
        // An empty text is there already.
        extra.entry(key).or_insert(Value::Null);
    }
    value.flatten()
}

/// Reads a string into a type that takes any text.
///
/// # Errors
/// When the value is no string.
pub fn text<'de, T: for<'a> From<&'a str>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}
