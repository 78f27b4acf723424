//! The fields of a struct.

use super::members::{Pair, alike, pairs};
use super::{Api, Draft, Kind};
use crate::diff::draft::{At, EXTRA, Reach};
use crate::emit::extra_name;
use crate::model::{Field, Struct, TypeId};
use crate::name;

/// A struct on one side.
struct Record<'r> {
    id: TypeId,
    document: usize,
    fields: &'r [Field],
    /// By their index.
    names: Vec<String>,
    extra: String,
}

impl<'r> Record<'r> {
    fn new(id: TypeId, document: usize, record: &'r Struct) -> Self {
        let names = name::fields(record.fields.iter().map(|field| field.key.as_str()));
        let extra = extra_name(&names).to_string();
        Self { id, document, fields: &record.fields, names: names.iter().map(ToString::to_string).collect(), extra }
    }

    fn keys(&self) -> Vec<(&'r str, String)> {
        self.fields.iter().map(|field| field.key.as_str()).zip(self.names.iter().cloned()).collect()
    }
}

impl Api<'_, '_> {
    /// Compares the structs of an old and a new type; `at` is how the type is called now.
    pub(super) fn structs(&mut self, at: &At, ids: (TypeId, TypeId), shapes: (&Struct, &Struct)) {
        if self.are_equal(shapes.0, shapes.1) {
            return;
        }
        let old = Record::new(ids.0, self.old.def(ids.0).document, shapes.0);
        let new = Record::new(ids.1, self.new.def(ids.1).document, shapes.1);
        let mut pairs = pairs(&old.keys(), &new.keys());
        self.renamed(&old, &new, &mut pairs);
        for pair in pairs {
            match pair {
                Pair::Key(before, after) | Pair::Name(before, after) => self.field(at, (&old, before), (&new, after)),
                Pair::Gone(index) => self.field_gone(at, &old, index, &new),
                Pair::Fresh(index) => self.field_added(at, &new, index),
            }
        }
        self.extra(at, (&old, &shapes.0.extra), (&new, &shapes.1.extra));
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

    /// What is gone and what is new may be one field with another name.
    fn renamed(&self, old: &Record<'_>, new: &Record<'_>, pairs: &mut Vec<Pair>) {
        let gone: Vec<_> =
            pairs.iter().filter_map(|pair| if let Pair::Gone(at) = pair { Some(*at) } else { None }).collect();
        for before in gone {
            let fresh = |pair: &Pair| if let Pair::Fresh(at) = pair { Some(*at) } else { None };
            let fresh: Vec<_> = pairs.iter().filter_map(fresh).collect();
            let fits = |after: &&usize| {
                let (from, to) = (&old.fields[before], &new.fields[**after]);
                let is_alone = fresh.len() == 1 && before == **after;
                self.same(&from.ty, &to.ty)
                    && (from.required, from.nullable) == (to.required, to.nullable)
                    && (is_alone || alike(&old.names[before], &new.names[**after]))
            };
            let similarity = |after: &usize| strsim::jaro_winkler(&old.names[before], &new.names[*after]);
            let best = fresh.iter().filter(fits).max_by(|a, b| similarity(a).total_cmp(&similarity(b))).copied();
            if let Some(after) = best {
                pairs.retain(|pair| !matches!(pair, Pair::Gone(at) if *at == before));
                let slot = pairs.iter_mut().find(|pair| matches!(pair, Pair::Fresh(at) if *at == after));
                slot.into_iter().for_each(|slot| *slot = Pair::Name(before, after));
            }
        }
    }

    fn field(&mut self, at: &At, (old, before): (&Record<'_>, usize), (new, after): (&Record<'_>, usize)) {
        let (from, to) = (&old.fields[before], &new.fields[after]);
        let (name, now) = (&old.names[before], &new.names[after]);
        let part = at.part(&to.key, format!("{}.{now}", at.shown));
        let spots = (self.old.property(old.id, &from.key), self.new.property(new.id, &to.key));
        let reach = Reach::New(new.id);
        let place = |draft: Draft| draft.places(Some(spots.0.clone()), Some(spots.1.clone())).reach(reach.clone());
        if name != now || from.key != to.key {
            let draft = self.field_renamed(&part, (name, &from.key), (now, &to.key), new);
            self.push(place(draft));
        }
        let presence = (self.old.model.presence(from), self.new.model.presence(to));
        if !self.same(&from.ty, &to.ty) || presence.0 != presence.1 {
            let (was, is) = (self.old.field_text(from, old.document), self.new.field_text(to, new.document));
            self.push(place(Draft::new(Kind::FieldChanged, part.clone()).source().from(was).to(is)));
        }
        if !self.is_said_by_type(from, to) {
            self.docs(&part, (&from.docs, &to.docs), spots, reach);
        }
    }

    /// Another name breaks code, unless that name is there for another key: then the code reads that.
    fn field_renamed(&self, part: &At, old: (&str, &str), new: (&str, &str), record: &Record<'_>) -> Draft {
        let draft = Draft::new(Kind::FieldRenamed, part.clone()).was(old.1);
        if old.0 == new.0 {
            return draft
                .from(format!("key `{}`", old.1))
                .to(format!("key `{}`", new.1))
                .wire("it reads another key now");
        }
        let draft = draft.from(old.0).to(new.0);
        if record.names.iter().any(|name| name == old.0) {
            return draft.wire("its old name means another key now");
        }
        let draft = draft.source();
        if old.1 == new.1 { draft } else { draft.wire(&format!("the key is `{}` now, not `{}`", new.1, old.1)) }
    }

    /// Whether what is said of both is said of their types, which are reported themselves.
    fn is_said_by_type(&self, from: &Field, to: &Field) -> bool {
        let (Some(old), Some(new)) = (from.ty.named(), to.ty.named()) else { return false };
        self.old.def(old).docs == from.docs && self.new.def(new).docs == to.docs
    }

    fn field_gone(&mut self, at: &At, old: &Record<'_>, index: usize, new: &Record<'_>) {
        let field = &old.fields[index];
        let part = at.part(&field.key, format!("{}.{}", at.shown, old.names[index]));
        let text = self.old.field_text(field, old.document);
        let spots = (Some(self.old.property(old.id, &field.key)), Some(self.new.spot(new.id)));
        let draft = Draft::new(Kind::FieldRemoved, part).source().from(text).places(spots.0, spots.1);
        self.push(draft.reach(Reach::New(new.id)));
    }

    fn field_added(&mut self, at: &At, new: &Record<'_>, index: usize) {
        let field = &new.fields[index];
        let part = at.part(&field.key, format!("{}.{}", at.shown, new.names[index]));
        let text = self.new.field_text(field, new.document);
        let draft = Draft::new(Kind::FieldAdded, part).to(text);
        self.push(draft.places(None, Some(self.new.property(new.id, &field.key))).reach(Reach::New(new.id)));
    }

    /// The field that keeps undeclared keys.
    fn extra(
        &mut self,
        at: &At,
        (old, from): (&Record<'_>, &crate::model::Type),
        (new, to): (&Record<'_>, &crate::model::Type),
    ) {
        let part = at.part(EXTRA, format!("{}.{}", at.shown, new.extra));
        let spots = (Some(self.old.spot(old.id)), Some(self.new.spot(new.id)));
        let place = |draft: Draft| draft.places(spots.0.clone(), spots.1.clone()).reach(Reach::New(new.id));
        if old.extra != new.extra {
            let draft = Draft::new(Kind::FieldRenamed, part.clone()).source().from(old.extra.as_str());
            self.push(place(draft.to(new.extra.as_str()).note("a declared key has its name now, or no longer")));
        }
        if !self.same(from, to) {
            let (was, is) = (self.old.map_text(from, old.document), self.new.map_text(to, new.document));
            self.push(place(Draft::new(Kind::FieldChanged, part).source().from(was).to(is)));
        }
    }
}
