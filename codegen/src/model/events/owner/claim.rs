//! An event type and the webhooks that may have it.

use crate::words::{letters, words};

/// An event type, and the webhook it belongs to.
#[derive(Debug)]
pub struct Claim {
    pub value: Value,
    /// All webhooks that list or show it, as indices.
    pub claimants: Vec<usize>,
    /// Those that it may belong to; it does belong to an only one.
    pub webhooks: Vec<usize>,
    pub evidence: Evidence,
}

/// An event type, and what keys can have in common with it.
#[derive(Debug)]
pub struct Value {
    pub event_type: String,
    /// Its letters, and those without the prefix that no key has.
    pub letters: [String; 2],
    pub words: Vec<String>,
}

/// Why an event type belongs to a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// No other webhook lists or shows it.
    Only,
    /// An example shows it.
    Example,
    /// The webhook's key spells it.
    Key,
    /// The schema lists nothing else.
    Constant,
    /// The webhook's key has its words among others.
    PartOfKey,
    /// All others have event types of their own.
    Remainder,
    /// Nothing decides.
    None,
}

impl Claim {
    /// The webhook that it belongs to.
    pub fn owner(&self) -> Option<usize> {
        if let [only] = *self.webhooks { Some(only) } else { None }
    }
}

impl Value {
    /// An event type; keys lack `prefix`.
    pub fn new(event_type: &str, prefix: &str) -> Self {
        let rest = event_type.strip_prefix(prefix).unwrap_or(event_type);
        Self { event_type: event_type.to_owned(), letters: [event_type, rest].map(letters), words: words(rest) }
    }
}
