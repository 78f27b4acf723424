//! A value for people: what no document declares, and what JSON texts hold.

use super::{Choices, Property, Schema, Variant};
use crate::pointer::Path;
use crate::{Map, Value};

/// A sender must not decide how much memory the list takes.
const MOST_BYTES: usize = 1 << 20;

/// The keys of a value that its document does not declare, as JSON pointers (RFC 6901); tokens go on into JSON held in
/// strings. The list ends after a mebibyte.
pub fn additional_properties(schema: &Schema, value: &Value) -> Vec<String> {
    drift(schema, value).0
}

/// The same, and the values that are none of those which the document lists.
pub fn drift(schema: &Schema, value: &Value) -> (Vec<String>, Vec<String>) {
    let mut view = View::default();
    view.value(schema, value, &Path::ROOT);
    (view.additional, view.unlisted)
}

/// A value with every JSON text as the value that it holds.
pub fn expanded(schema: &Schema, value: &Value) -> Value {
    View::default().value(schema, value, &Path::ROOT)
}

#[derive(Default)]
struct View {
    choices: Choices,
    additional: Vec<String>,
    unlisted: Vec<String>,
    /// The bytes of the pointers.
    bytes: usize,
}

impl View {
    /// Walks a value along its schema, and copies it.
    fn value(&mut self, schema: &Schema, value: &Value, path: &Path<'_>) -> Value {
        match (schema.resolved(), value) {
            (Schema::Object(properties, extra), Value::Object(members)) => {
                self.object(properties, extra, members, path).into()
            }
            (Schema::Map(inner), Value::Object(members)) => {
                let copy = |(key, value): (&String, _)| (key.clone(), self.value(inner, value, &path.key(key)));
                Value::Object(members.iter().map(copy).collect())
            }
            (Schema::List(item) | Schema::OneOrMany(item), Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.map(|(index, value)| self.value(item, value, &path.index(index))).collect()
            }
            (Schema::JsonText(inner), Value::String(text)) => self.text(inner, text, path),
            (Schema::Union(union), _) => match union.variants.get(self.choices.choose(union, value)) {
                Some(Variant(_, schema)) => self.value(schema, value, path),
                None => {
                    self.note(path, |view| &mut view.unlisted);
                    value.clone()
                }
            },
            (Schema::Enum(listed), Value::String(text)) if !listed.contains(&text.as_str()) => {
                self.note(path, |view| &mut view.unlisted);
                value.clone()
            }
            (
                Schema::Nullable(inner) | Schema::OneOrMany(inner) | Schema::JsonText(inner) | Schema::Inferred(inner),
                _,
            ) if !value.is_null() => self.value(inner, value, path),
            _ => value.clone(),
        }
    }

    fn note(&mut self, path: &Path<'_>, list: fn(&mut Self) -> &mut Vec<String>) {
        if self.bytes < MOST_BYTES {
            let pointer = path.pointer();
            self.bytes += pointer.len() + 1;
            list(self).push(pointer);
        }
    }

    fn text(&mut self, schema: &Schema, text: &str, path: &Path<'_>) -> Value {
        let Ok(held) = serde_json::from_str(text) else { return text.into() };
        // What is held goes away again, and choices go by addresses.
        let around = std::mem::take(&mut self.choices);
        let value = self.value(schema, &held, path);
        self.choices = around;
        value
    }

    fn object(
        &mut self,
        properties: &[Property],
        extra: &Schema,
        members: &Map<String, Value>,
        path: &Path<'_>,
    ) -> Map<String, Value> {
        let copy = |(key, value): (&String, &Value)| {
            let path = path.key(key);
            let schema = match properties.iter().find(|property| property.key() == *key) {
                Some(property) => property.schema(),
                None => {
                    self.note(&path, |view| &mut view.additional);
                    extra
                }
            };
            (key.clone(), self.value(schema, value, &path))
        };
        members.iter().map(copy).collect()
    }
}
