//! Schemas as they are written, for who compares them rather than making types of them.

use super::facts::Facts;
use super::groups::Group;
use super::node::{Location, Node};
use super::{Kind, Lowering};
use crate::source::{Diagnostics, Source};
use serde_json::Value;

/// So many forms one schema may have; past them, its further choices are left out.
const MOST_FORMS: usize = 64;

/// Reads the schemas of a provider's documents, which were lowered before without errors.
pub struct Reader<'a>(Lowering<'a>);

/// Takes what is found once more.
#[derive(Default)]
pub struct Scratch {
    found: Diagnostics,
    untyped: Diagnostics,
}

/// One of the forms that a value may have: a choice (`oneOf`, `anyOf`) gives several, and several types do too.
pub struct Form<'a> {
    /// The type of its values; a number may be an integer.
    pub kind: Kind,
    /// The schemas that all apply to it.
    pub nodes: Vec<Node<'a>>,
    /// What they say.
    pub facts: Facts<'a>,
    /// The branches that led here; none without a choice.
    pub branches: Vec<Node<'a>>,
    /// Whether a value may have this form only if it has no other.
    pub is_exclusive: bool,
}

impl<'a> Reader<'a> {
    pub fn new(sources: &'a [Source], scratch: &'a mut Scratch) -> Self {
        Self(Lowering::new(sources, &mut scratch.found, &mut scratch.untyped))
    }

    /// The node at a place; none where nothing stands there.
    pub fn node(&self, document: usize, pointer: &str) -> Option<Node<'a>> {
        self.0.references.at(&Location { document, pointer: pointer.to_owned() })
    }

    /// What a schema that is nothing but a reference leads to; itself otherwise.
    pub fn meant(&mut self, node: Node<'a>) -> Node<'a> {
        self.0.meant(node)
    }

    /// What a `$ref` leads to.
    pub fn target(&mut self, node: &Node<'a>) -> Option<Node<'a>> {
        self.0.target(node)
    }

    /// The values that some schemas allow together, if they are listed.
    pub fn values(&mut self, nodes: &[Node<'a>]) -> Option<Vec<&'a Value>> {
        let flat = self.0.flatten(nodes.to_vec());
        self.0.facts(&flat).values
    }

    /// The schemas that apply where these do: what `allOf` and `$ref` lead to, too.
    pub fn flat(&mut self, nodes: &[Node<'a>]) -> Vec<Node<'a>> {
        self.0.flatten(nodes.to_vec())
    }

    /// The forms that a value may have where all of these schemas apply; none at all where nothing is allowed.
    pub fn forms(&mut self, nodes: &[Node<'a>]) -> Vec<Form<'a>> {
        let flat = self.0.flatten(nodes.to_vec());
        let groups = self.0.facts(&flat).groups;
        let mut expansion = Expansion { reader: self, leaves: 0, forms: Vec::new() };
        expansion.expand(&flat, groups, &[], false);
        expansion.forms
    }
}

struct Expansion<'e, 'a> {
    reader: &'e mut Reader<'a>,
    leaves: usize,
    forms: Vec<Form<'a>>,
}

impl<'a> Expansion<'_, 'a> {
    fn expand(&mut self, nodes: &[Node<'a>], mut groups: Vec<Group<'a>>, branches: &[Node<'a>], is_exclusive: bool) {
        if groups.is_empty() || self.leaves > MOST_FORMS {
            return self.leaf(nodes, branches, is_exclusive);
        }
        let Group { keyword, branches: choices } = groups.remove(0);
        for choice in choices {
            let mut added = self.reader.0.flatten(vec![choice.clone()]);
            added.retain(|node| !nodes.iter().any(|known| known.is(node)));
            let mut groups = groups.clone();
            groups.extend(self.reader.0.facts(&added).groups);
            let nodes: Vec<_> = nodes.iter().cloned().chain(added).collect();
            let branches: Vec<_> = branches.iter().cloned().chain([choice]).collect();
            self.expand(&nodes, groups, &branches, is_exclusive || keyword == "oneOf");
        }
    }

    fn leaf(&mut self, nodes: &[Node<'a>], branches: &[Node<'a>], is_exclusive: bool) {
        self.leaves += 1;
        if nodes.iter().any(|node| *node.value == Value::Bool(false)) {
            return;
        }
        let facts = self.reader.0.facts(nodes);
        let kinds = kinds(&facts);
        let mut facts = Some(facts);
        for kind in kinds {
            let facts = facts.take().unwrap_or_else(|| self.reader.0.facts(nodes));
            let (nodes, branches) = (nodes.to_vec(), branches.to_vec());
            self.forms.push(Form { kind, nodes, facts, branches, is_exclusive });
        }
    }
}

/// The types that a value may have; a number that may be an integer is one of them, and the only one.
fn kinds(facts: &Facts<'_>) -> Vec<Kind> {
    let all = [Kind::Null, Kind::Boolean, Kind::Number, Kind::String, Kind::Array, Kind::Object];
    let mut kinds: Vec<_> = match &facts.types {
        None => all.to_vec(),
        Some(types) => types.iter().copied().collect(),
    };
    if kinds.contains(&Kind::Number) {
        kinds.retain(|kind| *kind != Kind::Integer);
    }
    kinds.retain(|kind| facts.values_of(*kind).is_none_or(|values| !values.is_empty()));
    kinds
}
