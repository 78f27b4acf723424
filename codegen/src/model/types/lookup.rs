//! What bodies of a type have at a JSON pointer.

use super::def::{Docs, Shape, Union, Variant};
use super::table::Types;
use super::ty::{Type, TypeId};
use crate::documents::provider::Expression;
use crate::source::pointer::tokens;
use indexmap::IndexSet;
use serde_json::Value;
use std::collections::HashMap;

/// What bodies of a type have at a JSON pointer.
#[derive(Clone, Debug, Default)]
pub struct Found<'t> {
    /// Whether they have a value.
    pub occurrence: Occurrence,
    /// The values that the type lists.
    pub values: IndexSet<&'t str>,
    /// The text that a schema gives as the default.
    pub default: Option<&'t str>,
}

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
    /// Whether a body can lack it.
    pub fn may_be_absent(self) -> bool {
        self.optional || self.lacking
    }
}

impl<'t> Found<'t> {
    fn new(some: bool, optional: bool) -> Self {
        Self { occurrence: Occurrence { some, optional, lacking: !some }, ..Self::default() }
    }

    /// What is true where the value may also be absent or null.
    fn or_absent(mut self) -> Self {
        self.occurrence.optional |= self.occurrence.some;
        self
    }

    /// What is true of one of two alternatives.
    fn or(mut self, other: Self) -> Self {
        self.occurrence.some |= other.occurrence.some;
        self.occurrence.optional |= other.occurrence.optional;
        self.occurrence.lacking |= other.occurrence.lacking;
        self.values.extend(other.values);
        self.default = self.default.or(other.default);
        self
    }

    /// Where the schema lists no value, a discriminator still maps values to it.
    fn or_tags(mut self, tags: &'t [String]) -> Self {
        if self.values.is_empty() {
            self.values.extend(tags.iter().map(String::as_str));
        }
        self
    }
}

impl Types {
    /// What bodies of a type have at a JSON pointer.
    pub fn at(&self, payload: &Type, pointer: &str) -> Found<'_> {
        self.look_up(payload, &tokens(pointer))
    }

    /// Whether bodies have a value at a location of one or more parts; `None` if one of them is a header, or there is none.
    pub fn occurrence(&self, payload: &Type, location: &[Expression]) -> Option<Occurrence> {
        let mut all: Option<Occurrence> = None;
        for part in location {
            let Expression::Body(pointer) = part else { return None };
            let part = self.at(payload, pointer).occurrence;
            // It is enough that one part has a value.
            all = Some(all.map_or(part, |all| Occurrence {
                some: all.some || part.some,
                optional: all.may_be_absent() && part.may_be_absent(),
                lacking: all.lacking && part.lacking,
            }));
        }
        all
    }

    fn look_up(&self, ty: &Type, tokens: &[String]) -> Found<'_> {
        Lookup { types: self, known: HashMap::new() }.walk(ty, tokens).unwrap_or_default()
    }

    /// The only variant of a body's union that can have an event type; else the body's own type.
    pub fn narrowed(&self, payload: &Type, pointer: &str, event_type: &str) -> Type {
        let tokens = tokens(pointer);
        let mut narrow = payload.clone();
        // Unions in unions: more is a circle.
        for _ in 0..8 {
            let Type::Named(id) = narrow else { break };
            let Shape::Union(union) = self.shape(id) else { break };
            let mut own = union.variants.iter().filter(|variant| {
                let found = self.look_up(&variant.ty, &tokens);
                let found = if union.has_discriminator_at(&tokens) { found.or_tags(&variant.tags) } else { found };
                found.values.contains(event_type)
            });
            match (own.next(), own.next()) {
                (Some(Variant { ty: ty @ Type::Named(_), .. }), None) => narrow = ty.clone(),
                _ => break,
            }
        }
        narrow
    }
}

impl Union {
    /// Whether the tokens of a JSON pointer lead to the discriminator.
    pub fn has_discriminator_at(&self, tokens: &[String]) -> bool {
        matches!(tokens, [token] if *token == self.discriminator)
    }
}

struct Lookup<'t> {
    types: &'t Types,
    /// What is known of types with so many tokens left; `None` while the type is being looked at.
    known: HashMap<(TypeId, usize), Option<Found<'t>>>,
}

impl<'t> Lookup<'t> {
    /// `None` where the path comes back to a type that is being looked at: that adds nothing.
    fn walk(&mut self, ty: &Type, tokens: &[String]) -> Option<Found<'t>> {
        match (ty, tokens.split_first()) {
            (Type::Nullable(inner), _) => self.walk(inner, tokens).map(Found::or_absent),
            // An empty array has no values, and does not count.
            (Type::Array(inner), token) => {
                let is_index = token.is_some_and(|(token, _)| token.parse::<usize>().is_ok());
                let found = self.walk(inner, &tokens[usize::from(is_index)..])?;
                Some(Found { default: None, ..found })
            }
            (Type::Named(id), _) => {
                let key = (*id, tokens.len());
                if let Some(known) = self.known.get(&key) {
                    return known.clone();
                }
                self.known.insert(key, None);
                let found = self.named(*id, tokens);
                self.known.insert(key, found.clone());
                found
            }
            (Type::Map(_) | Type::Any | Type::Foreign(_), Some(_)) => Some(Found::new(true, true)),
            _ => match ty.transparent() {
                Some(inner) => self.walk(inner, tokens),
                None => Some(Found::new(tokens.is_empty(), false)),
            },
        }
    }

    fn named(&mut self, id: TypeId, tokens: &[String]) -> Option<Found<'t>> {
        let def = self.types.get(id);
        let text = |docs: &'t Docs| docs.default.as_ref().and_then(Value::as_str);
        let whole = || Found { default: text(&def.docs), ..Found::new(true, false) };
        match (&def.shape, tokens.split_first()) {
            (Shape::Alias(inner) | Shape::Newtype(inner), _) => self.walk(inner, tokens),
            (Shape::Union(union), None) => Some(Found { default: text(&def.docs), ..self.union(union, tokens)? }),
            (Shape::Union(union), Some(_)) => self.union(union, tokens),
            (Shape::Struct(record), Some((token, rest))) => {
                let tags = def.tag.as_ref().filter(|tag| rest.is_empty() && tag.property == *token);
                let tags = tags.map(|tag| tag.values.as_slice());
                let Some(field) = record.fields.iter().find(|field| field.key == *token) else {
                    return Some(Found::new(tags.is_some(), false).or_tags(tags.unwrap_or_default()));
                };
                let mut found = self.walk(&field.ty, rest)?.or_tags(tags.unwrap_or_default());
                found.default = text(&field.docs).filter(|_| rest.is_empty()).or(found.default);
                Some(if field.required && !field.nullable { found } else { found.or_absent() })
            }
            (Shape::Enum(values), None) => {
                Some(Found { values: values.iter().map(String::as_str).collect(), ..whole() })
            }
            (Shape::Struct(_), None) => Some(whole()),
            (Shape::Enum(_), Some(_)) => Some(Found::new(false, false)),
        }
    }

    fn union(&mut self, union: &'t Union, tokens: &[String]) -> Option<Found<'t>> {
        let is_discriminator = union.has_discriminator_at(tokens);
        let variants = union.variants.iter().filter_map(|variant| {
            let found = self.walk(&variant.ty, tokens)?;
            Some(if is_discriminator { found.or_tags(&variant.tags) } else { found })
        });
        let mut found = variants.reduce(Found::or)?;
        // Every variant has the discriminator, declared or not.
        if is_discriminator {
            (found.occurrence.some, found.occurrence.lacking) = (true, false);
        }
        Some(found)
    }
}
