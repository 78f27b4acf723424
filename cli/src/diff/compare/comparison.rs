//! A comparison of two models, and what is known so far.

use crate::diff::change::{Action, Cause, Change, Compared, Deliveries, Item, Location};
use crate::diff::pairs::Documents;
use crate::diff::rules::{Meanings, Subject};
use crate::diff::side::Side;
use std::collections::{HashMap, HashSet};
use std::mem::discriminant;
use webhook_codegen::model::{Docs, Type, TypeId};

/// A comparison of one provider's two models.
pub struct Comparison<'v, 's> {
    pub old: &'v Side<'s>,
    pub new: &'v Side<'s>,
    pub documents: &'v Documents,
    /// What each of the old types is called now, or the type that it became.
    pub types: HashMap<TypeId, TypeId>,
    /// The old types that a listed source break names.
    pub named: HashSet<TypeId>,
    /// Why the first of two types, as code, refuses bodies of the second.
    pub acceptance: HashMap<(Deliveries, Type, Type), Option<Cause>>,
    pub meanings: [Meanings<'s>; 2],
    /// The constraints that are listed already, by where they are.
    pub reported: HashSet<(Option<Location>, Option<Location>, Subject)>,
    pub changes: Vec<Change>,
}

impl<'v, 's> Comparison<'v, 's> {
    pub fn new(old: &'v Side<'s>, new: &'v Side<'s>, documents: &'v Documents) -> Self {
        Self {
            old,
            new,
            documents,
            types: HashMap::new(),
            named: HashSet::new(),
            acceptance: HashMap::new(),
            meanings: [Meanings::new(old.folder), Meanings::new(new.folder)],
            reported: HashSet::new(),
            changes: Vec::new(),
        }
    }

    /// What is in a type on both sides.
    pub fn of_types(&self, item: Item, path: impl Into<String>, (old, new): (TypeId, TypeId)) -> Compared {
        Compared::new(item, path, self.old.at(old), self.new.at(new)).events(self.new.events_with(new))
    }

    /// An old type as a part of a source break, and a new one.
    pub fn before(&mut self, ty: &Type, holder: TypeId) -> String {
        self.named.extend(ty.named());
        self.old.text(ty, Some(self.old.def(holder).document))
    }

    pub fn after(&self, ty: &Type, holder: TypeId) -> String {
        self.new.text(ty, Some(self.new.def(holder).document))
    }

    /// Whether code that has a value of the old type can take the new one for it. What became of a named type is
    /// reported where that is defined, once.
    pub fn same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(a), Type::Named(b)) if self.types.get(a) == Some(b) => true,
            (Type::Named(a), _) if self.old.is_alias(*a) => self.same(&self.old.resolved(old), new),
            (_, Type::Named(b)) if self.new.is_alias(*b) => self.same(old, &self.new.resolved(new)),
            (Type::Named(a), Type::Named(b)) => self.are_paired(*a, *b),
            _ => match (old.inner(), new.inner()) {
                (Some(a), Some(b)) => discriminant(old) == discriminant(new) && self.same(a, b),
                _ => old == new,
            },
        }
    }

    pub fn are_paired(&self, old: TypeId, new: TypeId) -> bool {
        self.types.get(&old).is_some_and(|now| self.new.resolve_alias(*now) == self.new.resolve_alias(new))
    }

    /// Reports other words, and a deprecation.
    pub fn docs(&mut self, old: &Docs, new: &Docs, compared: &Compared) {
        match (old.deprecated, new.deprecated) {
            (false, true) => self.changes.push(compared.change(Action::Deprecated)),
            (true, false) => self.changes.push(compared.change(Action::Undeprecated)),
            _ => {}
        }
        if !words(old).eq(words(new)) || old.default != new.default {
            self.changes.push(compared.change(Action::Documented));
        }
    }
}

/// What a text says, however it is wrapped.
fn words(docs: &Docs) -> impl Iterator<Item = &str> {
    docs.text.iter().flat_map(|text| text.split_whitespace())
}
