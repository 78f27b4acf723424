//! Unions: a value is read whole, its variant is chosen, and then it is read as that.

use crate::json::Node;
use crate::schema::{self, Choices, Described, Schema};
use crate::{Map, Value};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// One of several types.
pub trait Union: Described + Sized {
    /// Reads a variant.
    ///
    /// # Errors
    /// When it cannot hold the value.
    fn variant<'de, A: VariantAccess<'de>>(index: usize, value: A) -> Result<Self, A::Error>;

    /// The variant of a value that is none of the types.
    fn other(value: Value) -> Self;
}

/// Reads a [`Union`].
///
/// # Errors
/// When the value itself cannot be read: one that fits no variant is [`Union::other`].
pub fn union<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_newtype_struct(schema_of::<U>().name, UnionVisitor(PhantomData))
}

fn schema_of<U: Union>() -> &'static schema::Union {
    const NONE: schema::Union = schema::Union { name: "", tag: "", is_tag_needed: false, variants: &[] };
    match &U::SCHEMA {
        Schema::Union(union) | Schema::Inferred(Schema::Union(union)) => union,
        _ => &NONE,
    }
}

struct UnionVisitor<U>(PhantomData<U>);

impl<U: Union> UnionVisitor<U> {
    fn choose(value: Value) -> U {
        let (union, mut choices) = (schema_of::<U>(), Choices::default());
        let chosen = choices.choose(union, &value);
        if chosen == union.variants.len() {
            return U::other(value);
        }
        match U::variant(chosen, Node { value: &value, choices: &choices }) {
            Ok(union) => union,
            // A type of the user's own may be stricter than what chose it.
            Err(_) => U::other(value),
        }
    }
}

macro_rules! choose {
    ($($visit:ident($ty:ty))*) => {
        $(fn $visit<E: Error>(self, value: $ty) -> Result<U, E> {
            Ok(Self::choose(value.into()))
        })*
    };
}

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<U, D::Error> {
        Value::deserialize(inner).map(Self::choose)
    }

    /// The variant was chosen when a value around this one was.
    fn visit_enum<A: EnumAccess<'de>>(self, chosen: A) -> Result<U, A::Error> {
        let (index, value): (usize, _) = chosen.variant()?;
        if index == schema_of::<U>().variants.len() {
            return value.newtype_variant().map(U::other);
        }
        U::variant(index, value)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<U, A::Error> {
        Map::deserialize(MapAccessDeserializer::new(members)).map(|members| Self::choose(Value::Object(members)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<U, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(|items| Self::choose(Value::Array(items)))
    }

    choose! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) visit_string(String) }

    fn visit_unit<E: Error>(self) -> Result<U, E> {
        Ok(Self::choose(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<U, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<U, D::Error> {
        self.visit_newtype_struct(inner)
    }
}
