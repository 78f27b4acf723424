//! Documents as a validator of JSON Schema reads them: the same nodes at the same pointers, with references resolved.

use super::address::address;
use serde_json::{Map, Value};
use webhook_codegen::keywords::{REF, holds_literals, holds_names};
use webhook_codegen::schema::References;

/// The document in that spelling. What names a schema for others (`$id`, `$anchor`) is left out, and so is what leads
/// nowhere or is not read by the generator either: those have been reported.
pub(super) fn document(references: &References<'_>, document: usize) -> Value {
    let root = references.root(document);
    let mut copy = root.value.clone();
    for node in root.descendants().filter(|node| node.value.is_object()) {
        // What was in something that is left out is gone with it.
        let Some(Value::Object(members)) = copy.pointer_mut(&node.pointer) else { continue };
        members.retain(|key, value| match key.as_str() {
            REF => value.is_string(),
            "required" => value.is_array(),
            key => key == "$defs" || !key.starts_with('$'),
        });
        // Programs in PHP write an empty object as `[]`, and empty YAML is null.
        let maps = members.iter_mut().filter(|(key, _)| holds_names(key) && !holds_literals(key));
        let empty = maps.filter(|(_, value)| value.is_null() || value.as_array().is_some_and(Vec::is_empty));
        empty.for_each(|(_, value)| *value = Value::Object(Map::new()));
        if let Some(reference) = node.text(REF) {
            match references.find(&node, reference) {
                Some(target) => _ = members.insert(REF.to_owned(), address(&target).into()),
                None => _ = members.shift_remove(REF),
            }
        }
        modernize(members);
    }
    copy
}

/// What OpenAPI 3.0 says otherwise than JSON Schema 2020-12 (OpenAPI 3.0.3, section 4.7.24). In a document of 3.1 it means
/// nothing, and authors use it all the same; that has been reported.
fn modernize(schema: &mut Map<String, Value>) {
    items(schema, "type").for_each(quote_null);
    for key in ["oneOf", "anyOf"] {
        items(schema, key).filter_map(|variant| variant.get_mut("type")).for_each(quote_null);
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        if let Some(Value::String(kind)) = schema.get("type").cloned() {
            schema.insert("type".to_owned(), vec![kind, "null".to_owned()].into());
        }
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            values.push(Value::Null);
        }
    }
    for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(Value::Bool(is_exclusive)) = schema.get(flag).cloned() else { continue };
        schema.remove(flag);
        if let Some(limit) = schema.get(limit).filter(|_| is_exclusive).cloned() {
            schema.insert(flag.to_owned(), limit);
        }
    }
}

fn items<'s>(schema: &'s mut Map<String, Value>, key: &str) -> impl Iterator<Item = &'s mut Value> {
    schema.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
}

/// Among types, YAML's null can only be the type of that name.
fn quote_null(word: &mut Value) {
    if word.is_null() {
        *word = "null".into();
    }
}
