//! The one view of the documents: JSON Schema 2020-12, and the objects of OpenAPI around it.
//!
//! A schema is a set of keywords that all apply at once. Lowering turns each into one of the few forms that types are
//! made of, and no more is left to interpret after it: intersections (`allOf`, `$ref` with siblings) are merged, type
//! arrays are unions, every null is a flag, and each reference leads to a schema with a location.

mod bare;
mod chains;
mod circle;
mod discriminators;
mod distinct;
mod facts;
mod form;
mod groups;
mod id;
mod lower;
mod lowered;
mod merge;
mod node;
mod nowhere;
mod openapi;
mod operations;
mod parameter;
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
use indexmap::IndexSet;
pub use lowered::{Additional, Data, Discriminator, Form, Lowered, Object, Own, Schema, Text};
use merge::Merges;
pub use node::{Location, Node};
pub use operations::{METHODS, Operation, is_routed};
pub use parameter::Header;
pub use references::References;
use std::collections::HashSet;
use subtypes::Subtypes;
pub use webhook::{Webhook, is_readable};

/// Lowers all documents of a provider; `untyped` takes the places that become any value though they say more.
pub fn lower(folder: &Folder, found: &mut Diagnostics, untyped: &mut Diagnostics) -> Vec<Lowered> {
    let mut lowering = Lowering::new(&folder.documents, found, untyped);
    lowering.info();
    let mut webhooks: Vec<_> = (0..folder.documents.len()).map(|document| lowering.webhooks(document)).collect();
    webhook::without_repetition(&mut webhooks);
    lowering.reachable();
    lowering.report_implied();
    if !lowering.found.has_errors() {
        lowering.report_documents(&webhooks);
    }
    let mut lowered = lowering.lowered;
    for ((lowered, webhooks), source) in lowered.iter_mut().zip(webhooks).zip(&folder.documents) {
        lowered.webhooks = webhooks;
        lowered.schemas.sort_by_cached_key(|pointer, _| node::position(&source.value, pointer));
    }
    circle::report(&folder.documents, &lowered, found);
    lowered
}

struct Lowering<'a> {
    sources: &'a [Source],
    lowered: Vec<Lowered>,
    references: References<'a>,
    /// Components that are still to be lowered, with the schemas that all apply to them.
    queue: Vec<(Node<'a>, Vec<Node<'a>>)>,
    queued: HashSet<Location>,
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
        Self {
            sources,
            lowered: sources.iter().map(|_| Lowered::default()).collect(),
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

    /// The location of a schema, which will be lowered in its turn.
    fn reference(&mut self, target: Node<'a>) -> Location {
        let location = target.location();
        if self.queued.insert(location.clone()) {
            self.queue.push((target.clone(), vec![target]));
        }
        location
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
