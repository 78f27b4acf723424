//! References of what is lowered: where they lead nowhere, that is reported.

use super::lowering::Lowering;
use super::{Node, file_name};
use crate::source::fragment::{similar, split};
use crate::source::{WarningKind, closest};

impl<'a> Lowering<'a> {
    /// The schema that the `$ref` of one leads to. Any value is taken for one that is on another host: its sender may
    /// have no other way to say it, and nothing is lost.
    pub(super) fn target(&mut self, node: &Node<'a>) -> Option<Node<'a>> {
        let reference = node.reference()?;
        let found = self.references.target(node);
        let written = reference.value.as_str().filter(|_| found.is_none());
        if let Some(text) = written.filter(|text| self.references.is_elsewhere(node, text)) {
            let help = "any value is accepted; for its type, put that document beside this one and refer to it as \
                        `./file.yaml#/…`";
            self.warning(
                WarningKind::Reference,
                &reference,
                format!("`{text}` is outside this folder, and is not fetched"),
                help,
            );
            return None;
        }
        found.or_else(|| self.nearby(node))
    }

    /// What the `$ref` of a node leads to; a reference to nowhere is reported.
    fn nearby(&mut self, node: &Node<'a>) -> Option<Node<'a>> {
        let reference = node.reference()?;
        let Some(text) = reference.value.as_str() else {
            self.error(&reference, "a `$ref` must be a string", "write it like `#/components/schemas/Name`");
            return None;
        };
        let target = self.references.target(node);
        if target.is_none() {
            let help = self.nearest(node, text);
            self.error(&reference, format!("`{text}` cannot be resolved"), help);
        }
        target
    }

    /// Follows references until something else is there.
    pub(super) fn resolve(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        let last = self.references.resolve(node);
        if last.reference().is_none() {
            return Some(last);
        }
        if let Some(first) = self.nearby(&last) {
            self.error(&first, "these references form a circle", "point one of them to a schema");
        }
        None
    }

    /// What is most similar to where a reference at `node` leads to nowhere.
    pub(super) fn nearest(&self, node: &Node<'_>, reference: &str) -> String {
        let document = node.document;
        if let Some(help) = self.sources[document].help(&node.pointer, reference) {
            return help.to_owned();
        }
        if reference.contains("://") {
            return "put that document beside this one and refer to it as `./file.yaml#/…`".to_owned();
        }
        let (file, fragment) = split(reference);
        let similar = match self.references.document(document, file) {
            Some(target) => similar(&self.sources[target].value, &fragment),
            None if file.contains('.') => return self.nearest_file(file),
            None => similar(&self.sources[document].value, file),
        };
        let file = if self.references.document(document, file).is_some() { file } else { "" };
        match similar {
            Some(pointer) => format!("did you mean `{file}#{pointer}`?"),
            None => "it must refer to a node of this document or of one beside it (`./file.yaml#/…`)".to_owned(),
        }
    }

    fn nearest_file(&self, file: &str) -> String {
        let names: Vec<_> = self.sources.iter().map(file_name).collect();
        let similar = closest(file.trim_start_matches("./"), names.iter().map(String::as_str));
        let similar = similar.map(|name| format!(": did you mean `./{name}`?")).unwrap_or_default();
        format!("there is no `{file}` beside this document{similar}")
    }
}
