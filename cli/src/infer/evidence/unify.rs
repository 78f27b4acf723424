//! Two nodes, or two objects, become one.

use super::{Graph, Node, NodeId, Object, ObjectId};

/// What is still to be made one.
enum Pair {
    Nodes(NodeId, NodeId),
    Objects(ObjectId, ObjectId),
}

impl Graph {
    /// Makes two nodes one, with all that they hold.
    pub fn unify(&mut self, one: NodeId, other: NodeId) {
        self.unify_all(vec![Pair::Nodes(one, other)]);
    }

    /// Makes two objects one, with all that they hold.
    pub fn unify_objects(&mut self, one: ObjectId, other: ObjectId) {
        self.unify_all(vec![Pair::Objects(one, other)]);
    }

    /// Makes all objects at a node one, which then has no tag.
    pub fn join_objects(&mut self, id: NodeId) {
        let objects = self.objects_at(id);
        let Some((first, others)) = objects.split_first() else { return };
        let node = self.get_mut(id);
        node.objects = vec![(None, *first)];
        node.is_joined = true;
        self.unify_all(others.iter().map(|other| Pair::Objects(*first, *other)).collect());
    }

    fn unify_all(&mut self, mut pairs: Vec<Pair>) {
        while let Some(pair) = pairs.pop() {
            match pair {
                Pair::Nodes(one, other) => self.unify_pair(one, other, &mut pairs),
                Pair::Objects(one, other) => self.unify_object_pair(one, other, &mut pairs),
            }
        }
    }

    fn unify_pair(&mut self, one: NodeId, other: NodeId, pairs: &mut Vec<Pair>) {
        let (one, other) = (self.find(one), self.find(other));
        if one == other {
            return;
        }
        self.node_parents[other.0 as usize] = one;
        let other = std::mem::take(&mut self.nodes[other.0 as usize]);
        let node = &mut self.nodes[one.0 as usize];
        let are_json = |node: &Node| node.text.is_some() || node.strings.count == node.strings.empty;
        let are_all_json = are_json(node) && are_json(&other);
        node.count += other.count;
        node.nulls += other.nulls;
        node.booleans += other.booleans;
        node.integers += other.integers;
        node.fractions += other.fractions;
        node.arrays += other.arrays;
        node.is_joined |= other.is_joined;
        node.is_event_type |= other.is_event_type;
        node.strings.merge(other.strings);
        pairs.extend(joined(&mut node.items, other.items));
        pairs.extend(joined(&mut node.text, other.text));
        if !are_all_json {
            node.text = None;
        }
        for (tag, object) in other.objects {
            match node.objects.iter().find(|(known, _)| *known == tag) {
                Some((_, known)) => pairs.push(Pair::Objects(*known, object)),
                None => node.objects.push((tag, object)),
            }
        }
    }

    fn unify_object_pair(&mut self, one: ObjectId, other: ObjectId, pairs: &mut Vec<Pair>) {
        let (one, other) = (self.find_object(one), self.find_object(other));
        if one == other {
            return;
        }
        self.object_parents[other.0 as usize] = one;
        let other = std::mem::take(&mut self.objects[other.0 as usize]);
        let object = &mut self.objects[one.0 as usize];
        object.count += other.count;
        object.deliveries.merge(&other.deliveries);
        object.is_pinned |= other.is_pinned;
        merge_fields(object, &other, pairs);
        match (&mut object.map, other.map) {
            (Some(map), Some(more)) => {
                map.keys = if map.keys == more.keys { map.keys } else { super::KeyForm::Any };
                pairs.push(Pair::Nodes(map.values, more.values));
            }
            (None, Some(map)) => object.map = Some(map),
            _ => {}
        }
        // A struct that is one with a map is a map.
        if let Some(map) = object.map.clone() {
            let fields = std::mem::take(&mut object.fields);
            pairs.extend(fields.values().map(|field| Pair::Nodes(map.values, field.node)));
        }
    }
}

/// What both have becomes one; what only `other` has comes after the key that it came after there.
fn merge_fields(object: &mut Object, other: &Object, pairs: &mut Vec<Pair>) {
    let mut before: Option<usize> = None;
    for (key, field) in &other.fields {
        let index = match object.fields.get_full_mut(key) {
            Some((index, _, known)) => {
                known.count += field.count;
                pairs.push(Pair::Nodes(known.node, field.node));
                index
            }
            None => {
                let index = before.map_or(object.fields.len(), |before| before + 1);
                object.fields.shift_insert(index, key.clone(), field.clone());
                index
            }
        };
        before = Some(index);
    }
}

/// The pair that is to be made one, where both are there; else `one` becomes the one that is.
fn joined(one: &mut Option<NodeId>, other: Option<NodeId>) -> Option<Pair> {
    match (*one, other) {
        (Some(known), Some(more)) => Some(Pair::Nodes(known, more)),
        _ => {
            *one = one.or(other);
            None
        }
    }
}
