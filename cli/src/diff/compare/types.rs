//! Types by name, and what became of those whose name is gone.

use super::accepts::of_shapes;
use super::comparison::Comparison;
use crate::diff::change::{Action, Compared, Item};
use crate::diff::side::kind_name;
use std::collections::HashSet;
use webhook_codegen::model::{Shape, Type, TypeId};

impl Comparison<'_, '_> {
    pub(super) fn of_types_by_name(&mut self) {
        let (gone, fresh) = self.by_name();
        let renamed = self.renames(&gone, &fresh);
        let mut pairs: Vec<_> = self.types.iter().map(|(old, new)| (*old, *new)).collect();
        pairs.sort();
        for (old, new) in pairs {
            self.pair(old, new);
        }
        self.type_names(&renamed);
        let taken: HashSet<TypeId> = renamed.iter().map(|(_, new)| *new).collect();
        self.types_added(fresh.into_iter().filter(|id| !taken.contains(id)));
        let kept: HashSet<TypeId> = renamed.iter().map(|(old, _)| *old).collect();
        self.types_gone(&gone.into_iter().filter(|id| !kept.contains(id)).collect::<Vec<_>>());
    }

    /// Pairs the types with the same path; the rest of the old ones and of the new ones.
    fn by_name(&mut self) -> (Vec<TypeId>, Vec<TypeId>) {
        let mut gone = Vec::new();
        for document in 0..self.old.model.documents.len() {
            let now = self.documents.new_of[document];
            for id in self.old.types_of(document) {
                match now.and_then(|now| self.new.named(now, &self.old.name(id))) {
                    Some(new) => _ = self.types.insert(id, new),
                    None => gone.push(id),
                }
            }
        }
        let known: HashSet<_> = self.types.values().copied().collect();
        let all = (0..self.new.model.documents.len()).flat_map(|document| self.new.types_of(document));
        (gone, all.filter(|id| !known.contains(id)).collect())
    }

    /// Compares two types that have one name, or that are one.
    fn pair(&mut self, old: TypeId, new: TypeId) {
        let path = self.new.path(new);
        let keys = match (self.old.resolved(&Type::Named(old)), self.new.resolved(&Type::Named(new))) {
            (before @ Type::Named(from), after @ Type::Named(to)) => {
                let is_copy = from != old;
                let is_reported =
                    is_copy && self.types.get(&from).is_some_and(|now| self.new.resolve_alias(*now) == to);
                if is_reported {
                    return;
                }
                if is_copy {
                    self.no_longer_shared(&path, (old, new), (&before, &after));
                }
                let keys = self.shapes(&path, from, to);
                self.type_docs(&path, old, new);
                keys
            }
            (before, after) => {
                match self.same(&before, &after) {
                    true => self.type_docs(&path, old, new),
                    false => self.type_changed(&path, (old, new), (self.old.shape(old), self.new.shape(new))),
                }
                Vec::new()
            }
        };
        self.constraints(&path, (old, new), &keys);
    }

    /// A copy of one type that was a copy of another, or has become a type of its own.
    fn no_longer_shared(&mut self, path: &str, (old, new): (TypeId, TypeId), (before, after): (&Type, &Type)) {
        self.named.extend(before.named());
        let from = self.old.alias(before, old);
        let to = match after.named() == Some(new) {
            true => "a type of its own".to_owned(),
            false => self.new.alias(after, new),
        };
        let compared = self.of_types(Item::Type, path, (old, new));
        self.changes.push(compared.change(Action::Changed(from, to)).source());
    }

    fn type_changed(&mut self, path: &str, ids: (TypeId, TypeId), (from, to): (String, String)) {
        let wire = of_shapes(self, ids.0, ids.1);
        self.named.extend(self.old.def(ids.0).shape.types().into_iter().filter_map(Type::named));
        let compared = self.of_types(Item::Type, path, ids);
        self.changes.push(compared.change(Action::Changed(from, to)).source().wire(wire));
    }

    /// Compares what two types look like; the pairs of keys of two structs that are one field.
    fn shapes(&mut self, path: &str, old: TypeId, new: TypeId) -> Vec<(String, String)> {
        let ids = (old, new);
        match (&self.old.def(old).shape, &self.new.def(new).shape) {
            (Shape::Struct(from), Shape::Struct(to)) => return self.structs(path, ids, (from, to)),
            (Shape::Enum(from), Shape::Enum(to)) => self.enums(path, ids, (from, to)),
            (Shape::Union(from), Shape::Union(to)) => self.unions(path, ids, (from, to)),
            (Shape::Newtype(from), Shape::Newtype(to)) if self.same(from, to) => {}
            (Shape::Newtype(from), Shape::Newtype(to)) => {
                let parts = (self.before(from, old), self.after(to, new));
                self.type_changed(path, ids, parts);
            }
            (from, to) => self.type_changed(path, ids, (kind_name(from).to_owned(), kind_name(to).to_owned())),
        }
        Vec::new()
    }

    fn type_docs(&mut self, path: &str, old: TypeId, new: TypeId) {
        // A copy says what its original says.
        if matches!(self.new.def(new).shape, Shape::Alias(Type::Named(_))) && self.new.def(new).owner != new {
            return;
        }
        let compared = self.of_types(Item::Type, path, (old, new));
        self.docs(&self.old.def(old).docs, &self.new.def(new).docs, &compared);
    }

    /// What is in a type that is new is new with it; an event's body is so with the event.
    fn types_added(&mut self, fresh: impl Iterator<Item = TypeId>) {
        for id in fresh {
            let def = self.new.def(id);
            let is_reported = def.owner != id || self.new.is_body(id) || self.documents.old_of(def.document).is_none();
            if !is_reported {
                let compared = Compared::new(Item::Type, self.new.path(id), None, self.new.at(id));
                let action = Action::Added(Some(kind_name(&def.shape).to_owned()));
                self.changes.push(compared.events(self.new.events_with(id)).change(action));
            }
        }
    }

    /// A type that was in another is gone with it, or with the field that had it.
    fn types_gone(&mut self, gone: &[TypeId]) {
        for id in gone.iter().copied() {
            let def = self.old.def(id);
            let is_reported = self.documents.new_of[def.document].is_none()
                || (def.owner != id && (gone.contains(&def.owner) || self.named.contains(&id)));
            if !is_reported {
                let compared = Compared::new(Item::Type, self.old.path(id), self.old.at(id), None);
                let action = Action::Removed(Some(kind_name(&def.shape).to_owned()));
                self.changes.push(compared.events(self.old.events_with(id)).change(action).source());
            }
        }
    }
}
