//! The schemas that stand in one place before and after.

use crate::schema::Node;
use serde_json::Value;

/// Two lists of schemas that apply to one value, before and after.
#[derive(Clone)]
pub struct Both<'a> {
    pub old: Vec<Node<'a>>,
    pub new: Vec<Node<'a>>,
}

impl Both<'_> {
    /// Whether both sides are written the same and lead nowhere else, as most schemas of two editions do.
    pub(super) fn is_same(&self) -> bool {
        let pairs = || self.old.iter().zip(&self.new);
        self.old.len() == self.new.len()
            && pairs().all(|(old, new)| old.value == new.value)
            && pairs().all(|(old, _)| !refers(old.value))
    }

    /// Names the places on both sides.
    pub(super) fn key(&self) -> String {
        let place = |node: &Node<'_>| format!("{}#{}", node.document, node.pointer);
        let places = |nodes: &[Node<'_>]| nodes.iter().map(place).collect::<Vec<_>>().join(" ");
        format!("{} | {}", places(&self.old), places(&self.new))
    }
}

/// Whether anything in a schema depends on what stands elsewhere.
fn refers(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => {
            members.iter().any(|(key, value)| key == "$ref" || key == "$dynamicRef" || refers(value))
        }
        Value::Array(items) => items.iter().any(refers),
        _ => false,
    }
}
