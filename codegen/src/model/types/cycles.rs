//! Types that hold themselves.

use super::def::Shape;
use super::table::Types;
use super::ty::{Type, TypeId};
use crate::scc;
use std::collections::HashSet;

/// So many steps are taken to find the fewest pointers that do. Types that refer to each other in all directions would
/// take any number; each of theirs gets a pointer then.
const MOST_STEPS: usize = 20_000_000;

/// Puts a pointer where a type would hold itself without end.
pub fn break_cycles(types: &mut Types) {
    name_long_aliases(types);
    let mut holders = Holders::of(types);
    for index in 0..types.len() {
        // An alias has no size of its own: the types that use it are looked at instead.
        if matches!(types[index].shape, Shape::Alias(_)) {
            continue;
        }
        let mut shape = std::mem::replace(&mut types[index].shape, Shape::Alias(Type::Any));
        let held: Vec<_> = shape.types().into_iter().map(held).collect();
        let is_circle: Vec<_> = held.iter().map(|held| held.is_some_and(|held| holders.reach(held.0, index))).collect();
        for (ty, _) in shape.slots().into_iter().zip(&is_circle).filter(|(_, is_circle)| **is_circle) {
            *ty = Type::Boxed(Box::new(ty.clone()));
        }
        let left = held.into_iter().zip(is_circle).filter(|(_, is_circle)| !is_circle);
        holders.held[index] = left.filter_map(|(held, _)| held).map(|held| held.0).collect();
        types[index].shape = shape;
    }
}

/// Which types hold which without a pointer in between.
struct Holders {
    held: Vec<Vec<usize>>,
    /// Only types of one component can hold each other.
    components: Vec<usize>,
    steps: usize,
}

impl Holders {
    fn of(types: &Types) -> Self {
        let held = types.iter().map(|def| def.shape.types().into_iter().filter_map(held).map(|held| held.0).collect());
        let held: Vec<_> = held.collect();
        Self { components: scc::components(&held), held, steps: 0 }
    }

    /// Whether a type holds another, or is it.
    fn reach(&mut self, from: usize, to: usize) -> bool {
        if self.components[from] != self.components[to] || self.steps > MOST_STEPS {
            return self.components[from] == self.components[to];
        }
        let mut seen = HashSet::new();
        let mut queue = vec![from];
        while let Some(index) = queue.pop() {
            if index == to {
                return true;
            }
            if seen.insert(index) {
                self.steps += self.held[index].len();
                let (components, held) = (&self.components, self.held[index].iter());
                queue.extend(held.filter(|held| components[**held] == components[to]));
            }
        }
        false
    }
}

/// In a chain of aliases, one after every so many becomes a newtype: compilers follow only short chains.
const MOST_ALIASES: usize = 64;

/// An alias of itself becomes a newtype (in a circle, the first alias does), and so does one that
/// leads too far.
fn name_long_aliases(types: &mut Types) {
    // How many aliases each leads through, as far as it is known; a type of its own leads through none.
    let mut lengths: Vec<Option<usize>> = vec![None; types.len()];
    for start in 0..types.len() {
        let mut chain = Vec::new();
        let mut seen = HashSet::new();
        let mut next = Some(start);
        while let Some(index) = next.filter(|index| lengths[*index].is_none() && seen.insert(*index)) {
            chain.push(index);
            next = aliased(types, index);
        }
        // It came back to where it was: a circle, for which nothing is known yet.
        if let Some(met) = next.filter(|next| lengths[*next].is_none()) {
            let circle = chain.iter().copied().skip_while(|index| *index != met);
            circle.min().into_iter().for_each(|first| name_alias(types, first));
        }
        while let Some(index) = chain.pop() {
            let inner = aliased(types, index).map(|inner| lengths[inner].unwrap_or_default() + 1);
            if inner.is_some_and(|length| length > MOST_ALIASES) {
                name_alias(types, index);
            }
            lengths[index] = Some(inner.filter(|length| *length <= MOST_ALIASES).unwrap_or_default());
        }
    }
}

fn name_alias(types: &mut Types, index: usize) {
    if let Shape::Alias(ty) = &types[index].shape {
        types[index].shape = Shape::Newtype(ty.clone());
    }
}

/// The type whose name an alias holds, whatever is around it.
fn aliased(types: &Types, index: usize) -> Option<usize> {
    match &types[index].shape {
        Shape::Alias(ty) => ty.named().map(|id| id.0),
        _ => None,
    }
}

/// The named type that a value of this type holds without a pointer in between.
fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Boxed(_) => None,
        other => held(other.transparent()?),
    }
}
