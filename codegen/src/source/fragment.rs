//! The part of a reference after `#`: where it leads in a value, and what is most similar to that.

use super::pointer::{escape, join, tokens};
use super::suggest::closest;
use serde_json::Value;
use std::borrow::Cow;

/// A reference in its two parts: the file, and the decoded fragment.
pub fn split(reference: &str) -> (&str, String) {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    (file, percent_decode(fragment))
}

/// The node that is most similar to where a pointer to nowhere leads: as far as it leads, and on by the key most alike;
/// or else the schema whose name is most alike.
pub fn similar(value: &Value, pointer: &str) -> Option<String> {
    let mut node = value;
    let mut found = String::new();
    for token in tokens(pointer) {
        let keys = node.as_object()?.keys().map(String::as_str);
        let Some(key) = closest(&token, keys) else {
            found.clear();
            break;
        };
        found = join(&found, key);
        node = &node[key];
    }
    if !found.is_empty() {
        return Some(found);
    }
    let names = value["components"]["schemas"].as_object()?.keys().map(String::as_str);
    let name = closest(pointer.rsplit('/').next()?, names)?;
    Some(format!("/components/schemas/{}", escape(name)))
}

/// A fragment of a URI spells a pointer with percent-encoding (RFC 6901, section 6).
pub fn percent_decode(fragment: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8();
    decoded.map_or_else(|_| fragment.to_owned(), Cow::into_owned)
}
