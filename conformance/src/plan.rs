//! What the build script leaves to the tests: which event was generated from which schema.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A group of JSON Schema's test suite: a schema with instances.
#[derive(Serialize, Deserialize)]
pub struct Case {
    /// The file's name without its ending, mostly a keyword.
    pub keyword: String,
    /// What the suite says of the group.
    pub description: String,
    /// The module that holds its type.
    pub provider: String,
    /// The key of its webhook.
    pub webhook: String,
    /// Why nothing could be generated from it; none where something was.
    pub failure: Option<String>,
    /// Whether the body became a bare `Value`.
    pub outside_inferred: bool,
    /// The instances: `description`, `data`, `valid`.
    pub tests: Vec<Value>,
}

/// A document of the corpus.
#[derive(Serialize, Deserialize)]
pub struct Document {
    /// Whose it is: the corpus' folder.
    pub sender: String,
    /// The file's name.
    pub name: String,
    /// The document's module.
    pub provider: String,
    /// Where a copy of it lies, as JSON.
    pub path: String,
    /// Its webhooks with JSON bodies.
    pub webhooks: Vec<Webhook>,
}

/// A webhook of the corpus.
#[derive(Serialize, Deserialize)]
pub struct Webhook {
    /// What `from_slice_as` knows it by.
    pub name: String,
    /// Where the schema of its body is, as a JSON pointer.
    pub schema: String,
}
