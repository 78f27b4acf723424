//! What the generated `Serialize` impls are made of.

use crate::Nullable;
use crate::undeclared::hides_undeclared;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Begins to write an object.
pub fn object<S: Serializer>(serializer: S) -> Members<S> {
    Members(serializer.serialize_map(None))
}

/// The members of an object that is being written. An error stays until the end: generated code is
/// type-checked in half the time if it need not look for one after every member.
pub struct Members<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Members<S> {
    /// Writes a key that always stands in the object.
    pub fn required<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        if let Ok(members) = &mut self.0
            && let Err(error) = members.serialize_entry(key, value)
        {
            self.0 = Err(error);
        }
    }

    /// Writes a key unless it is absent.
    pub fn optional<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// Writes a key, with `null` if that is its value, unless it is absent.
    pub fn nullable<T: Serialize>(&mut self, key: &str, value: &Nullable<T>) {
        match value {
            Nullable::Absent => {}
            Nullable::Null | Nullable::Value(_) => self.required(key, value),
        }
    }

    /// Writes the undeclared keys, and ends the object.
    ///
    /// # Errors
    /// The serializer's first.
    pub fn end<'a, T: Serialize + 'a>(
        mut self,
        extra: impl IntoIterator<Item = (&'a String, &'a T)>,
    ) -> Result<S::Ok, S::Error> {
        if !hides_undeclared() {
            extra.into_iter().for_each(|(key, value)| self.required(key, value));
        }
        self.0?.end()
    }
}
