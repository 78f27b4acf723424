//! The values that a type lists at a JSON pointer.

use super::def::{Shape, Union, Variant};
use super::table::Types;
use super::ty::{Type, TypeId};
use crate::source::pointer::tokens;
use indexmap::IndexSet;
use std::collections::HashSet;

/// The values that a type lists at a JSON pointer.
pub fn values_at(types: &Types, payload: &Type, pointer: &str) -> Vec<String> {
    values(types, payload, &tokens(pointer))
}

fn values(types: &Types, payload: &Type, tokens: &[String]) -> Vec<String> {
    let mut collection = Collection { types, values: IndexSet::new(), seen: HashSet::new() };
    collection.collect(payload, tokens);
    collection.values.into_iter().collect()
}

struct Collection<'p> {
    types: &'p Types,
    values: IndexSet<String>,
    /// Types that were seen with so many tokens left: a type may contain itself.
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
        match (&self.types.get(id).shape, tokens.split_first()) {
            (Shape::Alias(inner) | Shape::Newtype(inner), _) => self.collect(inner, tokens),
            (Shape::Union(union), _) => self.union(union, tokens),
            (Shape::Struct(record), Some((token, rest))) => {
                let before = self.values.len();
                let field = record.fields.iter().find(|field| field.key == *token);
                field.into_iter().for_each(|field| self.collect(&field.ty, rest));
                let tag = self.types.get(id).tag.as_ref().filter(|tag| rest.is_empty() && tag.property == *token);
                if let Some(tag) = tag.filter(|_| self.values.len() == before) {
                    self.values.extend(tag.values.iter().cloned());
                }
            }
            (Shape::Enum(allowed), None) => self.values.extend(allowed.iter().cloned()),
            _ => {}
        }
    }

    /// Where the schema of a variant lists no value, the discriminator still maps values to it.
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

/// Whether a pointer leads to the discriminator of a union.
pub fn discriminates(union: &Union, tokens: &[String]) -> bool {
    matches!(tokens, [token] if *token == union.discriminator)
}

/// The only variant of a body's union that can have an event type; else the body's own type.
pub fn narrowed(types: &Types, payload: &Type, pointer: &str, event_type: &str) -> Type {
    let tokens = tokens(pointer);
    let mut narrow = payload.clone();
    // Unions in unions: more is a circle.
    for _ in 0..8 {
        let Type::Named(id) = narrow else { break };
        let Shape::Union(union) = types.shape(id) else { break };
        let has = |variant: &&Variant| {
            let own = values(types, &variant.ty, &tokens);
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
