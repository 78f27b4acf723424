//! The parts of the documents that webhooks reach.

use serde_json::Value;
use std::collections::HashSet;
use webhook_codegen::schema::{Node, Operation, References, is_readable};

/// Something that has a `schema` and `example` or `examples`: a media type of a body, or a header.
pub(super) struct Content<'a> {
    /// The operation: its document, and its JSON pointer there.
    pub operation: (usize, String),
    pub node: Node<'a>,
    pub is_body: bool,
}

/// What the webhooks' bodies and headers hold, in the order of the documents.
pub(super) fn contents<'a>(references: &References<'a>) -> Vec<Content<'a>> {
    let entries = (0..references.sources.len()).flat_map(|document| references.webhooks(document));
    let operations = entries.flat_map(|(_, entry)| references.operations(entry));
    operations.flat_map(|operation| of_operation(references, &operation)).collect()
}

fn of_operation<'a>(references: &References<'a>, operation: &Operation<'a>) -> Vec<Content<'a>> {
    let content = |node, is_body| Content { operation: operation.location(), node, is_body };
    let lists = operation.parameters().into_iter().map(|list| references.resolve(list));
    let headers = lists.flat_map(|list| (0..).map_while(move |index| list.item(index)));
    let headers = headers.map(|header| content(references.resolve(header), false));
    let bodies = references.bodies(operation).into_iter().filter(|(media_type, _)| is_readable(media_type));
    headers.chain(bodies.map(|(_, media_type)| content(media_type, true))).collect()
}

/// The schemas from which types are made, each once, as they are met.
pub(super) fn schemas<'a>(references: &References<'a>, contents: &[Content<'a>]) -> Vec<Node<'a>> {
    let mut schemas = Vec::new();
    let mut seen = HashSet::new();
    let mut stack: Vec<_> = contents.iter().rev().filter_map(|content| content.node.get("schema")).collect();
    while let Some(schema) = stack.pop() {
        let is_schema = schema.value.is_object() || schema.value.is_boolean();
        if !is_schema || !seen.insert(schema.address()) {
            continue;
        }
        let mut below = schema.children();
        below.extend(references.target(&schema));
        stack.extend(below.into_iter().rev());
        schemas.push(schema);
    }
    schemas
}

/// Puts schemas together, up to a limit: schemas that extend each other may make a table of every small document.
pub(super) struct Merger<'r, 'a> {
    references: &'r References<'a>,
    left: usize,
}

impl<'r, 'a> Merger<'r, 'a> {
    /// So many schemas are put together for all checks of a provider.
    pub(super) const MOST: usize = 1_000_000;

    pub(super) fn new(references: &'r References<'a>) -> Self {
        Self { references, left: Self::MOST }
    }

    /// Whether some schemas could not be put together.
    pub(super) fn is_over(&self) -> bool {
        self.left == 0
    }

    /// Takes note of work on so many schemas; whether it may be done.
    pub(super) fn spend(&mut self, schemas: usize) -> Option<()> {
        self.left = self.left.saturating_sub(schemas);
        (!self.is_over()).then_some(())
    }

    /// Schemas that apply at once: some, with what their `allOf` and `$ref` lead to; none past the limit.
    pub(super) fn flat(&mut self, schemas: Vec<Node<'a>>) -> Option<Vec<Node<'a>>> {
        let references = self.references;
        references.flat(schemas).map(|part| self.spend(1).map(|()| part)).collect()
    }
}

/// The values under a keyword of schemas that apply at once.
pub(super) fn values<'a>(parts: &[Node<'a>], keyword: &str) -> Vec<&'a Value> {
    parts.iter().filter_map(|part| part.value.get(keyword)).collect()
}

/// The keys that schemas which apply at once require.
pub(super) fn required<'a>(parts: &[Node<'a>]) -> Vec<&'a str> {
    let lists = values(parts, "required").into_iter().filter_map(Value::as_array);
    let mut keys: Vec<_> = lists.flatten().filter_map(Value::as_str).collect();
    let mut seen = HashSet::new();
    keys.retain(|key| seen.insert(*key));
    keys
}

/// Whether schemas that apply at once allow a type; what is an integer is a number.
pub(super) fn allows(parts: &[Node<'_>], kind: &str) -> bool {
    let is_named = |name: &Value| name == kind || (kind == "number" && name == "integer");
    values(parts, "type").into_iter().all(|types| match types {
        Value::Array(names) => names.iter().any(is_named),
        name => is_named(name),
    })
}
