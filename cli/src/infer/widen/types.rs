//! The JSON types that a schema allows, beside those that were seen.

use super::action::Action;
use super::widening::Widening;
use crate::infer::evidence::{Node, NodeId};
use serde_json::{Map, Value, json};
use webhook_codegen::keywords::REF;
use webhook_codegen::source::pointer::join;

/// The types that a schema lists itself.
pub(super) fn listed(schema: &Map<String, Value>) -> Option<Vec<&str>> {
    match schema.get("type")? {
        Value::String(name) => Some(vec![name]),
        Value::Array(names) => names.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

/// The types that were seen.
fn seen(node: &Node) -> Vec<&'static str> {
    let counts = [
        ("null", node.nulls),
        ("boolean", node.booleans),
        ("integer", node.integers),
        ("number", node.fractions),
        ("string", node.strings.count),
        ("array", node.arrays),
        ("object", node.objects.len() as u64),
    ];
    counts.into_iter().filter(|(_, count)| *count > 0).map(|(name, _)| name).collect()
}

fn allows(types: &[&str], name: &str) -> bool {
    types.contains(&name) || (name == "integer" && types.contains(&"number"))
}

impl Widening<'_> {
    /// The types that a schema allows, by its own keyword or that of its alternatives; `None` where it allows all.
    fn allowed(&self, pointer: &str, depth: usize) -> Option<Vec<&str>> {
        let (target, schema) = self.target(pointer)?;
        if let Some(types) = listed(schema) {
            return Some(types);
        }
        let keyword = ["oneOf", "anyOf"].into_iter().find(|keyword| schema.contains_key(*keyword));
        let alternatives = schema.get(keyword?)?.as_array()?;
        let pointer = join(&target, keyword?);
        let all = (0..alternatives.len()).map(|index| match depth {
            0 => None,
            _ => self.allowed(&join(&pointer, &index.to_string()), depth - 1),
        });
        Some(all.collect::<Option<Vec<_>>>()?.concat())
    }

    /// Allows the types that were seen and are not allowed. A reference is left to others: what is there then is one
    /// of several.
    pub(super) fn types(&mut self, pointer: &str, target: &str, schema: &Map<String, Value>, id: NodeId, key: &str) {
        let Some(allowed) = self.allowed(target, 4) else { return };
        let node = self.graph.get(id);
        let new: Vec<_> = seen(node).into_iter().filter(|name| !allows(&allowed, name)).collect();
        if new.is_empty() {
            return;
        }
        let alternatives = ["oneOf", "anyOf"].into_iter().find(|keyword| schema.contains_key(*keyword));
        let actions = match alternatives {
            _ if pointer != target => self.beside_reference(pointer, &new, id, key),
            Some(keyword) => {
                let schemas: Vec<_> = new.iter().map(|name| self.only(id, name, key)).collect();
                vec![Action::update(target, json!({keyword: schemas}))]
            }
            None => listing(target, schema, &new),
        };
        self.actions.extend(actions);
    }

    /// What was seen of one type.
    fn only(&self, id: NodeId, name: &str, key: &str) -> Value {
        match name {
            "array" | "object" => self.draft.property(id, key),
            name => json!({"type": name}),
        }
    }

    fn beside_reference(&self, pointer: &str, new: &[&str], id: NodeId, key: &str) -> Vec<Action> {
        let reference = self.document.pointer(&join(pointer, REF)).cloned().unwrap_or_default();
        let own = std::iter::once(json!({REF: reference}));
        let schemas: Vec<_> = own.chain(new.iter().map(|name| self.only(id, name, key))).collect();
        vec![Action::remove(&join(pointer, REF)), Action::update(pointer, json!({"oneOf": schemas}))]
    }
}

/// A longer list of types; what was one type becomes a list.
fn listing(target: &str, schema: &Map<String, Value>, new: &[&str]) -> Vec<Action> {
    let mut update = json!({"type": new});
    if new.contains(&"null") && schema.contains_key("enum") {
        update["enum"] = json!([null]);
    }
    match schema.get("type") {
        Some(Value::String(name)) => {
            let all: Vec<_> = std::iter::once(name.as_str()).chain(new.iter().copied()).collect();
            update["type"] = json!(all);
            vec![Action::remove(&join(target, "type")), Action::update(target, update)]
        }
        _ => vec![Action::update(target, update)],
    }
}
