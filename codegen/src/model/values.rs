//! What a body's type allows where its event type stands.

use super::{Provider, Shape, Type, TypeId, Union, Variant, behind};
use crate::source::pointer::unescape;
use indexmap::IndexSet;
use serde_json::Value;
use std::collections::HashSet;

/// The values that a schema allows at a place.
pub(super) fn values_at(provider: &Provider, payload: &Type, pointer: &str) -> Vec<String> {
    values(provider, payload, &tokens(pointer))
}

/// The tokens of a JSON pointer.
pub fn tokens(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(unescape).collect()
}

/// The text at a place of a body.
pub fn text_at(body: &Value, tokens: &[String]) -> Option<String> {
    match value_at(body, tokens)? {
        Value::String(text) => Some(text),
        value @ (Value::Number(_) | Value::Bool(_)) => Some(value.to_string()),
        _ => None,
    }
}

/// The value at a place of a body as receivers read it: through JSON held in strings, and through an array whose items all
/// have the same there.
pub fn value_at(body: &Value, tokens: &[String]) -> Option<Value> {
    match (body, tokens) {
        (value, []) => Some(value.clone()),
        (Value::Object(members), [token, rest @ ..]) => value_at(members.get(token)?, rest),
        (Value::Array(items), [token, rest @ ..]) => match token.parse::<usize>() {
            Ok(index) => value_at(items.get(index)?, rest),
            Err(_) => {
                let (first, others) = items.split_first()?;
                let value = value_at(first, tokens)?;
                others.iter().all(|item| value_at(item, tokens).as_ref() == Some(&value)).then_some(value)
            }
        },
        (Value::String(text), _) => value_at(&serde_json::from_str(text).ok()?, tokens),
        _ => None,
    }
}

fn values(provider: &Provider, payload: &Type, tokens: &[String]) -> Vec<String> {
    let mut collection = Collection { provider, values: IndexSet::new(), seen: HashSet::new() };
    collection.collect(payload, tokens);
    collection.values.into_iter().collect()
}

/// Whether every body has something at a place, as far as objects lead there.
pub(super) fn is_required(provider: &Provider, payload: &Type, pointer: &str) -> bool {
    let tokens = tokens(pointer);
    let mut place = payload.clone();
    let mut rest = tokens.as_slice();
    while let Some((token, after)) = rest.split_first() {
        let Type::Named(id) = place else { return false };
        match &provider.get(behind(&provider.types, id)).shape {
            Shape::Struct(record) => match record.fields.iter().find(|field| field.key == *token) {
                Some(field) if field.required => place = field.ty.clone(),
                _ => return false,
            },
            _ => return false,
        }
        rest = after;
    }
    true
}

struct Collection<'p> {
    provider: &'p Provider,
    values: IndexSet<String>,
    /// Types that were seen with so many tokens to go: some hold themselves, by themselves or as one of several.
    seen: HashSet<(TypeId, usize)>,
}

impl Collection<'_> {
    fn collect(&mut self, ty: &Type, tokens: &[String]) {
        match ty {
            Type::Array(inner) => {
                let is_index = tokens.first().is_some_and(|token| token.parse::<usize>().is_ok());
                self.collect(inner, &tokens[usize::from(is_index)..]);
            }
            Type::Named(id) if self.seen.insert((*id, tokens.len())) => self.named(*id, tokens),
            other => other.transparent().into_iter().for_each(|inner| self.collect(inner, tokens)),
        }
    }

    fn named(&mut self, id: TypeId, tokens: &[String]) {
        match (&self.provider.get(id).shape, tokens.split_first()) {
            (Shape::Alias(inner) | Shape::Newtype(inner), _) => self.collect(inner, tokens),
            (Shape::Union(union), _) => self.union(union, tokens),
            (Shape::Struct(record), Some((token, rest))) => {
                let before = self.values.len();
                let field = record.fields.iter().find(|field| field.key == *token);
                field.into_iter().for_each(|field| self.collect(&field.ty, rest));
                let tag = self.provider.get(id).tag.as_ref().filter(|tag| rest.is_empty() && tag.property == *token);
                if let Some(tag) = tag.filter(|_| self.values.len() == before) {
                    self.values.extend(tag.values.iter().cloned());
                }
            }
            (Shape::Enum(allowed), None) => self.values.extend(allowed.iter().cloned()),
            _ => {}
        }
    }

    /// A variant whose schema lists no value may have one all the same: that by which the discriminator knows it.
    fn union(&mut self, union: &Union, tokens: &[String]) {
        let is_discriminator = discriminates(union, tokens);
        for variant in &union.variants {
            let before = std::mem::take(&mut self.values);
            self.collect(&variant.ty, tokens);
            let own = std::mem::replace(&mut self.values, before);
            if own.is_empty() && is_discriminator {
                self.values.extend(variant.tags.iter().cloned());
            }
            self.values.extend(own);
        }
    }
}

pub(super) fn discriminates(union: &Union, tokens: &[String]) -> bool {
    matches!(tokens, [token] if *token == union.discriminator)
}

/// The one of several types at the top of a body that alone may carry an event type; else the body's own type.
pub(super) fn narrowed(provider: &Provider, payload: &Type, pointer: &str, event_type: &str) -> Type {
    let tokens = tokens(pointer);
    let mut narrow = payload.clone();
    // Unions within unions within unions: more is a circle.
    for _ in 0..8 {
        let Type::Named(id) = narrow else { break };
        let Shape::Union(union) = &provider.get(behind(&provider.types, id)).shape else { break };
        let has = |variant: &&Variant| {
            let own = values(provider, &variant.ty, &tokens);
            let values = if own.is_empty() && discriminates(union, &tokens) { &variant.tags } else { &own };
            values.iter().any(|value| value == event_type)
        };
        let mut own = union.variants.iter().filter(has);
        match (own.next(), own.next()) {
            (Some(Variant { ty: ty @ Type::Named(_), .. }), None) => narrow = ty.clone(),
            _ => break,
        }
    }
    narrow
}
