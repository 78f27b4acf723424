//! Schemas with an `$id`: resources of their own inside a document (JSON Schema 2020-12 Core, section 8.2.1), and documents
//! with a `$self` (OpenAPI 3.2, section 4.1.2.2.1).

use super::Node;
use crate::source::pointer::tokens;
use crate::source::{Source, walk};
use fluent_uri::{Uri, UriRef};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;
use std::collections::HashMap;
use std::rc::Rc;

/// What a document's own address begins with where it has none: only what is relative to it matters.
pub(super) const DEFAULT_BASE: &str = "file:///";

/// People write references with letters that a URI must encode.
const ENCODED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// The schemas by their absolute `$id`: document and pointer.
#[derive(Default)]
pub(super) struct Ids(HashMap<String, (usize, String)>);

impl Ids {
    pub(super) fn of(sources: &[Source]) -> Self {
        let mut ids = Self::default();
        let has_id = |source: &Source| id(&source.value, true).is_some() || has_id(&source.value);
        for (document, source) in sources.iter().enumerate().filter(|(_, source)| has_id(source)) {
            walk(&source.value, &Rc::from(DEFAULT_BASE), |pointer, value, base: &Rc<str>| {
                let Some(id) = id(value, pointer.is_empty()).and_then(|id| resolve(base, id)) else {
                    return base.clone();
                };
                ids.0.entry(id.clone()).or_insert_with(|| (document, pointer.to_owned()));
                id.into()
            });
        }
        ids
    }

    /// The schema with an absolute address.
    pub(super) fn find(&self, address: &str) -> Option<(usize, String)> {
        self.0.get(address).cloned()
    }
}

/// Whether a reference at `node` leads out of the folder: to another host, or to a name (RFC 8141).
pub(super) fn is_elsewhere(sources: &[Source], node: &Node<'_>, reference: &str) -> bool {
    let address = address(sources, node, reference).filter(|_| !reference.starts_with('#'));
    address.is_some_and(|address| ["http://", "https://", "urn:"].iter().any(|scheme| address.starts_with(scheme)))
}

/// The absolute address of a reference at `node`, less the fragment.
pub(super) fn address(sources: &[Source], node: &Node<'_>, reference: &str) -> Option<String> {
    let mut base = DEFAULT_BASE.to_owned();
    let mut value = &sources[node.document].value;
    let tokens = tokens(&node.pointer).into_iter();
    for token in std::iter::once(None).chain(tokens.map(Some)) {
        let is_root = token.is_none();
        value = match (token, value) {
            (None, value) => value,
            (Some(token), Value::Array(items)) => items.get(token.parse::<usize>().ok()?)?,
            (Some(token), value) => value.get(&token)?,
        };
        if let Some(id) = id(value, is_root).and_then(|id| resolve(&base, id)) {
            base = id;
        }
    }
    resolve(&base, reference)
}

/// What a schema, or a whole document, calls itself.
fn id(value: &Value, is_document: bool) -> Option<&str> {
    let own = value.get("$self").filter(|_| is_document);
    own.or_else(|| value.get("$id"))?.as_str()
}

/// Most documents have none, and large ones take long to collect from.
fn has_id(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.contains_key("$id") || members.values().any(has_id),
        Value::Array(items) => items.iter().any(has_id),
        _ => false,
    }
}

/// The absolute address of a reference, without a fragment (RFC 3986, section 5.2); none of what is no address.
fn resolve(base: &str, reference: &str) -> Option<String> {
    let reference = reference.split('#').next().unwrap_or_default();
    if reference.is_empty() {
        return Some(base.to_owned());
    }
    let encoded = utf8_percent_encode(reference, ENCODED).to_string();
    let resolved = UriRef::parse(encoded).ok()?.resolve_against(&Uri::parse(base).ok()?);
    resolved.ok().map(Uri::into_string)
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn references_are_relative_to_the_id_around_them() {
        for (base, reference, absolute) in [
            ("file:///", "order.json", "file:///order.json"),
            ("https://shop.example/schemas/order", "person", "https://shop.example/schemas/person"),
            ("https://shop.example/schemas/order", "../person#/a", "https://shop.example/person"),
            ("https://shop.example/schemas/order", "/person", "https://shop.example/person"),
            ("https://shop.example/schemas/order", "//other.example/a", "https://other.example/a"),
            ("https://shop.example/schemas/order", "#/properties/a", "https://shop.example/schemas/order"),
            ("https://shop.example", "./person", "https://shop.example/person"),
            ("https://shop.example/a/b", "urn:uuid:1", "urn:uuid:1"),
            ("file:///", "straße und so.json", "file:///stra%C3%9Fe%20und%20so.json"),
        ] {
            assert_eq!(resolve(base, reference).as_deref(), Some(absolute), "{base} {reference}");
        }
    }
}
