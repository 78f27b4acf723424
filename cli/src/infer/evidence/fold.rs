//! A body into the graph.

use super::keys::{self, KeyForm};
use super::strings::json;
use super::{Field, Graph, NodeId, ObjectId, Tag};
use serde_json::{Map, Value};

/// What tells kinds of objects apart is mostly called so; the first that an object has counts.
pub(super) const TAG_KEYS: [&str; 13] = [
    "type",
    "object",
    "kind",
    "event",
    "eventType",
    "event_type",
    "objectType",
    "object_type",
    "resourceType",
    "resource_type",
    "__typename",
    "@type",
    "Type",
];
/// More kinds at one location are no union that a person would write.
const MOST_TAGS: usize = 32;

impl Graph {
    /// Folds the body of one more delivery.
    pub fn fold_body(&mut self, id: NodeId, body: &Value) {
        self.delivery = self.delivery.wrapping_add(1);
        self.fold(id, body);
    }

    fn fold(&mut self, id: NodeId, value: &Value) {
        let node = self.get_mut(id);
        node.count += 1;
        match value {
            Value::Null => node.nulls += 1,
            Value::Bool(_) => node.booleans += 1,
            Value::Number(number) if is_integer(number) => node.integers += 1,
            Value::Number(_) => node.fractions += 1,
            Value::String(text) => self.fold_string(id, text),
            Value::Array(items) => self.fold_array(id, items),
            Value::Object(members) => self.fold_object(id, members),
        }
    }

    fn fold_string(&mut self, id: NodeId, text: &str) {
        let node = self.get_mut(id);
        let could_be_json = node.strings.count == node.strings.empty || node.text.is_some();
        node.strings.add(text);
        if text.is_empty() || !could_be_json {
            return;
        }
        match (json(text), node.text) {
            (Some(held), Some(known)) => self.fold(known, &held),
            (Some(held), None) => {
                let held_at = self.node();
                self.get_mut(id).text = Some(held_at);
                self.fold(held_at, &held);
            }
            (None, _) => node.text = None,
        }
    }

    fn fold_array(&mut self, id: NodeId, items: &[Value]) {
        self.get_mut(id).arrays += 1;
        if items.is_empty() {
            return;
        }
        let known = self.get(id).items;
        let at = known.unwrap_or_else(|| self.node());
        self.get_mut(id).items = Some(at);
        items.iter().for_each(|item| self.fold(at, item));
    }

    fn fold_object(&mut self, id: NodeId, members: &Map<String, Value>) {
        let object = self.object_for(id, tag(members));
        let delivery = self.delivery;
        let seen = self.object_mut(object);
        seen.count += 1;
        seen.deliveries.add(delivery);
        for (key, value) in members {
            let at = self.field(object, key);
            self.fold(at, value);
        }
    }

    /// The object at a node that has this tag.
    fn object_for(&mut self, id: NodeId, tag: Option<Tag>) -> ObjectId {
        let known = self.get(id).objects.iter().find(|(known, _)| *known == tag);
        if let Some((_, object)) = known {
            return *object;
        }
        if self.get(id).objects.len() >= MOST_TAGS {
            self.join_objects(id);
        }
        if let (true, Some((_, joined))) = (self.get(id).is_joined, self.get(id).objects.first()) {
            return *joined;
        }
        let object = self.object();
        self.get_mut(id).objects.push((tag, object));
        object
    }

    /// What is under a key of an object, which is seen once more.
    fn field(&mut self, id: ObjectId, key: &str) -> NodeId {
        if let Some(map) = &self.get_object(id).map {
            return map.values;
        }
        if let Some(field) = self.object_mut(id).fields.get_mut(key) {
            field.count += 1;
            return field.node;
        }
        if self.get_object(id).fields.len() > keys::MOST {
            self.make_map(id, KeyForm::Any);
            return self.field(id, key);
        }
        let node = self.node();
        self.object_mut(id).fields.insert(key.to_owned(), Field { count: 1, node });
        node
    }
}

fn is_integer(number: &serde_json::Number) -> bool {
    number.is_i64() || number.is_u64()
}

/// What an object may say of its own kind.
fn tag(members: &Map<String, Value>) -> Option<Tag> {
    let is_tag = |text: &&str| {
        text.len() <= 64
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:-/".contains(&byte))
    };
    TAG_KEYS.iter().find_map(|key| {
        let value = members.get(*key)?.as_str().filter(is_tag)?.to_owned();
        Some(Tag { key: (*key).to_owned(), value })
    })
}
