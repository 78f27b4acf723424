//! What the generated `Serialize` impls are made of.

use crate::Nullable;
use crate::undeclared::hides_undeclared;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Begins to write an object.
///
/// # Errors
/// Those of the serializer.
pub fn object<S: Serializer>(serializer: S) -> Result<Members<S::SerializeMap>, S::Error> {
    serializer.serialize_map(None).map(Members)
}

/// The members of an object that is being written.
pub struct Members<M>(M);

impl<M: SerializeMap> Members<M> {
    /// Writes a key that always stands in the object.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn required<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(key, value)
    }

    /// Writes a key unless it is absent.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn optional<T: Serialize>(&mut self, key: &'static str, value: &Option<T>) -> Result<(), M::Error> {
        match value {
            Some(value) => self.0.serialize_entry(key, value),
            None => Ok(()),
        }
    }

    /// Writes a key, with `null` if that is its value, unless it is absent.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn nullable<T: Serialize>(&mut self, key: &'static str, value: &Nullable<T>) -> Result<(), M::Error> {
        match value {
            Nullable::Absent => Ok(()),
            Nullable::Null | Nullable::Value(_) => self.0.serialize_entry(key, value),
        }
    }

    /// Writes the undeclared keys, and ends the object.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn end<'a, T: Serialize + 'a>(
        mut self,
        extra: impl IntoIterator<Item = (&'a String, &'a T)>,
    ) -> Result<M::Ok, M::Error> {
        if !hides_undeclared() {
            for (key, value) in extra {
                self.0.serialize_entry(key, value)?;
            }
        }
        self.0.end()
    }
}
