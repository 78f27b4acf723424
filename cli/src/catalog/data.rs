//! A book as JSON, for the page's script. What is empty, absent or false has no key.

use super::book::Book;
use crate::diff::Change;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use webhook_codegen::model::Docs;

/// The data of a page, safe to stand in a `script` element.
pub fn text(book: &Book) -> String {
    let data = serde_json::to_value(book).map(dense).unwrap_or_default();
    // The only thing that ends a script element, or opens a comment in it, is a `<` (HTML, section 13.2.5.4).
    data.to_string().replace('<', "\\u003c")
}

fn dense(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(dense).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(key, value)| (key, dense(value)));
            Value::Object(members.filter(|(_, value)| !is_empty(value)).collect())
        }
        value => value,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// What changed, and what follows from it.
pub fn what(change: &Change) -> String {
    let what = change.what();
    match change.note() {
        Some(note) if note != what => format!("{what}; {note}"),
        _ => what,
    }
}

pub(super) fn changes<S: Serializer>(changes: &[Change], serializer: S) -> Result<S::Ok, S::Error> {
    let shown =
        |change: &Change| json!({"at": change.path, "verdict": change.verdict().as_str(), "text": what(change)});
    serializer.collect_seq(changes.iter().map(shown))
}

pub(super) fn docs<S: Serializer>(docs: &Docs, serializer: S) -> Result<S::Ok, S::Error> {
    let text = docs.text.as_deref().map(str::trim);
    json!({"text": text, "deprecated": docs.deprecated, "notes": docs.notes}).serialize(serializer)
}
