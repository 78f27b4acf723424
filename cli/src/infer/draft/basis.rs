//! What a document is drafted from.

use super::components::Components;
use super::keys::Keys;
use super::presence::Presence;
use crate::infer::evidence::{Graph, NodeId, ObjectId, Tag};
use crate::infer::observe::Observations;
use crate::infer::shapes;
use std::collections::{HashMap, HashSet};

/// What a document is drafted from.
pub struct Draft<'o> {
    pub(super) observed: &'o Observations,
    pub(super) graph: &'o Graph,
    pub(super) components: Components,
    pub(super) presence: Presence,
    pub(super) keys: Keys<'o>,
    /// Whether no schema is a component.
    pub(super) is_inline: bool,
    /// Whether events come alone as well as in arrays.
    pub(super) is_one_or_many: bool,
    /// The bodies of the events.
    bodies: HashSet<ObjectId>,
    /// The tags of the objects that are variants of unions.
    pub(super) tags: HashMap<ObjectId, Vec<Tag>>,
}

impl<'o> Draft<'o> {
    /// Of all that deliveries showed, for a document that is there already: each schema is written where it is.
    pub fn inline(observed: &'o Observations) -> Self {
        Self { components: Components::default(), is_inline: true, ..Self::new(observed) }
    }

    /// Of all that deliveries showed, in which shapes that recur have been found.
    pub(super) fn new(observed: &'o Observations) -> Self {
        let graph = &observed.graph;
        let nodes = || observed.events.values().map(|event| graph.get(event.node));
        let is_one_or_many = nodes().any(|node| node.arrays > 0) && nodes().any(|node| !node.objects.is_empty());
        let bodies = observed.events.iter();
        let bodies = bodies.filter_map(|(event, seen)| Some((event.as_str(), body_object(graph, seen.node)?)));
        let bodies: Vec<_> = bodies.collect();
        let keys = Keys::of(graph);
        let components = Components::name(graph, &bodies, &shapes::names(graph), &keys);
        let presence = Presence::of(graph, &bodies);
        let bodies = bodies.into_iter().map(|(_, body)| body).collect();
        let tags = tags(graph);
        Self { observed, graph, components, presence, keys, is_inline: false, is_one_or_many, bodies, tags }
    }

    /// Whether an object is the body of an event, or an item of it.
    pub(super) fn is_body(&self, object: ObjectId) -> bool {
        self.bodies.contains(&object)
    }
}

/// The object that bodies are, or hold several of.
pub(super) fn body_object(graph: &Graph, body: NodeId) -> Option<ObjectId> {
    let items = graph.get(body).items.into_iter().flat_map(|items| graph.objects_at(items));
    let mut objects: Vec<_> = graph.objects_at(body).into_iter().chain(items).collect();
    objects.dedup();
    match objects.as_slice() {
        [only] if graph.get_object(*only).map.is_none() => Some(*only),
        _ => None,
    }
}

/// How a person would say how often something was seen.
pub(super) fn times(count: u64) -> String {
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
