//! What the schemas of a document come to: plain data that types are made of.

use super::node::Location;
use indexmap::IndexMap;
use openapiv3::{Info, Operation, ParameterData};
use serde_json::{Map, Value};

/// What a document says that matters to its webhooks.
#[derive(Debug, Default)]
pub struct Lowered {
    pub info: Info,
    /// The schemas that the webhooks reach and refer to, by their JSON pointers.
    pub schemas: IndexMap<String, Schema>,
    /// The operations of its webhooks, in their order.
    pub webhooks: Vec<Webhook>,
}

/// A schema: one that has a name of its own, or what is there.
#[derive(Clone, Debug, PartialEq)]
pub enum Schema {
    Named(Location),
    Own(Box<Own>),
}

/// What a schema declares.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    pub data: Data,
    pub form: Form,
}

/// What a schema declares besides the form of its values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Data {
    /// Where it is; none of what is put together from several schemas.
    pub location: Option<Location>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub default: Option<Value>,
    pub deprecated: bool,
    pub nullable: bool,
    /// The values of other types than string that it lists.
    pub values: Vec<Value>,
    /// The schema of the JSON that a string holds.
    pub content: Option<Location>,
    /// The keywords that no Rust type expresses.
    pub constraints: Map<String, Value>,
    /// Where keywords are that may rule out more values than the Rust type does.
    pub restrictions: Vec<Location>,
    /// The properties that are elsewhere than in the schema itself.
    pub inherited: IndexMap<String, Location>,
    /// Whether it has no `type`, and its other keywords speak of one.
    pub type_inferred: bool,
    pub discriminator: Option<Discriminator>,
    /// What a variant of a union was, where the reference to it was merged away.
    pub variant: Variant,
}

/// A discriminator, with the schemas that its mapping leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discriminator {
    pub property: String,
    pub mapping: IndexMap<String, Location>,
    /// Whether it is that of a schema which this one is made of, and so knows this one.
    pub is_inherited: bool,
    /// Whether only it tells the variants apart, because these are a base and its subtypes.
    pub is_of_subtypes: bool,
}

/// What is kept of the reference to a variant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variant {
    pub label: Option<String>,
    pub target: Option<Location>,
}

/// The form of a schema's values.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Form {
    #[default]
    Any,
    Boolean,
    Integer(Option<String>),
    Number(Option<String>),
    String(Text),
    Array(Option<Schema>),
    Object(Object),
    /// That of another schema, with notes of its own.
    Alias(Schema),
    OneOf(Vec<Schema>),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    pub format: Option<String>,
    /// The texts that are listed; any text where none is.
    pub values: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    pub properties: IndexMap<String, Schema>,
    pub required: Vec<String>,
    pub additional: Additional,
}

/// What the keys hold that are not declared.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Additional {
    #[default]
    Unspecified,
    Any,
    Nothing,
    Schema(Schema),
}

impl Schema {
    pub fn own(data: Data, form: Form) -> Self {
        Self::Own(Box::new(Own { data, form }))
    }

    /// Any value.
    pub fn any() -> Self {
        Self::Own(Box::default())
    }

    pub fn as_own(&self) -> Option<&Own> {
        match self {
            Self::Own(own) => Some(own),
            Self::Named(_) => None,
        }
    }

    /// The schemas that a value of this one is a value of, too, or may be.
    pub fn ways(&self) -> &[Schema] {
        match self.as_own().map(|own| &own.form) {
            Some(Form::Alias(inner)) => std::slice::from_ref(inner),
            Some(Form::OneOf(variants)) => variants,
            _ => &[],
        }
    }

    /// Whether two schemas become one type: their places and notes do not matter.
    pub fn is_same_shape(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Own(left), Self::Own(right)) => left.form == right.form && left.data.nullable == right.data.nullable,
            _ => self == other,
        }
    }
}

/// An operation of a webhook.
#[derive(Debug)]
pub struct Webhook {
    /// The webhook's key.
    pub key: String,
    /// The document that lists it, as an index.
    pub document: usize,
    /// JSON pointer to the operation by way of the webhook's entry.
    pub pointer: String,
    /// Where it is.
    pub location: Location,
    /// Its summary, description and the like.
    pub operation: Operation,
    pub headers: Vec<Header>,
    /// Whether it has a body.
    pub has_body: bool,
    /// The media type in which the body is received.
    pub media_type: Option<MediaType>,
    /// Where the body's `content` is.
    pub content: Option<Location>,
}

/// A media type of a body.
#[derive(Debug)]
pub struct MediaType {
    pub name: String,
    /// The schema of the body, if it is read.
    pub schema: Option<Location>,
}

/// A header parameter.
#[derive(Debug)]
pub struct Header {
    pub location: Location,
    pub data: ParameterData,
    /// The schema of its value. A form that a media type gives it is for the user to read.
    pub schema: Option<Schema>,
    pub example: Option<Value>,
}
