//! Which objects are one shape: unions and maps are told from structs, and shapes that recur become one object.

mod alike;
mod cluster;
mod names;
mod separate;

pub use names::{Names, names};
pub use separate::separate;

use super::evidence::{Graph, NodeId, ObjectId};
use alike::{ALIKE, is_same_at};
use cluster::cluster;
use separate::is_tagged;
use std::collections::{BTreeMap, BTreeSet};
use webhook_codegen::words::words;

/// Finds the shapes; `roots` are the bodies of the events with their event types, and each of them stays its own.
pub fn find(graph: &mut Graph, roots: &[(&str, NodeId)]) {
    separate(graph);
    let bodies: Vec<_> =
        roots.iter().flat_map(|(name, root)| graph.objects_at(*root).into_iter().map(move |id| (*name, id))).collect();
    find_siblings(graph, &bodies);
    find_recursion(graph);
    let bodies: BTreeSet<_> = bodies.into_iter().map(|(_, id)| id).collect();
    while cluster(graph, &bodies) {}
    settle(graph);
}

/// What is under a key is the same in the bodies of events that are alike, such as `order.paid` and `order.lost`.
fn find_siblings(graph: &mut Graph, bodies: &[(&str, ObjectId)]) {
    let family = |name: &str| words(name).into_iter().next().unwrap_or_default();
    let mut firsts: BTreeMap<String, Vec<ObjectId>> = BTreeMap::new();
    for (name, id) in bodies {
        let siblings = firsts.entry(family(name)).or_default();
        match siblings.iter().find(|sibling| graph.likeness(**sibling, *id) >= ALIKE) {
            Some(sibling) => unify_fields(graph, *sibling, *id),
            None => siblings.push(*id),
        }
    }
}

fn unify_fields(graph: &mut Graph, one: ObjectId, other: ObjectId) {
    let (left, right) = (graph.get_object(one), graph.get_object(other));
    let shared = left.fields.iter().filter_map(|(key, field)| Some((field.node, right.fields.get(key)?.node)));
    let shared: Vec<_> = shared.filter(|(left, right)| is_same_at(graph, *left, *right)).collect();
    shared.into_iter().for_each(|(left, right)| graph.unify(left, right));
}

/// An object that holds one with the same keys holds one of its own kind.
fn find_recursion(graph: &mut Graph) {
    for id in graph.objects().collect::<Vec<_>>() {
        let id = graph.find_object(id);
        let below: Vec<_> = graph.get_object(id).fields.values().map(|field| field.node).collect();
        let items = below.iter().filter_map(|node| graph.get(*node).items);
        let held: Vec<_> = items.chain(below.iter().copied()).flat_map(|node| graph.objects_at(node)).collect();
        for other in held {
            let is_struct = graph.get_object(id).fields.len() > 1 && !graph.get_object(other).is_pinned;
            if is_struct
                && graph.find_object(other) != graph.find_object(id)
                && graph.likeness(id, other) == 1.0
                && graph.conflict(id, other) == 0.0
            {
                graph.unify_objects(id, other);
            }
        }
    }
}

/// After shapes became one, a location may have objects that no tag tells apart any more.
fn settle(graph: &mut Graph) {
    loop {
        let is_open = |id: &NodeId| {
            let several = graph.objects_at(*id).len();
            several > 1 && !is_tagged(graph, *id)
        };
        let Some(id) = graph.nodes().find(is_open) else { break };
        graph.join_objects(id);
    }
}
