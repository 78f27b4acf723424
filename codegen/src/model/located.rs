//! Whether an event type location leads to something.

use super::places::all_places;
use super::{Provider, absence};
use crate::documents::Folder;
use crate::documents::provider::Expression;
use crate::source::{Diagnostic, Diagnostics, closest};

/// Reports a pointer in provider.yaml that no body has.
pub(super) fn check(provider: &Provider, folder: &Folder, found: &mut Diagnostics) {
    let Some(source) = &folder.provider_source else { return };
    for (index, expression) in folder.provider.event_type.iter().enumerate() {
        let Expression::Body(pointer) = expression else { continue };
        let mut webhooks = provider.webhooks.iter();
        if webhooks.len() > 0 && !webhooks.any(|webhook| absence::at(provider, &webhook.payload, pointer).some) {
            let is_list = source.value["event_type"].is_array();
            let place = if is_list { format!("/event_type/{index}") } else { "/event_type".into() };
            let error = Diagnostic::error(&source.path, place, "this leads to nothing in the body of any webhook");
            found.push(error.help(meant(provider, pointer)));
        }
    }
}

/// Reports a provider of several events that nothing tells apart.
pub(super) fn untold(provider: &Provider, folder: &Folder, found: &mut Diagnostics) {
    let Some(first) = provider.webhooks.first() else { return };
    if provider.event_type.is_empty() && provider.events.len() > 1 {
        let source = &folder.documents[first.document];
        let place = if source.value.get("webhooks").is_some() { "/webhooks" } else { "/x-webhooks" };
        let message = "nothing in the bodies tells which webhook they belong to";
        let help = "say in provider.yaml where it stands, such as `event_type: $request.header.x-event`; else an event \
                    must be named to `from_slice_as`";
        found.push(Diagnostic::warning(&source.path, place, message).at_key().help(help));
    }
}

fn meant(provider: &Provider, pointer: &str) -> String {
    let places = all_places(provider);
    match closest(pointer, places.iter().map(|place| place.pointer.as_str())) {
        Some(place) => format!("did you mean `$request.body#{place}`?"),
        None => "describe the place in the documents, or in overlay.yaml".to_owned(),
    }
}
