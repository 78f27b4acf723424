//! Bodies made of schemas, where a document gives no example.

use super::event_type::{EventTypeLocation, locations};
use super::samples::Samples;
use serde_json::{Map, Value, json};
use webhook_codegen::documents::provider::Expression;
use webhook_codegen::model::is_valid;
use webhook_codegen::model::{Event, Field, Provider, Shape, Struct, Type, TypeId, Union};
use webhook_codegen::source::pointer::tokens;

/// Types within types double the body at every level: no example is longer than so many values.
const MOST: usize = 20_000;
/// Types within types; readers of JSON refuse bodies that are deeper than 100 or so.
const DEEPEST: usize = 50;

/// A body with the keys that are required and those on the path to the event type, in them the examples that are
/// elsewhere in the documents.
pub fn body(provider: &Provider, samples: &Samples, event: &Event) -> Option<Value> {
    let locations = locations(provider, event);
    let locations = locations.iter().filter_map(|EventTypeLocation { expression, text }| match expression {
        Expression::Body(pointer) => Some((tokens(pointer), text.as_deref())),
        Expression::Header(_) => None,
    });
    let locations: Vec<_> = locations.collect();
    let paths: Vec<_> = locations.iter().map(|(tokens, text)| RequiredPath { tokens, text: *text }).collect();
    Synthesizer { provider, samples, inside: Vec::new(), made: 0 }.ty(&event.payload, &paths)
}

/// The rest of the path from here to a location below, and the text to be there.
#[derive(Clone, Copy)]
struct RequiredPath<'w> {
    tokens: &'w [String],
    text: Option<&'w str>,
}

struct Synthesizer<'p> {
    provider: &'p Provider,
    samples: &'p Samples,
    /// The types that are being made: one that holds itself has to end somewhere.
    inside: Vec<TypeId>,
    made: usize,
}

impl Synthesizer<'_> {
    fn ty(&mut self, ty: &Type, paths: &[RequiredPath<'_>]) -> Option<Value> {
        self.made += 1;
        if self.made > MOST {
            return None;
        }
        Some(match ty {
            Type::Any => json!({}),
            Type::Null => Value::Null,
            Type::Raw | Type::Foreign(_) => return None,
            Type::Boolean => json!(true),
            Type::Integer | Type::Number => json!(1),
            Type::String => json!(here(paths).unwrap_or("text")),
            Type::DateTime => json!("2026-01-01T00:00:00Z"),
            // An item is what shows the most, but only a must on the path to the event type.
            Type::Array(inner) => match self.ty(inner, &into_item(paths)) {
                Some(item) => json!([item]),
                None if paths.is_empty() => json!([]),
                None => return None,
            },
            Type::Map(_) => json!({}),
            Type::Nullable(inner) => match self.ty(inner, paths) {
                None if !paths.is_empty() => return None,
                made => made.unwrap_or_default(),
            },
            Type::JsonText(inner) => self.ty(inner, paths)?.to_string().into(),
            Type::OneOrMany(inner) | Type::Boxed(inner) => self.ty(inner, paths)?,
            Type::Named(id) => self.named_type(*id, paths)?,
        })
    }

    fn named_type(&mut self, id: TypeId, paths: &[RequiredPath<'_>]) -> Option<Value> {
        if self.inside.len() == DEEPEST || self.inside.contains(&id) {
            return None;
        }
        self.inside.push(id);
        let provider = self.provider;
        let value = match &provider.get(id).shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => self.ty(inner, paths),
            Shape::Enum(values) => {
                let is_wanted = |value: &&String| here(paths).is_none_or(|text| text == **value);
                values.iter().find(is_wanted).map(|value| json!(value))
            }
            Shape::Union(union) => self.union(union, paths),
            Shape::Struct(record) => self.object(id, record, paths),
        };
        self.inside.pop();
        value
    }

    fn union(&mut self, union: &Union, paths: &[RequiredPath<'_>]) -> Option<Value> {
        let tells = |path: &&RequiredPath<'_>| matches!(path.tokens, [token] if *token == union.discriminator);
        let wanted = paths.iter().find(tells).and_then(|path| path.text);
        union.variants.iter().find_map(|variant| {
            let tag = variant.tags.iter().find(|tag| wanted.is_none_or(|wanted| wanted == **tag));
            if tag.is_none() && !variant.tags.is_empty() {
                return None;
            }
            let mut value = self.ty(&variant.ty, paths)?;
            if let (Value::Object(members), Some(tag)) = (&mut value, tag)
                && !union.discriminator.is_empty()
            {
                members.insert(union.discriminator.clone(), json!(tag));
            }
            Some(value)
        })
    }

    fn object(&mut self, id: TypeId, record: &Struct, paths: &[RequiredPath<'_>]) -> Option<Value> {
        let mut members = Map::new();
        for (index, field) in record.fields.iter().enumerate() {
            let below: Vec<_> = paths.iter().filter_map(|path| path.below(&field.key)).collect();
            if field.required || !below.is_empty() {
                let is_free = below.iter().all(|path| path.text.is_none());
                let sample = self.samples.get(id, index).filter(|_| is_free);
                let sample = sample.filter(|value| is_valid(&self.provider.types, &field.ty, value));
                members.insert(field.key.clone(), self.field(field, sample, &below)?);
            }
        }
        Some(Value::Object(members))
    }

    fn field(&mut self, field: &Field, sample: Option<&Value>, paths: &[RequiredPath<'_>]) -> Option<Value> {
        match sample {
            Some(value) => Some(value.clone()),
            None => self.ty(&field.ty, paths).or_else(|| (field.nullable && paths.is_empty()).then_some(Value::Null)),
        }
    }
}

impl<'w> RequiredPath<'w> {
    /// The path on in the value of a key, if it leads there.
    fn below(self, key: &str) -> Option<RequiredPath<'w>> {
        let (first, tokens) = self.tokens.split_first()?;
        (first == key).then_some(RequiredPath { tokens, ..self })
    }
}

/// The text that is to be here.
fn here<'w>(paths: &[RequiredPath<'w>]) -> Option<&'w str> {
    paths.iter().find(|path| path.tokens.is_empty()).and_then(|path| path.text)
}

/// The paths on in an array's only item: some name its index, others pass over the array.
fn into_item<'w>(paths: &[RequiredPath<'w>]) -> Vec<RequiredPath<'w>> {
    let is_index = |path: &RequiredPath<'_>| path.tokens.first().is_some_and(|token| token.parse::<usize>().is_ok());
    paths.iter().map(|path| RequiredPath { tokens: &path.tokens[usize::from(is_index(path))..], ..*path }).collect()
}
