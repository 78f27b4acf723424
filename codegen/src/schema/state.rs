//! What is known while schemas are lowered, so that each is looked at once.

use super::node::{Location, Node};
use crate::keywords::Kind;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// A schema that extends a base.
#[derive(Debug)]
pub struct Subtype<'a> {
    /// The base itself where a mapping names it: a value that has no more than the base's properties.
    pub schema: Node<'a>,
    /// The values of the discriminator that mean it, where no mapping says so; empty where its name does.
    pub tags: Vec<&'a str>,
}

/// The subtypes of a base, in the order of its mapping or else of the documents.
pub type List<'a> = IndexMap<Location, Subtype<'a>>;

/// What is known of bases and their subtypes.
#[derive(Default)]
pub struct Subtypes<'a> {
    pub of: HashMap<Location, Rc<List<'a>>>,
    /// The components that refer to a schema in their `allOf`.
    pub extending: Option<HashMap<Location, Vec<Node<'a>>>>,
}

/// A discriminator (OpenAPI 3.1, section 4.8.25) whose mapping is followed.
pub struct Resolved<'a> {
    pub property: &'a str,
    pub entries: Vec<MappingEntry<'a>>,
    /// The same by schema, as indices.
    pub by_schema: HashMap<Location, Vec<usize>>,
}

/// An entry of a mapping.
#[derive(Clone)]
pub struct MappingEntry<'a> {
    pub tag: &'a str,
    /// Where the schema is named.
    pub name: Node<'a>,
    pub schema: Node<'a>,
}

/// The discriminators that were read, by the schema that they are in.
pub type Discriminators<'a> = HashMap<Location, Option<Rc<Resolved<'a>>>>;

/// What is known of schemas, by their addresses.
#[derive(Default)]
pub struct Chains<'a> {
    /// The number of the circle that each is in; alone, it is one of its own.
    pub circles: HashMap<usize, usize>,
    /// What the `oneOf` beside a base's properties refers to.
    pub variants: HashMap<usize, Rc<HashSet<usize>>>,
    /// The nearest base that references lead to.
    pub bases: HashMap<usize, Option<Node<'a>>>,
    /// Whether a schema at some depth allows values of one type only.
    pub only: HashMap<(usize, Kind, usize), bool>,
}

/// A merge within more merges than this gets a name of its own, and so does a schema within more schemas.
const DEEPEST_MERGE: usize = 16;
pub const DEEPEST: usize = 128;
/// So often the same schemas are merged where they are, before they get a name of their own.
const MOST_COPIES: usize = 32;
/// So many schemas all merges of a provider may put together.
pub const MOST_MERGED: usize = 500_000;

/// The schemas of a merge that say something, by where they are in memory.
pub type Essence = Vec<usize>;

/// What is being lowered, so that a schema that is merged into itself becomes a type with a name.
///
/// A schema with `allOf` is lowered where it is, along with what it is made of: `{allOf: [{$ref: A}, {required: [k]}]}`
/// as a property of `A` holds that property again, without end. What matters is the set of schemas that say something.
/// When it comes up within itself, it is the same type.
#[derive(Default)]
pub struct Merges<'a> {
    /// Those that are being lowered.
    pub open: HashMap<Essence, Open<'a>>,
    /// How often each was lowered.
    pub copies: HashMap<Essence, usize>,
    /// The component that a merge became.
    pub names: HashMap<Essence, Node<'a>>,
    /// The same by the schemas that were asked for.
    pub asked: HashMap<Vec<usize>, Node<'a>>,
    pub invented: HashSet<Location>,
    pub depth: usize,
    pub merged: usize,
}

pub struct Open<'a> {
    pub first: Node<'a>,
    pub is_alone: bool,
    /// The component that it is, or becomes because something within refers to it.
    pub name: Option<Node<'a>>,
}

impl<'a> Merges<'a> {
    pub fn is_within_limit(&self) -> bool {
        self.merged <= MOST_MERGED
    }

    /// The component for a merge, and whether it is still to be lowered; none where the merge is lowered where it is.
    pub fn name(&mut self, essence: &Essence, nodes: &[Node<'a>]) -> Option<(Node<'a>, bool)> {
        if let Some(name) = self.names.get(essence) {
            return Some((name.clone(), false));
        }
        if let Some(open) = self.open.get_mut(essence) {
            let invented = &mut self.invented;
            return Some((open.name.get_or_insert_with(|| name(&open.first, open.is_alone, invented)).clone(), false));
        }
        let copies = self.copies.entry(essence.clone()).or_default();
        *copies += 1;
        if self.open.len() < DEEPEST_MERGE && self.depth < DEEPEST && *copies <= MOST_COPIES {
            return None;
        }
        let name = name(&nodes[0], nodes.len() == 1, &mut self.invented);
        self.names.insert(essence.clone(), name.clone());
        Some((name, true))
    }
}

/// Several schemas that have no common location are called like the first of them.
fn name<'a>(first: &Node<'a>, is_alone: bool, invented: &mut HashSet<Location>) -> Node<'a> {
    if is_alone {
        return first.clone();
    }
    let keywords = std::iter::once("allOf".to_owned()).chain((2..).map(|number| format!("allOf{number}")));
    let names = keywords.map(|keyword| first.with(&keyword, first.value));
    let mut free = names.filter(|name| invented.insert(name.location()));
    free.next().unwrap_or_else(|| first.clone())
}
