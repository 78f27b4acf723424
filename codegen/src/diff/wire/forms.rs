//! The forms that a value may have, and which became which.

use super::words::{kinds_in_words, label};
use super::{Aspect, Both, Finding, Walk};
use crate::diff::draft::At;
use crate::schema::Kind;
use crate::schema::reader::{Form, Reader};

/// What became of null.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Null {
    AsBefore,
    Gone,
    New,
}

impl Null {
    /// Where anything was allowed, or is now, null is not what changed.
    pub fn of(old: &[Form<'_>], new: &[Form<'_>]) -> Self {
        let is_null = |forms: &[Form<'_>]| forms.iter().any(|form| form.kind == Kind::Null);
        let is_free =
            |forms: &[Form<'_>]| forms.len() == EVERY.len() && forms.iter().all(|form| form.facts.types.is_none());
        match (is_null(old), is_null(new)) {
            (true, false) if !is_free(old) => Self::Gone,
            (false, true) if !is_free(new) => Self::New,
            _ => Self::AsBefore,
        }
    }
}

impl<'a> Walk<'_, 'a> {
    pub(super) fn forms(&mut self, both: &Both<'a>, at: &At, old: &[Form<'a>], new: &[Form<'a>]) {
        self.kinds(both, at, old, new);
        let is_value = |form: &&Form<'a>| form.kind != Kind::Null;
        let (old, new): (Vec<_>, Vec<_>) =
            (old.iter().filter(is_value).collect(), new.iter().filter(is_value).collect());
        if let (Some(only), Some(now)) = (single(&old), single(&new)) {
            return self.form(only, now, at);
        }
        let mut taken = vec![false; new.len()];
        for form in &old {
            self.counterpart(both, at, form, &new, &mut taken);
        }
        self.added(both, at, &old, &new, &taken);
    }

    pub(super) fn null(&mut self, both: &Both<'a>, at: &At, null: Null) {
        let (from, to, note) = match null {
            Null::AsBefore => return,
            Null::Gone => ("may be null", "never null", "null is refused"),
            Null::New => ("never null", "may be null", "it may be null now"),
        };
        let finding = self.finding(both, at, (Aspect::Shape, "type", from.to_owned(), to.to_owned()), note);
        self.findings.push(Finding { is_null: true, is_narrower: null == Null::Gone, is_wire: true, ..finding });
    }

    /// The JSON types that are no longer allowed, or are now.
    fn kinds(&mut self, both: &Both<'a>, at: &At, old: &[Form<'a>], new: &[Form<'a>]) {
        let has = |forms: &[Form<'a>], kind: Kind| forms.iter().any(|form| form.kind.covers(kind));
        let gone = old.iter().any(|form| form.kind != Kind::Null && !has(new, form.kind));
        let added = new.iter().any(|form| form.kind != Kind::Null && !has(old, form.kind));
        let words = || (Aspect::Shape, "type", kinds_in_words(old), kinds_in_words(new));
        if gone {
            self.narrower(both, at, words(), "other values are refused");
        } else if added {
            self.wider(both, at, words(), "");
        }
    }

    /// Finds the new form that takes what an old one took, or else the one that it became.
    fn counterpart(&mut self, both: &Both<'a>, at: &At, old: &Form<'a>, new: &[&Form<'a>], taken: &mut [bool]) {
        let same_kind: Vec<_> = (0..new.len()).filter(|index| new[*index].kind.covers(old.kind)).collect();
        if same_kind.is_empty() {
            return;
        }
        let name = label(&mut self.old, old);
        let names: Vec<_> = new.iter().map(|form| label(&mut self.new, form)).collect();
        let called = same_kind.iter().copied().find(|index| names[*index] == name && !taken[*index]);
        let others = same_kind.iter().copied().filter(|index| Some(*index) != called);
        let found = called.into_iter().chain(others).find(|index| self.form_takes(old, new[*index], at));
        if let Some(found) = found {
            taken[found] = true;
            return self.form(old, new[found], at);
        }
        let free = same_kind.iter().copied().filter(|index| !taken[*index] && names[*index].is_empty());
        let became = called.or_else(|| free.into_iter().next()).or_else(|| single(&same_kind));
        match became {
            Some(index) => {
                taken[index] = true;
                self.form(old, new[index], at);
            }
            None => {
                let words = (Aspect::Form, keyword(old), format!("also {name}"), "no longer".to_owned());
                self.narrower(both, at, words, "values of that form are refused");
            }
        }
    }

    /// What is new in a choice. Where the choice is `oneOf`, a value that fits two forms fits none.
    fn added(&mut self, both: &Both<'a>, at: &At, old: &[&Form<'a>], new: &[&Form<'a>], taken: &[bool]) {
        for (index, form) in new.iter().enumerate().filter(|(index, _)| !taken[*index]) {
            if !old.iter().any(|known| known.kind == form.kind) && !form.is_exclusive {
                continue;
            }
            let rivals = new.iter().enumerate().filter(|(other, rival)| *other != index && rival.kind == form.kind);
            let rivals: Vec<_> = rivals.filter(|(other, _)| taken[*other]).map(|(_, rival)| *rival).collect();
            let overlaps = form.is_exclusive && rivals.iter().any(|rival| !are_apart(&mut self.new, form, rival));
            let name = label(&mut self.new, form);
            let words = (Aspect::Form, keyword(form), "no such form".to_owned(), format!("also {name}"));
            if overlaps {
                let note = "`oneOf` refuses a value that fits another form, too; the types take it";
                self.narrower(both, at, words, note);
            } else {
                self.wider(both, at, words, "");
            }
        }
    }

    fn form_takes(&mut self, old: &Form<'a>, new: &Form<'a>, at: &At) -> bool {
        let both = Both { old: old.nodes.clone(), new: new.nodes.clone() };
        let key = format!("{} {:?} {:?}", both.key(), old.kind, new.kind);
        self.takes(key, |walk| walk.form(old, new, at))
    }

    /// Compares two forms of one type.
    fn form(&mut self, old: &Form<'a>, new: &Form<'a>, at: &At) {
        let both = Both { old: old.nodes.clone(), new: new.nodes.clone() };
        let outer = self.ty;
        let at = match (old.branches.last(), new.branches.last()) {
            (Some(before), Some(after)) => {
                let (before, after) = (self.old.meant(before.clone()), self.new.meant(after.clone()));
                self.entered(&Both { old: vec![before], new: vec![after] }, at).unwrap_or_else(|| at.clone())
            }
            _ => at.clone(),
        };
        self.values(&both, &at, (old, new));
        self.bounds(&both, &at, (old, new));
        self.keywords(&both, &at, (old, new));
        match old.kind {
            Kind::Object => self.object(&both, &at, (&old.facts, &new.facts)),
            Kind::Array => self.array(&both, &at, (&old.facts, &new.facts)),
            Kind::String => self.content(&both, &at, (&old.facts, &new.facts)),
            _ => {}
        }
        self.ty = outer;
    }
}

const EVERY: [Kind; 6] = [Kind::Null, Kind::Boolean, Kind::Number, Kind::String, Kind::Array, Kind::Object];

fn single<T: Copy>(all: &[T]) -> Option<T> {
    match all {
        [only] => Some(*only),
        _ => None,
    }
}

fn keyword(form: &Form<'_>) -> &'static str {
    if form.is_exclusive { "oneOf" } else { "anyOf" }
}

/// Whether no value fits both forms: a property that both ask for has other values in each.
fn are_apart<'a>(reader: &mut Reader<'a>, left: &Form<'a>, right: &Form<'a>) -> bool {
    if let (Some(left), Some(right)) = (&left.facts.values, &right.facts.values) {
        return !left.iter().any(|value| right.contains(value));
    }
    let shared = left.facts.required.iter().filter(|key| right.facts.required.contains(*key));
    shared.into_iter().any(|key| {
        let nodes = left.facts.properties.get(key).zip(right.facts.properties.get(key));
        let Some((left, right)) = nodes else { return false };
        let (left, right) = (reader.values(left), reader.values(right));
        left.zip(right).is_some_and(|(left, right)| !left.iter().any(|value| right.contains(value)))
    })
}
