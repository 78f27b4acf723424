//! The examples that a document gives of an event, to be shown.

use super::event_type::is_other;
use webhook_codegen::documents::Folder;
use webhook_codegen::model::{Event, Provider};
use webhook_codegen::schema::{References, is_readable};
use webhook_codegen::source::pointer::unescape;

/// The document's examples of an event's body, each with its name, less those of other events of the same webhook.
pub fn named(provider: &Provider, folder: &Folder, event: &Event) -> Vec<(String, String)> {
    let webhook = &provider.webhooks[event.webhook];
    let bodies = References::new(&folder.documents).body_examples(webhook.content.as_ref(), is_readable).into_iter();
    let own = bodies.filter(|body| !is_other(provider, event, body.value));
    own.map(|body| (name(&body.pointer), format!("{:#}", body.value))).collect()
}

/// What an example is called: its key, which stands before that of its value.
fn name(pointer: &str) -> String {
    let mut tokens = pointer.rsplit('/');
    match (tokens.next(), tokens.next()) {
        (Some("value" | "dataValue"), Some(name)) => unescape(name),
        _ => String::new(),
    }
}
