//! The examples of bodies.

use super::Webhook;
use crate::load::Source;
use crate::lower::{escape, is_readable};
use serde_json::Value;

/// The examples of a webhook's body, each with its place.
pub fn examples<'a>(source: &'a Source, webhook: &Webhook) -> Vec<(String, &'a Value)> {
    let document = &source.value;
    let mut examples = Vec::new();
    for (place, described) in contents(source, webhook) {
        examples.extend(described.get("example").map(|example| (format!("{place}/example"), example)));
        for (name, _) in described.get("examples").and_then(Value::as_object).into_iter().flatten() {
            let place = resolve(document, format!("{place}/examples/{}", escape(name))) + "/value";
            examples.extend(document.pointer(&place).map(|example| (place.clone(), example)));
        }
    }
    examples
}

/// What is said of a webhook's body in the media types that can be read, each with its place.
pub fn contents<'a>(source: &'a Source, webhook: &Webhook) -> Vec<(String, &'a Value)> {
    let document = &source.value;
    let method = webhook.pointer.rsplit('/').next().unwrap_or_default();
    let item = resolve(document, webhook.item().to_owned());
    let body = resolve(document, format!("{item}/{method}/requestBody"));
    let content = document.pointer(&format!("{body}/content")).and_then(Value::as_object);
    let readable = content.into_iter().flatten().filter(|(media_type, _)| is_readable(media_type));
    readable.map(|(media_type, said)| (format!("{body}/content/{}", escape(media_type)), said)).collect()
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
