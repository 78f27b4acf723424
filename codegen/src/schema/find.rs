//! Where references lead.

use super::anchors::Anchors;
use super::id::{Ids, is_elsewhere};
use super::{Lowering, Node, file_name};
use crate::source::Source;
use crate::source::fragment::{alike, split};
use std::cell::OnceCell;

/// The documents of a provider, among which references lead.
pub struct References<'a> {
    pub sources: &'a [Source],
    ids: Ids,
    anchors: OnceCell<Anchors>,
}

impl<'a> References<'a> {
    pub fn new(sources: &'a [Source]) -> Self {
        Self { sources, ids: Ids::of(sources), anchors: OnceCell::new() }
    }

    /// What a reference that stands at `node` leads to.
    pub fn find(&self, node: &Node<'a>, reference: &str) -> Option<Node<'a>> {
        let (file, fragment) = split(reference);
        let embedded = self.ids.find(self.sources, node, file).and_then(|root| self.within(root, &fragment));
        // A document that gives its schemas an `$id` often means itself by `#/components/…` all the same.
        let own = || self.within((self.document(node.document, file)?, String::new()), &fragment);
        embedded.or_else(own).or_else(|| self.around(node, &fragment).filter(|_| file.is_empty()))
    }

    /// A definition of the schema around a reference: a JSON Schema that was put into a document as it was means itself
    /// by `#/$defs/…`.
    fn around(&self, node: &Node<'a>, fragment: &str) -> Option<Node<'a>> {
        let is_definition = ["/$defs/", "/definitions/"].iter().any(|place| fragment.starts_with(place));
        let ends = node.pointer.rmatch_indices('/').map(|(end, _)| &node.pointer[..end]);
        let mut schemas = std::iter::once(&*node.pointer).chain(ends).filter(|_| is_definition);
        schemas.find_map(|schema| self.within((node.document, schema.to_owned()), fragment))
    }

    /// Whether a reference that stands at `node` leads out of the folder.
    pub fn is_elsewhere(&self, node: &Node<'a>, reference: &str) -> bool {
        is_elsewhere(self.sources, node, reference)
    }

    fn within(&self, (document, root): (usize, String), fragment: &str) -> Option<Node<'a>> {
        let whole = &self.sources[document].value;
        let pointer = match fragment.is_empty() || fragment.starts_with('/') {
            true => root + fragment,
            false => {
                let anchors = self.anchors.get_or_init(|| Anchors::of(self.sources));
                anchors.find(document, &root, fragment)?.to_owned()
            }
        };
        Some(Node { document, value: whole.pointer(&pointer)?, pointer })
    }

    /// The document that a reference of `document` names; itself without a name.
    fn document(&self, document: usize, file: &str) -> Option<usize> {
        match file.trim_start_matches("./") {
            "" => Some(document),
            file => self.sources.iter().position(|source| file_name(source) == file),
        }
    }
}

impl Lowering<'_> {
    /// What may have been meant by a reference at `node` to nowhere.
    pub(super) fn nearest(&self, node: &Node<'_>, reference: &str) -> String {
        let document = node.document;
        if let Some(help) = self.sources[document].help(&node.pointer, reference) {
            return help.to_owned();
        }
        if reference.contains("://") {
            return "put that document beside this one and refer to it as `./file.yaml#/…`".to_owned();
        }
        let (file, fragment) = split(reference);
        let meant = match self.references.document(document, file) {
            Some(target) => alike(&self.sources[target].value, &fragment),
            None if file.contains('.') => return self.nearest_file(file),
            None => alike(&self.sources[document].value, file),
        };
        let file = if self.references.document(document, file).is_some() { file } else { "" };
        match meant {
            Some(pointer) => format!("did you mean `{file}#{pointer}`?"),
            None => "it must lead to a place in this document or in one beside it (`./file.yaml#/…`)".to_owned(),
        }
    }

    fn nearest_file(&self, file: &str) -> String {
        let names: Vec<_> = self.sources.iter().map(file_name).collect();
        let meant = crate::source::closest(file.trim_start_matches("./"), names.iter().map(String::as_str));
        let meant = meant.map(|name| format!(": did you mean `./{name}`?")).unwrap_or_default();
        format!("there is no `{file}` beside this document{meant}")
    }
}
