//! An event.

use crate::model::types::{Docs, Type};

/// One event type.
#[derive(Debug, Default)]
pub struct Event {
    /// What names it in a delivery.
    pub event_type: String,
    /// Other spellings of it, which examples show.
    pub aliases: Vec<String>,
    /// Index of its webhook.
    pub webhook: usize,
    /// Further webhooks that may send it, where nothing decides between them.
    pub others: Vec<usize>,
    /// Whether it has the letters of the webhook's key, and no schema says how deliveries spell it.
    pub is_key: bool,
    /// Whether its bodies are those of its webhook that have no event type, or one that no schema lists.
    pub is_remainder: bool,
    /// Whether all bodies without an event type are taken for this event.
    pub takes_absent: bool,
    /// Whether all bodies with an event type that nothing lists are taken for this event, if they fit.
    pub takes_unlisted: bool,
    /// Its documentation.
    pub docs: Docs,
    /// The type of the body.
    pub payload: Type,
}

impl Event {
    /// All webhooks that may send it, as indices.
    pub fn webhooks(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.webhook).chain(self.others.iter().copied())
    }
}

/// An event of a payload, for bodies without an event type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// The event type: the default, or else any of the payload's.
    pub event_type: String,
    /// Whether the document gives it as the default.
    pub is_default: bool,
}
