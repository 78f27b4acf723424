//! The headers that a document declares for a webhook, as far as it gives them a value.

use serde_json::Value;
use webhook_codegen::documents::provider::{Expression, header_name};
use webhook_codegen::model::{Event, Provider, Webhook};
use webhook_codegen::schema::{Node, References};
use webhook_codegen::words::words;

/// Headers that the connection decides.
const OF_CONNECTION: [&str; 4] = ["host", "content-length", "connection", "transfer-encoding"];

/// Names in lower case, and values: what is there as an example, or the first value that the schema allows.
pub fn declared(references: &References<'_>, webhook: &Webhook) -> Vec<(String, String)> {
    all(references, webhook).into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The headers without a value that are called like the event type in the body: they repeat it.
pub fn of_event_type(
    provider: &Provider,
    event: &Event,
    references: &References<'_>,
    webhook: &Webhook,
) -> Vec<(String, String)> {
    let [Expression::Body(pointer)] = provider.event_type.as_slice() else { return Vec::new() };
    let called = words(pointer.rsplit('/').next().unwrap_or_default());
    // A `type` may be that of anything.
    if !called.iter().any(|word| ["event", "topic"].contains(&word.as_str())) {
        return Vec::new();
    }
    let without = all(references, webhook).into_iter().filter(|(_, value)| value.is_none());
    let repeats = without.filter(|(name, _)| words(name).ends_with(&called));
    repeats.map(|(name, _)| (name, event.event_type.clone())).collect()
}

fn all(references: &References<'_>, webhook: &Webhook) -> Vec<(String, Option<String>)> {
    let headers = webhook.headers.iter().filter_map(|header| references.at(header));
    headers.filter_map(|header| of_header(references, &header)).collect()
}

fn of_header<'a>(references: &References<'a>, parameter: &Node<'a>) -> Option<(String, Option<String>)> {
    let name = header_name(parameter.text("name")?).ok()?;
    let is_decided = OF_CONNECTION.contains(&name.as_str());
    (!is_decided).then(|| (name, value(references, parameter)))
}

fn value<'a>(references: &References<'a>, parameter: &Node<'a>) -> Option<String> {
    let first = |holder: &Node<'a>| references.examples(holder).into_iter().next().map(|example| example.value);
    let schema = parameter.get("schema").map(|schema| references.resolve(schema));
    let of_schema = schema.and_then(|schema| {
        let listed = schema.value.get("const").or_else(|| schema.value.get("enum")?.get(0));
        let example = first(&schema).filter(|value| !value.is_null());
        listed.or(example).or_else(|| schema.value.get("default"))
    });
    first(parameter).or(of_schema).and_then(text)
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
