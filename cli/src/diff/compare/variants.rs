//! The variants of enums: listed values, and the types of a union.

use super::comparison::Comparison;
use super::members::{Pair, join, pairs, unpaired};
use crate::diff::change::{Action, Cause, Change, Item, Part};
use webhook_codegen::model::{TypeId, Union};
use webhook_codegen::name;

/// What a variant stands for, and what it is called.
type Named<'v> = Vec<(&'v str, String)>;

fn values(values: &[String]) -> Named<'_> {
    let names = name::values(values);
    values.iter().map(String::as_str).zip(names.iter().map(ToString::to_string)).collect()
}

/// The variants by their names alone: several may have one label, by which a body does not tell them apart anyway.
fn labels(union: &Union) -> Vec<String> {
    name::variants(union).iter().map(ToString::to_string).collect()
}

fn named(names: &[String]) -> Named<'_> {
    names.iter().map(|name| (name.as_str(), name.clone())).collect()
}

fn value(value: &str) -> Part {
    Part::Value(value.into())
}

impl Comparison<'_, '_> {
    /// Compares lists of values. A new one breaks nothing, and one that is gone breaks only code: the enum is open.
    pub(super) fn enums(&mut self, path: &str, ids: (TypeId, TypeId), shapes: (&[String], &[String])) {
        let (old, new) = (values(shapes.0), values(shapes.1));
        for pair in pairs(&old, &new) {
            let change = |name: &str, action| Change::new(Item::Value, format!("{path}::{name}"), action);
            let change = match pair {
                Pair::Key(before, after) | Pair::Name(before, after) if old[before] == new[after] => continue,
                Pair::Key(before, after) => {
                    let (name, now) = (&old[before].1, &new[after].1);
                    let change = change(now, Action::Renamed(Part::Name(name.clone()), Part::Name(now.clone())));
                    match new.iter().any(|(_, other)| other == name) {
                        true => change.wire_both(Cause::Value),
                        false => change.source(),
                    }
                }
                Pair::Name(before, after) => {
                    let action = Action::Renamed(value(old[before].0), value(new[after].0));
                    change(&new[after].1, action).wire_both(Cause::Value)
                }
                Pair::Gone(index) => change(&old[index].1, Action::Removed(Some(value(old[index].0)))).source(),
                Pair::Fresh(index) => change(&new[index].1, Action::Added(Some(value(new[index].0)))),
            };
            self.push(self.of_types(change, ids));
        }
    }

    /// Compares the variants of a union, which holds other values as well.
    pub(super) fn unions(&mut self, path: &str, ids: (TypeId, TypeId), shapes: (&Union, &Union)) {
        let (before, after) = (labels(shapes.0), labels(shapes.1));
        let mut pairs = pairs(&named(&before), &named(&after));
        self.relabelled(shapes, &mut pairs);
        for pair in pairs {
            let change = |name: &str, action| Change::new(Item::Variant, format!("{path}::{name}"), action);
            match pair {
                Pair::Key(was, is) | Pair::Name(was, is) => {
                    let (from, to) = (&shapes.0.variants[was].ty, &shapes.1.variants[is].ty);
                    let (name, now) = (&before[was], &after[is]);
                    if name != now {
                        let action = Action::Renamed(Part::Name(name.clone()), Part::Name(now.clone()));
                        self.push(self.of_types(change(now, action).source(), ids));
                    }
                    if !self.same(from, to) {
                        let action = Action::Changed(self.before(from, ids.0), self.after(to, ids.1));
                        self.push(self.of_types(change(now, action).source(), ids));
                    }
                }
                Pair::Gone(index) => {
                    let ty = self.before(&shapes.0.variants[index].ty, ids.0);
                    self.push(self.of_types(change(&before[index], Action::Removed(Some(ty))).source(), ids));
                }
                Pair::Fresh(index) => {
                    let ty = self.after(&shapes.1.variants[index].ty, ids.1);
                    self.push(self.of_types(change(&after[index], Action::Added(Some(ty))), ids));
                }
            }
        }
    }

    /// A variant that is gone, and a new one of the same type, are one with another name.
    fn relabelled(&self, shapes: (&Union, &Union), pairs: &mut Vec<Pair>) {
        for before in unpaired(pairs).0 {
            let ty = &shapes.0.variants[before].ty;
            let mut fresh = unpaired(pairs).1.into_iter();
            let same = fresh.find(|after| self.same(ty, &shapes.1.variants[*after].ty));
            same.into_iter().for_each(|after| join(pairs, before, after));
        }
    }
}
