//! The variants of enums: listed values, and the forms of a choice.

use super::members::{Pair, pairs};
use super::{Api, Draft, Kind};
use crate::diff::draft::{At, Reach};
use crate::model::{TypeId, Union};
use crate::name;

/// What a variant stands for, and what it is called.
type Named<'v> = Vec<(&'v str, String)>;

fn values(values: &[String]) -> Named<'_> {
    let names = name::variants(values.iter().map(String::as_str), "Other");
    values.iter().map(String::as_str).zip(names.iter().map(ToString::to_string)).collect()
}

/// The forms by their names alone: several may have one label, by which a body does not tell them apart anyway.
fn labels(union: &Union) -> Vec<String> {
    let labels = union.variants.iter().map(|variant| variant.label.as_str());
    name::variants(labels, "Other").iter().map(ToString::to_string).collect()
}

fn named(names: &[String]) -> Named<'_> {
    names.iter().map(|name| (name.as_str(), name.clone())).collect()
}

impl Api<'_, '_> {
    /// Compares lists of values. A new one breaks nothing: the enum is open.
    pub(super) fn enums(&mut self, at: &At, ids: (TypeId, TypeId), shapes: (&[String], &[String])) {
        let (old, new) = (values(shapes.0), values(shapes.1));
        for pair in pairs(&old, &new) {
            let draft = match pair {
                Pair::Key(before, after) | Pair::Name(before, after) if old[before] == new[after] => continue,
                Pair::Key(before, after) => {
                    let ((_, name), (value, now)) = (&old[before], &new[after]);
                    let is_taken = new.iter().any(|(_, name)| *name == old[before].1);
                    let draft = Draft::new(Kind::ValueRenamed, at.part(value, format!("{}::{now}", at.shown)));
                    let draft = draft.from(name.as_str()).to(now.as_str());
                    if is_taken { draft.wire("its old name means another value now") } else { draft.source() }
                }
                Pair::Name(before, after) => {
                    let ((was, _), (value, name)) = (&old[before], &new[after]);
                    let draft = Draft::new(Kind::ValueRenamed, at.part(value, format!("{}::{name}", at.shown)));
                    let draft = draft.from(format!("{was:?}")).to(format!("{value:?}")).was(was);
                    draft.wire("it means another value now")
                }
                Pair::Gone(index) => {
                    let (value, name) = &old[index];
                    let draft = Draft::new(Kind::ValueRemoved, at.part(value, format!("{}::{name}", at.shown)));
                    draft.source().from(format!("{value:?}")).note("it arrives as `Other`")
                }
                Pair::Fresh(index) => {
                    let (value, name) = &new[index];
                    let draft = Draft::new(Kind::ValueAdded, at.part(value, format!("{}::{name}", at.shown)));
                    draft.to(format!("{value:?}")).note("it arrived as `Other`")
                }
            };
            self.push(self.of_types(draft, ids));
        }
    }

    /// Compares the forms of a choice.
    pub(super) fn unions(&mut self, at: &At, ids: (TypeId, TypeId), shapes: (&Union, &Union)) {
        let (before, after) = (labels(shapes.0), labels(shapes.1));
        let (old, new) = (named(&before), named(&after));
        let mut pairs = pairs(&old, &new);
        self.relabelled(shapes, &mut pairs);
        for pair in pairs {
            match pair {
                Pair::Key(before, after) | Pair::Name(before, after) => {
                    self.variant(at, ids, shapes, (&old[before], before), (&new[after], after));
                }
                Pair::Gone(index) => {
                    let (label, name) = &old[index];
                    let text = self.old.text(&shapes.0.variants[index].ty, self.old.def(ids.0).document);
                    let draft = Draft::new(Kind::VariantRemoved, at.part(label, format!("{}::{name}", at.shown)));
                    self.push(self.of_types(draft.source().from(text), ids));
                }
                Pair::Fresh(index) => {
                    let (label, name) = &new[index];
                    let text = self.new.text(&shapes.1.variants[index].ty, self.new.def(ids.1).document);
                    let draft = Draft::new(Kind::VariantAdded, at.part(label, format!("{}::{name}", at.shown)));
                    self.push(self.of_types(draft.to(text), ids));
                }
            }
        }
    }

    /// A form that is gone, and a new one of the same type, are one with another name.
    fn relabelled(&self, shapes: (&Union, &Union), pairs: &mut Vec<Pair>) {
        let gone: Vec<_> =
            pairs.iter().filter_map(|pair| if let Pair::Gone(at) = pair { Some(*at) } else { None }).collect();
        for before in gone {
            let ty = &shapes.0.variants[before].ty;
            let fits = |pair: &&mut Pair| matches!(pair, Pair::Fresh(at) if self.same(ty, &shapes.1.variants[*at].ty));
            let Some(slot) = pairs.iter_mut().find(fits) else { continue };
            if let Pair::Fresh(after) = *slot {
                *slot = Pair::Name(before, after);
                pairs.retain(|pair| *pair != Pair::Gone(before));
            }
        }
    }

    fn variant(
        &mut self,
        at: &At,
        ids: (TypeId, TypeId),
        shapes: (&Union, &Union),
        ((_, name), before): (&(&str, String), usize),
        ((label, now), after): (&(&str, String), usize),
    ) {
        let part = at.part(label, format!("{}::{now}", at.shown));
        let (from, to) = (&shapes.0.variants[before].ty, &shapes.1.variants[after].ty);
        if name != now {
            let draft = Draft::new(Kind::VariantRenamed, part.clone()).source().from(name.as_str()).to(now.as_str());
            self.push(self.of_types(draft, ids));
        }
        if !self.same(from, to) {
            let texts =
                (self.old.text(from, self.old.def(ids.0).document), self.new.text(to, self.new.def(ids.1).document));
            let draft = Draft::new(Kind::VariantChanged, part).source().from(texts.0).to(texts.1);
            self.push(self.of_types(draft, ids));
        }
    }

    /// At the types' places, for the events that hold the new one.
    pub(super) fn of_types(&self, draft: Draft, ids: (TypeId, TypeId)) -> Draft {
        draft.places(Some(self.old.spot(ids.0)), Some(self.new.spot(ids.1))).reach(Reach::New(ids.1))
    }
}
