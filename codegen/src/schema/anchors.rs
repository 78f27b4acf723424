//! Schemas by their `$anchor`, found in one walk: documents that refer by anchors do so often.

use crate::source::Source;
use crate::source::pointer::escape;
use serde_json::Value;
use std::collections::HashMap;

/// Where the anchors of all documents stand.
#[derive(Default)]
pub(super) struct Anchors(HashMap<(usize, String), Vec<Anchor>>);

struct Anchor {
    pointer: String,
    /// How long the pointer to the schema with the nearest `$id` around it is.
    resource: usize,
}

impl Anchors {
    pub(super) fn of(sources: &[Source]) -> Self {
        let mut anchors = Self::default();
        for (document, source) in sources.iter().enumerate() {
            anchors.collect(document, &source.value, &mut String::new(), 0);
        }
        anchors
    }

    fn collect(&mut self, document: usize, value: &Value, pointer: &mut String, resource: usize) {
        match value {
            Value::Object(members) => {
                let text = |key: &str| members.get(key).and_then(Value::as_str);
                let resource = if text("$id").is_some() { pointer.len() } else { resource };
                for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                    let anchor = Anchor { pointer: pointer.clone(), resource };
                    self.0.entry((document, name.to_owned())).or_default().push(anchor);
                }
                for (key, value) in members {
                    self.below(document, value, pointer, &escape(key), resource);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.below(document, item, pointer, &index.to_string(), resource);
                }
            }
            _ => {}
        }
    }

    fn below(&mut self, document: usize, value: &Value, pointer: &mut String, token: &str, resource: usize) {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(token);
        self.collect(document, value, pointer, resource);
        pointer.truncate(length);
    }

    /// The pointer to the schema with an anchor below `root` (JSON Schema 2020-12 Core, section 8.2.2). Schemas with an
    /// `$id` have anchors of their own, which count only where there is no other.
    pub(super) fn find(&self, document: usize, root: &str, name: &str) -> Option<&str> {
        let inside =
            |pointer: &str| pointer.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let all = self.0.get(&(document, name.to_owned()))?;
        let mut found = all.iter().filter(|anchor| inside(&anchor.pointer));
        let own = found.clone().find(|anchor| anchor.resource <= root.len());
        own.or_else(|| found.next()).map(|anchor| anchor.pointer.as_str())
    }
}
