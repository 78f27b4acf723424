//! What generated types accept, as data: choosing the variant of a union, listing violations and finding additional
//! properties are walks of a value along the schema of its type, written here once for all types.

mod distance;
mod view;
mod violations;

pub(crate) use distance::{Choices, additional_property_count};
pub(crate) use view::drift;
pub use view::{additional_properties, expanded};
pub(crate) use violations::Search;

use crate::Value;
use serde::de::DeserializeOwned;

/// What a type accepts.
#[derive(Debug, Clone, Copy)]
pub enum Schema {
    /// Any JSON.
    Any,
    /// Null.
    Null,
    /// A boolean.
    Boolean,
    /// A number without fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// A string. The document lists these; others are accepted as well.
    Enum(&'static [&'static str]),
    /// An array.
    List(&'static Schema),
    /// An object whose keys are not named.
    Map(&'static Schema),
    /// Null, or a value.
    Nullable(&'static Schema),
    /// JSON inside a string, or as it is.
    JsonText(&'static Schema),
    /// A value, or an array of such values.
    OneOrMany(&'static Schema),
    /// An object.
    Object(&'static [Property], &'static Schema),
    /// One of several types, or any other value.
    Union(Union),
    /// A type inferred from keywords such as `properties`, where the document gives none: it allows values of other
    /// types as well (JSON Schema 2020-12 Core, section 7.6.1).
    Inferred(&'static Schema),
    /// A generated type, which may hold itself.
    Named(fn() -> &'static Schema),
    /// A type of the user's own: whether it can be read from a value.
    Foreign(fn(&Value) -> bool),
}

/// A property of an object.
#[derive(Debug, Clone, Copy)]
pub enum Property {
    /// Every such object has it.
    Required(&'static str, &'static Schema),
    /// It may be absent. Null is accepted as well, whatever the schema: many senders write it for what they do not have;
    /// and so is an empty string in place of one with JSON.
    Optional(&'static str, &'static Schema),
}

pub use Property::{Optional, Required};

/// One of several types.
#[derive(Debug, Clone, Copy)]
pub struct Union {
    /// The path of the type, which no other has.
    pub name: &'static str,
    /// The property whose value says which variant it is; empty where none does.
    pub tag: &'static str,
    /// Whether a value without the tag is none of the variants, even if it fits.
    pub is_tag_needed: bool,
    /// The variants, in the order of the document.
    pub variants: &'static [Variant],
}

/// One of a union's types, with the values of the tag that mean it.
#[derive(Debug, Clone, Copy)]
pub struct Variant(pub &'static [Tag], pub &'static Schema);

/// A value of a tag.
#[derive(Debug, Clone, Copy)]
pub enum Tag {
    /// A string.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
}

/// A type that knows its schema.
pub trait Described {
    /// What the type accepts.
    const SCHEMA: Schema;
}

/// The schema of a generated type.
pub fn of<T: Described>() -> &'static Schema {
    &T::SCHEMA
}

/// Whether a type that was not generated can be read from a value.
pub fn accepts<T: DeserializeOwned>(value: &Value) -> bool {
    T::deserialize(value).is_ok()
}

impl Property {
    fn key(&self) -> &'static str {
        match self {
            Self::Required(key, _) | Self::Optional(key, _) => key,
        }
    }

    fn schema(&self) -> &'static Schema {
        match self {
            Self::Required(_, schema) | Self::Optional(_, schema) => schema,
        }
    }

    fn is_required(&self) -> bool {
        matches!(self, Self::Required(..))
    }

    /// Whether a value means that there is none, and is kept as an additional property: null of an optional key, or an empty
    /// string where one with JSON is expected.
    fn is_none(&self, value: &Value, extra: &Schema) -> bool {
        let is_text = |schema: &Schema| match schema {
            Schema::Nullable(inner) => matches!(inner, Schema::JsonText(_)),
            schema => matches!(schema, Schema::JsonText(_)),
        };
        let is_empty = || value == "" && matches!(extra, Schema::Any) && is_text(self.schema());
        !self.is_required() && (value.is_null() || is_empty())
    }
}

impl Schema {
    /// The schema itself, where this is its name.
    fn resolved(&self) -> &Self {
        match self {
            Self::Named(schema) => schema().resolved(),
            schema => schema,
        }
    }

    /// What a violation says is expected.
    fn expected(&self) -> &'static str {
        match self.resolved() {
            Self::Any | Self::Union(_) => "a value",
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String | Self::Enum(_) => "a string",
            Self::List(_) => "an array",
            Self::Map(_) | Self::Object(..) => "an object",
            Self::JsonText(_) => "JSON inside a string",
            Self::OneOrMany(_) => "a value or an array of such values",
            Self::Nullable(inner) | Self::Inferred(inner) => inner.expected(),
            Self::Named(_) => "a value",
            Self::Foreign(_) => "what its type accepts",
        }
    }
}

impl Tag {
    fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text(tag), Value::String(text)) => tag == text,
            (Self::Integer(tag), Value::Number(number)) => {
                #[allow(clippy::cast_precision_loss, reason = "1.0 is the integer 1 as well")]
                let tag_as_float = *tag as f64;
                number.as_i64() == Some(*tag) || number.as_f64() == Some(tag_as_float)
            }
            (Self::Boolean(tag), Value::Bool(value)) => tag == value,
            _ => false,
        }
    }
}

/// Whether a value is a number without fraction (Validation, section 6.1.1).
fn is_integer(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|float| float.fract() == 0.0)
}

/// What a violation says is there.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) if is_integer(value) => "an integer",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
