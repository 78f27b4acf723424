//! Least and greatest: numbers, lengths and counts.

use super::{Aspect, Both, Walk};
use crate::diff::draft::At;
use crate::schema::reader::Form;
use crate::schema::{Facts, Kind};
use serde_json::Value;

/// A limit on one side: the keyword, the value, and whether that itself is out.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bound<'b> {
    keyword: &'b str,
    value: f64,
    excludes: bool,
}

/// The keywords of a limit: the plain one, and the one that excludes its value.
struct Limit {
    kind: Kind,
    keyword: &'static str,
    excluding: &'static str,
    is_least: bool,
}

const LIMITS: [Limit; 8] = [
    Limit { kind: Kind::Number, keyword: "minimum", excluding: "exclusiveMinimum", is_least: true },
    Limit { kind: Kind::Number, keyword: "maximum", excluding: "exclusiveMaximum", is_least: false },
    Limit { kind: Kind::String, keyword: "minLength", excluding: "", is_least: true },
    Limit { kind: Kind::String, keyword: "maxLength", excluding: "", is_least: false },
    Limit { kind: Kind::Array, keyword: "minItems", excluding: "", is_least: true },
    Limit { kind: Kind::Array, keyword: "maxItems", excluding: "", is_least: false },
    Limit { kind: Kind::Object, keyword: "minProperties", excluding: "", is_least: true },
    Limit { kind: Kind::Object, keyword: "maxProperties", excluding: "", is_least: false },
];

impl<'a> Walk<'_, 'a> {
    pub(super) fn bounds(&mut self, both: &Both<'a>, at: &At, (old, new): (&Form<'a>, &Form<'a>)) {
        for limit in LIMITS.iter().filter(|limit| limit.kind.covers(old.kind)) {
            let (before, after) = (limit.tightest(&old.facts), limit.tightest(&new.facts));
            if before == after {
                continue;
            }
            let keyword = after.or(before).map_or(limit.keyword, |bound| bound.keyword).to_owned();
            let words = (Aspect::Limit, keyword.as_str(), limit.shown(before), limit.shown(after));
            if after.is_some_and(|after| limit.is_tighter(after, before)) {
                self.narrower(both, at, words, "not checked by the types");
            } else {
                self.wider(both, at, words, "");
            }
        }
    }
}

impl Limit {
    /// The bound that counts where several apply.
    fn tightest<'f>(&self, facts: &Facts<'f>) -> Option<Bound<'f>> {
        let own = facts.unsaid.iter().filter(|(key, _)| *key == self.keyword || *key == self.excluding);
        let is_flag =
            |key: &str| facts.unsaid.iter().any(|(other, value)| *other == key && **value == Value::Bool(true));
        let bounds = own.filter_map(|(keyword, value)| {
            // OpenAPI 3.0 writes whether the limit itself is out as a flag.
            let excludes = *keyword == self.excluding || is_flag(self.excluding);
            Some(Bound { keyword, value: value.as_f64()?, excludes })
        });
        bounds
            .reduce(|best, bound| if self.is_tighter(bound, Some(best)) { bound } else { best })
            .filter(|bound| !(self.is_least && self.kind != Kind::Number && bound.value <= 0.0))
    }

    fn is_tighter(&self, bound: Bound<'_>, than: Option<Bound<'_>>) -> bool {
        let Some(than) = than else { return true };
        let (bound_value, than_value) =
            if self.is_least { (bound.value, than.value) } else { (-bound.value, -than.value) };
        bound_value > than_value || (bound_value == than_value && bound.excludes && !than.excludes)
    }

    fn shown(&self, bound: Option<Bound<'_>>) -> String {
        match bound {
            None => format!("no `{}`", self.keyword),
            Some(Bound { keyword, value, .. }) => format!("`{keyword}` {value}"),
        }
    }
}
