//! What the documents allow and the types do not enforce.

use super::accepts::of_types;
use super::comparison::Comparison;
use crate::diff::change::{Action, Cause, Compared, Deliveries, Item, Location, Mismatch};
use crate::diff::rules::{compared, subject};
use crate::diff::side::Side;
use serde_json::Value;
use webhook_codegen::model::{Constraint, Rule, Type, TypeId};

impl Comparison<'_, '_> {
    /// Compares the constraints of two types. `keys` are the pairs of keys that are one field.
    pub(super) fn constraints(&mut self, path: &str, ids: (TypeId, TypeId), keys: &[(String, String)]) {
        self.inferred(path, ids);
        let (before, after) = (&self.old.def(ids.0).constraints, &self.new.def(ids.1).constraints);
        if before.is_empty() && after.is_empty() {
            return;
        }
        let own = (String::new(), String::new());
        for (was, is) in std::iter::once(&own).chain(keys) {
            let of = |all: &'_ [Constraint], key: &str| -> Vec<Constraint> {
                all.iter().filter(|one| one.property.as_deref().unwrap_or_default() == key).cloned().collect()
            };
            let (before, after) = (of(before, was), of(after, is));
            let mut subjects: Vec<_> =
                before.iter().chain(&after).map(|one| (one.inside.clone(), subject(&one.rule))).collect();
            let mut known = std::collections::HashSet::new();
            subjects.retain(|about| known.insert(about.clone()));
            for (inside, about) in subjects {
                if !self.is_comparable((ids.0, was), (ids.1, is), &inside) {
                    continue;
                }
                let is_about = |one: &&Constraint| one.inside == inside && subject(&one.rule) == about;
                let (old, new): (Vec<_>, Vec<_>) =
                    (before.iter().filter(is_about).collect(), after.iter().filter(is_about).collect());
                let Some(action) = compared(&old, &new, &mut self.meanings) else { continue };
                let at = (at(self.old, &old, ids.0, was), at(self.new, &new, ids.1, is));
                // Several types may hold what one keyword says.
                if self.reported.insert((at.0.clone(), at.1.clone(), about)) {
                    let path = format!("{path}{}{inside}", self.new.field_path(ids.1, is));
                    let compared = Compared::new(Item::Constraint, path, at.0, at.1);
                    self.changes.push(compared.events(self.new.events_with(ids.1)).change(action));
                }
            }
        }
    }

    /// Whether values of both may be the same: what is said of a text does not compare with what is said of a number.
    fn is_comparable(&mut self, old: (TypeId, &str), new: (TypeId, &str), inside: &str) -> bool {
        let (before, after) = (self.old.value_type(old.0, old.1), self.new.value_type(new.0, new.1));
        let is_list = matches!((&before, &after), (Type::Array(_), Type::Array(_)) | (Type::Map(_), Type::Map(_)));
        let refused = of_types(self, &before, &after);
        inside.is_empty() && is_list || refused.iter().filter(|one| one.cause == Cause::Type).count() < 2
    }

    /// A schema without `type` allows values of other types as well, which arrive as `Unknown`.
    fn inferred(&mut self, path: &str, (old, new): (TypeId, TypeId)) {
        let is_inferred = (self.old.def(old).type_inferred, self.new.def(new).type_inferred);
        if is_inferred.0 == is_inferred.1 {
            return;
        }
        let kind = match self.new.resolved(&Type::Named(new)) {
            Type::Array(_) => "array",
            Type::String | Type::JsonText(_) => "string",
            _ => "object",
        };
        let rule = vec![Rule::Other { keyword: "type".to_owned(), value: Value::from(kind) }];
        let (action, deliveries) = match is_inferred.0 {
            true => (Action::Narrowed(Vec::new(), rule), Deliveries::Stored),
            false => (Action::Widened(rule, Vec::new()), Deliveries::New),
        };
        let change = self.of_types(Item::Constraint, path, (old, new)).change(action);
        self.changes.push(change.wire([Mismatch { deliveries, cause: Cause::Type }]));
    }
}

/// Where the first of some constraints is, or else what it would be about.
fn at(side: &Side<'_>, all: &[&Constraint], id: TypeId, key: &str) -> Option<Location> {
    match all.first() {
        Some(one) => side.at_key(&one.location),
        None => side.at_field(id, key),
    }
}
