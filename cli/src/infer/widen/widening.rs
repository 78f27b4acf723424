//! A document beside what was seen.

use super::action::Action;
use crate::infer::draft::Draft;
use crate::infer::evidence::{Graph, NodeId};
use serde_json::{Map, Value};
use std::collections::HashSet;
use webhook_codegen::keywords::REF;

/// What the actions are gathered with.
pub(super) struct Widening<'w> {
    pub document: &'w Value,
    pub graph: &'w Graph,
    pub draft: &'w Draft<'w>,
    pub seen: HashSet<(String, NodeId)>,
    pub actions: Vec<Action>,
}

impl<'w> Widening<'w> {
    /// Where a schema is to which the one at a pointer refers.
    pub fn target(&self, pointer: &str) -> Option<(String, &'w Map<String, Value>)> {
        let mut pointer = pointer.to_owned();
        for _ in 0..32 {
            let schema = self.document.pointer(&pointer)?.as_object()?;
            match schema.get(REF).and_then(Value::as_str) {
                Some(reference) => pointer = reference.strip_prefix('#')?.to_owned(),
                None => return Some((pointer, schema)),
            }
        }
        None
    }
}
