//! Lowers the intersections of schemas. A merge that comes up within itself is a type with a name.

use super::lowered::{Data, Form, Schema};
use super::lowering::Lowering;
use super::state::{DEEPEST, Essence, MOST_MERGED, Open};
use super::{Node, is_annotation};
use crate::keywords;

impl<'a> Lowering<'a> {
    /// Lowers what is referenced, and what that references, until nothing is left.
    pub(super) fn reachable(&mut self) {
        while let Some((name, nodes)) = self.queue.pop().filter(|_| self.merges.is_within_limit()) {
            let schema = self.named_schema(&name, &nodes);
            self.add(&name, schema);
        }
    }

    fn named_schema(&mut self, name: &Node<'a>, nodes: &[Node<'a>]) -> Schema {
        if let Some(reference) = self.alias(nodes) {
            return reference;
        }
        let flat = self.flatten(nodes.to_vec());
        let open = Open { first: nodes[0].clone(), is_alone: true, name: Some(name.clone()) };
        self.opened(essence(&flat), open, flat).1
    }

    /// Lowers the intersection of some schemas.
    pub(super) fn schema(&mut self, nodes: Vec<Node<'a>>) -> Schema {
        let asked: Vec<_> = nodes.iter().map(Node::address).collect();
        if let Some(name) = self.merges.asked.get(&asked) {
            return Schema::Named(name.location());
        }
        if !self.merges.is_within_limit() {
            return Schema::any();
        }
        if let Some(reference) = self.alias(&nodes) {
            return reference;
        }
        let flat = self.flatten(nodes.clone());
        let is_merge = flat.len() > 1 && flat.iter().any(has_parts);
        if !is_merge && self.merges.depth < DEEPEST {
            self.merges.depth += 1;
            let schema = self.merged(&nodes[0], flat);
            self.merges.depth -= 1;
            return schema;
        }
        self.merge(asked, nodes, flat)
    }

    fn merge(&mut self, asked: Vec<usize>, nodes: Vec<Node<'a>>, flat: Vec<Node<'a>>) -> Schema {
        let essence = essence(&flat);
        if let Some((name, is_new)) = self.merges.name(&essence, &nodes) {
            let location = name.location();
            self.merges.asked.insert(asked, name.clone());
            if is_new {
                self.queue.push((name, nodes));
            }
            return Schema::Named(location);
        }
        let open = Open { first: nodes[0].clone(), is_alone: nodes.len() == 1, name: None };
        let (name, schema) = self.opened(essence.clone(), open, flat);
        let Some(name) = name else { return schema };
        let reference = Schema::Named(name.location());
        let notes = notes(&schema);
        self.add(&name, schema);
        self.merges.names.insert(essence, name);
        Schema::own(notes, Form::Alias(reference))
    }

    /// Lowers a merge, and gives the component that it became.
    fn opened(&mut self, essence: Essence, open: Open<'a>, flat: Vec<Node<'a>>) -> (Option<Node<'a>>, Schema) {
        let first = open.first.clone();
        self.merges.open.insert(essence.clone(), open);
        self.merges.depth += 1;
        let schema = self.merged(&first, flat);
        self.merges.depth -= 1;
        (self.merges.open.remove(&essence).and_then(|open| open.name), schema)
    }

    /// Whether so many schemas more can be read as one; reports it once if not.
    pub(super) fn is_affordable(&mut self, nodes: &[Node<'a>]) -> bool {
        let before = self.merges.merged;
        self.merges.merged = before.saturating_add(nodes.len());
        if let Some(node) = nodes.first().filter(|_| before <= MOST_MERGED && !self.merges.is_within_limit()) {
            let message = format!("`allOf`, `oneOf` and `$ref` put more than {MOST_MERGED} schemas together");
            self.error(
                node,
                message,
                "let large schemas refer to each other as properties, rather than extend each other",
            );
        }
        self.merges.is_within_limit()
    }

    fn add(&mut self, name: &Node<'a>, schema: Schema) {
        self.lowered[name.document].schemas.insert(name.pointer.clone(), schema);
    }
}

/// Whether a schema has others within it, which a merge brings along.
fn has_parts(node: &Node<'_>) -> bool {
    let mut keywords = node.keys().filter(|key| *key != "allOf").filter_map(keywords::find);
    keywords.any(|keyword| keyword.role == keywords::Role::Shape && keyword.holds_schemas())
}

fn essence(flat: &[Node<'_>]) -> Essence {
    let says_something = |node: &&Node<'_>| {
        let is_constraint = |key: &str| !is_annotation(key) || matches!(key, "nullable" | "discriminator");
        node.value.is_boolean() || node.keys().any(|key| is_constraint(key) && !keywords::leads_on(key))
    };
    let mut essence: Essence = flat.iter().filter(says_something).map(Node::address).collect();
    essence.sort_unstable();
    essence
}

/// What a field says of a schema that has become a component.
fn notes(schema: &Schema) -> Data {
    let data = schema.as_own().map(|own| &own.data);
    Data {
        title: data.and_then(|data| data.title.clone()),
        description: data.and_then(|data| data.description.clone()),
        deprecated: data.is_some_and(|data| data.deprecated),
        ..Data::default()
    }
}
