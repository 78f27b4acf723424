//! Whether bodies have a value at a JSON pointer.

use super::def::{Shape, Union};
use super::table::Types;
use super::ty::{Type, TypeId};
use super::values::discriminates;
use crate::documents::provider::Expression;
use crate::source::pointer::tokens;
use std::collections::HashMap;

/// Whether bodies have a value at a JSON pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occurrence {
    /// Some bodies have one.
    pub some: bool,
    /// Bodies of a type that describes the value may lack it, or have null there.
    pub optional: bool,
    /// A variant of the body's union does not describe it at all.
    pub lacking: bool,
}

impl Occurrence {
    const NEVER: Self = Self { some: false, optional: false, lacking: true };
    const ALWAYS: Self = Self { some: true, optional: false, lacking: false };
    const SOMETIMES: Self = Self { some: true, optional: true, lacking: false };

    /// Whether a body can lack it.
    pub fn may_be_absent(self) -> bool {
        self.optional || self.lacking
    }

    /// What is true of one of two alternatives.
    fn or(self, other: Self) -> Self {
        Self {
            some: self.some || other.some,
            optional: self.optional || other.optional,
            lacking: self.lacking || other.lacking,
        }
    }
}

/// Whether bodies have a value at a location of one or more parts; `None` if one of them is a header, or there is none.
pub fn occurrence(types: &Types, payload: &Type, location: &[Expression]) -> Option<Occurrence> {
    let mut all: Option<Occurrence> = None;
    for part in location {
        let Expression::Body(pointer) = part else { return None };
        let part = occurrence_at(types, payload, pointer);
        // It is enough that one part has a value.
        all = Some(all.map_or(part, |all| Occurrence {
            some: all.some || part.some,
            optional: all.may_be_absent() && part.may_be_absent(),
            lacking: all.lacking && part.lacking,
        }));
    }
    all
}

/// Whether bodies of a type have a value at a JSON pointer.
pub fn occurrence_at(types: &Types, payload: &Type, pointer: &str) -> Occurrence {
    Walk { types, known: HashMap::new() }.walk(payload, &tokens(pointer)).unwrap_or_default()
}

/// Whether every body has a value at a JSON pointer that leads through objects only.
pub fn is_required(types: &Types, payload: &Type, pointer: &str) -> bool {
    let mut ty = payload;
    tokens(pointer).iter().all(|token| {
        let Type::Named(id) = ty else { return false };
        let Shape::Struct(record) = types.shape(*id) else { return false };
        let field = record.fields.iter().find(|field| field.key == *token && field.required);
        field.inspect(|field| ty = &field.ty).is_some()
    })
}

struct Walk<'p> {
    types: &'p Types,
    /// What is known of types with so many tokens left; `None` while the type is being looked at.
    known: HashMap<(TypeId, usize), Option<Occurrence>>,
}

impl Walk<'_> {
    /// `None` where the path comes back to a type that is being looked at: that adds nothing.
    fn walk(&mut self, ty: &Type, tokens: &[String]) -> Option<Occurrence> {
        match (ty, tokens.split_first()) {
            (Type::Nullable(inner), _) => {
                self.walk(inner, tokens).map(|found| Occurrence { optional: found.optional || found.some, ..found })
            }
            // An empty array has no values, and does not count.
            (Type::Array(inner), Some((token, rest))) if token.parse::<usize>().is_ok() => self.walk(inner, rest),
            (Type::Array(inner), _) => self.walk(inner, tokens),
            (Type::Named(id), _) => {
                let key = (*id, tokens.len());
                if let Some(known) = self.known.get(&key) {
                    return *known;
                }
                self.known.insert(key, None);
                let found = self.named(*id, tokens);
                self.known.insert(key, found);
                found
            }
            (Type::Map(_) | Type::Any | Type::Foreign(_), Some(_)) => Some(Occurrence::SOMETIMES),
            _ => match (ty.transparent(), tokens) {
                (Some(inner), _) => self.walk(inner, tokens),
                (None, []) => Some(Occurrence::ALWAYS),
                (None, _) => Some(Occurrence::NEVER),
            },
        }
    }

    fn named(&mut self, id: TypeId, tokens: &[String]) -> Option<Occurrence> {
        let types = self.types;
        match (&types.get(id).shape, tokens.split_first()) {
            (Shape::Alias(inner) | Shape::Newtype(inner), _) => self.walk(inner, tokens),
            (Shape::Union(union), _) => self.union(union, tokens),
            (Shape::Struct(record), Some((token, rest))) => {
                let Some(field) = record.fields.iter().find(|field| field.key == *token) else {
                    let is_tag = types.get(id).tag.as_ref().is_some_and(|tag| tag.property == *token);
                    return Some(if is_tag && rest.is_empty() { Occurrence::ALWAYS } else { Occurrence::NEVER });
                };
                let may_be_absent = !field.required || field.nullable;
                let found = self.walk(&field.ty, rest);
                found.map(|found| Occurrence { optional: found.optional || found.some && may_be_absent, ..found })
            }
            (_, Some(_)) => Some(Occurrence::NEVER),
            (_, None) => Some(Occurrence::ALWAYS),
        }
    }

    fn union(&mut self, union: &Union, tokens: &[String]) -> Option<Occurrence> {
        let variants = union.variants.iter().filter_map(|variant| self.walk(&variant.ty, tokens));
        let found = variants.reduce(Occurrence::or)?;
        // Every variant has the discriminator, declared or not.
        Some(if discriminates(union, tokens) { Occurrence { some: true, lacking: false, ..found } } else { found })
    }
}
