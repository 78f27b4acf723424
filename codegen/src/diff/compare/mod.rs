//! The models of both editions, compared item by item: what the compiler will say of code that was written for the old
//! one, and what code of either says of the other's bodies.

mod accepts;
mod accessors;
mod constraints;
mod documents;
mod events;
mod fields;
mod headers;
mod members;
mod renames;
mod settings;
mod types;
mod variants;

use super::change::{Action, Item, Part, PendingChange, Reach, SourceRef};
use super::meaning::Meanings;
use super::pairs::Documents;
use super::side::Side;
use crate::model::{Docs, Type, TypeId};
use accepts::Acceptance;
use constraints::Subject;
use std::collections::{HashMap, HashSet};

/// A comparison of one provider's two models.
pub struct Comparison<'v, 's> {
    old: &'v Side<'s>,
    new: &'v Side<'s>,
    documents: &'v Documents,
    /// What each of the old types is called now, or the type that it became.
    types: HashMap<TypeId, TypeId>,
    /// The old types that a listed source break names.
    named: HashSet<TypeId>,
    acceptance: Acceptance,
    meanings: (Meanings<'s>, Meanings<'s>),
    /// The constraints that are listed already, by where they stand.
    told: HashSet<(SourceRef, SourceRef, Subject)>,
    changes: Vec<PendingChange>,
}

/// All changes of a provider, in no particular order.
pub fn changes(old: &Side<'_>, new: &Side<'_>, documents: &Documents) -> Vec<PendingChange> {
    let mut comparison = Comparison {
        old,
        new,
        documents,
        types: HashMap::new(),
        named: HashSet::new(),
        acceptance: Acceptance::default(),
        meanings: (Meanings::new(old.folder), Meanings::new(new.folder)),
        told: HashSet::new(),
        changes: Vec::new(),
    };
    comparison.settings();
    comparison.of_documents();
    comparison.of_types_by_name();
    comparison.events();
    comparison.accessors();
    comparison.headers();
    comparison.changes
}

impl Comparison<'_, '_> {
    fn push(&mut self, change: PendingChange) {
        self.changes.push(change);
    }

    /// A change of what stands in a type on both sides.
    fn of_types(&self, change: PendingChange, (old, new): (TypeId, TypeId)) -> PendingChange {
        change.at(Some(self.old.at(old)), Some(self.new.at(new))).reach(Reach::New(new))
    }

    /// An old type as a part of a source break, and a new one.
    fn before(&mut self, ty: &Type, holder: TypeId) -> Part {
        self.named.extend(ty.named());
        Part::Type(self.old.text(ty, Some(self.old.def(holder).document)))
    }

    fn after(&self, ty: &Type, holder: TypeId) -> Part {
        Part::Type(self.new.text(ty, Some(self.new.def(holder).document)))
    }

    /// Whether code that has a value of the old type can take the new one for it. What became of a named type is
    /// reported where that is defined, once.
    fn same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(a), Type::Named(b)) if self.types.get(a) == Some(b) => true,
            (Type::Named(a), _) if self.old.is_alias(*a) => self.same(&self.old.resolved(old), new),
            (_, Type::Named(b)) if self.new.is_alias(*b) => self.same(old, &self.new.resolved(new)),
            (Type::Named(a), Type::Named(b)) => self.are_paired(*a, *b),
            (Type::Array(a), Type::Array(b))
            | (Type::Map(a), Type::Map(b))
            | (Type::Nullable(a), Type::Nullable(b))
            | (Type::JsonText(a), Type::JsonText(b))
            | (Type::OneOrMany(a), Type::OneOrMany(b))
            | (Type::Boxed(a), Type::Boxed(b)) => self.same(a, b),
            _ => old == new,
        }
    }

    fn are_paired(&self, old: TypeId, new: TypeId) -> bool {
        self.types.get(&old).is_some_and(|now| self.new.behind(*now) == self.new.behind(new))
    }

    /// Reports other words, and a deprecation.
    fn docs(&mut self, item: Item, path: &str, docs: (&Docs, &Docs), at: (SourceRef, SourceRef), reach: &Reach) {
        let (old, new) = docs;
        let change = |action| {
            PendingChange::new(item, path, action).at(Some(at.0.clone()), Some(at.1.clone())).reach(reach.clone())
        };
        match (old.deprecated, new.deprecated) {
            (false, true) => self.push(change(Action::Deprecated)),
            (true, false) => self.push(change(Action::Undeprecated)),
            _ => {}
        }
        if !words(old).eq(words(new)) || old.default != new.default {
            self.push(change(Action::Documented));
        }
    }
}

/// What a text says, however it is wrapped.
fn words(docs: &Docs) -> impl Iterator<Item = &str> {
    docs.text.iter().flat_map(|text| text.split_whitespace())
}
