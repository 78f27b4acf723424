//! Documents to a provider: first the types, then the events.

use super::events::{self, Api, Inference};
use super::types::{Builder, bind_tags, break_cycles};
use super::{Document, Provider, accessors};
use crate::documents::Folder;
use crate::schema::{Lowered, file_name};
use crate::source::Diagnostics;

/// Builds the model of a provider.
pub fn build(folder: &Folder, lowered: &[Lowered], found: &mut Diagnostics) -> Provider {
    let mut builder = Builder::new(folder, lowered, found);
    builder.define_components();
    let mut webhooks = events::webhooks(&builder, lowered);
    let headers = events::headers(&mut builder, lowered);
    let mut types = builder.types;
    let api = Api { folder, types: &types, webhooks: &webhooks, headers: &headers };
    if let Some(split) = events::split(&api) {
        webhooks = split;
    }
    let api = Api { folder, types: &types, webhooks: &webhooks, headers: &headers };
    let Inference { event_type, events, fallbacks } = events::infer(&api, found);
    bind_tags(&mut types);
    break_cycles(&mut types);
    let documents = folder.documents.iter().zip(lowered).map(|(source, lowered)| Document {
        file: file_name(source),
        title: lowered.info.title.clone(),
        description: lowered.info.description.clone(),
    });
    let provider = Provider {
        name: folder.name.clone(),
        settings: folder.provider.clone(),
        documents: documents.collect(),
        types,
        webhooks,
        headers,
        event_type,
        events,
        fallbacks,
    };
    accessors::check(&provider, folder, found);
    provider
}
