//! `webhooks`: path items, operations and request bodies.

use super::Node;
use super::facts::is_json;
use super::lowered::{Header, MediaType, Webhook};
use super::lowering::Lowering;
use super::operations::{METHODS, Operation, is_routed};
use crate::keywords::WEBHOOKS;
use crate::source::WarningKind;
use crate::source::pointer::unescape;
use indexmap::IndexMap;
use std::collections::HashSet;

/// Leaves out what one document lists of another's webhooks, under the same key.
pub(super) fn without_repetition(webhooks: &mut [Vec<Webhook>]) {
    let is_own = |webhook: &&Webhook| {
        (webhook.location.document, &webhook.location.pointer) == (webhook.document, &webhook.pointer)
    };
    let own = webhooks.iter().flatten().filter(is_own);
    let own: HashSet<_> = own.map(|webhook| (webhook.key.clone(), webhook.location.clone())).collect();
    for of_document in webhooks {
        of_document.retain(|webhook| {
            let is_elsewhere = webhook.location.document != webhook.document;
            !is_elsewhere || !own.contains(&(webhook.key.clone(), webhook.location.clone()))
        });
    }
}

impl<'a> Lowering<'a> {
    /// The webhooks of a document (OpenAPI 3.1, section 4.8.1).
    pub(super) fn webhooks(&mut self, document: usize) -> Vec<Webhook> {
        self.report_twins(document);
        let mut webhooks = Vec::new();
        for (key, entry) in self.references.webhooks(document) {
            let Some(items) = self.path_items(entry) else { continue };
            let operations = self.references.operations(items[0].clone());
            if operations.is_empty() {
                self.no_operation(&items);
            }
            webhooks.extend(operations.into_iter().filter_map(|operation| self.webhook(&key, operation)));
        }
        webhooks
    }

    /// Documents for tools old and new list their webhooks twice.
    fn report_twins(&mut self, document: usize) {
        let root = self.references.root(document);
        let [own, extension] = WEBHOOKS;
        for (key, twin) in root.members(extension) {
            let first = root.get(own).and_then(|webhooks| webhooks.get(key));
            if first.is_some_and(|first| first.value != twin.value) {
                self.warning(WarningKind::NoEvent, &twin, format!("`{key}` is under `{own}` as well"), "it is ignored");
            }
        }
    }

