//! What a catalogue says about a provider, whatever it is written as. The page's script reads it as JSON.

use crate::diff::Change;
use serde::{Serialize, Serializer};
use serde_json::json;
use webhook_codegen::model::Docs;

/// The name of an example that no document gives.
pub const SYNTHESIZED: &str = "made from the schema";

/// Everything about one provider.
#[derive(Serialize)]
pub struct ProviderPage {
    /// The folder's name.
    pub name: String,
    /// The path of its module.
    pub module: String,
    /// The expression that makes a receiver.
    pub receiver: &'static str,
    /// The provider's own name.
    pub title: String,
    /// Address of its documentation.
    pub docs: Option<String>,
    /// What holds for all deliveries: a word and a text in CommonMark each.
    pub facts: Vec<(&'static str, String)>,
    /// The documents.
    pub documents: Vec<DocumentPage>,
    /// The events, in the order of the documents.
    pub events: Vec<Event>,
    /// The types that bodies are made of; a [`TypeRef`] leads to one by its index.
    pub types: Vec<TypeEntry>,
    /// What changed, if that is asked for.
    #[serde(serialize_with = "changes")]
    pub changes: Vec<Change>,
}

impl ProviderPage {
    /// The name of its file, apart from those that every catalogue has.
    pub fn stem(&self) -> String {
        match self.name.as_str() {
            "index" | "readme" => format!("{}_", self.name),
            name => name.to_owned(),
        }
    }
}

/// An OpenAPI document.
#[derive(Serialize)]
pub struct DocumentPage {
    /// The file's name.
    pub file: String,
    /// `info.title`.
    pub title: String,
    /// Its module.
    pub module: String,
}

/// An event type.
#[derive(Serialize)]
pub struct Event {
    /// What names it in a delivery.
    #[serde(rename = "type")]
    pub event_type: String,
    /// The variant of `Event`.
    pub variant: String,
    /// Index of its document.
    pub document: usize,
    /// The webhook's key in the document.
    pub key: String,
    /// Its JSON pointer there.
    #[serde(rename = "at")]
    pub pointer: String,
    /// The body.
    pub body: TypeRef,
    /// The headers of a delivery, less those that sign it: names and examples of values.
    pub headers: Vec<(String, String)>,
    /// The document's examples of the body, or one made from the schema: a name and the text of each.
    pub examples: Vec<(String, String)>,
    /// One line of its documentation, for lists; empty where that only repeats the event type.
    #[serde(skip)]
    pub about: String,
    /// Its documentation.
    #[serde(flatten, serialize_with = "docs")]
    pub docs: Docs,
}

/// The type of a field, an item or a body.
#[derive(Serialize)]
pub struct TypeRef {
    /// Its Rust type, seen from the provider's module.
    pub ty: String,
    /// The type it is made of, where that has something inside.
    pub to: Option<usize>,
    /// What leads from an expression for it to one for that type: `.as_ref()?`, `[i]`; nothing without one.
    pub accessor: String,
    /// The documentation of the field, or else of the type.
    #[serde(flatten, serialize_with = "docs")]
    pub docs: Docs,
}

/// A type of the table.
#[derive(Serialize)]
pub struct TypeEntry {
    /// Its path, seen from the provider's module.
    pub path: String,
    /// Its documentation.
    #[serde(flatten, serialize_with = "docs")]
    pub docs: Docs,
    /// What is inside.
    #[serde(flatten)]
    pub inside: TypeBody,
}

/// What is inside a type.
#[derive(Serialize)]
#[serde(untagged)]
pub enum TypeBody {
    /// The fields of a struct; and the one that holds the others, where that has a type.
    Struct { fields: Vec<Field>, extra: Option<Extra> },
    /// The values of an enum, each with its variant.
    Enum { values: Vec<(String, String)> },
    /// The property that tells the types of a union apart, or nothing; and the types.
    Union { discriminator: String, variants: Vec<Variant> },
    /// The one value of a newtype.
    Newtype { only: TypeRef },
}

/// The field for additional properties.
#[derive(Serialize)]
pub struct Extra {
    /// Its name in Rust.
    pub name: String,
    /// What it holds.
    #[serde(flatten)]
    pub type_ref: TypeRef,
}

/// A field of a struct.
#[derive(Serialize)]
pub struct Field {
    /// Its key in JSON.
    pub key: String,
    /// Its name in Rust.
    pub name: String,
    /// Whether the key is always in the object.
    pub required: bool,
    /// Whether the value may be null.
    pub nullable: bool,
    /// A value, as JSON.
    pub example: Option<String>,
    /// What it holds.
    #[serde(flatten)]
    pub type_ref: TypeRef,
}

/// A variant of a union.
#[derive(Serialize)]
pub struct Variant {
    /// What the document calls it.
    pub label: String,
    /// Its name in Rust.
    pub name: String,
    /// A name for its value in a pattern.
    pub binding: String,
    /// The discriminator's values that mean it.
    pub tags: Vec<String>,
    /// What it holds.
    #[serde(flatten)]
    pub type_ref: TypeRef,
}

/// What changed, and what follows from it.
pub fn what(change: &Change) -> String {
    let what = change.what();
    match change.note() {
        Some(note) if note != what => format!("{what}; {note}"),
        _ => what,
    }
}

fn changes<S: Serializer>(changes: &[Change], serializer: S) -> Result<S::Ok, S::Error> {
    let shown =
        |change: &Change| json!({"at": change.path, "verdict": change.verdict().as_str(), "text": what(change)});
    serializer.collect_seq(changes.iter().map(shown))
}

fn docs<S: Serializer>(docs: &Docs, serializer: S) -> Result<S::Ok, S::Error> {
    let text = docs.text.as_deref().map(str::trim);
    json!({"text": text, "deprecated": docs.deprecated, "notes": docs.notes}).serialize(serializer)
}
