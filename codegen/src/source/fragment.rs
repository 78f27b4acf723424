//! The part of a reference after `#`: where it leads in a value, and where it was probably meant to.

use super::pointer::{escape, join, tokens};
use super::suggest::closest;
use serde_json::Value;

/// A reference in its two parts: the file, and the decoded fragment.
pub(crate) fn split(reference: &str) -> (&str, String) {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    (file, percent_decode(fragment))
}

/// The pointer to the schema with an `$anchor` (JSON Schema 2020-12 Core, section 8.2.2). Schemas with an `$id` have
/// anchors of their own, which are seen only with `is_wide`.
pub(crate) fn anchor(value: &Value, name: &str, pointer: String, is_wide: bool) -> Option<String> {
    let below = |token: &str, value: &Value| {
        let is_resource = value.get("$id").is_some_and(Value::is_string);
        let pointer = || join(&pointer, token);
        (is_wide || !is_resource).then(|| anchor(value, name, pointer(), is_wide)).flatten()
    };
    match value {
        Value::Object(members) => {
            let is = |key: &str| members.get(key).and_then(Value::as_str) == Some(name);
            if is("$anchor") || is("$dynamicAnchor") {
                return Some(pointer);
            }
            members.iter().find_map(|(key, value)| below(key, value))
        }
        Value::Array(items) => items.iter().enumerate().find_map(|(index, item)| below(&index.to_string(), item)),
        _ => None,
    }
}

/// The place that a pointer to nowhere was probably meant to lead to: as far as it leads, and on by the key most alike;
/// or else the schema whose name is most alike.
pub(crate) fn alike(value: &Value, pointer: &str) -> Option<String> {
    let mut place = value;
    let mut found = String::new();
    for token in tokens(pointer) {
        let keys = place.as_object()?.keys().map(String::as_str);
        let Some(key) = closest(&token, keys) else {
            found.clear();
            break;
        };
        found = join(&found, key);
        place = &place[key];
    }
    if !found.is_empty() {
        return Some(found);
    }
    let names = value["components"]["schemas"].as_object()?.keys().map(String::as_str);
    let name = closest(pointer.rsplit('/').next()?, names)?;
    Some(format!("/components/schemas/{}", escape(name)))
}

/// A fragment of a URI spells a pointer with percent-encoding (RFC 6901, section 6).
pub(crate) fn percent_decode(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        let encoded = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(encoded.unwrap_or(*first));
        rest = if encoded.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| fragment.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
