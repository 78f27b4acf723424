//! Which objects become schemas of their own, and what they are called.

use crate::infer::evidence::{Graph, NodeId, ObjectId};
use crate::infer::share::Names;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use webhook_codegen::words::words;

/// Of several names a shape has, one of these is what it is, and the others are what it is there for.
const GENERAL: [&str; 14] = [
    "user",
    "account",
    "person",
    "contact",
    "customer",
    "company",
    "organization",
    "address",
    "amount",
    "money",
    "repository",
    "file",
    "image",
    "item",
];

/// The objects that are schemas of their own.
#[derive(Debug, Default)]
pub struct Components {
    names: HashMap<ObjectId, String>,
    /// In the order in which a document lists them: those of the events first.
    pub order: Vec<ObjectId>,
}

impl Components {
    /// Names the bodies of events, and the shapes that stand at several locations.
    pub fn name(graph: &Graph, bodies: &[(&str, ObjectId)], names: &Names) -> Self {
        let mut components = Self::default();
        let mut taken = BTreeSet::new();
        for (event_type, id) in bodies {
            components.add(*id, pascal(event_type), &mut taken);
        }
        let mut shared: Vec<_> = references(graph).into_iter().filter(|(_, count)| *count > 1).collect();
        // The most frequent first, so that it has the best name.
        shared.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        for (id, _) in shared {
            let object = graph.get_object(id);
            let is_shape = object.map.is_none() && (object.fields.len() > 1 || holds_itself(graph, id));
            if is_shape && !components.names.contains_key(&id) {
                let name = names.get(&id).and_then(best).unwrap_or_else(|| "Object".to_owned());
                components.add(id, pascal(&name), &mut taken);
            }
        }
        components
    }

    fn add(&mut self, id: ObjectId, name: String, taken: &mut BTreeSet<String>) {
        if self.names.contains_key(&id) {
            return;
        }
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(&name.to_lowercase()));
        let name = free.unwrap_or(name);
        taken.insert(name.to_lowercase());
        self.names.insert(id, name);
        self.order.push(id);
    }

    /// The name of an object that is a schema of its own.
    pub fn get(&self, id: ObjectId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }
}

/// Whether an object of one key stands below itself.
fn holds_itself(graph: &Graph, id: ObjectId) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![id]);
    while let Some(object) = open.pop() {
        for below in objects_below(graph, object) {
            if below == id {
                return true;
            }
            if seen.insert(below) {
                open.push(below);
            }
        }
    }
    false
}

fn objects_below(graph: &Graph, id: ObjectId) -> Vec<ObjectId> {
    let object = graph.get_object(id);
    let mut nodes: Vec<_> = object.fields.values().map(|field| field.node).collect();
    nodes.extend(object.map.iter().map(|map| map.values));
    let mut objects = Vec::new();
    let mut seen = BTreeSet::new();
    while let Some(node) = nodes.pop().map(|node| graph.find(node)) {
        if seen.insert(node) {
            objects.extend(graph.objects_at(node));
            nodes.extend(graph.get(node).items.into_iter().chain(graph.get(node).text));
        }
    }
    objects
}

/// At how many locations each object stands.
fn references(graph: &Graph) -> BTreeMap<ObjectId, usize> {
    let mut references = BTreeMap::new();
    let mut refer = |node: NodeId| {
        graph.objects_at(node).into_iter().for_each(|object| *references.entry(object).or_insert(0) += 1);
    };
    for id in graph.objects() {
        let object = graph.get_object(id);
        object.fields.values().for_each(|field| refer(field.node));
        object.map.iter().for_each(|map| refer(map.values));
    }
    for id in graph.nodes() {
        let node = graph.get(id);
        node.items.into_iter().chain(node.text).for_each(&mut refer);
    }
    references
}

/// The name that says what a shape is.
fn best(names: &BTreeMap<String, usize>) -> Option<String> {
    let general = GENERAL.iter().find(|name| names.contains_key(**name)).map(|name| (*name).to_owned());
    general.or_else(|| {
        names.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(name.len()))).map(|(name, _)| name.clone())
    })
}

/// A name as components have it: `order.paid` is `OrderPaid`.
pub fn pascal(name: &str) -> String {
    let capital = |word: &String| {
        let mut characters = word.chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(characters).filter(char::is_ascii_alphanumeric).collect::<String>()
    };
    let name: String = words(name).iter().map(capital).collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("Event{name}") }
}
