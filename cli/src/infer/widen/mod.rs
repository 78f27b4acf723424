//! What a document has to allow besides, so that what was seen fits it: the actions of an overlay.
//!
//! Only what the evidence contradicts changes, and the document's own text not at all.

mod action;
mod types;
mod widening;

pub use action::{Action, overlay};

use super::draft::Draft;
use super::evidence::{NodeId, Object, ObjectId};
use super::observe::Observations;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashSet};
use webhook_codegen::source::pointer::join;
use widening::Widening;

/// The actions for a document, of which `schemas` are the schemas of bodies by event type: JSON pointers.
pub fn widen(document: &Value, schemas: &[(&str, String)], observed: &Observations) -> Vec<Action> {
    let draft = Draft::inline(observed);
    let mut widening =
        Widening { document, graph: &observed.graph, draft: &draft, seen: HashSet::new(), actions: Vec::new() };
    for (event_type, pointer) in schemas {
        if let Some(event) = observed.events.get(*event_type) {
            widening.schema(pointer, event.node, "");
        }
    }
    // An event that several webhooks share, or a schema that several events do, is changed once.
    let mut known = BTreeSet::new();
    widening.actions.retain(|action| known.insert(action.to_string()));
    widening.actions
}

impl<'w> Widening<'w> {
    fn schema(&mut self, pointer: &str, id: NodeId, key: &str) {
        let id = self.graph.find(id);
        if !self.seen.insert((pointer.to_owned(), id)) {
            return;
        }
        // A part of another file, and what may be anything, is not changed here.
        let Some((target, schema)) = self.target(pointer) else { return };
        self.types(pointer, &target, schema, id, key);
        self.values(&target, schema, id);
        if let Some(items) = self.graph.get(id).items.filter(|_| schema.contains_key("items")) {
            self.schema(&join(&target, "items"), items, key);
        }
        if let Some(text) = self.graph.get(id).text.filter(|_| schema.contains_key("contentSchema")) {
            self.schema(&join(&target, "contentSchema"), text, key);
        }
        for object in self.graph.objects_at(id) {
            self.object(&target, schema, object, key);
        }
        for keyword in ["oneOf", "anyOf", "allOf"] {
            self.alternatives(&join(&target, keyword), schema.get(keyword), id, key);
        }
    }

    /// An alternative is compared with what was seen where it is the only one of its type, or where a tag says so.
    fn alternatives(&mut self, pointer: &str, alternatives: Option<&Value>, id: NodeId, key: &str) {
        let count = alternatives.and_then(Value::as_array).map(Vec::len).unwrap_or_default();
        let at = |index: usize| join(pointer, &index.to_string());
        for name in ["object", "array"] {
            let about: Vec<_> = (0..count).map(at).filter(|at| self.is_about(at, name)).collect();
            match about.as_slice() {
                [only] => self.part(only, id, name, key),
                several if name == "object" => self.tagged(several, id, key),
                _ => {}
            }
        }
    }

    fn is_about(&self, pointer: &str, name: &str) -> bool {
        self.target(pointer).and_then(|(_, schema)| types::listed(schema)).is_some_and(|types| types.contains(&name))
    }

    /// Of several alternatives that are objects, those that list the tag of what was seen.
    fn tagged(&mut self, alternatives: &[String], id: NodeId, key: &str) {
        for (tag, object) in &self.graph.get(id).objects {
            let Some(tag) = tag else { continue };
            let lists = |at: &&String| {
                let tag_schema =
                    self.target(at).and_then(|(target, _)| self.target(&join(&join(&target, "properties"), &tag.key)));
                tag_schema.is_some_and(|(_, schema)| {
                    let values =
                        schema.get("enum").and_then(Value::as_array).into_iter().flatten().chain(schema.get("const"));
                    values.into_iter().any(|value| *value == tag.value)
                })
            };
            if let Some((target, schema)) = alternatives.iter().find(lists).and_then(|at| self.target(at)) {
                self.object(&target, schema, *object, key);
            }
        }
    }

    /// The objects, or the items, of a node and the alternative that is about them.
    fn part(&mut self, pointer: &str, id: NodeId, name: &str, key: &str) {
        let Some((target, schema)) = self.target(pointer) else { return };
        if name == "array" {
            if let Some(items) = self.graph.get(id).items.filter(|_| schema.contains_key("items")) {
                self.schema(&join(&target, "items"), items, key);
            }
            return;
        }
        for object in self.graph.objects_at(id) {
            self.object(&target, schema, object, key);
        }
    }

    fn object(&mut self, target: &str, schema: &'w Map<String, Value>, object: ObjectId, key: &str) {
        let object = self.graph.get_object(object);
        if let Some(map) = &object.map {
            if schema.get("additionalProperties").is_some_and(Value::is_object) {
                self.schema(&join(target, "additionalProperties"), map.values, key);
            }
            return;
        }
        self.required(target, schema, object);
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
        let mut new = Map::new();
        for (name, field) in &object.fields {
            if properties.contains_key(name) {
                self.schema(&join(&join(target, "properties"), name), field.node, name);
            } else if !schema.contains_key("additionalProperties") && !schema.contains_key("patternProperties") {
                new.insert(name.clone(), self.draft.property(field.node, name));
            }
        }
        if !new.is_empty() {
            self.actions.push(Action::update(target, json!({"properties": new})));
        }
    }

    /// A required property that was not in all objects is required no longer.
    fn required(&mut self, target: &str, schema: &Map<String, Value>, object: &Object) {
        for name in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if object.fields.get(name).is_none_or(|field| field.count < object.count) {
                self.actions.push(Action::remove_item(&join(target, "required"), name));
            }
        }
    }

    /// A text that is none of those that are listed is listed too.
    fn values(&mut self, target: &str, schema: &Map<String, Value>, id: NodeId) {
        let listed = schema.get("enum").and_then(Value::as_array);
        if let (Some(listed), Some(values)) = (listed, &self.graph.get(id).strings.values) {
            let new: Vec<_> = values.keys().filter(|value| !listed.iter().any(|known| known == *value)).collect();
            if !new.is_empty() {
                self.actions.push(Action::update(target, json!({"enum": new})));
            }
        }
    }
}
