//! Documents as a validator of JSON Schema reads them: the same nodes at the same places, references spelled out.

use super::address::address;
use serde_json::{Map, Value};
use webhook_codegen::keywords::{REF, holds_literals, holds_names};
use webhook_codegen::schema::{Node, References};
use webhook_codegen::source::pointer::escape;

/// The document in that spelling. What names a schema for others (`$id`, `$anchor`) is left out, and so is what leads
/// nowhere or is not read by the generator either: those have been reported.
pub(super) fn document(references: &References<'_>, document: usize) -> Value {
    Copy { references, document }.node(&references.sources[document].value, &mut String::new())
}

struct Copy<'r, 'a> {
    references: &'r References<'a>,
    document: usize,
}

impl<'a> Copy<'_, 'a> {
    fn node(&self, value: &'a Value, pointer: &mut String) -> Value {
        match value {
            Value::Object(members) => {
                let copied = members.iter().filter_map(|(key, value)| {
                    let value = below(pointer, key, |pointer| self.member(key, value, pointer))?;
                    Some((key.clone(), value))
                });
                let mut copied: Map<_, _> = copied.collect();
                modernize(&mut copied);
                Value::Object(copied)
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items
                    .map(|(index, item)| below(pointer, &index.to_string(), |pointer| self.node(item, pointer)))
                    .collect()
            }
            value => value.clone(),
        }
    }

    fn member(&self, key: &str, value: &'a Value, pointer: &mut String) -> Option<Value> {
        match (key, value) {
            (REF, Value::String(reference)) => {
                let holder = pointer.rsplit_once('/').map_or("", |(holder, _)| holder).to_owned();
                let holder = Node { document: self.document, pointer: holder, value };
                self.references.find(&holder, reference).map(|target| address(&target).into())
            }
            ("$defs", _) => Some(self.named(value, pointer)),
            (key, _) if key.starts_with('$') => None,
            (key, value) if holds_literals(key) => Some(value.clone()),
            ("required", value) if !value.is_array() => None,
            (key, _) if holds_names(key) && is_map(value) => Some(self.named(value, pointer)),
            _ => Some(self.node(value, pointer)),
        }
    }

    /// An object whose keys are names.
    fn named(&self, value: &'a Value, pointer: &mut String) -> Value {
        let members = value.as_object().into_iter().flatten();
        members.map(|(key, value)| (key.clone(), below(pointer, key, |pointer| self.node(value, pointer)))).collect()
    }
}

/// Programs in PHP write an empty object as `[]`, and empty YAML is null.
fn is_map(value: &Value) -> bool {
    value.is_object() || value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

fn below<T>(pointer: &mut String, token: &str, then: impl FnOnce(&mut String) -> T) -> T {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(&escape(token));
    let result = then(pointer);
    pointer.truncate(length);
    result
}

/// What OpenAPI 3.0 says otherwise than JSON Schema 2020-12 (OpenAPI 3.0.3, section 4.7.24). In a document of 3.1 it means
/// nothing, and is meant all the same; that has been reported.
fn modernize(schema: &mut Map<String, Value>) {
    items(schema, "type").for_each(quote_null);
    for key in ["oneOf", "anyOf"] {
        items(schema, key).filter_map(|branch| branch.get_mut("type")).for_each(quote_null);
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
