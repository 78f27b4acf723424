//! What is being lowered, so that a schema that is merged into itself becomes a type with a name.
//!
//! A schema with `allOf` is lowered where it stands, along with what it is made of: `{allOf: [{$ref: A}, {required: [k]}]}`
//! as a property of `A` holds that property again, without end. What matters is the set of schemas that say something.
//! When it comes up within itself, it is the same type.

use super::lowered::{Data, Form, Schema};
use super::node::Location;
use super::{Lowering, Node, is_annotation};
use crate::keywords;
use std::collections::{HashMap, HashSet};

/// A merge within more merges than this gets a name of its own, and so does a schema within more schemas.
const DEEPEST_MERGE: usize = 16;
const DEEPEST: usize = 128;
/// So often the same schemas are merged where they stand, before they get a name of their own.
const MOST_COPIES: usize = 32;
/// So many schemas all merges of a provider may put together.
const MOST_MERGED: usize = 500_000;

/// The schemas of a merge that say something, by where they are in memory.
type Essence = Vec<usize>;

#[derive(Default)]
pub(super) struct Merges<'a> {
    /// Those that are being lowered.
    open: HashMap<Essence, Open<'a>>,
    /// How often each was lowered.
    copies: HashMap<Essence, usize>,
    /// The component that stands for a merge.
    names: HashMap<Essence, Node<'a>>,
    /// The same by the schemas that were asked for.
    asked: HashMap<Vec<usize>, Node<'a>>,
    invented: HashSet<Location>,
    depth: usize,
    merged: usize,
}

struct Open<'a> {
    first: Node<'a>,
    is_alone: bool,
    /// The component that it is, or becomes because something within refers to it.
    name: Option<Node<'a>>,
}

impl<'a> Merges<'a> {
    fn is_within_limit(&self) -> bool {
        self.merged <= MOST_MERGED
    }

    /// The component for a merge, and whether it is still to be lowered; none where the merge is lowered where it stands.
    fn name(&mut self, essence: &Essence, nodes: &[Node<'a>]) -> Option<(Node<'a>, bool)> {
        if let Some(name) = self.names.get(essence) {
            return Some((name.clone(), false));
        }
        if let Some(open) = self.open.get_mut(essence) {
            let invented = &mut self.invented;
            return Some((open.name.get_or_insert_with(|| name(&open.first, open.is_alone, invented)).clone(), false));
        }
        let copies = self.copies.entry(essence.clone()).or_default();
        *copies += 1;
        if self.open.len() < DEEPEST_MERGE && self.depth < DEEPEST && *copies <= MOST_COPIES {
            return None;
        }
        let name = name(&nodes[0], nodes.len() == 1, &mut self.invented);
        self.names.insert(essence.clone(), name.clone());
        Some((name, true))
    }
}

/// Several schemas that stand at no place together are called like the first of them.
fn name<'a>(first: &Node<'a>, is_alone: bool, invented: &mut HashSet<Location>) -> Node<'a> {
    if is_alone {
        return first.clone();
    }
    let keywords = std::iter::once("allOf".to_owned()).chain((2..).map(|number| format!("allOf{number}")));
    let names = keywords.map(|keyword| first.with(&keyword, first.value));
    let mut free = names.filter(|name| invented.insert(name.location()));
    free.next().unwrap_or_else(|| first.clone())
}

impl<'a> Lowering<'a> {
    /// Lowers what is referenced, and what that references, until nothing is left.
    pub(super) fn reachable(&mut self) {
        while let Some((name, nodes)) = self.queue.pop().filter(|_| self.merges.is_within_limit()) {
            let schema = self.named_schema(&name, &nodes);
            self.add(&name, schema);
        }
    }

    fn named_schema(&mut self, name: &Node<'a>, nodes: &[Node<'a>]) -> Schema {
        if let Some(reference) = self.bare_reference(nodes) {
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
        if let Some(reference) = self.bare_reference(&nodes) {
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
