//! Listed values, formats, and the keywords whose meaning is not looked into: where they differ, the new ones may
//! refuse what the old ones took.

use super::words::values_in_words;
use super::{Aspect, Both, Walk};
use crate::diff::draft::At;
use crate::schema::reader::{Form, Reader};
use crate::schema::{Facts, Kind, Node, is_annotation};
use serde_json::{Map, Value};

/// The keywords that apply to one type, and are no bounds (JSON Schema 2020-12, Core section 10 and Validation 6).
const OF_TYPE: [(&str, Kind); 11] = [
    ("pattern", Kind::String),
    ("multipleOf", Kind::Number),
    ("uniqueItems", Kind::Array),
    ("contains", Kind::Array),
    ("minContains", Kind::Array),
    ("maxContains", Kind::Array),
    ("unevaluatedItems", Kind::Array),
    ("propertyNames", Kind::Object),
    ("dependentRequired", Kind::Object),
    ("dependentSchemas", Kind::Object),
    ("unevaluatedProperties", Kind::Object),
];
const OF_ANY: [&str; 4] = ["not", "if", "then", "else"];
/// So deep references are followed.
const DEEPEST: usize = 8;

impl<'a> Walk<'_, 'a> {
    pub(super) fn values(&mut self, both: &Both<'a>, at: &At, (old, new): (&Form<'a>, &Form<'a>)) {
        let keyword = if new.facts.values.is_some() { keyword(&both.new) } else { keyword(&both.old) };
        let words = |from: String, to: String| (Aspect::Shape, keyword, from, to);
        let one_of = |values: &[&Value]| format!("one of {}", values_in_words(values));
        match (old.facts.values_of(old.kind), new.facts.values_of(new.kind)) {
            (None, Some(now)) => {
                let from = format!("any {:?}", old.kind).to_lowercase();
                self.narrower(both, at, words(from, one_of(&now)), "other values are refused");
            }
            (Some(before), None) => {
                self.wider(both, at, words(one_of(&before), format!("any {:?}", new.kind).to_lowercase()), "");
            }
            (Some(before), Some(now)) => {
                for value in before.iter().filter(|value| !is_in(&now, value)) {
                    let words = words(value.to_string(), "not listed".to_owned());
                    self.narrower(both, &of_value(at, value), words, "the documents refuse it now");
                }
                for value in now.iter().filter(|value| !is_in(&before, value)) {
                    self.wider(both, &of_value(at, value), words("not listed".to_owned(), value.to_string()), "");
                }
            }
            (None, None) => {}
        }
    }

    pub(super) fn keywords(&mut self, both: &Both<'a>, at: &At, (old, new): (&Form<'a>, &Form<'a>)) {
        let kind = old.kind;
        if kind != new.kind && kind != Kind::Integer {
            // A number that must be an integer was reported as another type.
            return;
        }
        self.format(both, at, (&old.facts, &new.facts));
        let applies = |(_, of): &&(&'static str, Kind)| of.covers(kind);
        for keyword in OF_TYPE.iter().filter(applies).map(|(keyword, _)| *keyword).chain(OF_ANY) {
            let before = meanings(&mut self.old, &old.facts, &both.old, keyword);
            let after = meanings(&mut self.new, &new.facts, &both.new, keyword);
            let added: Vec<_> = after.iter().filter(|value| !before.contains(value)).collect();
            let gone: Vec<_> = before.iter().filter(|value| !after.contains(value)).collect();
            let shown = |values: &[&Value]| match values {
                [] => format!("no `{keyword}`"),
                values => format!("`{keyword}` {}", short(&values_in_words(values))),
            };
            let words = (Aspect::Limit, keyword, shown(&gone), shown(&added));
            match (added.is_empty(), gone.is_empty()) {
                (true, true) => {}
                (false, _) => self.narrower(both, at, words, "not checked by the types"),
                (true, false) => self.wider(both, at, words, ""),
            }
        }
    }

    /// A format is a note (Validation, section 7).
    fn format(&mut self, both: &Both<'a>, at: &At, (old, new): (&Facts<'a>, &Facts<'a>)) {
        if old.format == new.format {
            return;
        }
        let shown =
            |format: Option<&str>| format.map_or_else(|| "no `format`".to_owned(), |name| format!("`format` {name}"));
        let words = (Aspect::Limit, "format", shown(old.format), shown(new.format));
        self.wider(both, at, words, "");
    }
}

fn keyword(nodes: &[Node<'_>]) -> &'static str {
    if nodes.iter().any(|node| node.value.get("enum").is_some()) { "enum" } else { "const" }
}

/// A text among an enum's values is a variant of it.
fn of_value(at: &At, value: &Value) -> At {
    match value {
        Value::String(text) if at.member.is_none() => at.part(text, format!("{}::{text:?}", at.shown)),
        _ => at.clone(),
    }
}

/// Numbers are compared as numbers (Core, section 4.2.2).
fn is_in(values: &[&Value], value: &Value) -> bool {
    values.iter().any(|other| match (other, value) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (left, right) => *left == right,
    })
}

/// What a keyword says, with references in it replaced by what they lead to.
fn meanings<'a>(reader: &mut Reader<'a>, facts: &Facts<'a>, nodes: &[Node<'a>], keyword: &str) -> Vec<Value> {
    let mut meanings: Vec<Value> = Vec::new();
    if !facts.unsaid.iter().any(|(key, _)| *key == keyword) {
        return meanings;
    }
    for node in nodes.iter().filter_map(|node| node.get(keyword)) {
        let meaning = expanded(reader, &node, 0);
        // What allows anything is as good as not there.
        let says_nothing = keyword == "uniqueItems" && meaning == Value::Bool(false);
        if !says_nothing && !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }
    meanings
}

fn expanded<'a>(reader: &mut Reader<'a>, node: &Node<'a>, depth: usize) -> Value {
    match node.value {
        Value::Object(members) => {
            let target = if depth < DEEPEST && node.reference().is_some() { reader.target(node) } else { None };
            let mut meant: Map<String, Value> = Map::new();
            if let Some(Value::Object(target)) = target.map(|target| expanded(reader, &target, depth + 1)) {
                meant.extend(target);
            }
            for key in members.keys().filter(|key| !is_annotation(key) && (*key != "$ref" || depth == DEEPEST)) {
                if let Some(inner) = node.get(key) {
                    meant.insert(key.clone(), expanded(reader, &inner, depth));
                }
            }
            Value::Object(meant)
        }
        Value::Array(items) => {
            let inner = (0..items.len()).filter_map(|index| node.item(index)).collect::<Vec<_>>();
            inner.iter().map(|node| expanded(reader, node, depth)).collect()
        }
        other => other.clone(),
    }
}

fn short(text: &str) -> String {
    const MOST: usize = 80;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain(['…']).collect() }
}
