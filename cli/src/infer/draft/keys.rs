//! What is known of a key wherever it is. A person who saw a key once or twice in one object, and often in others, would
//! not guess anew.

use crate::infer::evidence::{Graph, Node, NodeId, ObjectId};
use indexmap::IndexMap;
use std::collections::HashMap;

/// In so many deliveries an object has to be, and the property in all of them, to be called required. `leave_out` in
/// conformance/ shows what other numbers cost.
pub const ENOUGH: u64 = 5;
/// In so many objects a key has to be that few deliveries had, so that what is true of it elsewhere is true of it here.
const OBJECTS: usize = 5;
/// Of so many values one would have been null.
const NEVER_NULL: u64 = 64;

/// The keys of all objects, by name.
#[derive(Debug)]
pub struct Keys<'g> {
    /// The graph.
    pub graph: &'g Graph,
    keys: HashMap<&'g str, Key>,
}

/// A key.
#[derive(Debug, Default)]
struct Key {
    /// How many objects have it each time, of those that were seen more than once, and in how many deliveries.
    always: (usize, u64),
    /// How many objects have it at times only.
    at_times: usize,
    /// How many locations had null.
    with_null: usize,
    /// The locations that had something else.
    nodes: Vec<NodeId>,
}

impl<'g> Keys<'g> {
    /// Of the objects of a graph.
    pub fn of(graph: &'g Graph) -> Self {
        let mut keys: HashMap<_, Key> = HashMap::new();
        for object in graph.objects().map(|id| graph.get_object(id)) {
            for (name, field) in &object.fields {
                let (key, node) = (keys.entry(name.as_str()).or_default(), graph.get(field.node));
                match field.count == object.count {
                    true if object.deliveries.count() > 1 => {
                        key.always = (key.always.0 + 1, key.always.1 + object.deliveries.count());
                    }
                    true => {}
                    false => key.at_times += 1,
                }
                key.with_null += usize::from(node.nulls > 0);
                key.nodes.extend(Some(graph.find(field.node)).filter(|_| node.present() > 0));
            }
        }
        keys.values_mut().for_each(|key| {
            key.nodes.sort();
            key.nodes.dedup();
        });
        Self { graph, keys }
    }

    /// Whether all objects that have a key have it always, and these are enough to say so of any.
    pub fn is_always_there(&self, name: &str) -> bool {
        self.keys.get(name).is_some_and(|key| {
            let (objects, deliveries) = key.always;
            key.at_times == 0 && objects >= OBJECTS && deliveries >= ENOUGH
        })
    }

    /// Whether an object that has a key at times is without it at others.
    pub fn is_missing_elsewhere(&self, name: &str) -> bool {
        self.keys.get(name).is_some_and(|key| key.at_times > 0)
    }

    /// Whether a key that was not null in a few values is null in so many other objects that it may be here.
    pub fn is_null_elsewhere(&self, name: &str, node: &Node) -> bool {
        let Some(key) = self.keys.get(name) else { return false };
        node.present() < NEVER_NULL && key.with_null * 5 > key.nodes.len()
    }

    /// What is under a key in other objects, if it is the same in all of them.
    pub fn elsewhere(&self, name: &str) -> Option<NodeId> {
        let nodes = &self.keys.get(name)?.nodes;
        let best = *nodes.iter().max_by_key(|node| self.graph.get(**node).present())?;
        let is_same = |node: &NodeId| {
            self.graph.kinds(*node) == self.graph.kinds(best) && self.objects(*node) == self.objects(best)
        };
        (self.graph.kinds(best).is_power_of_two() && nodes.iter().all(is_same)).then_some(best)
    }

    /// The objects at a node and in its arrays.
    pub fn objects(&self, node: NodeId) -> Vec<ObjectId> {
        let items = self.graph.get(node).items.into_iter().flat_map(|items| self.graph.objects_at(items));
        self.graph.objects_at(node).into_iter().chain(items).collect()
    }

    /// The strings under a key with how often each was seen, of the locations that have one of the node's own.
    pub fn strings(&self, name: &str, node: &'g Node) -> IndexMap<&'g str, u64> {
        let own = node.strings.values.iter().flatten();
        let mut all: IndexMap<_, _> = own.map(|(value, count)| (value.as_str(), *count)).collect();
        let others = self.keys.get(name).into_iter().flat_map(|key| &key.nodes).map(|id| self.graph.get(*id));
        let others =
            others.filter(|other| !std::ptr::eq(*other, node)).filter_map(|other| other.strings.values.as_ref());
        let own = node.strings.values.as_ref();
        for other in others.filter(|other| own.is_some_and(|own| own.keys().any(|value| other.contains_key(value)))) {
            other.iter().for_each(|(value, count)| *all.entry(value).or_default() += count);
        }
        all
    }
}
