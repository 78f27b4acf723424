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

/// A body with the keys that are required and those on the way to the event type, with the examples from
/// elsewhere in the documents.
pub fn body(provider: &Provider, samples: &Samples, event: &Event) -> Option<Value> {
    let locations = locations(provider, event);
    let locations = locations.iter().filter_map(|EventTypeLocation { expression, text }| match expression {
        Expression::Body(pointer) => Some((tokens(pointer), text.as_deref())),
        Expression::Header(_) => None,
    });
    let locations: Vec<_> = locations.collect();
    let ways: Vec<_> = locations.iter().map(|(tokens, text)| Way { tokens, text: *text }).collect();
    Maker { provider, samples, inside: Vec::new(), made: 0 }.ty(&event.payload, &ways)
}

/// The rest of the way from here to a location below, and the text to put there.
#[derive(Clone, Copy)]
struct Way<'w> {
    tokens: &'w [String],
    text: Option<&'w str>,
}

struct Maker<'p> {
    provider: &'p Provider,
    samples: &'p Samples,
    /// The types that are being made: one that holds itself has to end somewhere.
    inside: Vec<TypeId>,
    made: usize,
}

impl Maker<'_> {
    fn ty(&mut self, ty: &Type, ways: &[Way<'_>]) -> Option<Value> {
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
            Type::String => json!(here(ways).unwrap_or("text")),
            Type::DateTime => json!("2026-01-01T00:00:00Z"),
            // An item is what shows the most, but only a must on the way to the event type.
            Type::Array(inner) => match self.ty(inner, &into_item(ways)) {
                Some(item) => json!([item]),
                None if ways.is_empty() => json!([]),
                None => return None,
            },
            Type::Map(_) => json!({}),
            Type::Nullable(inner) => match self.ty(inner, ways) {
                None if !ways.is_empty() => return None,
                made => made.unwrap_or_default(),
            },
            Type::JsonText(inner) => self.ty(inner, ways)?.to_string().into(),
            Type::OneOrMany(inner) | Type::Boxed(inner) => self.ty(inner, ways)?,
            Type::Named(id) => self.named(*id, ways)?,
        })
    }

    fn named(&mut self, id: TypeId, ways: &[Way<'_>]) -> Option<Value> {
        if self.inside.len() == DEEPEST || self.inside.contains(&id) {
            return None;
        }
        self.inside.push(id);
        let provider = self.provider;
        let made = match &provider.get(id).shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => self.ty(inner, ways),
            Shape::Enum(values) => {
                let is_wanted = |value: &&String| here(ways).is_none_or(|text| text == **value);
                values.iter().find(is_wanted).map(|value| json!(value))
            }
            Shape::Union(union) => self.union(union, ways),
            Shape::Struct(record) => self.object(id, record, ways),
        };
        self.inside.pop();
        made
    }

    fn union(&mut self, union: &Union, ways: &[Way<'_>]) -> Option<Value> {
        let tells = |way: &&Way<'_>| matches!(way.tokens, [token] if *token == union.discriminator);
        let wanted = ways.iter().find(tells).and_then(|way| way.text);
        union.variants.iter().find_map(|variant| {
            let tag = variant.tags.iter().find(|tag| wanted.is_none_or(|wanted| wanted == **tag));
            if tag.is_none() && !variant.tags.is_empty() {
                return None;
            }
            let mut made = self.ty(&variant.ty, ways)?;
            if let (Value::Object(members), Some(tag)) = (&mut made, tag)
                && !union.discriminator.is_empty()
            {
                members.insert(union.discriminator.clone(), json!(tag));
            }
            Some(made)
        })
    }

    fn object(&mut self, id: TypeId, record: &Struct, ways: &[Way<'_>]) -> Option<Value> {
        let mut members = Map::new();
        for (index, field) in record.fields.iter().enumerate() {
            let below: Vec<_> = ways.iter().filter_map(|way| way.below(&field.key)).collect();
            if field.required || !below.is_empty() {
                let is_free = below.iter().all(|way| way.text.is_none());
                let sample = self.samples.get(id, index).filter(|_| is_free);
                let sample = sample.filter(|value| is_valid(&self.provider.types, &field.ty, value));
                members.insert(field.key.clone(), self.field(field, sample, &below)?);
            }
        }
        Some(Value::Object(members))
    }

    fn field(&mut self, field: &Field, sample: Option<&Value>, ways: &[Way<'_>]) -> Option<Value> {
        match sample {
            Some(value) => Some(value.clone()),
            None => self.ty(&field.ty, ways).or_else(|| (field.nullable && ways.is_empty()).then_some(Value::Null)),
        }
    }
}

impl<'w> Way<'w> {
    /// The way on in the value of a key, if it leads there.
    fn below(self, key: &str) -> Option<Way<'w>> {
        let (first, tokens) = self.tokens.split_first()?;
        (first == key).then_some(Way { tokens, ..self })
    }
}

/// The text to put here.
fn here<'w>(ways: &[Way<'w>]) -> Option<&'w str> {
    ways.iter().find(|way| way.tokens.is_empty()).and_then(|way| way.text)
}

/// The ways on in an array's only item: some name its index, others pass over the array.
fn into_item<'w>(ways: &[Way<'w>]) -> Vec<Way<'w>> {
    let is_index = |way: &Way<'_>| way.tokens.first().is_some_and(|token| token.parse::<usize>().is_ok());
    ways.iter().map(|way| Way { tokens: &way.tokens[usize::from(is_index(way))..], ..*way }).collect()
}
