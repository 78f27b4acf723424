//! The fields of a struct.

use super::accepts::{of_fields, of_types};
use super::comparison::Comparison;
use super::members::{Pair, join, pairs, similar, unpaired};
use crate::diff::change::{Action, Cause, Change, Compared, Deliveries, Item};
use webhook_codegen::emit::{Constructor, extra_name};
use webhook_codegen::model::{Field, Struct, TypeId};
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
            self.constructor(path, ids, shapes);
            return shapes.0.fields.iter().map(|field| (field.key.clone(), field.key.clone())).collect();
        }
        let (old, new) = (Record::new(ids.0, shapes.0), Record::new(ids.1, shapes.1));
        let mut found = pairs(&old.keys(), &new.keys());
        self.renamed(&old, &new, &mut found);
        let (mut keys, known) = (Vec::new(), self.changes.len());
        for (before, after) in found {
            let (was, is) = (before.map(|index| old.member(index)), after.map(|index| new.member(index)));
            keys.extend(was.zip(is).map(|(was, is)| (was.field.key.clone(), is.field.key.clone())));
            self.field(path, (&old, was), (&new, is));
        }
        self.extra(path, &old, &new);
        // Who changes code for a field sees the arguments as well.
        if !self.changes[known..].iter().any(|change| change.source) {
            self.constructor(path, ids, shapes);
        }
        keys
    }

    /// Whether a value is made of other arguments.
    fn constructor(&mut self, path: &str, ids: (TypeId, TypeId), shapes: (&Struct, &Struct)) {
        let old = Constructor::of(self.old.model, self.old.def(ids.0), shapes.0);
        let new = Constructor::of(self.new.model, self.new.def(ids.1), shapes.1);
        if old != new {
            let compared = self.of_types(Item::Constructor, path, ids);
            let action = Action::Changed(written(&old), written(&new));
            self.changes.push(compared.change(action).source_if(old != Constructor::None));
        }
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
                    && (is_alone || similar(from.name, to.name))
            };
            let similarity = |after: &usize| strsim::jaro_winkler(from.name, new.member(*after).name);
            let best = fresh.iter().filter(fits).max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
            best.filter(|_| !may_stay).into_iter().for_each(|after| join(pairs, before, *after));
        }
    }

    fn field(
        &mut self,
        path: &str,
        (old, was): (&Record<'_>, Option<Member<'_>>),
        (new, is): (&Record<'_>, Option<Member<'_>>),
    ) {
        let Some(Member { name, .. }) = is.or(was) else { return };
        let key = |member: Option<Member<'_>>| member.map_or("", |member| &member.field.key).to_owned();
        let at = (self.old.at_field(old.id, &key(was)), self.new.at_field(new.id, &key(is)));
        let compared = Compared::new(Item::Field, format!("{path}.{name}"), at.0, at.1);
        let compared = compared.events(self.new.events_with(new.id));
        if let (Some(was), Some(is)) = (was, is) {
            if was.name != is.name || was.field.key != is.field.key {
                self.changes.push(field_renamed(&compared, was, is, new));
            }
            if !self.is_said_by_type(was.field, is.field) {
                self.docs(&was.field.docs, &is.field.docs, &compared);
            }
            if self.same(&was.field.ty, &is.field.ty)
                && self.old.model.presence(was.field) == self.new.model.presence(is.field)
            {
                return;
            }
        }
        let (from, to) = (was.map(|was| was.field), is.map(|is| is.field));
        self.named.extend(from.and_then(|field| field.ty.named()));
        let wire = of_fields(self, (old.holder, new.holder), (from, to));
        let action = Action::between(
            from.map(|field| self.old.field_text(field, self.old.def(old.id).document)),
            to.map(|field| self.new.field_text(field, self.new.def(new.id).document)),
        );
        self.changes.push(compared.change(action).source_if(from.is_some()).wire(wire));
    }

    /// Whether what is said of both is said of their types, which are reported themselves.
    fn is_said_by_type(&self, from: &Field, to: &Field) -> bool {
        let (Some(old), Some(new)) = (from.ty.named(), to.ty.named()) else { return false };
        self.old.def(old).docs == from.docs && self.new.def(new).docs == to.docs
    }

    /// The field that keeps additional properties.
    fn extra(&mut self, path: &str, old: &Record<'_>, new: &Record<'_>) {
        let compared = self.of_types(Item::Field, format!("{path}.{}", new.extra), (old.id, new.id));
        if old.extra != new.extra {
            let action = Action::Renamed(old.extra.clone(), new.extra.clone());
            self.changes.push(compared.change(action).source());
        }
        let (from, to) = (&old.holder.extra, &new.holder.extra);
        if !self.same(from, to) {
            self.named.extend(from.named());
            let action = Action::Changed(
                self.old.map_text(from, self.old.def(old.id).document),
                self.new.map_text(to, self.new.def(new.id).document),
            );
            // An object without other keys has none of another type.
            let is_closed = (self.old.is_closed(old.id), self.new.is_closed(new.id));
            let mut wire = of_types(self, from, to);
            wire.retain(|one| match one.deliveries {
                Deliveries::New => !is_closed.1,
                Deliveries::Stored => !is_closed.0,
            });
            self.changes.push(compared.change(action).source().wire(wire));
        }
    }
}

/// How a value is made, as code.
fn written(constructor: &Constructor) -> String {
    match constructor {
        Constructor::Default => "default()".to_owned(),
        Constructor::New(arguments) => {
            let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
            format!("new({})", arguments.join(", "))
        }
        Constructor::None => "no constructor".to_owned(),
    }
}

/// Another name breaks code, unless that name is there for another key: then the code reads that.
fn field_renamed(compared: &Compared, old: Member<'_>, new: Member<'_>, record: &Record<'_>) -> Change {
    let key = |member: Member<'_>| format!("key `{}`", member.field.key);
    let change = compared.change(match old.name == new.name {
        true => Action::Renamed(key(old), key(new)),
        false => Action::Renamed(old.name.to_owned(), new.name.to_owned()),
    });
    let means_another = old.name == new.name || record.names.iter().any(|name| name == old.name);
    let change = change.source_if(!means_another);
    match means_another || old.field.key != new.field.key {
        true if new.field.required && old.field.required => change.wire_both(Cause::Missing),
        true => change.wire_both(Cause::Key),
        false => change,
    }
}
