//! Objects that are alike become one.

use super::alike::are_one;
use super::names::{Names, names};
use crate::infer::evidence::{Graph, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Makes objects that are alike one; whether any became.
pub(super) fn cluster(graph: &mut Graph, roots: &BTreeSet<ObjectId>) -> bool {
    let names = names(graph);
    let is_free = |graph: &Graph, id: ObjectId| {
        let object = graph.get_object(id);
        !object.is_pinned
            && object.map.is_none()
            && !object.fields.is_empty()
            && !roots.contains(&graph.find_object(id))
    };
    let ids: Vec<_> = graph.objects().filter(|id| is_free(graph, *id)).collect();
    let mut changed = false;
    for bucket in same_keys(graph, &ids).into_values() {
        changed |= cluster_among(graph, &bucket, &names);
    }
    let kept: Vec<_> = ids.into_iter().filter(|id| graph.find_object(*id) == *id).collect();
    changed | cluster_among(graph, &kept, &names)
}

/// The objects by their keys.
fn same_keys(graph: &Graph, ids: &[ObjectId]) -> BTreeMap<Vec<String>, Vec<ObjectId>> {
    let mut buckets: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for id in ids {
        let mut keys: Vec<_> = graph.get_object(*id).fields.keys().cloned().collect();
        keys.sort();
        buckets.entry(keys).or_default().push(*id);
    }
    buckets
}

fn cluster_among(graph: &mut Graph, ids: &[ObjectId], names: &Names) -> bool {
    let mut kept: Vec<ObjectId> = Vec::new();
    let mut changed = false;
    for id in ids.iter().copied() {
        // It may have become one with another while what holds it did.
        if graph.find_object(id) != id {
            continue;
        }
        match kept.iter().copied().find(|other| graph.find_object(*other) != id && are_one(graph, *other, id, names)) {
            Some(other) => {
                graph.unify_objects(other, id);
                changed = true;
            }
            None => kept.push(id),
        }
    }
    changed
}
