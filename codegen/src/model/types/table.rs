//! All types of a provider.

use super::def::{Field, Shape, TypeDef};
use super::ty::{Type, TypeId};
use std::collections::HashSet;
use std::ops::{Deref, DerefMut};

/// All types of a provider; a [`TypeId`] is an index.
#[derive(Debug, Default)]
pub struct Types(Vec<TypeDef>);

/// What a field does with a key that is missing, and with null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The key must be there, with a value.
    Required,
    /// The key must be there; null is `None`.
    RequiredNullable,
    /// The key may be missing: `None`, and so is null.
    Optional,
    /// A missing key, null and a value are three different things.
    OptionalNullable,
}

impl Types {
    /// The type with an id.
    pub fn get(&self, id: TypeId) -> &TypeDef {
        &self[id.0]
    }

    /// What an alias is another name of; any other type is that itself.
    pub fn resolve_alias(&self, mut id: TypeId) -> TypeId {
        // A chain of aliases is shorter than there are types.
        for _ in 0..self.len() {
            match &self.get(id).shape {
                Shape::Alias(Type::Named(next)) => id = *next,
                _ => break,
            }
        }
        id
    }

    /// The shape of a type, or of what it is another name of.
    pub fn shape(&self, id: TypeId) -> &Shape {
        &self.get(self.resolve_alias(id)).shape
    }

    /// The types of a document, each component followed by its parts.
    pub fn of_document(&self, document: usize) -> Vec<(TypeId, &TypeDef)> {
        let ids = self.iter().enumerate().map(|(index, def)| (TypeId(index), def));
        let mut types: Vec<_> = ids.filter(|(_, def)| def.document == document).collect();
        types.sort_by_key(|(id, def)| (def.owner, *id));
        types
    }

    /// All types that some types lead to.
    pub fn reachable<'t>(&self, from: impl IntoIterator<Item = &'t Type>) -> HashSet<TypeId> {
        let mut reached = HashSet::new();
        let mut queue: Vec<_> = from.into_iter().filter_map(Type::named).collect();
        while let Some(id) = queue.pop() {
            if reached.insert(id) {
                queue.extend(self.get(id).shape.types().into_iter().filter_map(Type::named));
            }
        }
        reached
    }

    /// How a property's absence and null show in Rust.
    pub fn presence(&self, field: &Field) -> Presence {
        // `Value` and `()` have a null of their own, so that a required one needs no `Option`, and an optional one would
        // lose it there.
        let holds_null = self.holds_null(&field.ty);
        match (field.required, field.nullable || holds_null) {
            (true, true) if !holds_null => Presence::RequiredNullable,
            (true, _) => Presence::Required,
            (false, true) => Presence::OptionalNullable,
            (false, false) => Presence::Optional,
        }
    }

    fn holds_null(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Null => true,
            Type::Named(id) => matches!(&self.get(*id).shape, Shape::Alias(inner) if self.holds_null(inner)),
            _ => false,
        }
    }
}

impl Deref for Types {
    type Target = Vec<TypeDef>;

    fn deref(&self) -> &Vec<TypeDef> {
        &self.0
    }
}

impl DerefMut for Types {
    fn deref_mut(&mut self) -> &mut Vec<TypeDef> {
        &mut self.0
    }
}
