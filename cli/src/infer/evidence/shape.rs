//! How alike objects are.

use super::fold::TAG_KEYS;
use super::{Graph, Node, NodeId, ObjectId};
use indexmap::IndexMap;

/// The JSON types of a node, null apart, a bit each.
pub type Kinds = u8;

impl Graph {
    /// The JSON types that were seen at a node, null apart.
    pub fn kinds(&self, id: NodeId) -> Kinds {
        let Node { booleans, integers, fractions, strings, arrays, objects, .. } = self.get(id);
        let seen = [*booleans > 0, integers + fractions > 0, strings.count > 0, *arrays > 0, !objects.is_empty()];
        seen.into_iter().enumerate().map(|(bit, is_seen)| Kinds::from(is_seen) << bit).sum()
    }

    /// What share of the keys of either both have.
    pub fn likeness(&self, one: ObjectId, other: ObjectId) -> f64 {
        let (one, other) = (self.get_object(one), self.get_object(other));
        let both = one.fields.keys().filter(|key| other.fields.contains_key(*key)).count();
        let either = one.fields.len() + other.fields.len() - both;
        if either == 0 { 0.0 } else { both as f64 / either as f64 }
    }

    /// The share of the keys of both under which the JSON types differ.
    pub fn conflict(&self, one: ObjectId, other: ObjectId) -> f64 {
        let (one, other) = (self.get_object(one), self.get_object(other));
        let shared = one.fields.iter().filter_map(|(key, field)| Some((field.node, other.fields.get(key)?.node)));
        let (mut conflicts, mut all) = (0.0, 0.0);
        for (left, right) in shared {
            let (left, right) = (self.kinds(left), self.kinds(right));
            all += 1.0;
            conflicts += f64::from(u8::from(left & right == 0 && left != 0 && right != 0));
        }
        if all == 0.0 { 0.0 } else { conflicts / all }
    }

    /// The key that says what kind of object it is, and what it says there.
    pub fn kinds_of(&self, id: ObjectId) -> Option<(&str, &IndexMap<String, u64>)> {
        let fields = &self.get_object(id).fields;
        TAG_KEYS.iter().find_map(|key| Some((*key, self.get(fields.get(*key)?.node).strings.values.as_ref()?)))
    }

    /// Whether the same key says of one object that it is of other kinds than the other.
    pub fn are_tagged_apart(&self, one: ObjectId, other: ObjectId) -> bool {
        let pair = self.kinds_of(one).zip(self.kinds_of(other));
        pair.is_some_and(|((key, ones), (same, others))| {
            key == same && !ones.is_empty() && !others.is_empty() && !ones.keys().any(|kind| others.contains_key(kind))
        })
    }

    /// Whether each has a key in all of its objects that the other never has: no person would write one struct of them.
    pub fn exclude_each_other(&self, one: ObjectId, other: ObjectId) -> bool {
        let has_own = |one: ObjectId, other: ObjectId| {
            let (one, other) = (self.get_object(one), self.get_object(other));
            one.fields.iter().any(|(key, field)| field.count == one.count && !other.fields.contains_key(key))
        };
        has_own(one, other) && has_own(other, one)
    }
}
