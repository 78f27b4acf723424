//! Whether two objects are of one shape.

use super::names::Names;
use crate::infer::evidence::{Graph, Node, NodeId, ObjectId};
use std::collections::{BTreeMap, BTreeSet};
use webhook_codegen::words::words;

/// Variants that have more of their keys in common are one struct with optional properties.
pub(super) const ALIKE_IN_UNION: f64 = 0.7;
/// Objects of one name are one shape if they have half of their keys in common.
pub(super) const ALIKE_BY_NAME: f64 = 0.5;
/// Those of different names need more, and keys enough that it is no chance.
pub(super) const ALIKE: f64 = 0.8;
pub(super) const KEYS_BY_CHANCE: usize = 3;
/// What they hold under a common key needs less.
const ALIKE_BELOW: f64 = 0.3;
/// So deep it is looked at what they hold.
const DEEPEST: usize = 3;
/// So many keys, and fewer words under them, are options.
const OPTIONS: usize = 4;
/// As many of the types under common keys may differ: one of ten, or two of twenty.
pub(super) const CONFLICT: f64 = 0.11;

pub(super) fn are_one(graph: &Graph, one: ObjectId, other: ObjectId, names: &Names) -> bool {
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
pub(super) fn last_words(names: &BTreeMap<String, usize>) -> impl Iterator<Item = String> {
    names.keys().filter_map(|name| words(name).pop())
}

/// Whether what is at two nodes may be of one shape, and says nothing of the event.
pub(super) fn is_same_at(graph: &Graph, one: NodeId, other: NodeId) -> bool {
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
        || are_options(graph, *one, *other)
        || graph.likeness(*one, *other) >= ALIKE_BELOW
            && !are_kinds(graph, *one, *other)
            && hold_alike(graph, *one, *other, depth)
}

/// Whether two objects hold the same few words under all of their keys, such as permissions: which of them each has says
/// nothing of what it is.
fn are_options(graph: &Graph, one: ObjectId, other: ObjectId) -> bool {
    let fields = || graph.get_object(one).fields.iter().chain(&graph.get_object(other).fields);
    let nodes = || fields().map(|(_, field)| graph.get(field.node));
    let is_text = |node: &Node| node.strings.count > 0 && node.strings.count == node.present();
    let words: Option<Vec<_>> = nodes().map(|node| node.strings.values.as_ref()).collect();
    let keys: BTreeSet<_> = fields().map(|(key, _)| key).collect();
    let different: BTreeSet<_> = words.iter().flatten().flat_map(|words| words.keys()).collect();
    words.is_some() && keys.len() >= OPTIONS && different.len() < OPTIONS && nodes().all(is_text)
}
