//! The headers that a document declares for a webhook, as far as it gives them a value.

use crate::documents::provider::{Expression, header_name};
use crate::model::bodies::{example, resolve};
use crate::model::{Event, Provider, Webhook};
use crate::schema::value_of;
use crate::source::Source;
use crate::words::words;
use serde_json::Value;

/// Headers that the connection decides.
const OF_CONNECTION: [&str; 4] = ["host", "content-length", "connection", "transfer-encoding"];

/// Names in lower case, and values: what stands there as an example, or the first value that the schema allows.
pub fn declared(documents: &[Source], webhook: &Webhook) -> Vec<(String, String)> {
    all(documents, webhook).into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The headers without a value that are called like the event type in the body: they repeat it.
pub fn of_event_type(
    provider: &Provider,
    event: &Event,
    documents: &[Source],
    webhook: &Webhook,
) -> Vec<(String, String)> {
    let [Expression::Body(pointer)] = provider.event_type.as_slice() else { return Vec::new() };
    let called = words(pointer.rsplit('/').next().unwrap_or_default());
    // A `type` may be that of anything.
    if !called.iter().any(|word| ["event", "topic"].contains(&word.as_str())) {
        return Vec::new();
    }
    let without = all(documents, webhook).into_iter().filter(|(_, value)| value.is_none());
    let repeats = without.filter(|(name, _)| words(name).ends_with(&called));
    repeats.map(|(name, _)| (name, event.event_type.clone())).collect()
}

fn all(documents: &[Source], webhook: &Webhook) -> Vec<(String, Option<String>)> {
    let headers = webhook.headers.iter();
    headers.filter_map(|at| header(&documents[at.document].value, &at.pointer)).collect()
}

fn header(document: &Value, place: &str) -> Option<(String, Option<String>)> {
    let parameter = document.pointer(place)?;
    let name = header_name(parameter.get("name")?.as_str()?).ok()?;
    let is_decided = OF_CONNECTION.contains(&name.as_str());
    (!is_decided).then(|| (name, value(document, parameter, place)))
}

fn value(document: &Value, parameter: &Value, place: &str) -> Option<String> {
    let named = parameter.get("examples").and_then(Value::as_object);
    let named = named.and_then(|examples| examples.values().find_map(value_of));
    let schema = document.pointer(&resolve(document, format!("{place}/schema")));
    let of_schema = schema.and_then(|schema| {
        let listed = schema.get("const").or_else(|| schema.get("enum")?.get(0));
        listed.or_else(|| example(schema)).or_else(|| schema.get("default"))
    });
    parameter.get("example").or(named).or(of_schema).and_then(text)
}

/// A value as a header holds it; none of what has parts, as senders write that differently.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return None,
    };
    let is_visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    (is_visible && !text.trim().is_empty()).then_some(text)
}
