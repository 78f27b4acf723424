//! Which objects become schemas of their own, and what they are called.

use super::holders::Holders;
use super::keys::Keys;
use super::names::pascal;
use crate::infer::evidence::{Graph, NodeId, ObjectId};
use crate::infer::shapes::Names;
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

/// These say nothing of what a shape is: a tag in it does.
const VAGUE: [&str; 9] =
    ["object", "data", "payload", "resource", "item", "entity", "attributes", "object_attributes", "element"];
/// So many keys are enough to refer to something.
const REFERENCE: usize = 3;
/// Shapes of one name, of which none is so much more frequent than another.
const RIVAL: usize = 4;

/// The objects that are schemas of their own.
#[derive(Debug, Default)]
pub struct Components {
    names: HashMap<ObjectId, String>,
    /// In the order in which a document lists them: those of the events first.
    pub order: Vec<ObjectId>,
}

impl Components {
    /// Names the bodies of events, and the shapes that are at several locations.
    pub fn name(graph: &Graph, bodies: &[(&str, ObjectId)], names: &Names, keys: &Keys<'_>) -> Self {
        let mut components = Self::default();
        let holders = Holders::of(graph, bodies);
        let mut taken = BTreeSet::new();
        for (event_type, id) in bodies {
            components.add(*id, &[pascal(event_type)], &mut taken);
        }
        let references = references(graph, keys);
        let mut named = Vec::new();
        for (id, count) in &references {
            let object = graph.get_object(*id);
            let tagged =
                kind(graph, *id).filter(|_| names.get(id).is_some_and(|names| names.keys().all(|name| is_vague(name))));
            let is_shape = object.map.is_none() && (object.fields.len() > 1 || holds_itself(graph, *id));
            if is_shape && (*count > 1 || tagged.is_some()) && !components.names.contains_key(id) {
                let name = tagged.or_else(|| names.get(id).and_then(best)).unwrap_or_else(|| "Object".to_owned());
                named.push((*id, *count, pascal(&name)));
            }
        }
        // The most frequent first, so that it has the best name.
        named.sort_by_key(|(id, count, _)| (std::cmp::Reverse(*count), *id));
        let named = with_references(graph, &named);
        for (id, count, name) in &named {
            let qualified = holders.qualified(*id, name);
            let is_rival = |(other, often, same): &&(ObjectId, usize, String)| {
                other != id && same == name && count < &(often * RIVAL)
            };
            // Of several that are as frequent, none is what the name alone says; and a vague name alone says nothing.
            let says_little = is_vague(&name.to_lowercase()) || named.iter().any(|other| is_rival(&other));
            let is_last = says_little && !qualified.is_empty();
            let (first, last) = if is_last { (None, Some(name)) } else { (Some(name), None) };
            let all: Vec<_> = first.into_iter().chain(&qualified).chain(last).cloned().collect();
            components.add(*id, &all, &mut taken);
        }
        components
    }

    /// Adds an object by the first of its names that is free.
    fn add(&mut self, id: ObjectId, names: &[String], taken: &mut BTreeSet<String>) {
        if self.names.contains_key(&id) {
            return;
        }
        let numbered = names.first().into_iter().flat_map(|name| (2..).map(move |number| format!("{name}{number}")));
        let mut all = names.iter().cloned().chain(numbered);
        if let Some(name) = all.find(|name| taken.insert(name.to_lowercase())) {
            self.names.insert(id, name);
            self.order.push(id);
        }
    }

    /// The name of an object that is a schema of its own.
    pub fn get(&self, id: ObjectId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }
}

/// The same, where an object of few keys only refers to the large one that has its name.
fn with_references(graph: &Graph, named: &[(ObjectId, usize, String)]) -> Vec<(ObjectId, usize, String)> {
    let size = |id: ObjectId| graph.get_object(id).fields.len();
    let mut largest: HashMap<&str, usize> = HashMap::new();
    for (id, _, name) in named {
        let known = largest.entry(name).or_default();
        *known = size(*id).max(*known);
    }
    let renamed = |(id, count, name): &(ObjectId, usize, String)| {
        let is_reference = size(*id) <= REFERENCE && largest[name.as_str()] > 2 * REFERENCE;
        (*id, *count, if is_reference { format!("{name}Reference") } else { name.clone() })
    };
    named.iter().map(renamed).collect()
}

/// What the only tag of an object says that it is.
fn kind(graph: &Graph, id: ObjectId) -> Option<String> {
    let (key, kinds) = graph.kinds_of(id)?;
    let only = kinds.keys().next().filter(|_| kinds.len() == 1 && words(key).iter().any(|word| word != "event"))?;
    Some(only.clone()).filter(|kind| !kind.contains(['.', ':', '/']))
}

/// Whether a key says only that something is there.
fn is_vague(key: &str) -> bool {
    VAGUE.contains(&key)
}

/// Whether an object of one key is below itself.
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

/// At how many locations each object is.
fn references(graph: &Graph, keys: &Keys<'_>) -> BTreeMap<ObjectId, usize> {
    let mut references = BTreeMap::new();
    let mut refer = |node: NodeId| {
        graph.objects_at(node).into_iter().for_each(|object| *references.entry(object).or_insert(0) += 1);
    };
    for id in graph.objects() {
        let object = graph.get_object(id);
        for (key, field) in &object.fields {
            // Where only null was seen, what others have under the key is referred to.
            let elsewhere = keys.elsewhere(key).filter(|_| graph.get(field.node).present() == 0);
            refer(elsewhere.unwrap_or(field.node));
        }
        object.map.iter().for_each(|map| refer(map.values));
    }
    for id in graph.nodes() {
        let node = graph.get(id);
        node.items.into_iter().chain(node.text).for_each(&mut refer);
    }
    references
}

/// The name that says what a shape is: the words that all its names end with, or else the most frequent one.
fn best(names: &BTreeMap<String, usize>) -> Option<String> {
    let general = || GENERAL.iter().find(|name| names.contains_key(**name)).map(|name| (*name).to_owned());
    let most = || names.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(name.len())));
    common_ending(names).or_else(general).or_else(|| most().map(|(name, _)| name.clone()))
}

/// `billing_address` and `shipping_address` are addresses.
fn common_ending(names: &BTreeMap<String, usize>) -> Option<String> {
    let mut all = names.keys().map(|name| words(name));
    let mut common = all.next().filter(|_| names.len() > 1)?;
    for words in all {
        let same = common.iter().rev().zip(words.iter().rev()).take_while(|(one, other)| one == other).count();
        common.drain(..common.len() - same);
    }
    (!common.is_empty()).then(|| common.join("_"))
}
