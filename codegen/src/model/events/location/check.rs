//! Whether bodies have a value at the event type location.

use super::candidate::all_candidates;
use crate::documents::provider::Expression;
use crate::keywords::WEBHOOKS;
use crate::model::events::api::Api;
use crate::model::events::event::Event;
use crate::source::{Diagnostic, Diagnostics, WarningKind, closest};

/// Reports a pointer in provider.yaml at which no body has a value.
pub fn check(api: &Api<'_>, found: &mut Diagnostics) {
    let Some(source) = &api.folder.provider_source else { return };
    for (index, expression) in api.folder.provider.event_type.iter().enumerate() {
        let Expression::Body(pointer) = expression else { continue };
        let mut webhooks = api.webhooks.iter();
        if webhooks.len() > 0 && !webhooks.any(|webhook| api.types.at(&webhook.payload, pointer).occurrence.some) {
            let is_list = source.value["event_type"].is_array();
            let location = if is_list { format!("/event_type/{index}") } else { "/event_type".into() };
            let error = Diagnostic::error(&source.path, location, "no webhook has a value here in its body");
            found.push(error.help(suggestion(api, pointer)));
        }
    }
}

/// Warns of several events without an event type location.
pub fn warn_without_location(api: &Api<'_>, location: &[Expression], events: &[Event], found: &mut Diagnostics) {
    let Some(first) = api.webhooks.first() else { return };
    if location.is_empty() && events.len() > 1 {
        let source = &api.folder.documents[first.document];
        let key = WEBHOOKS.into_iter().find(|key| source.value.get(key).is_some());
        // A document that has callbacks only has no such key.
        let webhooks = key.map_or_else(|| first.pointer.clone(), |key| format!("/{key}"));
        let message = "the event type cannot be found in the payloads";
        let help = "set `event_type` in provider.yaml, such as `event_type: $request.header.x-event`; otherwise call \
                    `Event::from_slice_as` with the event type";
        found.push(Diagnostic::warning(WarningKind::EventType, &source.path, webhooks, message).at_key().help(help));
    }
}

fn suggestion(api: &Api<'_>, pointer: &str) -> String {
    let candidates = all_candidates(api);
    match closest(pointer, candidates.iter().map(|candidate| candidate.pointer.as_str())) {
        Some(pointer) => format!("did you mean `$request.body#{pointer}`?"),
        None => "describe the location in the documents, or in overlay.yaml".to_owned(),
    }
}
