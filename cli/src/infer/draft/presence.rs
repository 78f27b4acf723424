//! Which properties are required.

use super::keys::{ENOUGH, Keys};
use crate::infer::evidence::{Graph, ObjectId};
use std::collections::HashMap;
use webhook_codegen::words::words;

/// Of so many bodies one may be without a key that nearly all events have.
const WITHOUT: u64 = 20;

/// What bodies of other events say of the properties that bodies have.
#[derive(Debug)]
pub struct Presence {
    /// By the body's object: the family of its event.
    families: HashMap<ObjectId, String>,
    /// By family and key: in how many bodies it is.
    keys: HashMap<(String, String), u64>,
    /// By family: how many bodies there are.
    bodies: HashMap<String, u64>,
}

/// The family of all events.
const ALL: &str = "";

impl Presence {
    /// Of the bodies of all events. Events of which few were seen are mostly built as the others of their family are, and
    /// as all are.
    pub fn of(graph: &Graph, bodies: &[(&str, ObjectId)]) -> Self {
        let mut presence = Self { families: HashMap::new(), keys: HashMap::new(), bodies: HashMap::new() };
        for (event_type, id) in bodies {
            let family = words(event_type).into_iter().next().unwrap_or_default();
            let object = graph.get_object(*id);
            for family in [ALL, &family] {
                *presence.bodies.entry(family.to_owned()).or_default() += object.count;
                for (key, field) in &object.fields {
                    *presence.keys.entry((family.to_owned(), key.clone())).or_default() += field.count;
                }
            }
            presence.families.insert(*id, family);
        }
        presence
    }

    /// Whether a property is required.
    pub fn is_required(&self, graph: &Graph, keys: &Keys<'_>, id: ObjectId, key: &str) -> bool {
        let object = graph.get_object(id);
        let is_in_all = object.fields.get(key).is_some_and(|field| field.count == object.count);
        let is_in_others = || match self.families.contains_key(&id) {
            true => self.is_in_all_of_family(id, key),
            false => keys.is_always_there(key),
        };
        let enough = if keys.is_missing_elsewhere(key) { 3 * ENOUGH } else { ENOUGH };
        is_in_all && (object.deliveries.count() >= enough || is_in_others())
    }

    fn is_in_all_of_family(&self, id: ObjectId, key: &str) -> bool {
        let is_in_all = |family: &str| {
            let bodies = self.bodies.get(family).copied().unwrap_or_default();
            let with_key = self.keys.get(&(family.to_owned(), key.to_owned())).copied().unwrap_or_default();
            bodies >= ENOUGH && (bodies - with_key) * WITHOUT <= bodies
        };
        self.families.get(&id).is_some_and(|family| is_in_all(family) || is_in_all(ALL))
    }
}
