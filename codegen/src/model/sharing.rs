//! Types that look the same are the same.

use super::{Docs, Shape, Type, TypeDef, TypeId};
use std::collections::{HashMap, HashSet};

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
        if let Some(id) = ty.named_mut() {
            *id = self.copies.get(id).copied().unwrap_or(*id);
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

/// The one match on the types that wrap another one.
macro_rules! inner {
    ($ty:expr) => {
        match $ty {
            Type::Array(inner)
            | Type::Map(inner)
            | Type::Nullable(inner)
            | Type::JsonText(inner)
            | Type::OneOrMany(inner)
            | Type::Boxed(inner) => Some(inner),
            _ => None,
        }
    };
}

impl Type {
    /// The type inside a type that wraps one.
    pub fn inner(&self) -> Option<&Self> {
        inner!(self).map(|inner| &**inner)
    }

    /// The type inside, where a JSON pointer to the whole leads to what is inside as well.
    pub fn transparent(&self) -> Option<&Self> {
        self.inner().filter(|_| !matches!(self, Self::Array(_) | Self::Map(_)))
    }

    /// The named type that a value is or holds, whatever wraps it.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            other => other.inner()?.named(),
        }
    }

    fn named_mut(&mut self) -> Option<&mut TypeId> {
        match self {
            Self::Named(id) => Some(id),
            other => inner!(other)?.named_mut(),
        }
    }
}

/// All types that some types lead to.
pub fn reachable<'t>(types: &[TypeDef], from: impl IntoIterator<Item = &'t Type>) -> HashSet<TypeId> {
    let mut reached = HashSet::new();
    let mut queue: Vec<_> = from.into_iter().filter_map(Type::named).collect();
    while let Some(id) = queue.pop() {
        if reached.insert(id) {
            queue.extend(types[id.0].shape.types().filter_map(Type::named));
        }
    }
    reached
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
