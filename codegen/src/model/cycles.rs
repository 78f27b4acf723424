//! Types that hold themselves.

use super::{Provider, Shape, Type, TypeId};
use std::collections::HashSet;

/// Puts a pointer where a type would hold itself without end.
pub fn break_cycles(provider: &mut Provider) {
    name_circular_aliases(provider);
    for index in 0..provider.types.len() {
        let id = TypeId(index);
        let mut shape = std::mem::replace(&mut provider.types[index].shape, Shape::Alias(Type::Any));
        // An alias cannot stand in its own way: what it holds is looked through from elsewhere.
        if !matches!(shape, Shape::Alias(_)) {
            let direct: Vec<bool> =
                shape.slots().map(|ty| held(ty).is_some_and(|held| reaches(provider, held, id))).collect();
            for (ty, holds_itself) in shape.slots().zip(direct) {
                if holds_itself {
                    *ty = Type::Boxed(Box::new(ty.clone()));
                }
            }
        }
        provider.types[index].shape = shape;
    }
}

/// An alias that leads back to itself becomes a type of its own.
fn name_circular_aliases(provider: &mut Provider) {
    for index in 0..provider.types.len() {
        let id = TypeId(index);
        if let Shape::Alias(ty) = &provider.types[index].shape
            && leads_to(provider, ty, id, 0)
        {
            provider.types[index].shape = Shape::Newtype(ty.clone());
        }
    }
}

fn leads_to(provider: &Provider, ty: &Type, to: TypeId, depth: usize) -> bool {
    match ty {
        Type::Named(id) if *id == to => true,
        Type::Named(id) => match &provider.get(*id).shape {
            // Longer than there are types, it can only be a circle beside this one.
            Shape::Alias(inner) => depth < provider.types.len() && leads_to(provider, inner, to, depth + 1),
            _ => false,
        },
        Type::Array(inner)
        | Type::Map(inner)
        | Type::Nullable(inner)
        | Type::JsonText(inner)
        | Type::OneOrMany(inner)
        | Type::Boxed(inner) => leads_to(provider, inner, to, depth),
        _ => false,
    }
}

/// The named type that a value of this type holds without a pointer in between.
fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) | Type::JsonText(inner) | Type::OneOrMany(inner) => held(inner),
        _ => None,
    }
}

fn reaches(provider: &mut Provider, from: TypeId, to: TypeId) -> bool {
    let mut seen = HashSet::new();
    let mut queue = vec![from];
    while let Some(id) = queue.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            queue.extend(provider.types[id.0].shape.slots().filter_map(|ty| held(ty)));
        }
    }
    false
}
