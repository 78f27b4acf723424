//! Bodies made of schemas, where a document gives no example.

use super::event_type;
use super::samples::Samples;
use crate::model::fit::is_fit;
use crate::model::{Field, Provider, Shape, Struct, Type, TypeId, Union};
use serde_json::{Map, Value, json};

/// Types within types double the body at every level: no example is longer than so many values.
const MOST: usize = 20_000;
/// Types within types; readers of JSON refuse bodies that are deeper than 100 or so.
const DEEPEST: usize = 50;

/// A body with the keys that are required and those on the way to the event type, in them the examples that stand
/// elsewhere in the documents.
pub fn body(provider: &Provider, samples: &Samples, payload: &Type) -> Option<Value> {
    let places = event_type::places(provider);
    let places: Vec<_> = places.iter().map(Vec::as_slice).collect();
    Maker { provider, samples, inside: Vec::new(), made: 0 }.ty(payload, &places)
}

/// The rest of the way from here to places below.
type Ways<'w> = [&'w [String]];

struct Maker<'p> {
    provider: &'p Provider,
    samples: &'p Samples,
    /// The types that are being made: one that holds itself has to end somewhere.
    inside: Vec<TypeId>,
    made: usize,
}

impl Maker<'_> {
    fn ty(&mut self, ty: &Type, ways: &Ways<'_>) -> Option<Value> {
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
            Type::String => json!("text"),
            Type::DateTime => json!("2026-01-01T00:00:00Z"),
            // An item is what shows the most, but not a must.
            Type::Array(inner) => {
                let item = self.ty(inner, &into_item(ways));
                item.map_or_else(|| json!([]), |item| json!([item]))
            }
            Type::Map(_) => json!({}),
            Type::Nullable(inner) => self.ty(inner, ways).unwrap_or_default(),
            Type::JsonText(inner) => self.ty(inner, ways)?.to_string().into(),
            Type::OneOrMany(inner) | Type::Boxed(inner) => self.ty(inner, ways)?,
            Type::Named(id) => self.named(*id, ways)?,
        })
    }

    fn named(&mut self, id: TypeId, ways: &Ways<'_>) -> Option<Value> {
        if self.inside.len() == DEEPEST || self.inside.contains(&id) {
            return None;
        }
        self.inside.push(id);
        let provider = self.provider;
        let made = match &provider.get(id).shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => self.ty(inner, ways),
            Shape::Enum(values) => values.first().map(|value| json!(value)),
            Shape::Union(union) => self.union(union, ways),
            Shape::Struct(record) => self.object(id, record, ways),
        };
        self.inside.pop();
        made
    }

    fn union(&mut self, union: &Union, ways: &Ways<'_>) -> Option<Value> {
        union.variants.iter().find_map(|variant| {
            let mut made = self.ty(&variant.ty, ways)?;
            if let (Value::Object(members), Some(tag)) = (&mut made, variant.tags.first())
                && !union.discriminator.is_empty()
            {
                members.insert(union.discriminator.clone(), json!(tag));
            }
            Some(made)
        })
    }

    fn object(&mut self, id: TypeId, record: &Struct, ways: &Ways<'_>) -> Option<Value> {
        let mut members = Map::new();
        for (index, field) in record.fields.iter().enumerate() {
            let below = ways.iter().filter_map(|way| way.split_first().filter(|(key, _)| **key == field.key));
            let below: Vec<_> = below.map(|(_, rest)| rest).collect();
            if field.required || !below.is_empty() {
                let sample = self.samples.get(id, index).filter(|value| is_fit(self.provider, &field.ty, value));
                members.insert(field.key.clone(), self.field(field, sample, &below)?);
            }
        }
        Some(Value::Object(members))
    }

    fn field(&mut self, field: &Field, sample: Option<&Value>, ways: &Ways<'_>) -> Option<Value> {
        match sample {
            Some(value) => Some(value.clone()),
            None => self.ty(&field.ty, ways).or_else(|| field.nullable.then_some(Value::Null)),
        }
    }
}

/// The ways on in an array's only item: some name its index, others pass over the array.
fn into_item<'w>(ways: &Ways<'w>) -> Vec<&'w [String]> {
    let is_index = |way: &[String]| way.first().is_some_and(|token| token.parse::<usize>().is_ok());
    ways.iter().map(|way| &way[usize::from(is_index(way))..]).collect()
}
