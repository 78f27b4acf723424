//! The webhooks of the documents.

use super::build::Builder;
use super::docs::same_words;
use super::{Docs, Provider, Type, Webhook, family, headers};
use crate::lower::{Lowered, is_readable};
use openapiv3::{Operation, ReferenceOr};
use std::collections::HashSet;

/// The operations with a body, in the order of the documents.
pub(super) fn webhooks(builder: &Builder<'_>, lowered: &[Lowered]) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for lowered in lowered.iter().flat_map(|lowered| &lowered.webhooks) {
        let (key, operation) = (&lowered.key, &lowered.operation);
        let Some(payload) = payload(builder, operation) else { continue };
        webhooks.push(Webhook {
            document: lowered.document,
            key: key.clone(),
            pointer: lowered.pointer.clone(),
            headers: lowered.headers.clone(),
            content: lowered.content.clone(),
            family: family::of(key, operation.operation_id.as_deref()),
            docs: docs(operation),
            payload,
            header_values: headers::values(builder, operation),
        });
    }
    webhooks
}

fn payload(builder: &Builder<'_>, operation: &Operation) -> Option<Type> {
    let body = operation.request_body.as_ref()?.as_item()?;
    let (media_type, content) = body.content.first()?;
    match &content.schema {
        Some(ReferenceOr::Reference { reference }) => Some(builder.reference(reference)),
        _ if is_readable(media_type) => Some(Type::Any),
        _ => Some(Type::Raw),
    }
}

fn docs(operation: &Operation) -> Docs {
    let (summary, description) = (operation.summary.as_ref(), operation.description.as_ref());
    let text = match (summary, description) {
        (Some(summary), Some(description)) if same_words(summary, description) => Some(description.clone()),
        (Some(summary), Some(description)) => Some(format!("{summary}\n\n{description}")),
        (summary, description) => summary.or(description).cloned(),
    };
    Docs { text, deprecated: operation.deprecated, notes: Vec::new() }
}

/// The webhooks' keys; with the method, where another method of the same path item came before.
pub(super) fn own_keys(provider: &Provider) -> Vec<String> {
    let mut known = HashSet::new();
    let own_key = |webhook: &Webhook| {
        let is_first = known.insert((webhook.document, webhook.key.clone()));
        if is_first { webhook.key.clone() } else { format!("{}.{}", webhook.key, webhook.method()) }
    };
    provider.webhooks.iter().map(own_key).collect()
}
