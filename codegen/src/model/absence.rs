//! Which bodies have nothing where event types stand.

use super::values::{discriminates, tokens};
use super::{Provider, Shape, Type, TypeId, Union};
use crate::documents::provider::Expression;
use std::collections::HashMap;

/// Whether something stands at a place of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Presence {
    /// In some bodies something does.
    pub some: bool,
    /// A body that has the place may leave it out, or have null there.
    pub optional: bool,
    /// A part of the body's union does not have the place at all.
    pub lacking: bool,
}

impl Presence {
    const NOWHERE: Self = Self { some: false, optional: false, lacking: true };
    const THERE: Self = Self { some: true, optional: false, lacking: false };
    const PERHAPS: Self = Self { some: true, optional: true, lacking: false };

    /// Whether a body can do without.
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

/// Whether something stands at an event type location in a webhook's bodies; `None` where headers have a part in it, or
/// there is none.
pub(super) fn presence(provider: &Provider, payload: &Type, location: &[Expression]) -> Option<Presence> {
    let mut all: Option<Presence> = None;
    for part in location {
        let Expression::Body(pointer) = part else { return None };
        let part = at(provider, payload, pointer);
        // Something is there if it is in any part.
        all = Some(all.map_or(part, |all| Presence {
            some: all.some || part.some,
            optional: all.may_be_absent() && part.may_be_absent(),
            lacking: all.lacking && part.lacking,
        }));
    }
    all
}

/// Whether something stands at a place in bodies of a type.
pub(super) fn at(provider: &Provider, payload: &Type, pointer: &str) -> Presence {
    Walk { provider, known: HashMap::new() }.walk(payload, &tokens(pointer)).unwrap_or_default()
}

struct Walk<'p> {
    provider: &'p Provider,
    /// What was found of types with so many tokens to go; `None` of those around.
    known: HashMap<(TypeId, usize), Option<Presence>>,
}

impl Walk<'_> {
    /// `None` where a type holds itself on the way: that says nothing new.
    fn walk(&mut self, ty: &Type, tokens: &[String]) -> Option<Presence> {
        match (ty, tokens.split_first()) {
            (Type::Nullable(inner), _) => {
                self.walk(inner, tokens).map(|found| Presence { optional: found.optional || found.some, ..found })
            }
            // An array without items has nothing anywhere, and does not count.
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
            (Type::Map(_) | Type::Any | Type::Foreign(_), Some(_)) => Some(Presence::PERHAPS),
            _ => match (ty.transparent(), tokens) {
                (Some(inner), _) => self.walk(inner, tokens),
                (None, []) => Some(Presence::THERE),
                (None, _) => Some(Presence::NOWHERE),
            },
        }
    }

    fn named(&mut self, id: TypeId, tokens: &[String]) -> Option<Presence> {
        let provider = self.provider;
        match (&provider.get(id).shape, tokens.split_first()) {
            (Shape::Alias(inner) | Shape::Newtype(inner), _) => self.walk(inner, tokens),
            (Shape::Union(union), _) => self.union(union, tokens),
            (Shape::Struct(record), Some((token, rest))) => {
                let Some(field) = record.fields.iter().find(|field| field.key == *token) else {
                    let is_tag = provider.get(id).tag.as_ref().is_some_and(|tag| tag.property == *token);
                    return Some(if is_tag && rest.is_empty() { Presence::THERE } else { Presence::NOWHERE });
                };
                let may_be_out = !field.required || field.nullable;
                let found = self.walk(&field.ty, rest);
                found.map(|found| Presence { optional: found.optional || found.some && may_be_out, ..found })
            }
            (_, Some(_)) => Some(Presence::NOWHERE),
            (_, None) => Some(Presence::THERE),
        }
    }

    fn union(&mut self, union: &Union, tokens: &[String]) -> Option<Presence> {
        let variants = union.variants.iter().filter_map(|variant| self.walk(&variant.ty, tokens));
        let found = variants.reduce(Presence::or)?;
        // A discriminator stands in every variant, declared or not.
        Some(if discriminates(union, tokens) { Presence { some: true, lacking: false, ..found } } else { found })
    }
}
