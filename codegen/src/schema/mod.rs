//! The one view of the documents: JSON Schema 2020-12, and the objects of OpenAPI around it.
//!
//! A schema is a set of keywords that all apply at once. Lowering turns each into one of the few forms that types are
//! made of, and no more is left to interpret after it: intersections (`allOf`, `$ref` with siblings) are merged, type
//! arrays are unions, every null is a flag, and each reference leads to a schema with a location.

mod alias;
mod callbacks;
mod chains;
mod check;
mod data;
mod discriminators;
mod facts;
mod fallback;
mod id;
mod lower;
mod lowered;
mod lowering;
mod merge;
mod node;
mod openapi;
mod operations;
mod references;
mod report;
mod state;
mod subtypes;
mod target;
#[cfg(test)]
mod tests;
mod unions;
mod webhook;

use crate::documents::Folder;
pub use crate::keywords::{Kind, is_annotation};
use crate::source::Diagnostics;
pub use lowered::{Additional, Data, Discriminator, Form, Header, Lowered, Object, Own, Schema, Text, Webhook};
use lowering::Lowering;
pub use node::{Location, Node};
pub use operations::{METHODS, Operation, is_routed};
pub use references::{References, file_name};
pub use webhook::is_readable;

/// Lowers all documents of a provider; `fallbacks` takes the places that become any value though they say more.
pub fn lower(folder: &Folder, found: &mut Diagnostics, fallbacks: &mut Diagnostics) -> Vec<Lowered> {
    let mut lowering = Lowering::new(&folder.documents, found, fallbacks);
    lowering.info();
    let mut webhooks: Vec<_> = (0..folder.documents.len()).map(|document| lowering.webhooks(document)).collect();
    webhook::without_repetition(&mut webhooks);
    lowering.reachable();
    lowering.report_inferred_types();
    if !lowering.found.has_errors() {
        lowering.report_documents(&webhooks);
    }
    let mut lowered = lowering.lowered;
    for ((lowered, webhooks), source) in lowered.iter_mut().zip(webhooks).zip(&folder.documents) {
        lowered.webhooks = webhooks;
        lowered.schemas.sort_by_cached_key(|pointer, _| node::position(&source.value, pointer));
    }
    report::report_circles(&folder.documents, &lowered, found);
    lowered
}
