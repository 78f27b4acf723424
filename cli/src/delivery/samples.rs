//! Values of fields: what the documents give as examples.

use serde_json::Value;
use std::collections::HashMap;
use webhook_codegen::documents::Folder;
use webhook_codegen::model::is_valid;
use webhook_codegen::model::{Provider, Shape, Type, TypeId};
use webhook_codegen::schema::{Location, Node, References, is_readable};

/// A value for each field that an example was found for.
#[derive(Default)]
pub struct Samples(HashMap<(TypeId, usize), Value>);

impl Samples {
    /// Those that are in the schemas, then those that are in examples of bodies.
    pub fn collect(provider: &Provider, folder: &Folder) -> Self {
        let mut samples = Self::default();
        let references = References::new(&folder.documents);
        for (index, def) in provider.types.iter().enumerate() {
            let Shape::Struct(record) = &def.shape else { continue };
            let location = Location { document: def.document, pointer: def.pointer.clone() };
            let Some(schema) = references.at(&location) else { continue };
            let parts: Vec<_> = references.flat(vec![schema]).collect();
            for (field, described) in record.fields.iter().enumerate() {
                if let Some(value) = example(&references, &parts, &described.key) {
                    samples.0.insert((TypeId(index), field), value.clone());
                }
            }
        }
        for webhook in &provider.webhooks {
            for body in references.body_examples(webhook.content.as_ref(), is_readable) {
                let events = webhook.events_in(body.value).iter();
                events.for_each(|event| samples.walk(provider, &webhook.payload, event));
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

/// What schemas that apply at once give as an example of a property.
fn example<'a>(references: &References<'a>, parts: &[Node<'a>], key: &str) -> Option<&'a Value> {
    let declared = parts.iter().filter_map(|part| part.get("properties")?.get(key));
    let holders = declared.flat_map(|property| [property.clone(), references.resolve(property)]);
    let mut firsts = holders.filter_map(|holder| references.examples(&holder).into_iter().next());
    firsts.find(|example| !example.value.is_null()).map(|example| example.value)
}
