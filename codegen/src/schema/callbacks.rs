//! Callbacks: webhooks that are declared by the operation which subscribes to them.

use super::{Node, References};
use std::collections::HashSet;

impl<'a> References<'a> {
    /// Adds the path items of callbacks (OpenAPI 3.1, section 4.8.18): those of the operations of paths, then those of
    /// components, each once. A name that several callbacks have is preceded by that of the operation.
    pub(super) fn add_callbacks(&self, document: usize, webhooks: &mut Vec<(String, Node<'a>)>) {
        let mut known: HashSet<_> = webhooks.iter().map(|(_, entry)| self.resolve(entry.clone()).location()).collect();
        for (operation, name, item) in self.callbacks(document) {
            if !known.insert(self.resolve(item.clone()).location()) {
                continue;
            }
            let qualified = format!("{operation} {name}");
            let numbered = (2..).map(|number| format!("{qualified} {number}"));
            let mut names = [name.to_owned(), qualified.trim().to_owned()].into_iter().chain(numbered);
            let free = names.find(|name| !webhooks.iter().any(|(key, _)| key == name));
            webhooks.extend(free.map(|name| (name, item)));
        }
    }

    /// The name of each operation, and that of its callback, with a path item.
    fn callbacks(&self, document: usize) -> Vec<(String, &'a str, Node<'a>)> {
        let root = self.root(document);
        let operations = root.members("paths").into_iter().flat_map(|(path, entry)| {
            let operations = self.operations(entry).into_iter();
            operations.map(move |operation| (self.name(path, &operation.node), operation.node))
        });
        let components = root.get("components").map(|components| (String::new(), components));
        let mut callbacks = Vec::new();
        for (operation, holder) in operations.chain(components) {
            for (name, callback) in own(holder.members("callbacks")) {
                let items = own(self.resolve(callback).entries());
                callbacks.extend(items.map(|(_, item)| (operation.clone(), name, item)));
            }
        }
        callbacks
    }

    fn name(&self, path: &str, operation: &Node<'a>) -> String {
        let id = operation.get("operationId").and_then(|id| id.value.as_str());
        id.unwrap_or(path).to_owned()
    }
}

/// The members that are no extensions.
fn own<'a>(members: Vec<(&'a str, Node<'a>)>) -> impl Iterator<Item = (&'a str, Node<'a>)> {
    members.into_iter().filter(|(name, _)| !name.starts_with("x-"))
}
