//! The operations under `webhooks`, and where they are.

use super::{Location, Node, References};
use crate::keywords::WEBHOOKS;
use crate::source::pointer::escape;
use std::collections::HashSet;

/// The fields of a path item that hold an operation (OpenAPI 3.2, section 4.12.1), those that webhooks use first.
pub const METHODS: [&str; 9] = ["post", "put", "patch", "get", "delete", "query", "options", "head", "trace"];

/// Whether routers know a method (RFC 9110, section 9.3, and RFC 5789): others than these the `http` crate does not name.
pub fn is_routed(method: &str) -> bool {
    ["POST", "PUT", "PATCH", "GET", "DELETE", "OPTIONS", "HEAD", "TRACE", "CONNECT"].contains(&method)
}

/// An operation under `webhooks`.
pub struct Operation<'a> {
    /// JSON pointer to it by way of the webhook's entry.
    pub pointer: String,
    /// The path item, and those that it refers to.
    pub items: Vec<Node<'a>>,
    pub node: Node<'a>,
}

impl<'a> Operation<'a> {
    /// The lists of its parameters: what a later one holds replaces that of an earlier one (OpenAPI 3.1, section 4.8.10).
    pub fn parameters(&self) -> Vec<Node<'a>> {
        let holders = self.items.iter().rev().chain([&self.node]);
        holders.filter_map(|holder| holder.get("parameters")).collect()
    }

    /// The document that lists the webhook, and the pointer there.
    pub fn location(&self) -> (usize, String) {
        (self.items.first().map_or(self.node.document, |entry| entry.document), self.pointer.clone())
    }
}

impl<'a> References<'a> {
    /// The webhooks of a document and its callbacks, each with its path item or what refers to one.
    pub fn webhooks(&self, document: usize) -> Vec<(String, Node<'a>)> {
        let mut webhooks: Vec<_> =
            self.own_webhooks(document).into_iter().map(|(key, entry)| (key.to_owned(), entry)).collect();
        self.add_callbacks(document, &mut webhooks);
        webhooks
    }

    /// The entries of `webhooks`. Documents of OpenAPI 3.0 have no better place for them than an extension.
    fn own_webhooks(&self, document: usize) -> Vec<(&'a str, Node<'a>)> {
        let root = self.root(document);
        let maps = WEBHOOKS.into_iter().filter_map(|key| root.get(key));
        let entries = maps.flat_map(|map| self.resolve(map).entries());
        let mut keys = HashSet::new();
        // Documents for tools old and new list the same under both.
        let entries = entries.filter(|(key, _)| keys.insert(*key));
        entries.filter(|(key, entry)| !key.starts_with("x-") || self.is_webhook(entry)).collect()
    }

    /// The operations of a webhook.
    pub fn operations(&self, entry: Node<'a>) -> Vec<Operation<'a>> {
        let items: Vec<_> = self.chain(entry).collect();
        let operation = |(pointer, node)| Operation { pointer, node: self.resolve(node), items: items.clone() };
        operations(&items).into_iter().map(operation).collect()
    }

    /// The media types of an operation's body.
    pub fn bodies(&self, operation: &Operation<'a>) -> Vec<(&'a str, Node<'a>)> {
        let body = operation.node.get("requestBody").map(|body| self.resolve(body));
        let content = body.and_then(|body| body.get("content"));
        content.map(|content| self.media_types(&self.resolve(content).location())).unwrap_or_default()
    }

    /// The media types in the `content` of a body.
    pub fn media_types(&self, content: &Location) -> Vec<(&'a str, Node<'a>)> {
        let media_types = self.at(content).map(|content| content.entries()).unwrap_or_default().into_iter();
        media_types.map(|(name, media_type)| (name, self.resolve(media_type))).collect()
    }

    /// The examples of a body in the media types that are wanted.
    pub fn body_examples(&self, content: Option<&Location>, wanted: fn(&str) -> bool) -> Vec<Node<'a>> {
        let media_types = content.into_iter().flat_map(|content| self.media_types(content));
        let media_types = media_types.filter(|(name, _)| wanted(name));
        media_types.flat_map(|(_, media_type)| self.examples(&media_type)).collect()
    }

    /// All that a schema, a parameter or a media type gives as an example (OpenAPI 3.1, sections 4.8.12 and 4.8.14). What
    /// has a name holds it as its `value`, or `dataValue` in OpenAPI 3.2.
    pub fn examples(&self, holder: &Node<'a>) -> Vec<Node<'a>> {
        let named = holder.members("examples").into_iter().map(|(_, example)| self.resolve(example));
        let named = named.filter_map(|example| example.get("value").or_else(|| example.get("dataValue")));
        holder.get("example").into_iter().chain(holder.items("examples")).chain(named).collect()
    }

    /// Whether an entry called like an extension is a webhook. The map of webhooks has names only (OpenAPI 3.1, section
    /// 4.8.1), but tools take it to be extensible, as `paths` is: a path item with an operation is no extension.
    fn is_webhook(&self, entry: &Node<'a>) -> bool {
        self.operations(entry.clone()).iter().any(|operation| operation.node.value.is_object())
    }
}

/// The operations that some path items hold together, each with its pointer by way of the first.
pub(super) fn operations<'a>(items: &[Node<'a>]) -> Vec<(String, Node<'a>)> {
    let fixed = METHODS.iter().flat_map(|method| {
        let found = items.iter().find_map(|item| item.non_null(method));
        found.map(|operation| (format!("/{method}"), operation))
    });
    let additional = items.iter().flat_map(|item| item.members("additionalOperations"));
    let additional = additional.filter(|(name, _)| !name.starts_with("x-"));
    let additional = additional.map(|(name, operation)| (format!("/additionalOperations/{}", escape(name)), operation));
    let mut operations: Vec<(String, Node<'a>)> = Vec::new();
    for (below, operation) in fixed.chain(additional) {
        if !operations.iter().any(|(known, _)| *known == below) {
            operations.push((below, operation));
        }
    }
    let entry = items.first().map_or("", |entry| entry.pointer.as_str());
    operations.into_iter().map(|(below, operation)| (format!("{entry}{below}"), operation)).collect()
}
