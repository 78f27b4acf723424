//! Objects that are alike become one.

use super::alike::{ALIKE, ALIKE_BY_NAME, KEYS_BY_CHANCE, are_one, last_words};
use super::names::{Names, names};
use crate::infer::evidence::{Graph, ObjectId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    let rarity = rarity(graph, &ids);
    let mut changed = false;
    for bucket in same_keys(graph, &ids).into_values() {
        changed |= cluster_among(graph, &bucket, &names, &rarity);
    }
    let kept: Vec<_> = ids.into_iter().filter(|id| graph.find_object(*id) == *id).collect();
    changed | cluster_among(graph, &kept, &names, &rarity)
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

/// Keys by how rare they are: the rarest has the least number.
type Rarity = HashMap<String, u32>;

fn rarity(graph: &Graph, ids: &[ObjectId]) -> Rarity {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for key in ids.iter().flat_map(|id| graph.get_object(*id).fields.keys()) {
        *counts.entry(key).or_default() += 1;
    }
    let mut keys: Vec<_> = counts.into_iter().collect();
    keys.sort_by_key(|(_, count)| *count);
    (0..).zip(keys).map(|(number, (key, _))| (key.to_owned(), number)).collect()
}

fn cluster_among(graph: &mut Graph, ids: &[ObjectId], names: &Names, rarity: &Rarity) -> bool {
    let mut kept = Kept { objects: Vec::new(), by_mark: HashMap::new(), names, rarity };
    let mut changed = false;
    for id in ids.iter().copied() {
        // It may have become one with another while what holds it did.
        if graph.find_object(id) != id {
            continue;
        }
        match kept.alike(graph, id) {
            Some(index) => {
                let other = kept.objects[index];
                let before = graph.get_object(other).fields.len();
                graph.unify_objects(other, id);
                if graph.get_object(other).fields.len() > before {
                    kept.mark(graph, other, index);
                }
                changed = true;
            }
            None => {
                kept.objects.push(id);
                kept.mark(graph, id, kept.objects.len() - 1);
            }
        }
    }
    changed
}

/// What two objects have in common if they may be one: the last word of a name, or keys enough without it, and a key.
type Mark = (Option<String>, u32);

/// Objects that are not one, found by their marks: of thousands, each is compared with few.
struct Kept<'n> {
    objects: Vec<ObjectId>,
    by_mark: HashMap<Mark, Vec<usize>>,
    names: &'n Names,
    rarity: &'n Rarity,
}

impl Kept<'_> {
    /// The first object that is one with `id`.
    fn alike(&self, graph: &Graph, id: ObjectId) -> Option<usize> {
        let marks = self.marks(graph, id);
        let near: BTreeSet<_> = marks.iter().filter_map(|mark| self.by_mark.get(mark)).flatten().copied().collect();
        near.into_iter().find(|index| {
            let other = self.objects[*index];
            graph.find_object(other) != id && are_one(graph, other, id, self.names)
        })
    }

    fn mark(&mut self, graph: &Graph, id: ObjectId, index: usize) {
        for mark in self.marks(graph, id) {
            self.by_mark.entry(mark).or_default().push(index);
        }
    }

    fn marks(&self, graph: &Graph, id: ObjectId) -> Vec<Mark> {
        let object = graph.get_object(id);
        let mut keys: Vec<_> = object.fields.keys().filter_map(|key| self.rarity.get(key).copied()).collect();
        keys.sort_unstable();
        let words: BTreeSet<_> = self.names.get(&id).into_iter().flat_map(last_words).collect();
        let named = words
            .into_iter()
            .flat_map(|word| rarest(&keys, ALIKE_BY_NAME).iter().map(move |key| (Some(word.clone()), *key)));
        let unnamed = rarest(&keys, ALIKE).iter().filter(|_| keys.len() > KEYS_BY_CHANCE).map(|key| (None, *key));
        named.chain(unnamed).collect()
    }
}

/// So many of the rarest keys that another object with this share of the keys of either has one of them, among its own.
fn rarest(keys: &[u32], share: f64) -> &[u32] {
    // A little less, so that no rounding loses a pair.
    let shared = (share * keys.len() as f64 - 1e-6).ceil() as usize;
    &keys[..(keys.len() + 1).saturating_sub(shared.max(1)).min(keys.len())]
}
