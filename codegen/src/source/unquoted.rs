//! Values that a schema lists for a text, and that YAML reads as something else because no quotes are around them: the
//! `1.10` and `No` of this world. The sender sends what is there.

use super::lines::Lines;
use super::span::Part;
use super::spans;
use super::syntax::Syntax;
use super::walk::walk;
use serde_json::Value;
use std::collections::HashSet;

/// Puts the texts in their place, and gives the pointers to them.
pub(super) fn restore(text: &str, value: &mut Value) -> HashSet<String> {
    let listed = misread(value);
    if listed.is_empty() {
        return HashSet::new();
    }
    let (index, lines) = (spans::index(text, Syntax::Yaml), Lines::of(text));
    let written = |pointer: &str| {
        let span = index.find(pointer, Part::Value)?;
        let line = lines.get(text, span.line)?;
        let start = span.column - 1;
        Some(&line.text[line.byte(start)..line.byte(start.saturating_add(span.width))])
    };
    let mut is_put = |pointer: &String| {
        let Some(written) = written(pointer) else { return false };
        let slot = value.pointer_mut(pointer).filter(|value| is_text(written, value));
        slot.map(|value| *value = written.into()).is_some()
    };
    listed.into_iter().filter(|pointer| is_put(pointer)).collect()
}

/// The pointers to listed values that are no texts, though `type` says so.
fn misread(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(value, &false, |pointer, schema, is_literal| {
        let is_literal = *is_literal || ["/default", "/example", "/examples"].iter().any(|key| pointer.ends_with(key));
        if !is_literal && schema.is_object() {
            let of_enum = schema["enum"].as_array().into_iter().flatten().enumerate();
            let of_enum = of_enum.map(|(index, listed)| (format!("enum/{index}"), listed));
            let listed = of_enum.chain(schema.get("const").map(|constant| ("const".to_owned(), constant)));
            let misread = listed.filter(|(_, listed)| is_misread(schema, listed));
            found.extend(misread.map(|(below, _)| format!("{pointer}/{below}")));
        }
        is_literal
    });
    found
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

/// Whether what is written for a value can be a text. `null` and `~` are rather null.
fn is_text(written: &str, value: &Value) -> bool {
    let is_it = serde_yaml::from_str::<Value>(written).is_ok_and(|read| read == *value);
    is_it && !matches!(written, "" | "~" | "null")
}
