//! What a provider sends, as plain data in the order of its documents.

mod absence;
mod accessors;
mod alike;
pub mod bodies;
mod build;
mod claims;
mod cycles;
mod defaults;
mod docs;
mod doubts;
mod event;
mod events;
mod family;
pub mod fit;
mod headers;
mod identify;
mod label;
mod located;
mod path;
mod places;
mod presence;
mod rest;
mod sharing;
mod shown;
mod sight;
mod tags;
#[cfg(test)]
mod tests;
mod union;
mod values;
mod webhooks;

use crate::documents::provider::{Expression, Settings};
use serde_json::Value;

use std::collections::{HashMap, HashSet};

pub use accessors::{Step, Way, target, way};
pub use build::build;
pub use defaults::Fallback;
pub use docs::{code, code_of_name, code_span, same_words};
pub use event::Event;
pub use events::allowed;
pub use presence::Presence;
pub use sharing::{behind, reachable};
pub use values::{text_at, tokens, value_at};
pub use webhooks::Webhook;

/// A sender of webhooks.
#[derive(Debug)]
pub struct Provider {
    /// The folder's name.
    pub name: String,
    /// `provider.yaml`.
    pub settings: Settings,
    /// Where the event type stands: as `provider.yaml` says, or as the documents show.
    pub event_type: Vec<Expression>,
    /// The OpenAPI documents.
    pub documents: Vec<Document>,
    /// All types of all documents; a [`TypeId`] is an index into it.
    pub types: Vec<TypeDef>,
    /// The events, in the order of the documents.
    pub events: Vec<Event>,
    /// Events for bodies that have nothing where event types stand, if documents give a default there.
    pub fallbacks: Vec<Fallback>,
    /// The webhooks, in the order of the documents.
    pub webhooks: Vec<Webhook>,
    /// The headers that deliveries bring, in the order of the documents.
    pub headers: Vec<Header>,
    /// The families of events, where each is a feature of its own.
    pub families: Vec<Family>,
    /// The families that need a type, as indices; none of the types that are always there.
    pub gates: HashMap<TypeId, Vec<usize>>,
    /// The types to generate, where not all are wanted.
    pub wanted: Option<HashSet<TypeId>>,
}

/// An OpenAPI document.
#[derive(Debug)]
pub struct Document {
    /// The file's name.
    pub file: String,
    /// `info.title`.
    pub title: String,
    /// `info.description`.
    pub description: Option<String>,
}

/// Which of a provider's types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A type that gets a name.
#[derive(Debug)]
pub struct TypeDef {
    /// Index of the document it stands in.
    pub document: usize,
    /// The component it stands in; itself if it is one.
    pub owner: TypeId,
    /// The names on the way to it: a component's name, then those of properties.
    pub path: Vec<String>,
    /// JSON pointer into its document.
    pub pointer: String,
    /// What is said of it.
    pub docs: Docs,
    /// Whether its schema has no `type`, and so allows values that the type does not hold.
    pub implied: bool,
    /// What the discriminator of a schema that it is made of knows it by.
    pub tag: Option<Tag>,
    /// What it looks like.
    pub shape: Shape,
}

/// How a discriminator knows a type (OpenAPI 3.1, section 4.8.25).
#[derive(Clone, Debug)]
pub struct Tag {
    /// The property that tells.
    pub property: String,
    /// The values that mean the type.
    pub values: Vec<String>,
}

/// What a document says to the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// `summary` or `title`, and `description`; CommonMark.
    pub text: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What the type does not express: defaults, values, constraints; CommonMark, a line each.
    pub notes: Vec<String>,
}

/// What a named type looks like.
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
    /// A type around another, where an alias would stand for itself.
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
    /// What is said of it.
    pub docs: Docs,
    /// Whether the key always stands in the object.
    pub required: bool,
    /// Whether the value may be null.
    pub nullable: bool,
    /// Whether the schema has no `type`, and so allows values that the type does not hold.
    pub implied: bool,
    /// The values that the document lists, where the type does not name them: booleans and numbers.
    pub listed: Vec<Value>,
    /// The type of a value that is not null.
    pub ty: Type,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Union {
    /// The property whose value tells which; empty where none is said to.
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
    /// The values of the union's discriminator that mean this type.
    pub tags: Vec<String>,
    /// The values of the union's tag that mean this type: texts, booleans and integers.
    pub tag_values: Vec<Value>,
    /// Its type.
    pub ty: Type,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Any JSON.
    Any,
    /// Null and nothing else.
    Null,
    /// A body that is no JSON.
    Raw,
    /// `true` or `false`.
    Boolean,
    /// A number without fraction, spelled as it came.
    Integer,
    /// A number, spelled as it came.
    Number,
    /// Any text.
    String,
    /// `format: date-time`.
    DateTime,
    /// Items of one type.
    Array(Box<Type>),
    /// Any keys, with values of one type.
    Map(Box<Type>),
    /// Null, or a value.
    Nullable(Box<Type>),
    /// JSON inside a string.
    JsonText(Box<Type>),
    /// A value, bare or in an array.
    OneOrMany(Box<Type>),
    /// A value behind a pointer, where a type holds itself.
    Boxed(Box<Type>),
    /// A type of the user's own, by its path.
    Foreign(String),
    /// A type with a name.
    Named(TypeId),
}

/// Events that belong together: those of one subject, mostly.
#[derive(Debug)]
pub struct Family {
    /// Its feature: the provider's name and its own, in lower case.
    pub feature: String,
    /// Its events, as indices.
    pub events: Vec<usize>,
}

/// A header that deliveries bring.
#[derive(Debug)]
pub struct Header {
    /// Its name in lower case.
    pub name: String,
    /// What is said of it.
    pub docs: Docs,
    /// The type of its value.
    pub ty: Type,
    /// Whether the type takes any text.
    pub is_text: bool,
}

impl Provider {
    /// The type behind an id.
    pub fn get(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    /// The types of a document, each component followed by what stands inside it.
    pub fn types_of(&self, document: usize) -> Vec<(TypeId, &TypeDef)> {
        let ids = self.types.iter().enumerate().map(|(index, def)| (TypeId(index), def));
        let is_wanted = |id: TypeId| self.wanted.as_ref().is_none_or(|wanted| wanted.contains(&id));
        let mut types: Vec<_> = ids.filter(|(id, def)| def.document == document && is_wanted(*id)).collect();
        types.sort_by_key(|(id, def)| (def.owner, *id));
        types
    }
}
