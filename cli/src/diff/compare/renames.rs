//! Types with another name: found by their structure.

use super::comparison::Comparison;
use super::members::similar;
use crate::diff::change::{Action, Item};
use crate::diff::side::Side;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use webhook_codegen::model::{Shape, Type, TypeId};

/// How far down two types are compared; what is deeper is compared where it is defined.
const DEEPEST: usize = 4;

impl Comparison<'_, '_> {
    /// Pairs each type whose name is gone with a new one of the same shape, and adds them to the types that are the
    /// same. Of several, the one with the most similar name.
    pub(super) fn renames(&mut self, gone: &[TypeId], fresh: &[TypeId]) -> Vec<(TypeId, TypeId)> {
        let mut by_hash: HashMap<u64, Vec<TypeId>> = HashMap::new();
        for id in fresh.iter().copied() {
            by_hash.entry(structural_hash(self.new, id)).or_default().push(id);
        }
        let same_position = self.in_same_position();
        let mut taken = HashSet::new();
        let mut renamed = Vec::new();
        // Components first: what is in them follows them.
        let (components, inner): (Vec<_>, Vec<_>) = gone.iter().copied().partition(|id| self.old.def(*id).owner == *id);
        for id in components.into_iter().chain(inner) {
            let found = by_hash.get(&structural_hash(self.old, id)).into_iter().flatten().copied();
            let found = found.filter(|new| {
                !taken.contains(new) && (same_position.contains(&(id, *new)) || self.is_plausible_rename(id, *new))
            });
            let rank = |new: &TypeId| {
                let is_inside = self.types.get(&self.old.def(id).owner) == Some(&self.new.def(*new).owner);
                (
                    same_position.contains(&(id, *new)),
                    is_inside,
                    strsim::jaro_winkler(&self.old.name(id), &self.new.name(*new)),
                )
            };
            let best = found.max_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal));
            if let Some(new) = best {
                taken.insert(new);
                self.types.insert(id, new);
                renamed.push((id, new));
            }
        }
        renamed
    }

    /// Which types are used in the same position on both sides: as an event's body, or in a field.
    fn in_same_position(&self) -> HashSet<(TypeId, TypeId)> {
        let mut pairs = HashSet::new();
        let mut add = |old: &Type, new: &Type| pairs.extend(old.named().zip(new.named()));
        for event in &self.new.model.events {
            let before = self.old.model.events.iter().find(|old| old.event_type == event.event_type);
            before.into_iter().for_each(|old| add(&old.payload, &event.payload));
        }
        for (old, new) in &self.types {
            if let (Shape::Struct(old), Shape::Struct(new)) = (&self.old.def(*old).shape, &self.new.def(*new).shape) {
                for field in &new.fields {
                    let before = old.fields.iter().find(|old| old.key == field.key);
                    before.into_iter().for_each(|old| add(&old.ty, &field.ty));
                }
            }
        }
        pairs
    }

    /// Whether two types of equal structure are likely the same: many small types are equal by chance.
    fn is_plausible_rename(&self, old: TypeId, new: TypeId) -> bool {
        let parts = match &self.old.def(old).shape {
            Shape::Struct(record) => record.fields.len(),
            Shape::Enum(values) => values.len(),
            Shape::Union(union) => union.variants.len(),
            Shape::Alias(_) | Shape::Newtype(_) => 0,
        };
        parts > 1 || similar(&self.old.name(old), &self.new.name(new)) || self.renamed_with_owner(old, new)
    }

    /// Whether a type is in another one, and its name changed with that only.
    fn renamed_with_owner(&self, old: TypeId, new: TypeId) -> bool {
        let (from, to) = (self.old.def(old), self.new.def(new));
        from.owner != old
            && self.types.get(&from.owner) == Some(&to.owner)
            && tail(from.path.as_slice(), self.old, from.owner) == tail(to.path.as_slice(), self.new, to.owner)
    }

    /// Reports them; what is in a type and is called after it has its new name from there.
    pub(super) fn type_names(&mut self, renamed: &[(TypeId, TypeId)]) {
        for (old, new) in renamed.iter().copied() {
            let owners = (self.old.def(old).owner, self.new.def(new).owner);
            if renamed.contains(&owners) && self.renamed_with_owner(old, new) {
                continue;
            }
            let (was, is) = (self.old.path(old), self.new.path(new));
            let is_moved = self.old.name(old) == self.new.name(new);
            let compared = self.of_types(Item::Type, is.as_str(), (old, new));
            let action = if is_moved { Action::Moved(was, is) } else { Action::Renamed(was, is) };
            self.changes.push(compared.change(action).source());
        }
    }
}

fn tail<'p>(path: &'p [String], side: &Side<'_>, owner: TypeId) -> &'p [String] {
    path.get(side.def(owner).path.len()..).unwrap_or_default()
}

/// A number that types of the same shape have in common, whatever they and the types in them are called.
fn structural_hash(side: &Side<'_>, id: TypeId) -> u64 {
    let mut hasher = DefaultHasher::new();
    of_type(side, &Type::Named(id), DEEPEST, &mut hasher);
    hasher.finish()
}

fn of_type(side: &Side<'_>, ty: &Type, depth: usize, hasher: &mut DefaultHasher) {
    if let Type::Boxed(inner) = ty {
        return of_type(side, inner, depth, hasher);
    }
    let ty = side.resolved(ty);
    std::mem::discriminant(&ty).hash(hasher);
    match &ty {
        Type::Named(id) if depth > 0 => of_shape(side, &side.def(*id).shape, depth - 1, hasher),
        Type::Foreign(path) => path.hash(hasher),
        other => other.inner().into_iter().for_each(|inner| of_type(side, inner, depth, hasher)),
    }
}

fn of_shape(side: &Side<'_>, shape: &Shape, depth: usize, hasher: &mut DefaultHasher) {
    std::mem::discriminant(shape).hash(hasher);
    match shape {
        Shape::Struct(record) => {
            let mut fields: Vec<_> = record.fields.iter().collect();
            fields.sort_by(|a, b| a.key.cmp(&b.key));
            for field in fields {
                (&field.key, field.required, field.nullable).hash(hasher);
                of_type(side, &field.ty, depth, hasher);
            }
            of_type(side, &record.extra, depth, hasher);
        }
        Shape::Enum(values) => {
            let mut values: Vec<_> = values.iter().collect();
            values.sort();
            values.hash(hasher);
        }
        Shape::Union(union) => union.variants.iter().for_each(|variant| of_type(side, &variant.ty, depth, hasher)),
        Shape::Alias(ty) | Shape::Newtype(ty) => of_type(side, ty, depth, hasher),
    }
}
