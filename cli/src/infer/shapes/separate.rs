//! Maps, unions and structs, told from each other where they are.

use super::alike::{ALIKE_BY_NAME, ALIKE_IN_UNION, CONFLICT};
use crate::infer::evidence::{Graph, NodeId, ObjectId};
use std::collections::BTreeSet;
use webhook_codegen::words::words;

/// Keys of which the last word is one of these hold what somebody else than the provider names.
const OPEN: [&str; 6] = ["metadata", "labels", "attributes", "fields", "params", "variables"];

/// Tells maps and unions from structs, and leaves each object where it is.
pub fn separate(graph: &mut Graph) {
    graph.find_maps();
    find_open_maps(graph);
    find_one_or_many(graph);
    find_unions(graph);
}

/// Objects under a key such as `metadata` have the keys that somebody else chose.
fn find_open_maps(graph: &mut Graph) {
    let is_open = |key: &str| words(key).last().is_some_and(|word| OPEN.contains(&word.as_str()));
    let fields = graph.objects().flat_map(|id| graph.get_object(id).fields.iter());
    let nodes: Vec<_> = fields.filter(|(key, _)| is_open(key)).map(|(_, field)| field.node).collect();
    for id in nodes.into_iter().flat_map(|node| graph.objects_at(node)).collect::<BTreeSet<_>>() {
        graph.fold_open_keys(id);
    }
}

/// A value and an array of such values at one location are one shape.
fn find_one_or_many(graph: &mut Graph) {
    for id in graph.nodes().collect::<Vec<_>>() {
        let Some(items) = graph.get(id).items else { continue };
        if let ([one], [many]) = (graph.objects_at(id).as_slice(), graph.objects_at(items).as_slice())
            && graph.likeness(*one, *many) >= ALIKE_BY_NAME
        {
            graph.unify_objects(*one, *many);
        }
    }
}

/// Where the objects of a location are of one shape whatever their tag says, they are one.
fn find_unions(graph: &mut Graph) {
    for id in graph.nodes().collect::<Vec<_>>() {
        let objects = graph.objects_at(id);
        if graph.get(id).objects.len() > 1 && !(is_tagged(graph, id) && is_union(graph, &objects)) {
            graph.join_objects(id);
        }
    }
}

fn is_union(graph: &Graph, objects: &[ObjectId]) -> bool {
    let mut pairs =
        objects.iter().enumerate().flat_map(|(index, one)| objects[..index].iter().map(move |two| (one, two)));
    pairs.any(|(one, two)| {
        let is_unlike = graph.likeness(*one, *two) < ALIKE_IN_UNION && graph.exclude_each_other(*one, *two);
        is_unlike || graph.conflict(*one, *two) > CONFLICT
    })
}

/// Whether one key tells all objects of a location apart.
pub(super) fn is_tagged(graph: &Graph, id: NodeId) -> bool {
    let mut keys = graph.get(id).objects.iter().map(|(tag, _)| tag.as_ref().map(|tag| &tag.key));
    let first = keys.next().flatten();
    first.is_some() && keys.all(|key| key == first)
}
