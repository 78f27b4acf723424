//! A provider, whole.

use super::events::{Batch, Event, Fallback, Header, Webhook};
use super::types::{Field, Presence, TypeDef, TypeId, Types};
use crate::documents::provider::{Expression, Settings};

/// Who sends webhooks.
#[derive(Debug)]
pub struct Provider {
    /// The folder's name.
    pub name: String,
    /// `provider.yaml`.
    pub settings: Settings,
    /// The OpenAPI documents.
    pub documents: Vec<Document>,
    /// All types of all documents.
    pub types: Types,
    /// The webhooks, in the order of the documents.
    pub webhooks: Vec<Webhook>,
    /// The headers that deliveries bring, in the order of the documents.
    pub headers: Vec<Header>,
    /// The event type location: that of `provider.yaml`, or else the one inferred from the documents.
    pub event_type: Vec<Expression>,
    /// The events, in the order of the documents.
    pub events: Vec<Event>,
    /// Events for bodies without an event type, if documents give a default for it.
    pub fallbacks: Vec<Fallback>,
}

/// An OpenAPI document.
#[derive(Debug)]
pub struct Document {
    /// The file's name.
    pub file: String,
    /// `info.title`.
    pub title: String,
    /// `info.description`.
    pub description: Option<String>,
}

impl Provider {
    /// The type with an id.
    pub fn get(&self, id: TypeId) -> &TypeDef {
        self.types.get(id)
    }

    /// What people call it.
    pub fn title(&self) -> &str {
        self.settings.title.as_deref().unwrap_or(&self.name)
    }

    /// Whether bodies may hold several events.
    pub fn has_batches(&self) -> bool {
        self.webhooks.iter().any(|webhook| webhook.batch != Batch::Never)
    }

    /// How a property's absence and null show in Rust.
    pub fn presence(&self, field: &Field) -> Presence {
        self.types.presence(field)
    }
}
