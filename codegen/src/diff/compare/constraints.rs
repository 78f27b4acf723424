//! What the documents allow and the types do not enforce, compared by what is allowed rather than by how it is spelled.

use super::Comparison;
use super::accepts::of_types;
use crate::diff::change::{Action, Cause, Deliveries, Item, Mismatch, PendingChange, Reach, SourceRef, rules};
use crate::diff::meaning::{Meanings, size, values};
use crate::model::{Constraint, Measure, Rule, Shape, Type, TypeId};
use serde_json::Value;
use std::cmp::Ordering;

/// What some rules are about: those about the same are compared.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    Least(Measure),
    Greatest(Measure),
    MultipleOf,
    Pattern,
    Format,
    Values,
    NoOtherKeys,
    KeyPatterns,
    Key(String),
    NotNull,
    Other(String),
}

impl Subject {
    fn of(rule: &Rule) -> Self {
        match rule {
            Rule::Least(limit) => Self::Least(limit.measure),
            Rule::Greatest(limit) => Self::Greatest(limit.measure),
            Rule::MultipleOf(_) => Self::MultipleOf,
            Rule::Pattern(_) => Self::Pattern,
            Rule::Format(_) => Self::Format,
            Rule::Values(_) => Self::Values,
            Rule::NoOtherKeys => Self::NoOtherKeys,
            Rule::KeyPatterns(_) => Self::KeyPatterns,
            Rule::Key(key) => Self::Key(key.clone()),
            Rule::NotNull => Self::NotNull,
            Rule::Other { keyword, .. } => Self::Other(keyword.clone()),
        }
    }
}

impl Comparison<'_, '_> {
    /// Compares the constraints of two types. `keys` are the pairs of keys that are one field.
    pub(super) fn constraints(&mut self, path: &str, (old, new): (TypeId, TypeId), keys: &[(String, String)]) {
        self.inferred(path, (old, new));
        let (before, after) = (&self.old.def(old).constraints, &self.new.def(new).constraints);
        if before.is_empty() && after.is_empty() {
            return;
        }
        let own = (String::new(), String::new());
        for (was, is) in std::iter::once(&own).chain(keys) {
            let of = |all: &'_ [Constraint], key: &str| -> Vec<Constraint> {
                all.iter().filter(|one| one.property.as_deref().unwrap_or_default() == key).cloned().collect()
            };
            let (before, after) = (of(before, was), of(after, is));
            let mut insides: Vec<_> = before.iter().chain(&after).map(|one| one.inside.clone()).collect();
            insides.sort();
            insides.dedup();
            for inside in insides {
                let own =
                    |all: &[Constraint]| all.iter().filter(|one| one.inside == inside).cloned().collect::<Vec<_>>();
                if self.is_comparable((old, was), (new, is), &inside) {
                    let path = format!("{path}{}{inside}", self.field_name(new, is));
                    self.rules(&path, (old, new), (own(&before), own(&after)), (was, is));
                }
            }
        }
    }

    fn field_name(&self, id: TypeId, key: &str) -> String {
        let Shape::Struct(record) = &self.new.def(self.new.behind(id)).shape else { return String::new() };
        let names = crate::name::fields(record.fields.iter().map(|field| field.key.as_str()));
        let index = record.fields.iter().position(|field| field.key == key && !key.is_empty());
        index.map(|index| format!(".{}", names[index])).unwrap_or_default()
    }

    /// Whether values of both may be the same: what is said of a text does not compare with what is said of a number.
    fn is_comparable(&mut self, old: (TypeId, &str), new: (TypeId, &str), inside: &str) -> bool {
        let (before, after) = (self.old.value_type(old.0, old.1), self.new.value_type(new.0, new.1));
        let is_list = matches!((&before, &after), (Type::Array(_), Type::Array(_)) | (Type::Map(_), Type::Map(_)));
        let refused = of_types(self, &before, &after);
        inside.is_empty() && is_list || refused.iter().filter(|one| one.cause == Cause::Type).count() < 2
    }

    fn rules(
        &mut self,
        path: &str,
        ids: (TypeId, TypeId),
        (before, after): (Vec<Constraint>, Vec<Constraint>),
        (was, is): (&str, &str),
    ) {
        let mut subjects: Vec<Subject> = Vec::new();
        for subject in before.iter().chain(&after).map(|one| Subject::of(&one.rule)) {
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        for subject in subjects {
            let of = |all: &'_ [Constraint]| -> Vec<Constraint> {
                all.iter().filter(|one| Subject::of(&one.rule) == subject).cloned().collect()
            };
            let (old, new) = (of(&before), of(&after));
            let Some(action) = compared(&subject, (&old, &new), &mut self.meanings) else { continue };
            let at = |all: &[Constraint]| all.first().map(|one| SourceRef::Key(one.location.clone()));
            let place = |key: &str, at: SourceRef, field: SourceRef| if key.is_empty() { at } else { field };
            let old_at = at(&old).unwrap_or_else(|| place(was, self.old.at(ids.0), self.old.at_field(ids.0, was)));
            let new_at = at(&new).unwrap_or_else(|| place(is, self.new.at(ids.1), self.new.at_field(ids.1, is)));
            // Several types may hold what one keyword says.
            if self.told.insert((old_at.clone(), new_at.clone(), subject)) {
                let change = PendingChange::new(Item::Constraint, path, action).at(Some(old_at), Some(new_at));
                self.push(change.reach(Reach::New(ids.1)));
            }
        }
    }

    /// A schema without `type` allows values of other types as well, which arrive as `Unknown`.
    fn inferred(&mut self, path: &str, (old, new): (TypeId, TypeId)) {
        let is_inferred = (self.old.def(old).implied, self.new.def(new).implied);
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
        let change = PendingChange::new(Item::Constraint, path, action);
        let change = change.wire(vec![Mismatch { deliveries, cause: Cause::Type }]);
        self.push(self.of_types(change, (old, new)));
    }
}

