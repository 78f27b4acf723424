//! Types that look the same are the same.

use super::{Docs, Shape, Type, TypeDef, TypeId};
use std::collections::HashMap;

/// The inline types that are known so far, by what they look like.
///
/// Documents repeat themselves: GitHub's has 4,600 inline types, of which most are copies. A copy
/// becomes an alias, so that its name stays what it would be without the other: a document that
/// grows renames nothing.
#[derive(Default)]
pub struct Sharing {
    known: HashMap<(usize, Docs, bool, Shape), TypeId>,
    copies: HashMap<TypeId, TypeId>,
}

impl Sharing {
    /// The shape to use for a new type: itself, or an alias of one that looks the same. What is said of it is its docs,
    /// and whether it is implied.
    pub fn share(&mut self, id: TypeId, document: usize, said: (&Docs, bool), mut shape: Shape) -> Shape {
        let mut looks = shape.clone();
        looks.slots().for_each(|ty| self.resolve(ty));
        match self.known.entry((document, said.0.clone(), said.1, looks)) {
            std::collections::hash_map::Entry::Occupied(known) => {
                self.copies.insert(id, *known.get());
                shape = Shape::Alias(Type::Named(*known.get()));
            }
            std::collections::hash_map::Entry::Vacant(new) => _ = new.insert(id),
        }
        shape
    }

    /// Puts what a copy is a copy of in its place.
    fn resolve(&self, ty: &mut Type) {
        match ty {
            Type::Named(id) => *id = self.copies.get(id).copied().unwrap_or(*id),
            Type::Array(inner)
            | Type::Map(inner)
            | Type::Nullable(inner)
            | Type::JsonText(inner)
            | Type::OneOrMany(inner)
            | Type::Boxed(inner) => self.resolve(inner),
            Type::Any
            | Type::Null
            | Type::Raw
            | Type::Foreign(_)
            | Type::Boolean
            | Type::Integer
            | Type::Number
            | Type::String
            | Type::DateTime => {}
        }
    }
}

impl Shape {
    /// The types that it holds, to be changed.
    pub fn slots(&mut self) -> Box<dyn Iterator<Item = &mut Type> + '_> {
        match self {
            Self::Struct(record) => {
                let fields = record.fields.iter_mut().map(|field| &mut field.ty);
                Box::new(fields.chain(std::iter::once(&mut record.extra)))
            }
            Self::Union(union) => Box::new(union.variants.iter_mut().map(|variant| &mut variant.ty)),
            Self::Alias(ty) | Self::Newtype(ty) => Box::new(std::iter::once(ty)),
            Self::Enum(_) => Box::new(std::iter::empty()),
        }
    }
}

impl Shape {
    /// The types that it holds.
    pub fn types(&self) -> Box<dyn Iterator<Item = &Type> + '_> {
        match self {
            Self::Struct(record) => {
                Box::new(record.fields.iter().map(|field| &field.ty).chain(std::iter::once(&record.extra)))
            }
            Self::Union(union) => Box::new(union.variants.iter().map(|variant| &variant.ty)),
            Self::Alias(ty) | Self::Newtype(ty) => Box::new(std::iter::once(ty)),
            Self::Enum(_) => Box::new(std::iter::empty()),
        }
    }
}

impl Type {
    /// The type with a name that a value of this type is or holds, whatever is around it.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::Array(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::JsonText(inner)
            | Self::OneOrMany(inner)
            | Self::Boxed(inner) => inner.named(),
            _ => None,
        }
    }
}

/// The type behind a name, through aliases.
pub fn behind(types: &[TypeDef], mut id: TypeId) -> TypeId {
    // A chain of aliases is shorter than there are types.
    for _ in 0..types.len() {
        match &types[id.0].shape {
            Shape::Alias(Type::Named(next)) => id = *next,
            _ => break,
        }
    }
    id
}
