//! Equal inline types become one.

use super::def::{Docs, Shape};
use super::ty::{Type, TypeId};
use std::collections::HashMap;

/// The inline types that are known so far, by what they look like.
///
/// Documents repeat themselves: GitHub's has 4,600 inline types, and most are copies. A copy
/// becomes an alias, so that its name stays what it would be without the other: a document that
/// grows renames nothing.
#[derive(Default)]
pub struct Sharing {
    known: HashMap<(usize, Docs, bool, Shape), TypeId>,
    copies: HashMap<TypeId, TypeId>,
}

impl Sharing {
    /// The shape to use for a new type: itself, or an alias of an equal one. Equal are also the docs, and
    /// whether the type is inferred.
    pub fn share(&mut self, id: TypeId, document: usize, described: (&Docs, bool), mut shape: Shape) -> Shape {
        let mut looks = shape.clone();
        looks.slots().into_iter().for_each(|ty| self.resolve(ty));
        match self.known.entry((document, described.0.clone(), described.1, looks)) {
            std::collections::hash_map::Entry::Occupied(known) => {
                self.copies.insert(id, *known.get());
                shape = Shape::Alias(Type::Named(*known.get()));
            }
            std::collections::hash_map::Entry::Vacant(new) => _ = new.insert(id),
        }
        shape
    }

    /// Replaces a copy by the original.
    fn resolve(&self, ty: &mut Type) {
        if let Some(id) = ty.named_mut() {
            *id = self.copies.get(id).copied().unwrap_or(*id);
        }
    }
}
