//! `webhooks`: path items, operations and request bodies.

use super::facts::is_json;
use super::parameter::Headers;
use super::{Lowering, Node};
use indexmap::IndexMap;
use openapiv3::{MediaType, Operation, PathItem, ReferenceOr, RequestBody};

/// The methods of a path item that are read.
pub const METHODS: [&str; 5] = ["post", "put", "patch", "get", "delete"];

impl<'a> Lowering<'a> {
    /// The webhooks of a document (OpenAPI 3.1, section 4.8.1).
    pub(super) fn webhooks(&mut self, document: usize) -> IndexMap<String, PathItem> {
        let root = Node { document, pointer: String::new(), value: &self.sources[document].value };
        // Documents of OpenAPI 3.0 have no better place for them.
        let items = root.members("webhooks").into_iter().chain(root.members("x-webhooks"));
        items.map(|(key, item)| (key.to_owned(), self.path_item(item))).collect()
    }

    fn path_item(&mut self, item: Node<'a>) -> PathItem {
        let Some(item) = self.resolve(item) else { return PathItem::default() };
        if !self.is_object(&item, "a webhook", "its keys are methods: `post: {requestBody: …}`") {
            return PathItem::default();
        }
        if !METHODS.iter().any(|method| item.get(method).is_some()) {
            let help = format!("it has none of {}, and is left out", METHODS.join(", "));
            self.warning(&item, "this webhook has no operation", help);
        }
        let mut lowered = PathItem {
            summary: item.text("summary").map(str::to_owned),
            description: item.text("description").map(str::to_owned),
            ..Default::default()
        };
        let headers = self.headers(&item);
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            if !self.is_object(&operation, "an operation", "write its `requestBody` into it") {
                continue;
            }
            let slot = match method {
                "post" => &mut lowered.post,
                "put" => &mut lowered.put,
                "patch" => &mut lowered.patch,
                "get" => &mut lowered.get,
                _ => &mut lowered.delete,
            };
            *slot = Some(self.operation(&operation, headers.clone()));
        }
        lowered
    }

    /// `headers` are those of the path item; the operation's own replace them (OpenAPI 3.1, section 4.8.10).
    fn operation(&mut self, operation: &Node<'a>, mut headers: Headers) -> Operation {
        headers.extend(self.headers(operation));
        let body = operation.get("requestBody").and_then(|body| self.resolve(body));
        if operation.get("requestBody").is_none() {
            let help = "an event is read from its body; write a `requestBody`, if there is one";
            self.warning(operation, "this operation has no body, and there is no event for it", help);
        }
        Operation {
            summary: operation.text("summary").map(str::to_owned),
            description: operation.text("description").map(str::to_owned),
            operation_id: operation.text("operationId").map(str::to_owned),
            deprecated: operation.flag("deprecated"),
            parameters: headers.into_values().collect(),
            request_body: body.map(|body| ReferenceOr::Item(self.request_body(&body))),
            ..Default::default()
        }
    }

    fn request_body(&mut self, body: &Node<'a>) -> RequestBody {
        let help = "write `content: {application/json: {schema: …}}`";
        if self.is_object(body, "a request body", help) {
            match body.get("content") {
                Some(content) => self.check_content(&content),
                None => self.warning(body, "this body has no `content`, and is left out", help),
            }
        }
        let mut content = body.members("content");
        // Of several forms the JSON one is received: the others say the same.
        content.sort_by_key(|(media_type, _)| (!is_readable(media_type), is_range(media_type)));
        let content = content.into_iter().take(1).map(|(media_type, content)| {
            let schema = content.get("schema").filter(|_| is_readable(media_type));
            // A body always gets a name: that of the schema it refers to, or one of its own.
            let reference = schema.map(|schema| self.named(schema));
            let schema = reference.map(|reference| ReferenceOr::Reference { reference });
            (media_type.to_owned(), MediaType { schema, ..Default::default() })
        });
        RequestBody { content: content.collect(), required: body.flag("required"), ..Default::default() }
    }

    fn check_content(&mut self, content: &Node<'a>) {
        let help = "its keys are media types, such as `application/json`";
        if self.is_object(content, "`content`", help) && content.keys().next().is_none() {
            self.warning(content, "the body of this webhook has no media type, and there is no event for it", help);
        }
    }
}

/// Whether a body of this media type is JSON once it is received. The claims of a JSON Web Token are (RFC 7519, section
/// 4), and what a schema describes without saying more.
pub fn is_readable(media_type: &str) -> bool {
    is_json(media_type) || is_range(media_type) || media_type == "application/jwt"
}

/// Whether it stands for several media types, of which JSON is one (RFC 9110, section 12.5.1).
fn is_range(media_type: &str) -> bool {
    matches!(media_type.split(';').next().unwrap_or_default().trim(), "*/*" | "application/*")
}
