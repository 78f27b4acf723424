//! One walk through a value.

use super::pointer::escape;
use serde_json::Value;

/// Visits a value and all that it holds, outer ones first, each with its pointer and with what visiting its holder gave.
pub fn walk<'v, C>(value: &'v Value, start: &C, mut visit: impl FnMut(&str, &'v Value, &C) -> C) {
    below(value, &mut String::new(), start, &mut visit);
}

fn below<'v, C>(value: &'v Value, pointer: &mut String, holder: &C, visit: &mut impl FnMut(&str, &'v Value, &C) -> C) {
    let context = visit(pointer, value, holder);
    let length = pointer.len();
    let mut member = |token: &str, value: &'v Value| {
        pointer.push('/');
        pointer.push_str(token);
        below(value, pointer, &context, visit);
        pointer.truncate(length);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| member(&escape(key), value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| member(&index.to_string(), value));
        }
        _ => {}
    }
}
