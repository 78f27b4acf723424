//! Values that a schema lists for a text, and that YAML reads as something else because no quotes stand around them: the
//! `1.10` and `No` of this world. The sender sends what stands there.

use super::pointer::escape;
use super::span::Part;
use super::spans;
use super::syntax::Syntax;
use serde_json::Value;
use std::collections::HashSet;

/// Puts the texts in their place, and gives the pointers to them.
pub(super) fn restore(text: &str, value: &mut Value) -> HashSet<String> {
    let mut listed = Vec::new();
    collect(value, &mut Vec::new(), &mut listed);
    if listed.is_empty() {
        return HashSet::new();
    }
    let mut written = written(text, listed);
    let is_put = |(pointer, written): &(String, String)| {
        let slot = value.pointer_mut(pointer).filter(|value| is_text(written, value));
        slot.map(|value| *value = written.as_str().into()).is_some()
    };
    written.retain(is_put);
    written.into_iter().map(|(pointer, _)| pointer).collect()
}

/// The values at some pointers, as they are written.
fn written(text: &str, pointers: Vec<String>) -> Vec<(String, String)> {
    let index = spans::index(text, Syntax::Yaml);
    let spans = pointers.into_iter().filter_map(|pointer| Some((index.find(&pointer, Part::Value)?, pointer)));
    let mut spans: Vec<_> = spans.collect();
    spans.sort_by_key(|(span, _)| (span.line, span.column));
    let (mut lines, mut next) = (text.lines(), 1);
    let mut written = Vec::new();
    for of_line in spans.chunk_by(|(one, _), (other, _)| one.line == other.line) {
        let line = of_line[0].0.line;
        let Some(text) = lines.nth(line - next) else { break };
        next = line + 1;
        let (mut rest, mut column) = (text.chars(), 1);
        for (span, pointer) in of_line {
            rest.by_ref().take(span.column - column).for_each(drop);
            column = span.column;
            written.push((pointer.clone(), rest.clone().take(span.width).collect()));
        }
    }
    written
}

/// The pointers to listed values that are no texts, though `type` says so.
fn collect(value: &Value, path: &mut Vec<String>, listed: &mut Vec<String>) {
    let mut below = |token: &str, value: &Value, listed: &mut Vec<String>| {
        path.push(escape(token));
        collect(value, path, listed);
        path.pop();
    };
    match value {
        Value::Object(members) => {
            for (key, member) in
                members.iter().filter(|(key, _)| !["default", "example", "examples"].contains(&&***key))
            {
                below(key, member, listed);
            }
            let of_enum = value["enum"].as_array().into_iter().flatten().enumerate();
            let of_enum = of_enum.filter(|(_, listed)| is_misread(value, listed));
            let of_enum = of_enum.map(|(index, _)| format!("enum/{index}"));
            let constant = value.get("const").filter(|constant| is_misread(value, constant));
            listed.extend(of_enum.chain(constant.map(|_| "const".to_owned())).map(|place| {
                let tokens = path.iter().map(String::as_str).chain([place.as_str()]);
                tokens.map(|token| format!("/{token}")).collect()
            }));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| below(&index.to_string(), item, listed))
        }
        _ => {}
    }
}

/// Whether a schema allows texts, but not what a listed value is.
fn is_misread(schema: &Value, listed: &Value) -> bool {
    let own: &[_] = match listed {
        Value::Null => &["null"],
        Value::Bool(_) => &["boolean"],
        Value::Number(_) => &["number", "integer"],
        _ => return false,
    };
    let types = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => Vec::from_iter(one.as_str()),
    };
    types.contains(&"string") && !types.iter().any(|name| own.contains(name))
}

/// Whether what is written for a value can be meant as a text. `null` and `~` are rather null.
fn is_text(written: &str, value: &Value) -> bool {
    let is_it = serde_yaml::from_str::<Value>(written).is_ok_and(|read| read == *value);
    is_it && !matches!(written, "" | "~" | "null")
}
