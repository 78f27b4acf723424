//! Schemas by their `$anchor` (JSON Schema 2020-12 Core, section 8.2.2), found in one walk: documents that refer by
//! anchors do so often.

use super::walk::walk;
use serde_json::Value;
use std::collections::HashMap;

/// Where the anchors of a document are.
#[derive(Default)]
pub(crate) struct Anchors(HashMap<String, Vec<Anchor>>);

struct Anchor {
    pointer: String,
    /// How long the pointer to the schema with the nearest `$id` around it is.
    resource: usize,
}

impl Anchors {
    pub(crate) fn of(document: &Value) -> Self {
        let mut anchors = Self::default();
        walk(document, &0, |pointer, value, resource| {
            let text = |key: &str| value.get(key).and_then(Value::as_str);
            let resource = if text("$id").is_some() { pointer.len() } else { *resource };
            for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                let anchor = Anchor { pointer: pointer.to_owned(), resource };
                anchors.0.entry(name.to_owned()).or_default().push(anchor);
            }
            resource
        });
        anchors
    }

    /// The pointer to the schema with an anchor below `root`. Schemas with an `$id` have anchors of their own, which count
    /// only where there is no other.
    pub(crate) fn find(&self, root: &str, name: &str) -> Option<&str> {
        let inside =
            |pointer: &str| pointer.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let mut found = self.0.get(name)?.iter().filter(|anchor| inside(&anchor.pointer));
        let own = found.clone().find(|anchor| anchor.resource <= root.len());
        own.or_else(|| found.next()).map(|anchor| anchor.pointer.as_str())
    }
}
