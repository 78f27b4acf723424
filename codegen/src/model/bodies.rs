//! Where a document describes a webhook's body, and the examples that stand there.

use super::Webhook;
use crate::load::Source;
use crate::lower::{escape, is_readable, own_example};
use serde_json::{Map, Value};

/// The examples of a webhook's body in the media types that are wanted, each with its place.
pub fn examples<'a>(source: &'a Source, webhook: &Webhook, wanted: fn(&str) -> bool) -> Vec<(String, &'a Value)> {
    let document = &source.value;
    let mut examples = Vec::new();
    for (place, described) in contents(source, webhook, wanted) {
        examples.extend(described.get("example").map(|example| (format!("{place}/example"), example)));
        for (name, _) in described.get("examples").and_then(Value::as_object).into_iter().flatten() {
            let place = resolve(document, format!("{place}/examples/{}", escape(name))) + "/value";
            examples.extend(document.pointer(&place).map(|example| (place.clone(), example)));
        }
    }
    examples
}

/// What a schema itself gives as an example.
pub fn example(schema: &Value) -> Option<&Value> {
    own_example(schema).filter(|value| !value.is_null())
}

/// What is said of a webhook's body in the media types that are wanted, each with its place.
pub fn contents<'a>(source: &'a Source, webhook: &Webhook, wanted: fn(&str) -> bool) -> Vec<(String, &'a Value)> {
    let Some((place, content)) = content(&source.value, webhook) else { return Vec::new() };
    let wanted = content.iter().filter(|(media_type, _)| wanted(media_type));
    wanted.map(|(media_type, said)| (format!("{place}/{}", escape(media_type)), said)).collect()
}

/// The media type that a webhook's body is sent in: of several, one that can be read. A range such as `text/*` names none.
pub fn media_type<'a>(document: &'a Value, webhook: &Webhook) -> Option<&'a str> {
    let (_, content) = content(document, webhook)?;
    let named = content.keys().map(String::as_str).filter(|media_type| !media_type.contains('*'));
    named.min_by_key(|media_type| !is_readable(media_type))
}

/// The media types of a webhook's body, and their place.
fn content<'a>(document: &'a Value, webhook: &Webhook) -> Option<(String, &'a Map<String, Value>)> {
    let place = resolve(document, format!("{}/requestBody", operation(document, webhook))) + "/content";
    let content = document.pointer(&place)?.as_object()?;
    Some((place, content))
}

/// The place of a webhook's operation, behind the reference that may stand for its path item.
pub fn operation(document: &Value, webhook: &Webhook) -> String {
    format!("{}/{}", resolve(document, webhook.item().to_owned()), webhook.method())
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
