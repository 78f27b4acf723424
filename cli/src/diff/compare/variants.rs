//! The variants of enums: listed values, and the types of a union.

use super::comparison::Comparison;
use super::members::{Pair, join, pairs, unpaired};
use crate::diff::change::{Action, Cause, Item};
use webhook_codegen::emit::union_traits;
use webhook_codegen::model::{Provider, TypeId, Union};
use webhook_codegen::name;

/// What a variant stands for, and what it is called.
type Named<'v> = Vec<(&'v str, String)>;

fn values<'v>(provider: &Provider, values: &'v [String]) -> Named<'v> {
    let names = name::values(provider, values);
    values.iter().map(String::as_str).zip(names.iter().map(ToString::to_string)).collect()
}

/// The variants by their names alone: several may have one label, by which a body does not tell them apart anyway.
fn labels(union: &Union) -> Vec<String> {
    name::variants(union).iter().map(ToString::to_string).collect()
}

fn named(names: &[String]) -> Named<'_> {
    names.iter().map(|name| (name.as_str(), name.clone())).collect()
}

/// A listed value, as JSON.
fn json((value, _): &(&str, String)) -> String {
    serde_json::Value::from(*value).to_string()
}

impl Comparison<'_, '_> {
    /// Compares lists of values. A new one breaks nothing, and one that is gone breaks only code: the enum is open.
    pub(super) fn enums(&mut self, path: &str, ids: (TypeId, TypeId), shapes: (&[String], &[String])) {
        let (all_old, all_new) = (values(self.old.model, shapes.0), values(self.new.model, shapes.1));
        for (old, new) in pairs(&all_old, &all_new) {
            let (old, new) = (old.map(|index| &all_old[index]), new.map(|index| &all_new[index]));
            let Some((_, now)) = new.or(old) else { continue };
            let compared = self.of_types(Item::Value, format!("{path}::{now}"), ids);
            let change = match (old, new) {
                (Some(old), Some(new)) if old == new => continue,
                (Some((was, name)), Some((is, _))) if was == is => {
                    let change = compared.change(Action::Renamed(name.clone(), now.clone()));
                    match all_new.iter().any(|(_, other)| other == name) {
                        true => change.wire_both(Cause::Value),
                        false => change.source(),
                    }
                }
                (Some(old), Some(new)) => {
                    compared.change(Action::Renamed(json(old), json(new))).wire_both(Cause::Value)
                }
                _ => compared.change(Action::between(old.map(json), new.map(json))).source_if(old.is_some()),
            };
            self.changes.push(change);
        }
    }

    /// Compares the variants of a union, which holds other values as well.
    pub(super) fn unions(&mut self, path: &str, ids: (TypeId, TypeId), shapes: (&Union, &Union)) {
        let (before, after) = (labels(shapes.0), labels(shapes.1));
        let mut pairs = pairs(&named(&before), &named(&after));
        self.relabelled(shapes, &mut pairs);
        for (was, is) in pairs {
            let (name, now) = (was.map(|index| &before[index]), is.map(|index| &after[index]));
            let (from, to) =
                (was.map(|index| &shapes.0.variants[index].ty), is.map(|index| &shapes.1.variants[index].ty));
            let Some(current) = now.or(name) else { continue };
            let compared = self.of_types(Item::Variant, format!("{path}::{current}"), ids);
            if let (Some(name), Some(now)) = (name, now)
                && name != now
            {
                self.changes.push(compared.change(Action::Renamed(name.clone(), now.clone())).source());
            }
            if !from.zip(to).is_some_and(|(from, to)| self.same(from, to)) {
                let action = Action::between(from.map(|ty| self.before(ty, ids.0)), to.map(|ty| self.after(ty, ids.1)));
                self.changes.push(compared.change(action).source_if(from.is_some()));
            }
        }
        self.traits(path, ids, shapes);
    }

    /// The traits that unions have whose variants are all scalars.
    fn traits(&mut self, path: &str, ids: (TypeId, TypeId), shapes: (&Union, &Union)) {
        let (old, new) = (union_traits(self.old.model, shapes.0), union_traits(self.new.model, shapes.1));
        let only = |some: &[&str], all: &[&str]| {
            some.iter().filter(|one| !all.contains(one)).copied().collect::<Vec<_>>().join(", ")
        };
        let (lost, gained) = (only(&old, &new), only(&new, &old));
        let compared = self.of_types(Item::Type, path, ids);
        let (with, without) = (|traits: &str| format!("with {traits}"), |traits: &str| format!("without {traits}"));
        if !lost.is_empty() {
            self.changes.push(compared.change(Action::Changed(with(&lost), without(&lost))).source());
        }
        if !gained.is_empty() {
            self.changes.push(compared.change(Action::Changed(without(&gained), with(&gained))));
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
