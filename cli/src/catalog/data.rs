//! A book as JSON, for the page's script. What is empty, absent or false has no key.

use super::book::{Book, Entry, Event, Field, Inside, Slot, Variant};
use crate::diff::Change;
use serde_json::{Map, Value, json};
use webhook_codegen::model::Docs;

/// The data of a page, safe to stand in a `script` element.
pub fn text(book: &Book) -> String {
    // The only thing that ends a script element, or opens a comment in it, is a `<` (HTML, section 13.2.5.4).
    json(book).to_string().replace('<', "\\u003c")
}

/// The data of a page.
pub fn json(book: &Book) -> Value {
    let documents =
        book.documents.iter().map(|one| json!({"file": one.file, "title": one.title, "module": one.module}));
    let changes = book
        .changes
        .iter()
        .map(|change| json!({"at": change.path, "verdict": change.verdict().as_str(), "text": what(change)}));
    object([
        ("name", book.name.as_str().into()),
        ("module", book.module.as_str().into()),
        ("title", book.title.as_str().into()),
        ("docs", book.docs.as_deref().unwrap_or_default().into()),
        ("facts", book.facts.iter().map(|(word, text)| json!([word, text])).collect()),
        ("documents", documents.collect()),
        ("events", book.events.iter().map(event).collect()),
        ("types", book.types.iter().map(entry).collect()),
        ("changes", changes.collect()),
    ])
}

/// What changed, and what follows from it.
pub fn what(change: &Change) -> String {
    let what = change.what();
    match change.note() {
        Some(note) if note != what => format!("{what}; {note}"),
        _ => what,
    }
}

fn event(event: &Event) -> Value {
    object(
        [
            ("type", event.event_type.as_str().into()),
            ("variant", event.variant.as_str().into()),
            ("document", event.document.into()),
            ("key", event.key.as_str().into()),
            ("at", event.pointer.as_str().into()),
            ("body", with(&event.body, &event.body.docs, [])),
            ("examples", event.examples.iter().map(|(name, text)| json!([name, text])).collect()),
        ]
        .into_iter()
        .chain(docs(&event.docs)),
    )
}

fn entry(entry: &Entry) -> Value {
    let inside = match &entry.inside {
        Inside::Fields(fields, extra) => {
            let extra = extra.as_ref().map(|(name, slot)| with(slot, &slot.docs, [("name", name.as_str().into())]));
            vec![("fields", fields.iter().map(field).collect()), ("extra", extra.unwrap_or_default())]
        }
        Inside::Values(values) => {
            vec![("values", values.iter().map(|(value, variant)| json!([value, variant])).collect())]
        }
        Inside::Variants(discriminator, variants) => {
            vec![("discriminator", discriminator.as_str().into()), ("variants", variants.iter().map(variant).collect())]
        }
        Inside::Only(slot) => vec![("only", with(slot, &slot.docs, []))],
    };
    object([("path", entry.path.as_str().into())].into_iter().chain(docs(&entry.docs)).chain(inside))
}

fn field(field: &Field) -> Value {
    let own = [
        ("key", field.key.as_str().into()),
        ("name", field.name.as_str().into()),
        ("required", field.required.into()),
        ("nullable", field.nullable.into()),
        ("example", field.example.as_deref().unwrap_or_default().into()),
    ];
    with(&field.slot, &field.docs, own)
}

fn variant(variant: &Variant) -> Value {
    let own = [
        ("label", variant.label.as_str().into()),
        ("name", variant.name.as_str().into()),
        ("binding", variant.binding.as_str().into()),
        ("tags", variant.tags.iter().map(String::as_str).collect()),
    ];
    with(&variant.slot, &variant.slot.docs, own)
}

/// A slot with what belongs to its place.
fn with<const N: usize>(slot: &Slot, said: &Docs, own: [(&'static str, Value); N]) -> Value {
    let to = slot.to.map(|to| [("to", to.into()), ("reach", slot.reach.as_str().into())]);
    let all = own.into_iter().chain([("ty", slot.ty.as_str().into())]).chain(to.into_iter().flatten());
    object(all.chain(docs(said)))
}

fn docs(docs: &Docs) -> [(&'static str, Value); 3] {
    [
        ("text", docs.text.as_deref().map(str::trim).unwrap_or_default().into()),
        ("deprecated", docs.deprecated.into()),
        ("notes", docs.notes.iter().map(String::as_str).collect()),
    ]
}

fn object(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let is_said = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    let said = pairs.into_iter().filter(|(_, value)| is_said(value));
    Value::Object(said.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}