/// What became of the rules about one subject; nothing where they allow the same.
fn compared(
    subject: &Subject,
    (old, new): (&[Constraint], &[Constraint]),
    meanings: &mut (Meanings<'_>, Meanings<'_>),
) -> Option<Action> {
    match subject {
        Subject::Least(_) | Subject::Greatest(_) => {
            let is_least = matches!(subject, Subject::Least(_));
            let (before, after) = (tightest(old, is_least), tightest(new, is_least));
            let (before_size, after_size) = (before.map(|one| size(&one.rule)), after.map(|one| size(&one.rule)));
            let order = match (before_size, after_size) {
                (Some(before), Some(after)) => after.cmp(&before),
                (before, after) => after.is_some().cmp(&before.is_some()),
            };
            let order = if is_least || before.is_none() || after.is_none() { order } else { order.reverse() };
            let shown = |one: Option<&Constraint>| one.map(|one| one.rule.clone()).into_iter().collect();
            directed(order, shown(before), shown(after))
        }
        Subject::Values => {
            let (before, after) = (values(old), values(new));
            let shown = (rules(&old.iter().collect::<Vec<_>>()), rules(&new.iter().collect::<Vec<_>>()));
            match (before, after) {
                (Some(before), Some(after)) => {
                    let lacks = |some: &[Value], all: &[Value]| some.iter().any(|value| !all.contains(value));
                    replaced(lacks(&before, &after), lacks(&after, &before), shown.0, shown.1)
                }
                (before, after) => directed(after.is_some().cmp(&before.is_some()), shown.0, shown.1),
            }
        }
        _ => {
            let old: Vec<_> = old.iter().map(|one| (one, meanings.0.of(one))).collect();
            let new: Vec<_> = new.iter().map(|one| (one, meanings.1.of(one))).collect();
            let only = |some: &[(&Constraint, Value)], all: &[(&Constraint, Value)]| {
                let own = some.iter().filter(|(_, meaning)| !all.iter().any(|(_, other)| other == meaning));
                own.map(|(one, meaning)| shown(&one.rule, meaning)).collect::<Vec<_>>()
            };
            let (gone, added) = (only(&old, &new), only(&new, &old));
            match subject {
                // A format rules nothing out.
                Subject::Format if !(gone.is_empty() && added.is_empty()) => Some(Action::Replaced(gone, added)),
                Subject::MultipleOf if !gone.is_empty() && !added.is_empty() => {
                    let (narrows, widens) = (is_multiple(&added, &gone), is_multiple(&gone, &added));
                    replaced(!widens, !narrows, gone, added)
                }
                _ => replaced(!added.is_empty(), !gone.is_empty(), gone, added),
            }
        }
    }
}

/// A rule by what it means, where it may refer to what it says.
fn shown(rule: &Rule, meaning: &Value) -> Rule {
    match rule {
        Rule::Other { keyword, .. } => Rule::Other { keyword: keyword.clone(), value: meaning.clone() },
        rule => rule.clone(),
    }
}

fn replaced(has_added: bool, has_gone: bool, old: Vec<Rule>, new: Vec<Rule>) -> Option<Action> {
    match (has_added, has_gone) {
        (true, true) => Some(Action::Replaced(old, new)),
        (true, false) => Some(Action::Narrowed(old, new)),
        (false, true) => Some(Action::Widened(old, new)),
        (false, false) => None,
    }
}

/// Whether the multiples of one number are multiples of another one.
fn is_multiple(one: &[Rule], of: &[Rule]) -> bool {
    match (one, of) {
        ([Rule::MultipleOf(one)], [Rule::MultipleOf(of)]) => {
            let ratio = one.as_f64().unwrap_or_default() / of.as_f64().unwrap_or_default();
            // 0.1 is ten times 0.01, but not as binary numbers.
            (ratio - ratio.round()).abs() < 1e-9 && ratio.round() != 0.0
        }
        _ => false,
    }
}

/// More of a rule allows less.
fn directed(order: Ordering, old: Vec<Rule>, new: Vec<Rule>) -> Option<Action> {
    replaced(order == Ordering::Greater, order == Ordering::Less, old, new)
}

/// The limit that counts where several apply; none where no value is beyond it.
fn tightest(constraints: &[Constraint], is_least: bool) -> Option<&Constraint> {
    let says_something = |one: &&Constraint| match &one.rule {
        Rule::Least(limit) => limit.measure == Measure::Value || limit.value.as_f64().is_some_and(|value| value > 0.0),
        _ => true,
    };
    let limits = constraints.iter().filter(says_something);
    match is_least {
        true => limits.max_by_key(|one| size(&one.rule)),
        false => limits.min_by_key(|one| size(&one.rule)),
    }
}
