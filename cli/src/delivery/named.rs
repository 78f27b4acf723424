//! The examples that a document gives of an event, to be shown.

use super::event_type::is_other;
use crate::documents::Folder;
use crate::model::bodies::examples;
use crate::model::{Event, Provider};
use crate::schema::is_readable;
use crate::source::pointer::unescape;

/// The document's examples of an event's body, each with its name, less those of other events of the same webhook.
pub fn named(provider: &Provider, folder: &Folder, event: &Event) -> Vec<(String, String)> {
    let webhook = &provider.webhooks[event.webhook];
    let bodies = examples(&folder.documents, webhook, is_readable).into_iter();
    let shown = bodies
        .filter(|(_, body)| !is_other(provider, event, body))
        .map(|(pointer, body)| (name(&pointer), format!("{body:#}")));
    shown.collect()
}

/// What an example is called: its key, which stands before that of its value.
fn name(pointer: &str) -> String {
    let mut tokens = pointer.rsplit('/');
    match (tokens.next(), tokens.next()) {
        (Some("value" | "dataValue"), Some(name)) => unescape(name),
        _ => String::new(),
    }
}
