//! The fields of a struct.

use super::accepts;
use super::accepts::of_fields;
use super::comparison::Comparison;
use super::members::{Pair, alike, join, pairs, unpaired};
use crate::diff::change::{Action, Cause, Change, Deliveries, Item, Part};
use webhook_codegen::emit::extra_name;
use webhook_codegen::model::{Field, Struct, Type, TypeId};
use webhook_codegen::name;

/// A struct on one side.
struct Record<'r> {
    id: TypeId,
    holder: &'r Struct,
    /// The names of the fields, by their index.
    names: Vec<String>,
    extra: String,
}

impl<'r> Record<'r> {
    fn new(id: TypeId, holder: &'r Struct) -> Self {
        let names = name::fields(holder);
        let extra = extra_name(&names).to_string();
        Self { id, holder, names: names.iter().map(ToString::to_string).collect(), extra }
    }

    fn keys(&self) -> Vec<(&'r str, String)> {
        self.holder.fields.iter().map(|field| field.key.as_str()).zip(self.names.iter().cloned()).collect()
    }

    fn member(&self, index: usize) -> Member<'_> {
        Member { field: &self.holder.fields[index], name: &self.names[index] }
    }
}

/// A field on one side, with its name.
#[derive(Clone, Copy)]
struct Member<'m> {
    field: &'m Field,
    name: &'m str,
}

impl Comparison<'_, '_> {
    /// Compares the structs of an old and a new type; `path` is how the type is called now. The pairs of keys that are one
    /// field.
    pub(super) fn structs(
        &mut self,
        path: &str,
        ids: (TypeId, TypeId),
        shapes: (&Struct, &Struct),
    ) -> Vec<(String, String)> {
        if self.are_equal(shapes.0, shapes.1) {
            return shapes.0.fields.iter().map(|field| (field.key.clone(), field.key.clone())).collect();
        }
        let (old, new) = (Record::new(ids.0, shapes.0), Record::new(ids.1, shapes.1));
        let mut found = pairs(&old.keys(), &new.keys());
        self.renamed(&old, &new, &mut found);
        let mut keys = Vec::new();
        for pair in found {
            match pair {
                Pair::Key(before, after) | Pair::Name(before, after) => {
                    keys.push((old.member(before).field.key.clone(), new.member(after).field.key.clone()));
                    self.field(path, (&old, before), (&new, after));
                }
                Pair::Gone(index) => self.field_gone(path, (&old, index), &new),
                Pair::Fresh(index) => self.field_added(path, &old, (&new, index)),
            }
        }
        self.extra(path, &old, &new);
        keys
    }

    /// Whether nothing differs at all, as in most structs of a long document: names are not even made for it.
    fn are_equal(&self, old: &Struct, new: &Struct) -> bool {
        let same = |(from, to): (&Field, &Field)| {
            (&from.key, from.required, from.nullable, &from.docs) == (&to.key, to.required, to.nullable, &to.docs)
                && self.same(&from.ty, &to.ty)
                && self.old.model.presence(from) == self.new.model.presence(to)
        };
        old.fields.len() == new.fields.len()
            && old.fields.iter().zip(&new.fields).all(same)
            && self.same(&old.extra, &new.extra)
    }

    /// What is gone and what is new may be one field with another name: not where bodies may still have the old key.
    fn renamed(&self, old: &Record<'_>, new: &Record<'_>, pairs: &mut Vec<Pair>) {
        for before in unpaired(pairs).0 {
            let (from, fresh) = (old.member(before), unpaired(pairs).1);
            let may_stay = !from.field.required && !self.new.is_closed(new.id);
            let fits = |after: &&usize| {
                let to = new.member(**after);
                let is_alone = fresh.len() == 1 && before == **after;
                self.same(&from.field.ty, &to.field.ty)
                    && (from.field.required, from.field.nullable) == (to.field.required, to.field.nullable)
                    && (is_alone || alike(from.name, to.name))
            };
            let similarity = |after: &usize| strsim::jaro_winkler(from.name, new.member(*after).name);
            let best = fresh.iter().filter(fits).max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
            best.filter(|_| !may_stay).into_iter().for_each(|after| join(pairs, before, *after));
        }
    }

