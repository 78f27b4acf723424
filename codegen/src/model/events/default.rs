//! The default of the event type, as documents give it.

use super::api::Api;
use super::event::Event;
use crate::documents::provider::Expression;
use crate::model::types::Type;
use indexmap::IndexMap;

/// An event of a payload, for bodies without an event type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// The event type: the default, or else any of the payload's.
    pub event_type: String,
    /// Whether the document gives it as the default.
    pub is_default: bool,
}

/// One for each payload; none where no document gives a default that is the event type of an event.
pub fn fallbacks(api: &Api<'_>, location: &[Expression], events: &[Event]) -> Vec<Fallback> {
    let [Expression::Body(pointer)] = location else { return Vec::new() };
    let mut by_payload: IndexMap<&Type, Vec<&String>> = IndexMap::new();
    for event in events {
        by_payload.entry(&event.payload).or_default().push(&event.event_type);
    }
    let fallbacks = by_payload.into_iter().map(|(payload, event_types)| {
        let default = api.types.at(payload, pointer).default;
        let default = event_types.iter().find(|event_type| Some(event_type.as_str()) == default);
        Fallback { event_type: default.unwrap_or(&event_types[0]).to_string(), is_default: default.is_some() }
    });
    let fallbacks: Vec<_> = fallbacks.collect();
    if fallbacks.iter().any(|fallback| fallback.is_default) { fallbacks } else { Vec::new() }
}
