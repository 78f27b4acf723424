//! The names under which objects are.

use crate::infer::evidence::{Graph, NodeId, ObjectId};
use std::collections::{BTreeMap, HashMap};

/// The names under which each object is, with how many locations have it under that name.
pub type Names = HashMap<ObjectId, BTreeMap<String, usize>>;

/// The names under which objects are: keys, and for the items of arrays the key's singular.
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
        // What is under keys that are data is called after the map.
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