    fn no_operation(&mut self, items: &[Node<'a>]) {
        let mut keys = items.iter().flat_map(Node::keys);
        let is_method = |key: &str| METHODS.contains(&key.to_ascii_lowercase().as_str());
        let in_capitals = keys.find(|key| is_method(key) && !METHODS.contains(key));
        let help = match in_capitals {
            Some(key) => format!("write `{}` for `{key}`: methods are in lower case here", key.to_ascii_lowercase()),
            None => format!("it has none of {}, and is left out", METHODS.join(", ")),
        };
        self.warning(WarningKind::NoEvent, &items[0], "this webhook has no operation", help);
    }

    /// A path item, and those that it refers to.
    fn path_items(&mut self, entry: Node<'a>) -> Option<Vec<Node<'a>>> {
        self.resolve(entry.clone())?;
        let items: Vec<_> = self.references.chain(entry).collect();
        let help = "its keys are methods: `post: {requestBody: …}`";
        items.iter().all(|item| item.value.is_null() || self.is_object(item, "a webhook", help)).then_some(items)
    }

    fn webhook(&mut self, key: &str, operation: Operation<'a>) -> Option<Webhook> {
        let node = self.resolve(operation.node.clone())?;
        if !self.is_object(&node, "an operation", "write its `requestBody` into it") {
            return None;
        }
        let mut headers: IndexMap<String, Header> = IndexMap::new();
        for parameters in operation.parameters() {
            headers.extend(self.headers(parameters));
        }
        let (document, _) = operation.location();
        let Operation { pointer, items, .. } = operation;
        let body = node.non_null("requestBody").and_then(|body| self.resolve(body));
        if node.non_null("requestBody").is_none() {
            let help = "an event is read from its body; write a `requestBody`, if there is one";
            self.warning(WarningKind::NoEvent, &node, "this operation has no body, so there is no event for it", help);
        }
        let method = pointer.rsplit('/').next().map(unescape).unwrap_or_default();
        if body.is_some() && !is_routed(&method.to_ascii_uppercase()) {
            let help = "its events are read all the same, by `Receiver::receive` and `Event::from_slice_as`";
            self.warning(WarningKind::NoEvent, &node, format!("no route takes the method `{method}`"), help);
        }
        Some(Webhook {
            key: key.to_owned(),
            document,
            pointer,
            location: node.location(),
            operation: self.operation(&node, &items),
            headers: headers.into_values().collect(),
            has_body: body.is_some(),
            media_type: body.as_ref().and_then(|body| self.request_body(body)),
            content: body.and_then(|body| Some(self.references.resolve(body.get("content")?).location())),
        })
    }

    fn request_body(&mut self, body: &Node<'a>) -> Option<MediaType> {
        let help = "write `content: {application/json: {schema: …}}`";
        let mut content = Vec::new();
        if self.is_object(body, "a request body", help) {
            match body.get("content").map(|content| self.resolve(content)) {
                Some(holder) => content.extend(holder.into_iter().flat_map(|holder| self.media_types(&holder))),
                None => self.warning(WarningKind::NoEvent, body, "this body has no `content`, and is left out", help),
            }
        }
        content.retain(|(media_type, _)| !media_type.starts_with("x-") || media_type.contains('/'));
        // Of several forms the JSON one is received: the others say the same.
        content.sort_by_key(|(media_type, _)| (!is_readable(media_type), is_range(media_type)));
        let (media_type, content) = content.into_iter().next()?;
        self.media_type(media_type, content)
    }

    fn media_type(&mut self, name: &str, node: Node<'a>) -> Option<MediaType> {
        let node = self.resolve(node)?;
        if let Some(items) = node.get("itemSchema") {
            let help = match is_readable(name) {
                true => "any body is accepted; write the `schema` of all of it",
                false => "the body is a stream of such items, and arrives as its bytes",
            };
            self.warning(WarningKind::Unenforced, &items, "`itemSchema` is ignored", help);
        }
        if node.get("schema").is_some() && node.non_null("schema").is_none() {
            self.warning(
                WarningKind::Malformed,
                &node.with("schema", node.value),
                "`schema` is empty",
                "any value is accepted; write the schema",
            );
        }
        if let Some(schema) = node.non_null("schema").filter(|_| !is_readable(name)) {
            let help = "its schema is not used: only JSON has types";
            self.warning(WarningKind::MediaType, &schema, format!("a body of `{name}` arrives as its bytes"), help);
        }
        // A body always gets a name: that of the schema it refers to, or one of its own.
        let schema = node.non_null("schema").filter(|_| is_readable(name)).map(|schema| self.named(schema));
        Some(MediaType { name: name.to_owned(), schema })
    }

    fn media_types(&mut self, content: &Node<'a>) -> Vec<(&'a str, Node<'a>)> {
        let help = "its keys are media types, such as `application/json`";
        let media_types = content.entries();
        if self.is_object(content, "`content`", help) && media_types.is_empty() {
            self.warning(
                WarningKind::NoEvent,
                content,
                "the body of this webhook has no media type, so there is no event for it",
                help,
            );
        }
        media_types
    }
}

/// Whether a body of this media type is JSON once it is received. The claims of a JSON Web Token are (RFC 7519, section
/// 4), and what a schema describes without saying more.
pub fn is_readable(media_type: &str) -> bool {
    is_json(media_type) || is_range(media_type) || media_type == "application/jwt"
}

/// Whether it means several media types, of which JSON is one (RFC 9110, section 12.5.1).
fn is_range(media_type: &str) -> bool {
    matches!(media_type.split(';').next().unwrap_or_default().trim(), "*/*" | "application/*")
}
