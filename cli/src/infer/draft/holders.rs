//! What an object is called after what holds it, where another one has its name already.

use super::names::pascal;
use crate::infer::evidence::{Graph, NodeId, ObjectId};
use std::collections::{BTreeSet, HashMap};
use webhook_codegen::words::words;

/// What holds an object.
#[derive(Debug, Default)]
pub(super) struct Holders<'g> {
    /// The event types of the bodies that an object is directly in.
    events: HashMap<ObjectId, BTreeSet<&'g str>>,
    /// The keys under which the objects are that it is directly in.
    keys: HashMap<ObjectId, BTreeSet<&'g str>>,
}

impl<'g> Holders<'g> {
    /// Of all objects.
    pub fn of(graph: &'g Graph, bodies: &[(&'g str, ObjectId)]) -> Self {
        let mut holders = Self::default();
        for (event_type, body) in bodies {
            for object in below(graph, *body) {
                holders.events.entry(object).or_default().insert(event_type);
            }
        }
        for id in graph.objects() {
            for (key, field) in &graph.get_object(id).fields {
                for object in objects(graph, field.node).into_iter().flat_map(|holder| below(graph, holder)) {
                    holders.keys.entry(object).or_default().insert(key);
                }
            }
        }
        holders
    }

    /// Longer names of an object called `name`: after the events that have it, and after what it is in.
    pub fn qualified(&self, id: ObjectId, name: &str) -> Vec<String> {
        let events = self.events.get(&id).and_then(common_words);
        let keys = self.keys.get(&id).into_iter().flatten().map(|key| (*key).to_owned());
        let holders = events.into_iter().chain(keys).map(|holder| pascal(&holder));
        holders.filter(|holder| holder != name).map(|holder| joined(&holder, name)).collect()
    }
}

/// The words that event types begin with; of one event type what comes before what happened.
fn common_words(event_types: &BTreeSet<&str>) -> Option<String> {
    let mut all = event_types.iter().map(|event_type| words(event_type));
    let mut common = all.next()?;
    match event_types.len() {
        1 => common.truncate((common.len() - 1).max(1)),
        _ => all.for_each(|words| {
            let same = common.iter().zip(&words).take_while(|(one, other)| one == other).count();
            common.truncate(same);
        }),
    }
    (!common.is_empty()).then(|| common.join(" "))
}

/// `PullRequest` and `Head` are `PullRequestHead`; what both say is said once.
fn joined(holder: &str, name: &str) -> String {
    if holder.ends_with(name) { holder.to_owned() } else { format!("{holder}{name}") }
}

/// The objects that an object holds under its keys, in arrays too.
fn below(graph: &Graph, id: ObjectId) -> Vec<ObjectId> {
    graph.get_object(id).fields.values().flat_map(|field| objects(graph, field.node)).collect()
}

fn objects(graph: &Graph, node: NodeId) -> Vec<ObjectId> {
    let items = graph.get(node).items.into_iter().flat_map(|items| graph.objects_at(items));
    graph.objects_at(node).into_iter().chain(items).collect()
}
