//! Where references lead.

use super::id::{DEFAULT_BASE, Ids, address, is_elsewhere};
use super::node::{Location, Node};
use crate::source::fragment::split;
use crate::source::pointer::escape;
use crate::source::{Anchors, Source};
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};

/// The documents of a provider, among which references lead.
pub struct References<'a> {
    pub sources: &'a [Source],
    ids: OnceCell<Ids>,
    /// For each document.
    anchors: Vec<OnceCell<Anchors>>,
    /// What the references of nodes lead to, by the nodes' addresses.
    targets: RefCell<HashMap<usize, Option<Node<'a>>>>,
}

impl<'a> References<'a> {
    pub fn new(sources: &'a [Source]) -> Self {
        let anchors = sources.iter().map(|_| OnceCell::new()).collect();
        Self { sources, ids: OnceCell::new(), anchors, targets: RefCell::default() }
    }

    /// A document as a whole.
    pub fn root(&self, document: usize) -> Node<'a> {
        Node { document, pointer: String::new(), value: &self.sources[document].value }
    }

    /// The documents, each as a whole.
    pub fn roots(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let documents = self.sources.iter().enumerate();
        documents.map(|(document, source)| Node { document, pointer: String::new(), value: &source.value })
    }

    /// What is at a location; none where nothing is.
    pub fn at(&self, Location { document, pointer }: &Location) -> Option<Node<'a>> {
        let value = self.sources.get(*document)?.value.pointer(pointer)?;
        Some(Node { document: *document, pointer: pointer.clone(), value })
    }

    /// What the reference of a node leads to; none where it has none, and where it leads nowhere.
    pub fn target(&self, node: &Node<'a>) -> Option<Node<'a>> {
        let reference = node.reference()?.value.as_str()?;
        if let Some(known) = self.targets.borrow().get(&node.address()) {
            return known.clone();
        }
        let target = self.find(node, reference);
        self.targets.borrow_mut().insert(node.address(), target.clone());
        target
    }

    /// The schema that a discriminator at `node` names in its mapping: a component by its name, or else by a reference.
    pub fn named(&self, node: &Node<'a>, written: &str) -> Option<Node<'a>> {
        let component = self.find(node, &format!("#/components/schemas/{}", escape(written)));
        component.or_else(|| self.find(node, written))
    }

    /// A node, what it refers to, and so on; a circle ends where it closes.
    pub fn chain(&self, node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
        follow(node, |node| self.target(node))
    }

    /// Follows references until something else is there.
    pub fn resolve(&self, node: Node<'a>) -> Node<'a> {
        self.chain(node.clone()).last().unwrap_or(node)
    }

    /// The schemas that apply wherever a schema does: what its reference leads to, and its `allOf`.
    pub fn applied(&self, node: &Node<'a>) -> Vec<Node<'a>> {
        self.target(node).into_iter().chain(node.items("allOf")).collect()
    }

    /// Some schemas and all that apply wherever they do, each once.
    pub fn flat(&self, mut nodes: Vec<Node<'a>>) -> impl Iterator<Item = Node<'a>> {
        let mut seen = HashSet::new();
        nodes.reverse();
        std::iter::from_fn(move || {
            let node = std::iter::from_fn(|| nodes.pop()).find(|node| seen.insert(node.address()))?;
            nodes.extend(self.applied(&node).into_iter().rev());
            Some(node)
        })
    }

    /// What a reference that is at `node` leads to.
    pub fn find(&self, node: &Node<'a>, reference: &str) -> Option<Node<'a>> {
        let (file, fragment) = split(reference);
        let address = address(self.sources, node, file).filter(|address| address != DEFAULT_BASE);
        let ids = || self.ids.get_or_init(|| Ids::of(self.sources));
        let embedded = address.and_then(|address| self.within(ids().find(&address)?, &fragment));
        // A document that gives its schemas an `$id` often means itself by `#/components/…` all the same.
        let own = || self.within((self.document(node.document, file)?, String::new()), &fragment);
        embedded.or_else(own).or_else(|| self.around(node, &fragment).filter(|_| file.is_empty()))
    }

    /// A definition of the schema around a reference: a JSON Schema that was put into a document as it was means itself
    /// by `#/$defs/…`.
    fn around(&self, node: &Node<'a>, fragment: &str) -> Option<Node<'a>> {
        let is_definition = ["/$defs/", "/definitions/"].iter().any(|prefix| fragment.starts_with(prefix));
        let ends = node.pointer.rmatch_indices('/').map(|(end, _)| &node.pointer[..end]);
        let mut schemas = std::iter::once(&*node.pointer).chain(ends).filter(|_| is_definition);
        schemas.find_map(|schema| self.within((node.document, schema.to_owned()), fragment))
    }

    /// Whether a reference that is at `node` leads out of the folder.
    pub fn is_elsewhere(&self, node: &Node<'a>, reference: &str) -> bool {
        is_elsewhere(self.sources, node, reference)
    }

    fn within(&self, (document, root): (usize, String), fragment: &str) -> Option<Node<'a>> {
        let whole = &self.sources[document].value;
        let pointer = match fragment.is_empty() || fragment.starts_with('/') {
            true => root + fragment,
            false => {
                let anchors = self.anchors[document].get_or_init(|| Anchors::of(whole));
                anchors.find(&root, fragment)?.to_owned()
            }
        };
        Some(Node { document, value: whole.pointer(&pointer)?, pointer })
    }

    /// The document that a reference of `document` names; itself without a name.
    pub(super) fn document(&self, document: usize, file: &str) -> Option<usize> {
        match file.trim_start_matches("./") {
            "" => Some(document),
            file => self.sources.iter().position(|source| file_name(source) == file),
        }
    }
}

/// A node, the one that comes after it, and so on, until one comes again.
pub(super) fn follow<'a>(
    first: Node<'a>,
    mut next: impl FnMut(&Node<'a>) -> Option<Node<'a>>,
) -> impl Iterator<Item = Node<'a>> {
    let mut seen = HashSet::from([first.address()]);
    std::iter::successors(Some(first), move |node| next(node).filter(|next| seen.insert(next.address())))
}

/// The name by which other documents of the folder refer to this one.
pub fn file_name(source: &Source) -> String {
    source.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
