//! What was seen at a node, as a schema.

use super::basis::{Draft, times};
use super::keys::ENOUGH;
use super::vocabulary;
use crate::infer::evidence::{Field, Format, Map, Node, NodeId, Object, ObjectId, Tag};
use serde_json::{Map as Members, Value, json};
use webhook_codegen::keywords::reference_to;
use webhook_codegen::words::words;

/// Where a schema is: under which key, and what the event type is there.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub key: &'a str,
    /// The constants that are below: pointers, and the text there.
    pub constants: &'a [(&'a [String], &'a str)],
}

impl<'a> At<'a> {
    pub fn key(key: &'a str) -> Self {
        Self { key, constants: &[] }
    }

    /// The event type, if it is here and a number.
    fn number(self) -> Option<i64> {
        self.constants.iter().find(|(pointer, _)| pointer.is_empty())?.1.parse().ok()
    }
}

impl Draft<'_> {
    /// The schema of what was seen at a node under a key.
    pub fn property(&self, node: NodeId, key: &str) -> Value {
        self.schema(node, At::key(key))
    }

    /// The schema of a node.
    pub(super) fn schema(&self, id: NodeId, at: At<'_>) -> Value {
        let node = self.graph.get(id);
        let mut alternatives = self.scalars(node, at);
        if node.arrays > 0 {
            alternatives.push(self.array(node, at));
        }
        alternatives.extend(self.objects(id, at));
        let mut schema = match alternatives.len() {
            0 => return self.unknown(node, at.key),
            1 => alternatives.remove(0),
            _ => one_of(alternatives),
        };
        if node.nulls > 0 || self.keys.is_null_elsewhere(at.key, node) {
            schema = nullable(schema);
        }
        schema
    }

    /// Of null alone nobody knows what else comes, unless other objects have something under the same key.
    fn unknown(&self, node: &Node, key: &str) -> Value {
        let so_far = match node.nulls {
            0 => return json!({}),
            nulls => format!("Null so far, {}.", times(nulls)),
        };
        match self.elsewhere(key) {
            Some(elsewhere) => described(nullable(self.property(elsewhere, key)), so_far),
            None => json!({"description": so_far}),
        }
    }

    /// What other objects have under a key, where it can be said without writing an object again.
    fn elsewhere(&self, key: &str) -> Option<NodeId> {
        let is_component = |object: &ObjectId| self.components.get(*object).is_some();
        self.keys.elsewhere(key).filter(|node| self.keys.objects(*node).iter().all(is_component))
    }

    fn scalars(&self, node: &Node, at: At<'_>) -> Vec<Value> {
        let mut scalars = Vec::new();
        if node.booleans > 0 {
            scalars.push(json!({"type": "boolean"}));
        }
        match (node.integers, node.fractions) {
            (0, 0) => {}
            (_, 0) if at.number().is_some() => scalars.push(json!({"type": "integer", "const": at.number()})),
            (_, 0) => scalars.push(json!({"type": "integer"})),
            _ => scalars.push(json!({"type": "number"})),
        }
        if node.strings.count > 0 {
            scalars.push(self.string(node, at));
        }
        scalars
    }

    fn string(&self, node: &Node, at: At<'_>) -> Value {
        // The first item of an array may say another event type than those after it.
        let is_only = |text: &str| {
            node.strings.values.as_ref().is_some_and(|values| values.len() == 1 && values.contains_key(text))
        };
        if let Some((_, text)) = at.constants.iter().find(|(pointer, text)| pointer.is_empty() && is_only(text)) {
            return json!({"type": "string", "const": text});
        }
        if let Some(text) = node.text.filter(|_| is_json(node, at)) {
            let content = self.schema(text, at);
            return json!({"type": "string", "contentMediaType": "application/json", "contentSchema": content});
        }
        if let Some(values) = vocabulary::values(&self.keys, node, at.key) {
            return list(&values, node.strings.count);
        }
        match node.strings.format().and_then(Format::name) {
            Some(format) => json!({"type": "string", "format": format}),
            None => json!({"type": "string"}),
        }
    }

    fn array(&self, node: &Node, at: At<'_>) -> Value {
        let Some(items) = node.items else {
            let so_far = format!("Empty so far, {}.", times(node.arrays));
            let elsewhere = self.elsewhere(at.key).and_then(|elsewhere| self.graph.get(elsewhere).items);
            return match elsewhere {
                Some(items) => json!({"type": "array", "description": so_far, "items": self.property(items, at.key)}),
                None => json!({"type": "array", "description": so_far}),
            };
        };
        let constants = below(at, "0");
        json!({"type": "array", "items": self.schema(items, At { key: at.key, constants: &constants })})
    }

    /// The objects at a node: one, or several that a tag tells apart.
    fn objects(&self, id: NodeId, at: At<'_>) -> Vec<Value> {
        let objects = self.graph.objects_at(id);
        match objects.as_slice() {
            [] => Vec::new(),
            [only] => vec![self.reference(*only, at)],
            several => several.iter().map(|object| self.variant(id, *object, at)).collect(),
        }
    }

    /// A variant of a union: its tag is one of those that were seen on it there.
    fn variant(&self, id: NodeId, object: ObjectId, at: At<'_>) -> Value {
        let tags = self.graph.get(id).objects.iter().filter(|(_, known)| self.graph.find_object(*known) == object);
        let tags: Vec<&Tag> = tags.filter_map(|(tag, _)| tag.as_ref()).collect();
        match self.components.get(object) {
            Some(name) if self.tags(object).len() == tags.len() => reference(name),
            // The shape has other tags elsewhere, so that it is written where it is.
            _ => self.object(object, at, &tags),
        }
    }

    /// The tags of an object that is a variant of a union somewhere.
    fn tags(&self, object: ObjectId) -> &[Tag] {
        self.tags.get(&object).map(Vec::as_slice).unwrap_or_default()
    }

    fn reference(&self, object: ObjectId, at: At<'_>) -> Value {
        match self.components.get(object) {
            Some(name) if at.constants.is_empty() || self.is_body(object) => reference(name),
            _ => self.object(object, at, &[]),
        }
    }

    /// A component: an object that is at several locations.
    pub(super) fn component(&self, id: ObjectId) -> Value {
        let object = self.graph.get_object(id);
        let schema = self.object(id, At::key(""), &self.tags(id).iter().collect::<Vec<_>>());
        described(schema, format!("Seen {}.", times(object.count)))
    }

    /// An object where it is.
    pub(super) fn object(&self, id: ObjectId, at: At<'_>, tags: &[&Tag]) -> Value {
        let object = self.graph.get_object(id);
        if let Some(map) = &object.map {
            return self.map(map, at);
        }
        let (mut properties, mut required) = (Members::new(), Vec::new());
        let vocabulary = vocabulary::of_siblings(self.graph, object);
        for (key, field) in &object.fields {
            let is_tag = tags.iter().any(|tag| tag.key == *key);
            let constants = below(at, key);
            let schema = match &vocabulary {
                _ if is_tag => tag_schema(tags),
                Some(values) => presence(object, field, list(values, self.graph.get(field.node).strings.count)),
                None => presence(object, field, self.schema(field.node, At { key, constants: &constants })),
            };
            properties.insert(key.clone(), schema);
            let is_constant = !constants.is_empty() && field.count == object.count;
            if is_tag || is_constant || self.presence.is_required(self.graph, &self.keys, id, key) {
                required.push(key.as_str());
            }
        }
        let mut schema = json!({"type": "object"});
        if !properties.is_empty() {
            schema["properties"] = properties.into();
        }
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        schema
    }

    fn map(&self, map: &Map, at: At<'_>) -> Value {
        let values = self.schema(map.values, At::key(at.key));
        match map.keys.pattern() {
            Some(pattern) => json!({"type": "object", "patternProperties": {pattern: values}}),
            None => json!({"type": "object", "additionalProperties": values}),
        }
    }
}

