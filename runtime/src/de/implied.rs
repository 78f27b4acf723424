//! Schemas without `type`.

use serde::de::{Deserialize, Deserializer, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// The name under which a value announces itself whose schema has no `type`: such a schema says how an object must look,
/// say, and allows every value that is none (JSON Schema 2020-12 Core, section 7.6.1). The search for the places that do
/// not fit lets these pass.
pub(crate) const NAME: &str = "$webhook_runtime::Implied";

/// A value of the type that a schema without `type` speaks of.
pub(crate) struct Implied<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Implied<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, ImpliedVisitor(PhantomData))
    }
}

struct ImpliedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ImpliedVisitor<T> {
    type Value = Implied<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        T::deserialize(inner).map(Implied)
    }
}
