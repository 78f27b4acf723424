//! Reading a type from a value whose unions are decided already.

use crate::schema::Choices;
use crate::{Value, json_text, one_or_many};
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Error as JsonError;

/// A value that was read before, to be read as a type.
#[derive(Clone, Copy)]
pub(crate) struct Node<'v> {
    pub value: &'v Value,
    pub choices: &'v Choices,
}

impl<'v> Node<'v> {
    fn at(self, value: &'v Value) -> Self {
        Self { value, ..self }
    }
}

impl<'v> Deserializer<'v> for Node<'v> {
    type Error = JsonError;

    fn deserialize_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.value {
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(|item| self.at(item)))),
            Value::Object(members) => visitor.visit_map(MapDeserializer::new(
                members.iter().map(|(key, value)| (BorrowedStrDeserializer::<JsonError>::new(key), self.at(value))),
            )),
            value => value.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'v>>(self, name: &'static str, visitor: V) -> Result<V::Value, JsonError> {
        if let Some(variant) = self.choices.get(name, self.value) {
            return visitor.visit_enum(Chosen { node: self, variant });
        }
        match (name, self.value) {
            (json_text::NAME, Value::Object(_) | Value::Array(_)) => visitor.visit_some(self),
            (one_or_many::NAME, value) if !value.is_array() => visitor.visit_some(self),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'v>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.value.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        <W: Visitor<'v>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

impl<'v> IntoDeserializer<'v, JsonError> for Node<'v> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A value, and which variant of a union it is.
struct Chosen<'v> {
    node: Node<'v>,
    variant: usize,
}

impl<'v> EnumAccess<'v> for Chosen<'v> {
    type Error = JsonError;
    type Variant = Node<'v>;

    fn variant_seed<S: DeserializeSeed<'v>>(self, seed: S) -> Result<(S::Value, Node<'v>), JsonError> {
        let index: serde::de::value::UsizeDeserializer<JsonError> = self.variant.into_deserializer();
        Ok((seed.deserialize(index)?, self.node))
    }
}

impl<'v> VariantAccess<'v> for Node<'v> {
    type Error = JsonError;

    fn newtype_variant_seed<S: DeserializeSeed<'v>>(self, seed: S) -> Result<S::Value, JsonError> {
        seed.deserialize(self)
    }

    fn unit_variant(self) -> Result<(), JsonError> {
        Err(JsonError::invalid_type(Unexpected::NewtypeVariant, &"unit variant"))
    }

    fn tuple_variant<V: Visitor<'v>>(self, _: usize, _: V) -> Result<V::Value, JsonError> {
        Err(JsonError::invalid_type(Unexpected::NewtypeVariant, &"tuple variant"))
    }

    fn struct_variant<V: Visitor<'v>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, JsonError> {
        Err(JsonError::invalid_type(Unexpected::NewtypeVariant, &"struct variant"))
    }
}
