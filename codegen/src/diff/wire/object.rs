//! Properties, items, and what stands inside a text.

use super::words::schema_in_words;
use super::{Aspect, Both, Walk};
use crate::diff::draft::{At, EXTRA};
use crate::schema::{Facts, Node, is_annotation};
use serde_json::Value;

/// For keys that the documents refuse.
const TYPES_KEEP: &str = "the types keep them all the same";

impl<'a> Walk<'_, 'a> {
    /// A field as code calls it; by its key where the type has no such field.
    fn key_path(&mut self, at: &At, key: &str) -> String {
        let is_own = at.member.is_none() || at.shown.ends_with("[]");
        let name = self.ty.filter(|_| is_own).and_then(|ty| {
            let after = self.after;
            self.fields.entry(ty).or_insert_with(|| after.fields(ty)).get(key).cloned()
        });
        format!("{}.{}", at.shown, name.unwrap_or_else(|| key.to_owned()))
    }

    pub(super) fn object(&mut self, both: &Both<'a>, at: &At, facts: (&Facts<'a>, &Facts<'a>)) {
        let (old, new) = facts;
        for (key, before) in &old.properties {
            let at = at.part(key, self.key_path(at, key));
            match new.properties.get(key) {
                Some(after) => self.compare(Both { old: before.clone(), new: after.clone() }, &at),
                None => self.undeclared(both, &at, before, new),
            }
        }
        for (key, after) in new.properties.iter().filter(|(key, _)| !old.properties.contains_key(*key)) {
            let typed: Vec<_> = old.additional.iter().filter(|node| says(node)).cloned().collect();
            if !typed.is_empty() && !is_closed(old) {
                let at = at.part(key, self.key_path(at, key));
                self.compare(Both { old: typed, new: after.clone() }, &at);
            }
        }
        self.required(both, at, facts);
        self.additional(both, at, facts);
        self.patterns(both, at, facts);
    }

    /// A key that is no longer declared falls to what undeclared keys must be.
    fn undeclared(&mut self, both: &Both<'a>, at: &At, before: &[Node<'a>], new: &Facts<'a>) {
        if is_closed(new) {
            let words = (Aspect::Shape, "additionalProperties", "declared".to_owned(), "refused".to_owned());
            return self.narrower(both, at, words, TYPES_KEEP);
        }
        let typed: Vec<_> = new.additional.iter().filter(|node| says(node)).cloned().collect();
        if !typed.is_empty() {
            self.compare(Both { old: before.to_vec(), new: typed }, at);
        }
    }

    fn required(&mut self, both: &Both<'a>, at: &At, (old, new): (&Facts<'a>, &Facts<'a>)) {
        let words = |from: &str, to: &str| (Aspect::Shape, "required", from.to_owned(), to.to_owned());
        for key in new.required.difference(&old.required) {
            let at = at.part(key, self.key_path(at, key));
            self.narrower(both, &at, words("optional", "required"), "a body without it is refused");
        }
        for key in old.required.difference(&new.required) {
            let at = at.part(key, self.key_path(at, key));
            self.weaker(both, &at, words("required", "optional"), "it may be missing now");
        }
    }

    fn additional(&mut self, both: &Both<'a>, at: &At, (old, new): (&Facts<'a>, &Facts<'a>)) {
        let is_record = !new.properties.is_empty() || !old.properties.is_empty();
        let shown = if is_record { format!("{}.extra", at.shown) } else { format!("{}{{}}", at.shown) };
        let at = if is_record { at.part(EXTRA, shown) } else { At { shown, ..at.clone() } };
        let typed = |facts: &Facts<'a>| facts.additional.iter().filter(|node| says(node)).cloned().collect::<Vec<_>>();
        let (before, after) = (typed(old), typed(new));
        let words = |from: &str, to: &str| (Aspect::Shape, "additionalProperties", from.to_owned(), to.to_owned());
        match (is_closed(old), is_closed(new)) {
            (false, true) => self.narrower(both, &at, words("undeclared keys", "none"), TYPES_KEEP),
            (true, false) => self.wider(both, &at, words("no undeclared keys", "any"), ""),
            (true, true) => {}
            (false, false) => match (before.is_empty(), after.is_empty()) {
                (true, true) => {}
                (false, true) => self.wider(both, &at, words("of one schema", "any"), ""),
                (true, false) => {
                    let after = schema_in_words(&after);
                    self.narrower(both, &at, words("any", &after), "undeclared keys with other values are refused");
                }
                (false, false) => self.compare(Both { old: before, new: after }, &at),
            },
        }
    }

    fn patterns(&mut self, both: &Both<'a>, at: &At, (old, new): (&Facts<'a>, &Facts<'a>)) {
        let pattern = |node: &Node<'_>| node.pointer.rsplit('/').next().unwrap_or_default().to_owned();
        let at = At { shown: format!("{}{{}}", at.shown), ..at.clone() };
        for after in &new.patterns {
            match old.patterns.iter().find(|node| pattern(node) == pattern(after)) {
                Some(before) => self.compare(Both { old: vec![before.clone()], new: vec![after.clone()] }, &at),
                None if !is_closed(old) => {
                    let to = format!("`{}`: {}", pattern(after), schema_in_words(std::slice::from_ref(after)));
                    let words = (Aspect::Limit, "patternProperties", "any".to_owned(), to);
                    self.narrower(both, &at, words, "keys of that pattern with other values are refused");
                }
                None => {}
            }
        }
        let gone = |node: &&Node<'a>| !new.patterns.iter().any(|other| pattern(other) == pattern(node));
        for before in old.patterns.iter().filter(gone).filter(|_| is_closed(new)) {
            let words = (Aspect::Limit, "patternProperties", format!("`{}`", pattern(before)), "none".to_owned());
            self.narrower(both, &at, words, TYPES_KEEP);
        }
    }

    pub(super) fn array(&mut self, both: &Both<'a>, at: &At, (old, new): (&Facts<'a>, &Facts<'a>)) {
        let inside = |index: &str| At { shown: format!("{}[{index}]", at.shown), ..at.clone() };
        let longest = old.prefix_items.len().max(new.prefix_items.len());
        for index in 0..longest {
            let item = |facts: &Facts<'a>| match facts.prefix_items.get(index) {
                Some(node) => vec![node.clone()],
                None => facts.items.clone(),
            };
            self.items(both, Both { old: item(old), new: item(new) }, &inside(&index.to_string()));
        }
        self.items(both, Both { old: old.items.clone(), new: new.items.clone() }, &inside(""));
    }

    fn items(&mut self, both: &Both<'a>, items: Both<'a>, at: &At) {
        match (items.old.iter().any(says), items.new.iter().any(says)) {
            (false, true) if !items.old.iter().any(is_false) => {
                let words = (Aspect::Shape, "items", "any items".to_owned(), schema_in_words(&items.new));
                self.narrower(both, at, words, "other items are refused");
            }
            (true, true) => self.compare(items, at),
            (true, false) if items.new.iter().any(is_false) => {
                let words = (Aspect::Shape, "items", schema_in_words(&items.old), "no items".to_owned());
                self.narrower(both, at, words, "items are refused");
            }
            (true, false) => {
                let words = (Aspect::Shape, "items", schema_in_words(&items.old), "any items".to_owned());
                self.wider(both, at, words, "");
            }
            _ => {}
        }
    }

    pub(super) fn content(&mut self, both: &Both<'a>, at: &At, (old, new): (&Facts<'a>, &Facts<'a>)) {
        match (&old.content, &new.content) {
            (Some(old), Some(new)) => self.compare(Both { old: vec![old.clone()], new: vec![new.clone()] }, at),
            (None, Some(_)) => {
                let words = (Aspect::Shape, "contentSchema", "text".to_owned(), "JSON in a text".to_owned());
                self.weaker(both, at, words, "the types refuse text that is no such JSON");
            }
            _ => {}
        }
    }
}

/// Whether a schema says anything about a value.
fn says(node: &Node<'_>) -> bool {
    !node.value.is_boolean() && node.keys().any(|key| !is_annotation(key))
}

fn is_false(node: &Node<'_>) -> bool {
    *node.value == Value::Bool(false)
}

/// Whether no key may stand there that is not declared.
fn is_closed(facts: &Facts<'_>) -> bool {
    facts.additional.iter().any(is_false)
        || facts.unsaid.iter().any(|(key, value)| *key == "unevaluatedProperties" && **value == Value::Bool(false))
}
