//! The webhooks of the documents.

use super::group::group;
use super::header;
use crate::model::types::{Builder, Docs, Type};
use crate::schema::{self, Location, Lowered, is_readable};
use crate::words::same_words;
use openapiv3::Operation;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::slice;

/// An operation under `webhooks`.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Index of its document.
    pub document: usize,
    /// Its key there.
    pub key: String,
    /// JSON pointer to it there, by way of its entry in `webhooks`, which may be a reference.
    pub pointer: String,
    /// The location of each header that it declares.
    pub headers: Vec<Location>,
    /// The location of its body's `content`.
    pub content: Option<Location>,
    /// The group that its events belong to.
    pub group: String,
    /// Its documentation.
    pub docs: Docs,
    /// The type of an event.
    pub payload: Type,
    /// How many events a body holds.
    pub batch: Batch,
    /// The texts that the document lists for its headers, by their names in lower case.
    pub header_values: HashMap<String, Vec<String>>,
}

/// How many events a body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batch {
    /// One, which is the body.
    Never,
    /// Those of an array.
    Always,
    /// One, or those of an array.
    Sometimes,
}

impl Webhook {
    /// JSON pointer to its entry in `webhooks`.
    pub fn item(&self) -> &str {
        let item = self.pointer.rsplit_once('/').map_or("", |(item, _)| item);
        item.strip_suffix("/additionalOperations").unwrap_or(item)
    }

    /// The events in a body.
    pub fn events_in<'v>(&self, body: &'v Value) -> &'v [Value] {
        match body {
            Value::Array(items) if self.batch != Batch::Never => items,
            event => slice::from_ref(event),
        }
    }

    /// The type of the whole body.
    pub fn body(&self, payload: &Type) -> Type {
        let payload = payload.clone();
        match self.batch {
            Batch::Never | Batch::Sometimes => payload,
            Batch::Always => Type::Array(Box::new(payload)),
        }
    }

    /// Its HTTP method, as the document spells it: in lower case, except the additional operations of OpenAPI 3.2.
    pub fn method(&self) -> &str {
        self.pointer.rsplit_once('/').map_or("", |(_, method)| method)
    }
}

/// The operations with a body, in the order of the documents.
pub fn webhooks(builder: &Builder<'_>, lowered: &[Lowered]) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for lowered in lowered.iter().flat_map(|lowered| &lowered.webhooks) {
        let (key, operation) = (&lowered.key, &lowered.operation);
        let Some(payload) = payload(builder, lowered) else { continue };
        webhooks.push(Webhook {
            document: lowered.document,
            key: key.clone(),
            pointer: lowered.pointer.clone(),
            headers: lowered.headers.iter().map(|header| header.location.clone()).collect(),
            content: lowered.content.clone(),
            group: group(key, operation.operation_id.as_deref()),
            docs: docs(operation),
            payload,
            batch: Batch::Never,
            header_values: header::values(builder, lowered),
        });
    }
    webhooks
}

fn payload(builder: &Builder<'_>, webhook: &schema::Webhook) -> Option<Type> {
    let media_type = webhook.media_type.as_ref()?;
    Some(match &media_type.schema {
        Some(schema) => builder.reference(schema),
        None if is_readable(&media_type.name) => Type::Any,
        None => Type::Raw,
    })
}

fn docs(operation: &Operation) -> Docs {
    let (summary, description) = (operation.summary.as_ref(), operation.description.as_ref());
    let text = match (summary, description) {
        (Some(summary), Some(description)) if same_words(summary, description) => Some(description.clone()),
        (Some(summary), Some(description)) => Some(format!("{summary}\n\n{description}")),
        (summary, description) => summary.or(description).cloned(),
    };
    Docs { text, deprecated: operation.deprecated, ..Docs::default() }
}

/// The webhooks' keys; with the method, where another method of the same path item came before.
pub fn unique_keys(webhooks: &[Webhook]) -> Vec<String> {
    let mut known = HashSet::new();
    let unique = |webhook: &Webhook| {
        let is_first = known.insert((webhook.document, webhook.key.clone()));
        if is_first { webhook.key.clone() } else { format!("{}.{}", webhook.key, webhook.method()) }
    };
    webhooks.iter().map(unique).collect()
}