/// The schema of a property, which says how often it was there if it was not always.
fn presence(object: &Object, field: &Field, schema: Value) -> Value {
    match field.count {
        count if count < object.count => described(schema, format!("In {count} of {}.", object.count)),
        _ => schema,
    }
}

/// Strings of a list.
fn list(values: &[&str], seen: u64) -> Value {
    let description = format!("{} values, seen {}.", values.len(), times(seen));
    json!({"type": "string", "description": description, "enum": values})
}

/// Whether the strings at a location are meant to hold JSON, and do not only look like it once or twice.
fn is_json(node: &Node, at: At<'_>) -> bool {
    let has_name = words(at.key).iter().any(|word| word == "json");
    has_name || !at.constants.is_empty() || node.strings.count - node.strings.empty >= ENOUGH
}

/// The constants below a key; those of an array go with its items, with an index or without.
pub(super) fn below<'a>(at: At<'a>, key: &str) -> Vec<(&'a [String], &'a str)> {
    let below = at.constants.iter().filter_map(|(pointer, text)| match pointer.split_first() {
        Some((token, deeper)) if token == key => Some((deeper, *text)),
        Some(_) if key == "0" => Some((*pointer, *text)),
        _ => None,
    });
    below.collect()
}

fn tag_schema(tags: &[&Tag]) -> Value {
    match tags {
        [tag] => json!({"type": "string", "const": tag.value}),
        several => {
            let values: Vec<_> = several.iter().map(|tag| tag.value.as_str()).collect();
            json!({"type": "string", "enum": values})
        }
    }
}

/// What refers to a component.
pub(super) fn reference(name: &str) -> Value {
    reference_to(&format!("#/components/schemas/{name}"))
}

/// A schema with a sentence before what its description says already.
fn described(mut schema: Value, text: String) -> Value {
    let known = schema.get("description").and_then(Value::as_str);
    let text = known.map_or_else(|| text.clone(), |known| format!("{text} {known}"));
    schema["description"] = text.into();
    schema
}

/// Several types at one location: a list of types where no keyword speaks of one of them only.
fn one_of(alternatives: Vec<Value>) -> Value {
    let plain = |schema: &Value| {
        let name = schema.get("type")?.as_str()?;
        (schema.as_object()?.len() == 1).then(|| name.to_owned())
    };
    match alternatives.iter().map(plain).collect::<Option<Vec<_>>>() {
        Some(types) => json!({"type": types}),
        None => json!({"oneOf": alternatives}),
    }
}

fn is_nullable(schema: &Value, nothing: &Value) -> bool {
    let has = |keyword: &str, value: &Value| schema[keyword].as_array().is_some_and(|known| known.contains(value));
    has("oneOf", nothing) || has("type", &nothing["type"])
}

/// The same, or null.
fn nullable(mut schema: Value) -> Value {
    let nothing = json!({"type": "null"});
    if is_nullable(&schema, &nothing) {
        return schema;
    }
    if let Some(Value::Array(alternatives)) = schema.get_mut("oneOf") {
        alternatives.push(nothing);
        return schema;
    }
    if schema.get("const").is_some() || schema.get("type").is_none() {
        return json!({"oneOf": [schema, nothing]});
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
    }
    match &mut schema["type"] {
        Value::Array(types) => types.push("null".into()),
        name => *name = json!([name.take(), "null"]),
    }
    schema
}
