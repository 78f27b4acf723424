//! A type with a name.

use super::constraint::Constraint;
use super::ty::{Type, TypeId};
use crate::schema::Location;
use crate::source::pointer;
use indexmap::IndexMap;
use serde_json::Value;

/// A type that gets a name.
#[derive(Debug)]
pub struct TypeDef {
    /// Index of its document.
    pub document: usize,
    /// The component that it is a part of; itself if it is one.
    pub owner: TypeId,
    /// The names that lead to it: a component's name, then those of properties.
    pub path: Vec<String>,
    /// JSON pointer into its document.
    pub pointer: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether the type is inferred, as the schema has no `type`: it allows values that the type does not hold.
    pub type_inferred: bool,
    /// The values that the discriminator of a schema it extends maps to it.
    pub tag: Option<Tag>,
    /// Its shape.
    pub shape: Shape,
    /// The constraints of the document that it does not enforce.
    pub constraints: Vec<Constraint>,
    /// The properties that its schema has from elsewhere, by key.
    pub inherited: IndexMap<String, Location>,
}

impl TypeDef {
    /// A type whose shape is not known yet.
    pub fn new(owner: TypeId, path: Vec<String>, location: Location) -> Self {
        Self {
            document: location.document,
            owner,
            path,
            pointer: location.pointer,
            docs: Docs::default(),
            type_inferred: false,
            tag: None,
            shape: Shape::Alias(Type::Any),
            constraints: Vec::new(),
            inherited: IndexMap::new(),
        }
    }

    /// The location of its schema.
    pub fn location(&self) -> Location {
        Location { document: self.document, pointer: self.pointer.clone() }
    }

    /// The location of one of its properties.
    pub fn property(&self, key: &str) -> Location {
        let pointer = || pointer::join(&pointer::join(&self.pointer, "properties"), key);
        let own = || Location { document: self.document, pointer: pointer() };
        self.inherited.get(key).cloned().unwrap_or_else(own)
    }
}

/// How a discriminator refers to a type (OpenAPI 3.1, section 4.8.25).
#[derive(Clone, Debug)]
pub struct Tag {
    /// The discriminator.
    pub property: String,
    /// The values for this type.
    pub values: Vec<String>,
}

/// Documentation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// `summary` or `title`, and `description`; CommonMark.
    pub text: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `default`.
    pub default: Option<Value>,
    /// What the type does not express: defaults, values, constraints; CommonMark, a line each.
    pub notes: Vec<String>,
}

/// The shape of a named type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// An object with properties.
    Struct(Struct),
    /// Strings of a list.
    Enum(Vec<String>),
    /// One of several types.
    Union(Union),
    /// A name for another type.
    Alias(Type),
    /// A type around another, where an alias would be an alias of itself.
    Newtype(Type),
}

/// An object with properties.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Struct {
    /// The properties.
    pub fields: Vec<Field>,
    /// The type of all other values.
    pub extra: Type,
}

/// A property.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// Its key.
    pub key: String,
    /// Its documentation.
    pub docs: Docs,
    /// Whether every object has the key.
    pub required: bool,
    /// Whether the value may be null.
    pub nullable: bool,
    /// Whether the type is inferred, as the schema has no `type`: it allows values that the type does not hold.
    pub type_inferred: bool,
    /// The values that the document lists, where the type does not name them: booleans and numbers.
    pub listed: Vec<Value>,
    /// The type of a value that is not null.
    pub ty: Type,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Union {
    /// The discriminator; empty where there is none.
    pub discriminator: String,
    /// Whether a value without the discriminator is none of the types, though it may fit.
    pub is_tagged: bool,
    /// The property whose value binds: the discriminator, or one with other values in each variant; empty where there
    /// is none.
    pub tag: String,
    /// The types.
    pub variants: Vec<Variant>,
}

/// One of a union's types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// The words its name is made of.
    pub label: String,
    /// The values of the union's discriminator for this type.
    pub tags: Vec<String>,
    /// The values of the union's tag for this type: texts, booleans and integers.
    pub tag_values: Vec<Value>,
    /// Its type.
    pub ty: Type,
}

impl Shape {
    /// The types that it holds, to be changed.
    pub fn slots(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Struct(record) => {
                record.fields.iter_mut().map(|field| &mut field.ty).chain([&mut record.extra]).collect()
            }
            Self::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
            Self::Alias(ty) | Self::Newtype(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }

    /// The types that it holds.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Struct(record) => record.fields.iter().map(|field| &field.ty).chain([&record.extra]).collect(),
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(ty) | Self::Newtype(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }
}
