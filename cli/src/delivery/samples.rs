//! Values of fields: what the documents give as examples.

use crate::documents::Folder;
use crate::model::bodies::{example, examples, resolve};
use crate::model::is_valid;
use crate::model::{Provider, Shape, Type, TypeId};
use crate::schema::is_readable;
use crate::source::pointer::escape;
use serde_json::Value;
use std::collections::HashMap;

/// A value for each field that an example was found for.
#[derive(Default)]
pub struct Samples(HashMap<(TypeId, usize), Value>);

impl Samples {
    /// Those that stand in the schemas, then those that stand in examples of bodies.
    pub fn collect(provider: &Provider, folder: &Folder) -> Self {
        let mut samples = Self::default();
        for (index, def) in provider.types.iter().enumerate() {
            let Shape::Struct(record) = &def.shape else { continue };
            let document = &folder.documents[def.document].value;
            for (field, described) in record.fields.iter().enumerate() {
                if let Some(value) = said(document, &def.pointer, &described.key, 0) {
                    samples.0.insert((TypeId(index), field), value.clone());
                }
            }
        }
        for webhook in &provider.webhooks {
            for (_, body) in examples(&folder.documents, webhook, is_readable) {
                samples.walk(provider, &webhook.payload, body);
            }
        }
        samples
    }

    /// The value of a field, by its type and index.
    pub fn get(&self, id: TypeId, field: usize) -> Option<&Value> {
        self.0.get(&(id, field))
    }

    fn walk(&mut self, provider: &Provider, ty: &Type, value: &Value) {
        match (ty, value) {
            (Type::Array(inner) | Type::OneOrMany(inner), Value::Array(items)) => {
                items.iter().for_each(|item| self.walk(provider, inner, item));
            }
            (Type::Map(inner), Value::Object(members)) => {
                members.values().for_each(|value| self.walk(provider, inner, value));
            }
            (Type::JsonText(inner), Value::String(text)) => {
                if let Ok(held) = serde_json::from_str(text) {
                    self.walk(provider, inner, &held);
                }
            }
            (Type::Named(id), value) => self.named(provider, *id, value),
            (other, value) => other.transparent().into_iter().for_each(|inner| self.walk(provider, inner, value)),
        }
    }

    fn named(&mut self, provider: &Provider, id: TypeId, value: &Value) {
        match (&provider.get(id).shape, value) {
            (Shape::Alias(inner) | Shape::Newtype(inner), value) => self.walk(provider, inner, value),
            (Shape::Union(union), value) => {
                let taking = union.variants.iter().find(|variant| is_valid(&provider.types, &variant.ty, value));
                taking.into_iter().for_each(|variant| self.walk(provider, &variant.ty, value));
            }
            (Shape::Struct(record), Value::Object(members)) => {
                for (index, field) in record.fields.iter().enumerate() {
                    let Some(value) = members.get(&field.key) else { continue };
                    if is_plain(value) {
                        self.0.entry((id, index)).or_insert_with(|| value.clone());
                    }
                    self.walk(provider, &field.ty, value);
                }
            }
            _ => {}
        }
    }
}

/// Whether a value says enough by itself: what is inside an object shows at its fields.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Null | Value::Object(_) => false,
        Value::Array(items) => !items.is_empty() && items.iter().all(|item| !item.is_object() && is_plain(item)),
        _ => true,
    }
}

/// What a schema gives as an example of a property, in itself or in a part of its `allOf`.
fn said<'d>(document: &'d Value, pointer: &str, key: &str, depth: usize) -> Option<&'d Value> {
    // Parts within parts within parts: more is a circle.
    if depth == 8 {
        return None;
    }
    let pointer = resolve(document, pointer.to_owned());
    let property = format!("{pointer}/properties/{}", escape(key));
    if document.pointer(&property).is_some() {
        let target = resolve(document, property.clone());
        return [property, target].iter().find_map(|place| example(document.pointer(place)?));
    }
    let parts = document.pointer(&format!("{pointer}/allOf")).and_then(Value::as_array)?;
    (0..parts.len()).find_map(|part| said(document, &format!("{pointer}/allOf/{part}"), key, depth + 1))
}
