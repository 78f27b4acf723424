//! Diagnostics about documents as a whole, once their schemas are lowered.

use super::lowered::{Lowered, Schema};
use super::lowering::Lowering;
use super::{Location, Node, Webhook};
use crate::keywords::WEBHOOKS;
use crate::scc;
use crate::source::{Diagnostic, Diagnostics, Source, WarningKind};
use indexmap::IndexMap;
use std::collections::HashSet;

/// The dialects of JSON Schema that the documents' schemas are read in (OpenAPI 3.1, section 4.8.24.5), by what their
/// addresses begin with.
const DIALECTS: [&str; 2] = ["https://json-schema.org/draft/2020-12/", "https://spec.openapis.org/oas/3."];

impl Lowering<'_> {
    /// Reports documents that are read for nothing, or otherwise than they ask for.
    pub(super) fn report_documents(&mut self, webhooks: &[Vec<Webhook>]) {
        for (document, webhooks) in webhooks.iter().enumerate() {
            let root = self.references.root(document);
            self.report_dialect(&root);
            let has_event = webhooks.iter().any(|webhook| webhook.media_type.is_some());
            let is_read = webhooks.is_empty() && !self.lowered[document].schemas.is_empty();
            if root.get("openapi").is_some() && !has_event && !is_read {
                let map = WEBHOOKS.into_iter().find_map(|key| root.get(key)).unwrap_or(root);
                let help = "an event needs a webhook whose operation has a `requestBody`; to leave a file out, start its \
                            name with `_`";
                let file = &self.sources[document].path;
                let warning =
                    Diagnostic::warning(WarningKind::NoEvent, file, map.pointer, "this document has no events");
                self.found.push(warning.help(help).at_key());
            }
        }
    }

    fn report_dialect(&mut self, root: &Node<'_>) {
        let Some(dialect) = root.get("jsonSchemaDialect") else { return };
        let is_known = |text: &str| DIALECTS.iter().any(|known| text.starts_with(known));
        if !dialect.value.as_str().is_some_and(is_known) {
            let help = "correct in overlay.yaml what this dialect says otherwise";
            self.warning(
                WarningKind::Edition,
                &dialect,
                "schemas are read as JSON Schema 2020-12, whatever the dialect",
                help,
            );
        }
    }
}

/// Reports schemas that refer to themselves with nothing in between, each circle at the first of them: who reads a value
/// by them goes round for ever.
pub(super) fn report_circles(sources: &[Source], lowered: &[Lowered], found: &mut Diagnostics) {
    let documents = lowered.iter().enumerate();
    let schemas: IndexMap<_, _> = documents
        .flat_map(|(document, lowered)| {
            let location = move |pointer: &String| Location { document, pointer: pointer.clone() };
            lowered.schemas.iter().map(move |(pointer, schema)| (location(pointer), schema))
        })
        .collect();
    let edges: Vec<_> = schemas.values().map(|schema| edges(schema, &schemas)).collect();
    let circles = scc::components(&edges);
    let mut reported = HashSet::new();
    for (index, Location { document, pointer }) in schemas.keys().enumerate() {
        let is_circle = edges[index].iter().any(|to| circles[*to] == circles[index]);
        if is_circle && reported.insert(circles[index]) {
            let message = "this schema is only a reference to itself";
            let error = Diagnostic::error(&sources[*document].path, pointer, message);
            found.push(error.help("point one of the references to something else"));
        }
    }
}

/// The components that a value of this schema is a value of, too, or may be.
fn edges(schema: &Schema, schemas: &IndexMap<Location, &Schema>) -> Vec<usize> {
    let mut edges = Vec::new();
    let mut queue = vec![schema];
    while let Some(schema) = queue.pop() {
        match schema {
            Schema::Named(location) => edges.extend(schemas.get_index_of(location)),
            schema => queue.extend(schema.ways()),
        }
    }
    edges
}
