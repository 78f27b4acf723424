//! OpenAPI 3.1 to what `openapiv3`, a model of 3.0, can hold.
//!
//! A 3.1 schema is a JSON Schema: a set of keywords that all apply at once. Lowering turns each into
//! one of the few shapes that a 3.0 model tells apart, and no more is left to interpret after it:
//! intersections (`allOf`, `$ref` with siblings) are merged, type arrays are `oneOf`s, every null is
//! `nullable`, and each reference leads to an entry of `components.schemas`, keyed by its place.
//! What 3.0 has no word for travels as an extension (see [`ext`]).

mod bare;
mod chains;
mod circle;
mod discriminators;
mod distinct;
pub mod ext;
mod facts;
mod form;
mod groups;
mod id;
mod lower;
mod merge;
mod node;
mod nowhere;
mod operations;
mod parameter;
pub mod reader;
mod references;
mod subtypes;
mod untyped;
mod webhook;
mod whole;

use crate::documents::Folder;
pub use crate::keywords::{Kind, is_annotation};
use crate::source::{Diagnostic, Diagnostics, Source};
use chains::Chains;
use discriminators::Discriminators;
pub use facts::Facts;
use indexmap::IndexSet;
use merge::Merges;
pub use node::Node;
use openapiv3::{Components, OpenAPI};
pub use operations::{METHODS, Operation, is_routed};
pub use parameter::{own_example, schema_of, value_of};
pub use references::References;
use std::collections::HashSet;
use subtypes::Subtypes;
pub use webhook::{Webhook, is_readable};

/// A document that `openapiv3` holds, and its webhooks, which that has no place for.
#[derive(Debug)]
pub struct Lowered {
    /// The schemas in `components`, each under its JSON pointer; only what the webhooks reach.
    pub api: OpenAPI,
    /// The operations of its webhooks, in their order.
    pub webhooks: Vec<Webhook>,
}

/// Lowers all documents of a provider; `untyped` takes the places that become any value though they say more.
pub fn lower(folder: &Folder, found: &mut Diagnostics, untyped: &mut Diagnostics) -> Vec<Lowered> {
    let mut lowering = Lowering::new(&folder.documents, found, untyped);
    let mut webhooks: Vec<_> = (0..folder.documents.len()).map(|document| lowering.webhooks(document)).collect();
    webhook::without_repetition(&mut webhooks);
    lowering.reachable();
    lowering.report_implied();
    if !lowering.found.has_errors() {
        lowering.report_documents(&webhooks);
    }
    let mut lowered: Vec<_> =
        lowering.apis.into_iter().zip(webhooks).map(|(api, webhooks)| Lowered { api, webhooks }).collect();
    for (document, source) in lowered.iter_mut().zip(&folder.documents) {
        in_order_of(source, document);
    }
    circle::report(&folder.documents, &lowered, found);
    lowered
}

struct Lowering<'a> {
    sources: &'a [Source],
    apis: Vec<OpenAPI>,
    references: References<'a>,
    /// Components that are still to be lowered, with the schemas that all apply to them.
    queue: Vec<(Node<'a>, Vec<Node<'a>>)>,
    queued: HashSet<(usize, String)>,
    merges: Merges<'a>,
    chains: Chains<'a>,
    found: &'a mut Diagnostics,
    untyped: &'a mut Diagnostics,
    discriminators: Discriminators<'a>,
    subtypes: Subtypes<'a>,
    /// For each document the schemas whose type is taken for granted.
    implied: Vec<IndexSet<String>>,
}

impl<'a> Lowering<'a> {
    fn new(sources: &'a [Source], found: &'a mut Diagnostics, untyped: &'a mut Diagnostics) -> Self {
        let api = OpenAPI { components: Some(Components::default()), ..OpenAPI::default() };
        let apis = sources.iter().map(|source| OpenAPI { info: info(source), ..api.clone() }).collect();
        Self {
            sources,
            apis,
            references: References::new(sources),
            queue: Vec::new(),
            queued: HashSet::new(),
            merges: Merges::default(),
            chains: Chains::default(),
            found,
            untyped,
            discriminators: Discriminators::default(),
            subtypes: Subtypes::default(),
            implied: vec![IndexSet::new(); sources.len()],
        }
    }

    /// The reference to a schema, which will be lowered in its turn.
    fn reference(&mut self, target: Node<'a>) -> String {
        let reference = self.name(&target);
        if self.queued.insert((target.document, target.pointer.clone())) {
            self.queue.push((target.clone(), vec![target]));
        }
        reference
    }

    /// `file#pointer`: the one name that a schema has throughout a provider.
    fn name(&self, node: &Node<'_>) -> String {
        format!("{}#{}", file_name(&self.sources[node.document]), node.pointer)
    }

    fn error(&mut self, node: &Node<'_>, message: impl Into<String>, help: impl Into<String>) {
        let file = &self.sources[node.document].path;
        self.found.push(Diagnostic::error(file, &node.pointer, message).help(help));
    }

    fn warning(&mut self, node: &Node<'_>, message: impl Into<String>, help: impl Into<String>) {
        let file = &self.sources[node.document].path;
        self.found.push(Diagnostic::warning(file, &node.pointer, message).help(help));
    }
}

/// The name by which other documents of the folder refer to this one.
pub fn file_name(source: &Source) -> String {
    source.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn info(source: &Source) -> openapiv3::Info {
    let text = |key: &str| source.value["info"][key].as_str().map(str::to_owned);
    openapiv3::Info {
        title: text("title").unwrap_or_default(),
        description: text("description").or_else(|| text("summary")),
        version: text("version").unwrap_or_default(),
        ..Default::default()
    }
}

/// Puts the schemas in the order in which they stand in the file.
fn in_order_of(source: &Source, document: &mut Lowered) {
    let Some(components) = &mut document.api.components else { return };
    components.schemas.sort_by_cached_key(|pointer, _| node::position(&source.value, pointer));
}
