//! What the generated `Serialize` impls are made of.

use crate::{Map, Nullable, OrderedMap, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Begins to write an object; `extra` holds the keys that are not declared.
pub fn object<S: Serializer, X: Extra>(serializer: S, extra: &X) -> Members<'_, S, X> {
    Members { result: serializer.serialize_map(None), extra, replaced: Vec::new() }
}

/// The members of an object that is being written. An error stays until the end: generated code is
/// type-checked in half the time if it need not look for one after every member.
pub struct Members<'x, S: Serializer, X> {
    result: Result<S::SerializeMap, S::Error>,
    extra: &'x X,
    /// Declared keys that came with null and have a value now.
    replaced: Vec<&'static str>,
}

impl<S: Serializer, X: Extra> Members<'_, S, X> {
    /// Writes a key that every such object has.
    pub fn required<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        if let Ok(members) = &mut self.result
            && let Err(error) = members.serialize_entry(key, value)
        {
            self.result = Err(error);
        }
    }

    /// Writes a key unless it is absent.
    pub fn optional<T: Serialize>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
            if self.extra.has_null(key) {
                self.replaced.push(key);
            }
        }
    }

    /// Writes a key, with `null` if that is its value, unless it is absent.
    pub fn nullable<T: Serialize>(&mut self, key: &'static str, value: &Nullable<T>) {
        match value {
            Nullable::Absent => {}
            Nullable::Null | Nullable::Value(_) => self.required(key, value),
        }
    }

    /// Writes the keys that are not declared, and ends the object.
    ///
    /// # Errors
    /// The serializer's first.
    pub fn end(mut self) -> Result<S::Ok, S::Error> {
        let extra = self.extra;
        extra.for_each(|key, value| {
            if !self.replaced.contains(&key) {
                self.required(key, value);
            }
        });
        self.result?.end()
    }
}

/// What holds the keys that are not declared, and null of optional keys that do not allow it.
pub trait Extra {
    /// The type of a value.
    type Value: Serialize;

    /// Whether there is such a key, with null.
    fn has_null(&self, key: &str) -> bool;

    /// Visits all keys and values, in order.
    fn for_each(&self, visit: impl FnMut(&str, &Self::Value));
}

impl Extra for Map<String, Value> {
    type Value = Value;

    fn has_null(&self, key: &str) -> bool {
        self.get(key).is_some_and(Value::is_null)
    }

    fn for_each(&self, mut visit: impl FnMut(&str, &Value)) {
        self.iter().for_each(|(key, value)| visit(key, value));
    }
}

impl<T: Serialize> Extra for OrderedMap<T> {
    type Value = T;

    fn has_null(&self, _: &str) -> bool {
        false
    }

    fn for_each(&self, mut visit: impl FnMut(&str, &T)) {
        self.iter().for_each(|(key, value)| visit(key, value));
    }
}
