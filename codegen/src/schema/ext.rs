//! The extensions that carry what a 3.0 model has no word for.

use openapiv3::SchemaData;
use serde_json::Value;

/// Where the schema stands: `file#pointer`.
pub const PLACE: &str = "x-place";
/// Reference to the schema of the JSON that the string holds (`contentSchema`).
pub const CONTENT: &str = "x-content-schema";
/// Values (`enum`, `const`) of other types than string.
pub const VALUES: &str = "x-values";
/// Keywords that the Rust type cannot express, with their values.
pub const UNSAID: &str = "x-unsaid";
/// True where the schema has no `type`, and its other keywords speak of one.
pub const IMPLIED: &str = "x-implied";
/// True where the discriminator is that of a schema which this one is made of, and so knows this one.
pub const INHERITED: &str = "x-inherited";
/// True where a `oneOf` is a base and its subtypes, of which nothing but the discriminator tells which is meant.
pub const SUBTYPES: &str = "x-subtypes";
/// The keyword that a `oneOf` was written as, where it was another.
pub const ORIGIN: &str = "x-origin";

/// What a branch of a `oneOf` is called, where the reference to it was merged away.
pub const LABEL: &str = "x-label";
/// What that reference led to.
pub const BRANCH: &str = "x-branch";

/// The text of an extension; empty if there is none.
pub fn text<'s>(data: &'s SchemaData, key: &str) -> &'s str {
    data.extensions.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Whether an extension says true.
pub fn flag(data: &SchemaData, key: &str) -> bool {
    data.extensions.get(key) == Some(&Value::Bool(true))
}
