//! Where a document describes the body of a webhook, and the examples that stand there.

use crate::load::{Folder, Source};
use crate::lower::{escape, is_readable, unescape};
use crate::model::{Event, Provider, Webhook};
use crate::provider::Expression;
use serde_json::{Map, Value};

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

/// The examples of a webhook's body in the media types that are wanted, each with its place.
pub fn examples<'a>(source: &'a Source, webhook: &Webhook, wanted: fn(&str) -> bool) -> Vec<(String, &'a Value)> {
    let document = &source.value;
    let mut examples = Vec::new();
    let Some((body, content)) = content(document, webhook) else { return examples };
    for (media_type, described) in content.iter().filter(|(media_type, _)| wanted(media_type)) {
        let place = format!("{body}/content/{}", escape(media_type));
        examples.extend(described.get("example").map(|example| (format!("{place}/example"), example)));
        for (name, _) in described.get("examples").and_then(Value::as_object).into_iter().flatten() {
            let place = resolve(document, format!("{place}/examples/{}", escape(name))) + "/value";
            examples.extend(document.pointer(&place).map(|example| (place.clone(), example)));
        }
    }
    examples
}

/// The media type that a webhook's body is sent in: of several the one that is received.
pub fn media_type<'a>(document: &'a Value, webhook: &Webhook) -> Option<&'a str> {
    let (_, content) = content(document, webhook)?;
    let mut types = content.keys().map(String::as_str);
    let first = types.clone().next();
    types.find(|media_type| is_readable(media_type)).or(first)
}

/// The media types of a webhook's body, and the place of the body.
fn content<'a>(document: &'a Value, webhook: &Webhook) -> Option<(String, &'a Map<String, Value>)> {
    let body = resolve(document, format!("{}/requestBody", operation(document, webhook)));
    let content = document.pointer(&format!("{body}/content"))?.as_object()?;
    Some((body, content))
}

/// The place of a webhook's operation, behind the reference that may stand for its path item.
pub fn operation(document: &Value, webhook: &Webhook) -> String {
    format!("{}/{}", resolve(document, webhook.item().to_owned()), method(webhook))
}

/// The HTTP method of a webhook, in lower case.
pub fn method(webhook: &Webhook) -> &str {
    webhook.pointer.rsplit('/').next().unwrap_or_default()
}

/// Where the references at a place lead within its document.
pub fn resolve(document: &Value, mut pointer: String) -> String {
    // Longer chains are circles, and lowering has reported those.
    for _ in 0..100 {
        let reference = document.pointer(&pointer).and_then(|node| node.get("$ref")).and_then(Value::as_str);
        match reference.and_then(|reference| reference.strip_prefix('#')) {
            Some(target) => pointer = target.to_owned(),
            None => break,
        }
    }
    pointer
}
