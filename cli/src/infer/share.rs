//! Which objects are one shape: unions by tag are told from structs, and shapes that recur become one object.

use super::evidence::{Graph, NodeId, ObjectId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use webhook_codegen::words::words;

/// Variants that have more of their keys in common are one struct with optional properties.
const ALIKE_IN_UNION: f64 = 0.7;
/// Objects of one name are one shape if they have half of their keys in common.
const ALIKE_BY_NAME: f64 = 0.5;
/// Those of different names need more, and keys enough that it is no chance.
const ALIKE: f64 = 0.8;
const KEYS_BY_CHANCE: usize = 3;
/// What they hold under a common key needs less.
const ALIKE_BELOW: f64 = 0.3;
/// So deep it is looked at what they hold.
const DEEPEST: usize = 3;
/// As many of the types under common keys may differ.
const CONFLICT: f64 = 0.1;

/// Keys of which the last word is one of these hold what somebody else than the provider names.
const OPEN: [&str; 6] = ["metadata", "labels", "attributes", "fields", "params", "variables"];

/// The names under which each object stands, with how many locations have it under that name.
pub type Names = HashMap<ObjectId, BTreeMap<String, usize>>;

/// Finds the shapes; `roots` are the bodies of the events with their event types, and each of them stays its own.
pub fn share(graph: &mut Graph, roots: &[(&str, NodeId)]) {
    apart(graph);
    let bodies: Vec<_> =
        roots.iter().flat_map(|(name, root)| graph.objects_at(*root).into_iter().map(move |id| (*name, id))).collect();
    find_siblings(graph, &bodies);
    find_recursion(graph);
    let bodies: BTreeSet<_> = bodies.into_iter().map(|(_, id)| id).collect();
    while cluster(graph, &bodies) {}
    settle(graph);
}

/// Tells maps and unions from structs, and leaves each object where it stands.
pub fn apart(graph: &mut Graph) {
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

/// What stands under a key is the same in the bodies of events that are alike, such as `order.paid` and `order.lost`.
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
    let shared: Vec<_> = shared.filter(|(left, right)| are_alike(graph, *left, *right)).collect();
    shared.into_iter().for_each(|(left, right)| graph.unify(left, right));
}

/// Whether what stands at two nodes may be of one shape, and says nothing of the event.
fn are_alike(graph: &Graph, one: NodeId, other: NodeId) -> bool {
    let (ones, others) = (graph.objects_at(one), graph.objects_at(other));
    let is_free = !says_event(graph, one) && !says_event(graph, other);
    let mut pairs = ones.iter().flat_map(|one| others.iter().map(move |other| (*one, *other)));
    let are_one = |one, other| !are_kinds(graph, one, other) && hold_alike(graph, one, other, 0);
    is_free && pairs.all(|(one, other)| graph.likeness(one, other) >= ALIKE_BY_NAME && are_one(one, other))
}

/// Whether the event type is at a node, or in what it holds.
fn says_event(graph: &Graph, id: NodeId) -> bool {
    let node = graph.get(id);
    let is_pinned = graph.objects_at(id).into_iter().any(|object| graph.get_object(object).is_pinned);
    node.is_event_type || is_pinned || node.items.into_iter().chain(node.text).any(|below| says_event(graph, below))
}

/// Whether a tag says of two objects that they are of different kinds, and their keys do not speak against it.
fn are_kinds(graph: &Graph, one: ObjectId, other: ObjectId) -> bool {
    graph.are_tagged_apart(one, other) && graph.likeness(one, other) < ALIKE_IN_UNION
}

/// Whether what two objects hold under common keys may be of one shape too: a whole repository and a reference to one are
/// not, and nor are what holds them.
fn hold_alike(graph: &Graph, one: ObjectId, other: ObjectId, depth: usize) -> bool {
    let (left, right) = (graph.get_object(one), graph.get_object(other));
    let mut shared = left.fields.iter().filter_map(|(key, field)| Some((field.node, right.fields.get(key)?.node)));
    depth == DEEPEST || shared.all(|(left, right)| are_alike_below(graph, left, right, depth + 1))
}

fn are_alike_below(graph: &Graph, one: NodeId, other: NodeId, depth: usize) -> bool {
    if let (Some(one), Some(other)) = (graph.get(one).items, graph.get(other).items)
        && !are_alike_below(graph, one, other, depth)
    {
        return false;
    }
    let (ones, others) = (graph.objects_at(one), graph.objects_at(other));
    let ([one], [other]) = (ones.as_slice(), others.as_slice()) else { return true };
    let is_struct = |id: ObjectId| !graph.get_object(id).fields.is_empty();
    let are_structs = is_struct(*one) && is_struct(*other);
    one == other
        || !are_structs
        || graph.likeness(*one, *other) >= ALIKE_BELOW
            && !are_kinds(graph, *one, *other)
            && hold_alike(graph, *one, *other, depth)
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
fn is_tagged(graph: &Graph, id: NodeId) -> bool {
    let mut keys = graph.get(id).objects.iter().map(|(tag, _)| tag.as_ref().map(|tag| &tag.key));
    let first = keys.next().flatten();
    first.is_some() && keys.all(|key| key == first)
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

/// Makes objects that are alike one; whether any became.
fn cluster(graph: &mut Graph, roots: &BTreeSet<ObjectId>) -> bool {
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

fn are_one(graph: &Graph, one: ObjectId, other: ObjectId, names: &Names) -> bool {
    let of = |id: ObjectId| names.get(&id);
    let have_name = of(one).zip(of(other)).is_some_and(|(one, other)| one.keys().any(|name| other.contains_key(name)));
    let have_last_word = || {
        of(one)
            .zip(of(other))
            .is_some_and(|(one, other)| last_words(one).any(|word| last_words(other).any(|same| word == same)))
    };
    let fewest = graph.get_object(one).fields.len().min(graph.get_object(other).fields.len());
    let wanted = match have_name {
        true => ALIKE_BY_NAME,
        false if fewest > KEYS_BY_CHANCE || have_last_word() => ALIKE,
        false => return false,
    };
    graph.likeness(one, other) >= wanted
        && graph.conflict(one, other) <= CONFLICT
        && !are_kinds(graph, one, other)
        && hold_alike(graph, one, other, 0)
}

/// The last words of names: what they say that it is.
fn last_words(names: &BTreeMap<String, usize>) -> impl Iterator<Item = String> {
    names.keys().filter_map(|name| words(name).pop())
}

/// The names under which objects stand: keys, and for the items of arrays the key's singular.
pub fn names(graph: &Graph) -> Names {
    let mut names = Names::new();
    for id in graph.objects() {
        for (key, field) in &graph.get_object(id).fields {
            add_names(graph, field.node, key, &mut names, 0);
        }
    }
    names
}

fn add_names(graph: &Graph, id: NodeId, name: &str, names: &mut Names, depth: usize) {
    for object in graph.objects_at(id) {
        *names.entry(object).or_default().entry(name.to_owned()).or_default() += 1;
        // What stands under keys that are data is called after the map.
        if let Some(map) = graph.get_object(object).map.as_ref().filter(|_| depth < 8) {
            add_names(graph, map.values, &singular(name), names, depth + 1);
        }
    }
    let node = graph.get(id);
    if let Some(items) = node.items.filter(|_| depth < 8) {
        add_names(graph, items, &singular(name), names, depth + 1);
    }
    if let Some(text) = node.text.filter(|_| depth < 8) {
        add_names(graph, text, name, names, depth + 1);
    }
}

/// One of what a name says there are several of.
fn singular(name: &str) -> String {
    let ending =
        |end: &str, new: &str| name.strip_suffix(end).filter(|stem| stem.len() > 1).map(|stem| format!("{stem}{new}"));
    let is_plural = name.ends_with('s') && !["ss", "us", "is"].iter().any(|end| name.ends_with(end));
    if !is_plural {
        return name.to_owned();
    }
    ending("ies", "y")
        .or_else(|| ["sses", "shes", "ches", "xes"].iter().find_map(|end| ending(end, &end[..end.len() - 2])))
        .or_else(|| ending("s", ""))
        .unwrap_or_else(|| name.to_owned())
}
