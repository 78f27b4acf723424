//! Schemas that are nothing but a reference to another one.

use super::lowered::{Form, Schema};
use super::lowering::Lowering;
use super::{Kind, Node, is_annotation};
use crate::keywords::leads_on;
use serde_json::Value;

/// Schemas within schemas within schemas: more is a circle.
const DEEPEST: usize = 8;

/// A reference, and what is beside it.
struct SoleReference<'a> {
    /// The schemas; the one that refers first.
    parts: Vec<Node<'a>>,
    target: Node<'a>,
    /// The types that they ask for.
    kinds: Vec<Kind>,
}

impl<'a> Lowering<'a> {
    /// A `$ref` that nothing beside it narrows; annotations there become an `allOf` of one.
    pub(super) fn alias(&mut self, nodes: &[Node<'a>]) -> Option<Schema> {
        let SoleReference { parts, target, kinds } = self.sole_reference(nodes)?;
        // Merged, schemas that lead back to each other are a type; by reference alone, a circle.
        let is_circle = !kinds.is_empty() && nodes.iter().any(|node| self.is_circle(&target, node));
        if is_circle
            || self.is_subtype_of(&nodes[0], &target)
            || !kinds.into_iter().all(|kind| self.is_only(&target, kind, 0))
        {
            return None;
        }
        let reference = Schema::Named(self.reference(target));
        let mut described = self.facts(&parts);
        described.types = None;
        described.additional.clear();
        let has_notes = described.description.is_some() || described.deprecated || described.default.is_some();
        let says_more = has_notes || described.nullable_keyword;
        if !says_more {
            return Some(reference);
        }
        let data = described.data(nodes[0].location());
        Some(Schema::own(data, Form::Alias(reference)))
    }

    /// Schemas that all apply, if they are one reference, notes and types.
    fn sole_reference(&mut self, nodes: &[Node<'a>]) -> Option<SoleReference<'a>> {
        let mut parts: Vec<_> = nodes.iter().flat_map(Node::parts).collect();
        let referring = parts.iter().position(|part| part.reference().is_some())?;
        let mut kinds = Vec::new();
        for part in &parts {
            kinds.extend(only_kind(part)?);
        }
        if parts.iter().filter(|part| part.reference().is_some()).count() > 1 {
            return None;
        }
        // The description nearest to the reference is about this very use of the schema; the others are about more.
        parts.swap(0, referring);
        let target = self.target(&parts[0])?;
        Some(SoleReference { parts, target, kinds })
    }

    /// What a schema leads to that is one reference, notes and types.
    pub(super) fn alias_target(&mut self, schema: &Node<'a>) -> Option<Node<'a>> {
        self.sole_reference(std::slice::from_ref(schema)).map(|sole| sole.target)
    }

    /// Whether a schema allows values of one type only.
    fn is_only(&mut self, node: &Node<'a>, kind: Kind, depth: usize) -> bool {
        if depth == DEEPEST || node.flag("nullable") {
            return false;
        }
        let key = (node.address(), kind, depth);
        if let Some(known) = self.chains.only.get(&key) {
            return *known;
        }
        let is_only = self.has_only(node, kind) || self.leads_to_only(node, kind, depth + 1);
        self.chains.only.insert(key, is_only);
        is_only
    }

    fn has_only(&self, node: &Node<'a>, kind: Kind) -> bool {
        match node.get("type").map(|written| written.value) {
            Some(Value::String(name)) => Kind::named(name) == Some(kind),
            Some(_) => false,
            None => kind == Kind::Object && node.get("properties").is_some() || lists(node, kind),
        }
    }

    fn leads_to_only(&mut self, node: &Node<'a>, kind: Kind, depth: usize) -> bool {
        let mut whole = self.references.applied(node).into_iter();
        if whole.any(|part| self.is_only(&part, kind, depth)) {
            return true;
        }
        ["oneOf", "anyOf"].into_iter().any(|keyword| {
            let variants = node.items(keyword);
            !variants.is_empty() && variants.iter().all(|variant| self.is_only(variant, kind, depth))
        })
    }
}

fn lists(node: &Node<'_>, kind: Kind) -> bool {
    let values: Vec<_> = node.get("const").into_iter().chain(node.items("enum")).collect();
    !values.is_empty() && values.iter().all(|value| Kind::of(value.value) == kind)
}

/// The type that a schema asks for, if it holds nothing besides that and references; none where it does.
fn only_kind(node: &Node<'_>) -> Option<Option<Kind>> {
    let says_nothing = |key: &str| match key {
        "type" => true,
        "additionalProperties" => match &node.value[key] {
            Value::Bool(open) => *open,
            Value::Object(schema) => schema.is_empty(),
            _ => false,
        },
        key => leads_on(key) || is_annotation(key),
    };
    if !node.value.is_object() || !node.keys().all(says_nothing) {
        return None;
    }
    match node.get("type").map(|written| written.value) {
        None => Some(None),
        Some(Value::String(name)) => Some(Some(Kind::named(name)?)),
        Some(_) => None,
    }
}
