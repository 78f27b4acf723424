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

/// The discriminators that were read, by the schema that they stand in.
pub type Discriminators<'a> = HashMap<Location, Option<Rc<Resolved<'a>>>>;

/// What is known of schemas, by their addresses.
#[derive(Default)]
pub struct Chains<'a> {
    /// The number of the circle that each stands in; alone, it is one of its own.
    pub circles: HashMap<usize, usize>,
    /// What the `oneOf` beside a base's properties refers to.
    pub variants: HashMap<usize, Rc<HashSet<usize>>>,
    /// The nearest base that references lead to.
    pub bases: HashMap<usize, Option<Node<'a>>>,
    /// Whether a schema at some depth allows values of one type only.
    pub only: HashMap<(usize, Kind, usize), bool>,
}
