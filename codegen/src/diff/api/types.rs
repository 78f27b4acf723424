//! Types by name, and what became of those whose name is gone.

use super::{Api, Draft, Kind};
use crate::diff::draft::{At, Reach};
use crate::model::{Shape, Type, TypeId};
use std::collections::HashSet;

impl Api<'_, '_> {
    pub(super) fn types(&mut self) {
        let (gone, fresh) = self.by_name();
        let renamed = self.renames(&gone, &fresh);
        let mut pairs: Vec<_> = self.types.iter().map(|(old, new)| (*old, *new)).collect();
        pairs.sort();
        for (old, new) in pairs {
            self.shapes(old, new);
        }
        self.type_names(&renamed);
        let taken: HashSet<TypeId> = renamed.iter().flat_map(|(_, new)| [*new]).collect();
        self.types_added(&fresh.into_iter().filter(|id| !taken.contains(id)).collect::<Vec<_>>());
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
    fn shapes(&mut self, old: TypeId, new: TypeId) {
        let at = self.new.item(new);
        let (before, after) = (self.old.resolved(&Type::Named(old)), self.new.resolved(&Type::Named(new)));
        match (&before, &after) {
            (Type::Named(from), Type::Named(to)) => {
                let is_copy = *from != old;
                let was_told = is_copy && self.types.get(from).is_some_and(|now| self.new.behind(*now) == *to);
                if was_told {
                    return;
                }
                if is_copy {
                    let other = self.old.text(&before, self.old.def(old).document);
                    let draft = Draft::new(Kind::TypeChanged, at.clone()).source().from(format!("= {other}"));
                    let now = self.new.text(&after, self.new.def(new).document);
                    let draft = draft.to(if *to == new { "a type of its own".to_owned() } else { format!("= {now}") });
                    self.push(self.of_types(draft, (old, new)));
                }
                self.parts(&at, *from, *to);
                self.type_docs(&at, old, new);
            }
            _ if self.same(&before, &after) => self.type_docs(&at, old, new),
            _ => {
                let from = self.sort(old, &before, false);
                let to = self.sort(new, &after, true);
                let draft = Draft::new(Kind::TypeChanged, at).source().from(from).to(to);
                self.push(self.of_types(draft, (old, new)));
            }
        }
    }

    /// What a type is, in a word or by what it stands for.
    fn sort(&self, id: TypeId, resolved: &Type, is_new: bool) -> String {
        let view = if is_new { self.new } else { self.old };
        match (resolved, resolved.named()) {
            (Type::Named(_), Some(named)) => sort_of(&view.def(named).shape).to_owned(),
            _ => format!("= {}", view.text(resolved, view.def(id).document)),
        }
    }

    fn parts(&mut self, at: &At, old: TypeId, new: TypeId) {
        let ids = (old, new);
        match (&self.old.def(old).shape, &self.new.def(new).shape) {
            (Shape::Struct(from), Shape::Struct(to)) => self.structs(at, ids, (from, to)),
            (Shape::Enum(from), Shape::Enum(to)) => self.enums(at, ids, (from, to)),
            (Shape::Union(from), Shape::Union(to)) => self.unions(at, ids, (from, to)),
            (Shape::Newtype(from), Shape::Newtype(to)) if self.same(from, to) => {}
            (Shape::Newtype(from), Shape::Newtype(to)) => {
                let texts =
                    (self.old.text(from, self.old.def(old).document), self.new.text(to, self.new.def(new).document));
                let draft = Draft::new(Kind::TypeChanged, at.clone()).source().from(texts.0).to(texts.1);
                self.push(self.of_types(draft, ids));
            }
            (from, to) => {
                let draft = Draft::new(Kind::TypeChanged, at.clone()).source().from(sort_of(from)).to(sort_of(to));
                self.push(self.of_types(draft, ids));
            }
        }
    }

    fn type_docs(&mut self, at: &At, old: TypeId, new: TypeId) {
        // A copy says what its original says.
        if matches!(self.new.def(new).shape, Shape::Alias(Type::Named(_))) && self.new.def(new).owner != new {
            return;
        }
        let docs = (&self.old.def(old).docs, &self.new.def(new).docs);
        self.docs(at, docs, (self.old.spot(old), self.new.spot(new)), Reach::New(new));
    }

    /// What stands in a type that is new is new with it; an event's body is so with the event.
    fn types_added(&mut self, fresh: &[TypeId]) {
        for id in fresh.iter().copied() {
            let def = self.new.def(id);
            let is_told = def.owner != id || self.new.is_body(id) || self.documents.old_of(def.document).is_none();
            if !is_told {
                let draft = Draft::new(Kind::TypeAdded, self.new.item(id)).to(sort_of(&def.shape));
                self.push(draft.places(None, Some(self.new.spot(id))).reach(Reach::New(id)));
            }
        }
    }

    /// A type that stood in another is gone with it, or with the field that had it.
    fn types_gone(&mut self, gone: &[TypeId]) {
        for id in gone.iter().copied() {
            let def = self.old.def(id);
            let is_told = self.documents.new_of[def.document].is_none()
                || (def.owner != id && (gone.contains(&def.owner) || self.is_told_by_field(id)));
            if !is_told {
                let draft = Draft::new(Kind::TypeRemoved, self.old.item(id)).source().from(sort_of(&def.shape));
                self.push(draft.places(Some(self.old.spot(id)), None).reach(Reach::Old(id)));
            }
        }
    }

    fn is_told_by_field(&self, id: TypeId) -> bool {
        let name = self.old.name(id);
        let words = |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name);
        self.drafts.iter().any(|draft| draft.source && draft.from.as_deref().is_some_and(words))
    }
}

/// What a shape is called.
pub(super) fn sort_of(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "struct",
        Shape::Enum(_) => "enum of values",
        Shape::Union(_) => "enum of forms",
        Shape::Alias(_) => "alias",
        Shape::Newtype(_) => "newtype",
    }
}
