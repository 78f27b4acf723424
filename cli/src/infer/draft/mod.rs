//! Evidence to an OpenAPI document that a person would have written.

mod components;
mod document;
mod presence;
mod schema;
mod vocabulary;

pub use document::document;

use super::evidence::{Graph, NodeId, ObjectId, Tag};
use super::observe::Observed;
use super::{anonymize, share};
use components::Components;
use presence::Presence;
use std::collections::{HashMap, HashSet};

/// What a document is drafted from.
pub struct Draft<'o> {
    observed: &'o Observed,
    graph: &'o Graph,
    components: Components,
    presence: Presence,
    /// Whether no schema is a component.
    is_inline: bool,
    /// Whether events come alone as well as in arrays.
    is_one_or_many: bool,
    /// The bodies of the events.
    bodies: HashSet<ObjectId>,
    /// The tags of the objects that are variants of unions.
    tags: HashMap<ObjectId, Vec<Tag>>,
}

impl<'o> Draft<'o> {
    /// Of all that deliveries showed, for a document that is there already: each schema is written where it stands.
    pub fn inline(observed: &'o Observed) -> Self {
        Self { components: Components::default(), is_inline: true, ..Self::new(observed) }
    }

    /// The schema of what was seen at a node under a key.
    pub fn property(&self, node: NodeId, key: &str) -> serde_json::Value {
        self.schema(node, schema::At::key(key))
    }

    /// Of all that deliveries showed, in which shapes that recur have been found.
    fn new(observed: &'o Observed) -> Self {
        let graph = &observed.graph;
        let nodes = || observed.events.values().map(|event| graph.get(event.node));
        let is_one_or_many = nodes().any(|node| node.arrays > 0) && nodes().any(|node| !node.objects.is_empty());
        let bodies = observed.events.iter();
        let bodies = bodies.filter_map(|(event, seen)| Some((event.as_str(), body_object(graph, seen.node)?)));
        let bodies: Vec<_> = bodies.collect();
        let components = Components::name(graph, &bodies, &share::names(graph));
        let presence = Presence::of(graph, &bodies);
        let bodies = bodies.into_iter().map(|(_, body)| body).collect();
        Self { observed, graph, components, presence, is_inline: false, is_one_or_many, bodies, tags: tags(graph) }
    }

    /// Whether an object is the body of an event, or an item of it.
    fn is_body(&self, object: ObjectId) -> bool {
        self.bodies.contains(&object)
    }
}

/// The object that bodies are, or hold several of.
fn body_object(graph: &Graph, body: NodeId) -> Option<ObjectId> {
    let items = graph.get(body).items.into_iter().flat_map(|items| graph.objects_at(items));
    let mut objects: Vec<_> = graph.objects_at(body).into_iter().chain(items).collect();
    objects.dedup();
    match objects.as_slice() {
        [only] if graph.get_object(*only).map.is_none() => Some(*only),
        _ => None,
    }
}

/// Whether a text at a node is one of few that are the provider's own: an enum, or what tells objects apart.
pub fn is_vocabulary(graph: &Graph, key: &str, node: NodeId) -> bool {
    vocabulary::values(graph.get(node), key).is_some()
}

/// How a person would say how often something was seen.
fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

fn tags(graph: &Graph) -> HashMap<ObjectId, Vec<Tag>> {
    let mut tags: HashMap<_, Vec<Tag>> = HashMap::new();
    for node in graph.nodes().filter(|node| graph.objects_at(*node).len() > 1) {
        for (tag, object) in &graph.get(node).objects {
            tags.entry(graph.find_object(*object)).or_default().extend(tag.clone());
        }
    }
    for tags in tags.values_mut() {
        tags.sort_by(|one, other| one.value.cmp(&other.value));
        tags.dedup();
    }
    tags
}