    fn field(&mut self, path: &str, (old, before): (&Record<'_>, usize), (new, after): (&Record<'_>, usize)) {
        let (was, is) = (old.member(before), new.member(after));
        let (from, to) = (was.field, is.field);
        let path = format!("{path}.{}", is.name);
        let at = (self.old.at_field(old.id, &from.key), self.new.at_field(new.id, &to.key));
        let events = self.new.events_with(new.id);
        let place = |change: Change| change.at(at.0.clone(), at.1.clone()).events(events.clone());
        if was.name != is.name || from.key != to.key {
            self.push(place(field_renamed(&path, was, is, new)));
        }
        let presence = (self.old.model.presence(from), self.new.model.presence(to));
        let wire = of_fields(self, (old.holder, new.holder), (Some(from), Some(to)));
        if !self.same(&from.ty, &to.ty) || presence.0 != presence.1 {
            self.named.extend(from.ty.named());
            let text = (
                Part::Type(self.old.field_text(from, self.old.def(old.id).document)),
                Part::Type(self.new.field_text(to, self.new.def(new.id).document)),
            );
            let change = Change::new(Item::Field, path.as_str(), Action::Changed(text.0, text.1));
            self.push(place(change.source().wire(wire)));
        }
        if !self.is_said_by_type(from, to) {
            self.docs(&from.docs, &to.docs, |action| place(Change::new(Item::Field, path.as_str(), action)));
        }
    }

    /// Whether what is said of both is said of their types, which are reported themselves.
    fn is_said_by_type(&self, from: &Field, to: &Field) -> bool {
        let (Some(old), Some(new)) = (from.ty.named(), to.ty.named()) else { return false };
        self.old.def(old).docs == from.docs && self.new.def(new).docs == to.docs
    }

    fn field_gone(&mut self, path: &str, (old, index): (&Record<'_>, usize), new: &Record<'_>) {
        let Member { field, name } = old.member(index);
        self.named.extend(field.ty.named());
        let text = Part::Type(self.old.field_text(field, self.old.def(old.id).document));
        let wire = of_fields(self, (old.holder, new.holder), (Some(field), None));
        let change = Change::new(Item::Field, format!("{path}.{name}"), Action::Removed(Some(text))).source();
        let at = (self.old.at_field(old.id, &field.key), self.new.at(new.id));
        self.push(change.wire(wire).at(at.0, at.1).events(self.new.events_with(new.id)));
    }

    fn field_added(&mut self, path: &str, old: &Record<'_>, (new, index): (&Record<'_>, usize)) {
        let Member { field, name } = new.member(index);
        let text = Part::Type(self.new.field_text(field, self.new.def(new.id).document));
        let wire = of_fields(self, (old.holder, new.holder), (None, Some(field)));
        let change = Change::new(Item::Field, format!("{path}.{name}"), Action::Added(Some(text))).wire(wire);
        let at = (self.old.at(old.id), self.new.at_field(new.id, &field.key));
        self.push(change.at(at.0, at.1).events(self.new.events_with(new.id)));
    }

    /// The field that keeps additional properties.
    fn extra(&mut self, path: &str, old: &Record<'_>, new: &Record<'_>) {
        let path = format!("{path}.{}", new.extra);
        if old.extra != new.extra {
            let action = Action::Renamed(Part::Name(old.extra.clone()), Part::Name(new.extra.clone()));
            let change = Change::new(Item::Field, path.as_str(), action).source();
            self.push(self.of_types(change, (old.id, new.id)));
        }
        let (from, to) = (&old.holder.extra, &new.holder.extra);
        if !self.same(from, to) {
            self.named.extend(from.named());
            let text = (
                Part::Type(self.old.map_text(from, self.old.def(old.id).document)),
                Part::Type(self.new.map_text(to, self.new.def(new.id).document)),
            );
            // An object without other keys has none of another type.
            let sent = |is_closed: bool, ty: &Type| if is_closed { None } else { Some(ty.clone()) };
            let sent = (sent(self.old.is_closed(old.id), from), sent(self.new.is_closed(new.id), to));
            let mut wire = accepts::of_types(self, from, to);
            wire.retain(|one| match one.deliveries {
                Deliveries::New => sent.1.is_some(),
                Deliveries::Stored => sent.0.is_some(),
            });
            let change = Change::new(Item::Field, path, Action::Changed(text.0, text.1)).source().wire(wire);
            self.push(self.of_types(change, (old.id, new.id)));
        }
    }
}

/// Another name breaks code, unless that name is there for another key: then the code reads that.
fn field_renamed(path: &str, old: Member<'_>, new: Member<'_>, record: &Record<'_>) -> Change {
    let (from, to) = match old.name == new.name {
        true => (Part::Key(old.field.key.clone()), Part::Key(new.field.key.clone())),
        false => (Part::Name(old.name.to_owned()), Part::Name(new.name.to_owned())),
    };
    let change = Change::new(Item::Field, path, Action::Renamed(from, to));
    let means_another = old.name == new.name || record.names.iter().any(|name| name == old.name);
    let change = change.source_if(!means_another);
    match means_another || old.field.key != new.field.key {
        true if new.field.required && old.field.required => change.wire_both(Cause::Missing),
        true => change.wire_both(Cause::Key),
        false => change,
    }
}
