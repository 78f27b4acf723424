//! What bodies showed, folded into a graph: a node for each location, an object for each shape that is there.
//!
//! A graph grows with the shapes that it saw, not with the bodies. Two nodes, or two objects, can be made one: all that
//! was seen of either then counts for both, and so it does for what they hold. That is how a shape that recurs gathers its
//! evidence over events, and how recursion comes about.

mod deliveries;
mod fold;
mod keys;
mod shape;
mod strings;
mod unify;

pub use deliveries::Deliveries;
pub use keys::KeyForm;
pub use strings::{Format, Strings};

use indexmap::IndexMap;

/// Index of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

/// Index of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId(u32);

/// All that bodies showed.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    objects: Vec<Object>,
    /// What a node, or an object, became part of: itself, where it stands for others.
    node_parents: Vec<NodeId>,
    object_parents: Vec<ObjectId>,
    /// The delivery whose body is folded.
    delivery: u32,
}

/// What is at a location: how often, and as what.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// How many values were seen.
    pub count: u64,
    /// How many of them were null.
    pub nulls: u64,
    /// How many were booleans.
    pub booleans: u64,
    /// How many were integers.
    pub integers: u64,
    /// How many were numbers with a fraction.
    pub fractions: u64,
    /// The strings.
    pub strings: Strings,
    /// What the JSON in strings is, where all of them hold an object or an array.
    pub text: Option<NodeId>,
    /// How many were arrays.
    pub arrays: u64,
    /// What is in the arrays.
    pub items: Option<NodeId>,
    /// The objects, apart by what their tag says.
    pub objects: Vec<(Option<Tag>, ObjectId)>,
    /// Whether the event type is here, or a part of it: it is then never one with that of another event.
    pub is_event_type: bool,
    /// Whether the tags were found not to tell the objects apart.
    is_joined: bool,
}

/// A key that may say what kind of object it is in, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tag {
    /// The key.
    pub key: String,
    /// The text there.
    pub value: String,
}

/// The objects of one shape.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// How many were seen.
    pub count: u64,
    /// The deliveries that they were seen in.
    pub deliveries: Deliveries,
    /// What is under their keys.
    pub fields: IndexMap<String, Field>,
    /// Whether the keys are data: what is under any of them is then that of one node.
    pub map: Option<Map>,
    /// Whether it says which event it is in: it is then never one with that of another event.
    pub is_pinned: bool,
}

/// What is under a key.
#[derive(Clone, Debug)]
pub struct Field {
    /// In how many of the objects the key is.
    pub count: u64,
    /// What is there.
    pub node: NodeId,
}

/// An object whose keys are data.
#[derive(Clone, Debug)]
pub struct Map {
    /// What all keys look like.
    pub keys: KeyForm,
    /// What is under them.
    pub values: NodeId,
}

impl Graph {
    /// A node of which nothing was seen yet.
    pub fn node(&mut self) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).expect("bodies have fewer locations"));
        self.nodes.push(Node::default());
        self.node_parents.push(id);
        id
    }

    fn object(&mut self) -> ObjectId {
        let id = ObjectId(u32::try_from(self.objects.len()).expect("bodies have fewer objects"));
        self.objects.push(Object::default());
        self.object_parents.push(id);
        id
    }

    /// The node that stands for a node.
    pub fn find(&self, mut id: NodeId) -> NodeId {
        while self.node_parents[id.0 as usize] != id {
            id = self.node_parents[id.0 as usize];
        }
        id
    }

    /// The object that stands for an object.
    pub fn find_object(&self, mut id: ObjectId) -> ObjectId {
        while self.object_parents[id.0 as usize] != id {
            id = self.object_parents[id.0 as usize];
        }
        id
    }

    /// What was seen at a node.
    pub fn get(&self, id: NodeId) -> &Node {
        &self.nodes[self.find(id).0 as usize]
    }

    /// What was seen of an object.
    pub fn get_object(&self, id: ObjectId) -> &Object {
        &self.objects[self.find_object(id).0 as usize]
    }

    fn get_mut(&mut self, id: NodeId) -> &mut Node {
        let id = self.find(id);
        &mut self.nodes[id.0 as usize]
    }

    fn object_mut(&mut self, id: ObjectId) -> &mut Object {
        let id = self.find_object(id);
        &mut self.objects[id.0 as usize]
    }

    /// The nodes that stand for themselves.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.node_parents.iter().enumerate().filter(|(index, parent)| parent.0 as usize == *index).map(|(_, id)| *id)
    }

    /// The objects that stand for themselves.
    pub fn objects(&self) -> impl Iterator<Item = ObjectId> {
        self.object_parents.iter().enumerate().filter(|(index, parent)| parent.0 as usize == *index).map(|(_, id)| *id)
    }

    /// The objects at a node, each once.
    pub fn objects_at(&self, id: NodeId) -> Vec<ObjectId> {
        let mut objects: Vec<_> = self.get(id).objects.iter().map(|(_, object)| self.find_object(*object)).collect();
        objects.sort();
        objects.dedup();
        objects
    }

    /// Marks a node as one that says the event type.
    pub fn pin_node(&mut self, id: NodeId) {
        self.get_mut(id).is_event_type = true;
    }

    /// Marks an object as one that says which event it is in.
    pub fn pin(&mut self, id: ObjectId) {
        self.object_mut(id).is_pinned = true;
    }
}

impl Node {
    /// How many of the values were not null.
    pub fn present(&self) -> u64 {
        self.count - self.nulls
    }
}
