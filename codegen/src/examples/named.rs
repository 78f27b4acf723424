//! The examples that a document gives of an event, to be shown.

use crate::load::Folder;
use crate::lower::{is_readable, unescape};
use crate::model::bodies::examples;
use crate::model::{Event, Provider};
use crate::provider::Expression;
use serde_json::Value;

/// The document's examples of an event's body, each with its name, less those of other events of the same webhook.
pub fn named(provider: &Provider, folder: &Folder, event: &Event) -> Vec<(String, String)> {
    let webhook = &provider.webhooks[event.webhook];
    let is_other = |body: &Value| match provider.event_type.as_slice() {
        [Expression::Body(pointer)] => body.pointer(pointer).is_some_and(|said| *said != event.event_type.as_str()),
        _ => false,
    };
    let bodies = examples(&folder.documents[webhook.document], webhook, is_readable).into_iter();
    let shown = bodies.filter(|(_, body)| !is_other(body)).map(|(pointer, body)| (name(&pointer), format!("{body:#}")));
    shown.collect()
}

/// What an example is called: its key, which stands before `value`.
fn name(pointer: &str) -> String {
    let mut tokens = pointer.rsplit('/');
    match (tokens.next(), tokens.next()) {
        (Some("value"), Some(name)) => unescape(name),
        _ => String::new(),
    }
}
