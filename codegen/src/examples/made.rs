//! Bodies made of schemas, where a document gives no example.

use super::samples::Samples;
use crate::model::fit::is_fit;
use crate::model::{Field, Provider, Shape, Struct, Type, TypeId, Union};
use serde_json::{Map, Value, json};

/// Types within types double the body at every level: no example is longer than so many values.
const MOST: usize = 20_000;

/// A body with the keys that are required, in them the examples that stand elsewhere in the documents.
pub fn body(provider: &Provider, samples: &Samples, payload: &Type) -> Option<Value> {
    Maker { provider, samples, inside: Vec::new(), made: 0 }.ty(payload)
}

struct Maker<'p> {
    provider: &'p Provider,
    samples: &'p Samples,
    /// The types that are being made: one that holds itself has to end somewhere.
    inside: Vec<TypeId>,
    made: usize,
}

impl Maker<'_> {
    fn ty(&mut self, ty: &Type) -> Option<Value> {
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
            Type::Array(inner) => self.ty(inner).map_or_else(|| json!([]), |item| json!([item])),
            Type::Map(_) => json!({}),
            Type::Nullable(inner) => self.ty(inner).unwrap_or_default(),
            Type::JsonText(inner) => self.ty(inner)?.to_string().into(),
            Type::OneOrMany(inner) | Type::Boxed(inner) => self.ty(inner)?,
            Type::Named(id) => self.named(*id)?,
        })
    }

    fn named(&mut self, id: TypeId) -> Option<Value> {
        if self.inside.contains(&id) {
            return None;
        }
        self.inside.push(id);
        let provider = self.provider;
        let made = match &provider.get(id).shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => self.ty(inner),
            Shape::Enum(values) => values.first().map(|value| json!(value)),
            Shape::Union(union) => self.union(union),
            Shape::Struct(record) => self.object(id, record),
        };
        self.inside.pop();
        made
    }

    fn union(&mut self, union: &Union) -> Option<Value> {
        union.variants.iter().find_map(|variant| {
            let mut made = self.ty(&variant.ty)?;
            if let (Value::Object(members), Some(tag)) = (&mut made, variant.tags.first())
                && !union.discriminator.is_empty()
            {
                members.insert(union.discriminator.clone(), json!(tag));
            }
            Some(made)
        })
    }

    fn object(&mut self, id: TypeId, record: &Struct) -> Option<Value> {
        let mut members = Map::new();
        for (index, field) in record.fields.iter().enumerate().filter(|(_, field)| field.required) {
            members.insert(field.key.clone(), self.field(id, index, field)?);
        }
        Some(Value::Object(members))
    }

    fn field(&mut self, id: TypeId, index: usize, field: &Field) -> Option<Value> {
        let sample = self.samples.get(id, index).filter(|value| is_fit(self.provider, &field.ty, value));
        match sample {
            Some(value) => Some(value.clone()),
            None => self.ty(&field.ty).or_else(|| field.nullable.then_some(Value::Null)),
        }
    }
}
