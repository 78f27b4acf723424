//! Where a document describes a webhook's body, and the examples that stand there.

use super::webhook::Webhook;
use crate::schema::{Location, is_readable, own_example, value_of};
use crate::source::Source;
use crate::source::pointer::escape;
use serde_json::{Map, Value};

/// The examples of a webhook's body in the media types that are wanted, each with its place.
pub fn examples<'a>(documents: &'a [Source], webhook: &Webhook, wanted: fn(&str) -> bool) -> Vec<(String, &'a Value)> {
    let mut examples = Vec::new();
    for Content { document, place, said } in contents(documents, webhook, wanted) {
        examples.extend(said.get("example").map(|example| (format!("{place}/example"), example)));
        for (name, _) in said.get("examples").and_then(Value::as_object).into_iter().flatten() {
            let place = resolve(document, format!("{place}/examples/{}", escape(name)));
            // OpenAPI 3.2 calls it by the second name.
            let values = ["value", "dataValue"].into_iter().map(|key| format!("{place}/{key}"));
            let mut values = values.filter_map(|place| Some((document.pointer(&place)?, place)));
            examples.extend(values.next().map(|(value, place)| (place, value)));
        }
    }
    examples
}

/// What a schema itself gives as an example.
pub fn example(schema: &Value) -> Option<&Value> {
    own_example(schema).filter(|value| !value.is_null())
}

/// All that a schema, a parameter or a media type gives as an example.
pub fn own_examples<'a>(document: &'a Value, holder: &'a Value) -> Vec<&'a Value> {
    let named = holder.get("examples").and_then(Value::as_object).into_iter().flatten().filter_map(|(_, example)| {
        let target = example.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
        let example = target.map_or(Some(example), |at| document.pointer(&resolve(document, at.to_owned())));
        value_of(example?)
    });
    let listed = holder.get("examples").and_then(Value::as_array).into_iter().flatten();
    holder.get("example").into_iter().chain(listed).chain(named).filter(|example| !example.is_null()).collect()
}

/// What is said of a webhook's body in a media type.
pub struct Content<'a> {
    /// The document in which it stands.
    pub document: &'a Value,
    /// JSON pointer to it there.
    pub place: String,
    pub said: &'a Value,
}

/// What is said of a webhook's body in the media types that are wanted.
pub fn contents<'a>(documents: &'a [Source], webhook: &Webhook, wanted: fn(&str) -> bool) -> Vec<Content<'a>> {
    let Some((document, place, content)) = content(documents, webhook) else { return Vec::new() };
    let wanted = content.keys().filter(|media_type| wanted(media_type));
    let contents = wanted.filter_map(|media_type| {
        let place = resolve(document, format!("{place}/{}", escape(media_type)));
        Some(Content { document, said: document.pointer(&place)?, place })
    });
    contents.collect()
}

/// The media type that a webhook's body is sent in: of several, one that can be read. A range such as `text/*` names none.
pub fn media_type<'a>(documents: &'a [Source], webhook: &Webhook) -> Option<&'a str> {
    let (_, _, content) = content(documents, webhook)?;
    let named = content.keys().map(String::as_str).filter(|media_type| !media_type.contains('*'));
    named.min_by_key(|media_type| !is_readable(media_type))
}

/// The media types of a webhook's body, and their place.
fn content<'a>(documents: &'a [Source], webhook: &Webhook) -> Option<(&'a Value, String, &'a Map<String, Value>)> {
    let Location { document, pointer: place } = webhook.content.as_ref()?;
    let document = &documents[*document].value;
    Some((document, place.clone(), document.pointer(place)?.as_object()?))
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
