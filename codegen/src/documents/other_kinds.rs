//! Files of other kinds than OpenAPI, and what makes them work.

use super::file_name;
use crate::source::Source;
use crate::source::pointer::join;
use serde_json::{Map, Value};

/// What only a document of another kind has, and what it is called.
const KINDS: [(&str, &str); 6] = [
    (ASYNCAPI, "a document of AsyncAPI"),
    ("arazzo", "a document of Arazzo"),
    ("openrpc", "a document of OpenRPC"),
    ("smithy", "a model of Smithy"),
    ("swaggerVersion", "a document of Swagger 1"),
    ("$schema", "a JSON Schema"),
];
const ASYNCAPI: &str = "asyncapi";
const HAR: &str = "log";
const POSTMAN: &str = "info";

/// What a document is that is of another kind, and where that shows.
pub(super) fn kind(document: &Source) -> Option<(&'static str, &'static str)> {
    let value = &document.value;
    if value.get("openapi").is_some() {
        return None;
    }
    if document.text.starts_with("#%RAML") {
        return Some(("", "a document of RAML"));
    }
    if value["info"].get("_postman_id").is_some() || value["info"]["schema"].as_str().is_some_and(is_postmans) {
        return Some((POSTMAN, "a collection of Postman"));
    }
    if value["log"].get("entries").is_some() {
        return Some((HAR, "a HAR file"));
    }
    KINDS.iter().copied().find(|(key, _)| value.get(key).is_some())
}

fn is_postmans(schema: &str) -> bool {
    schema.starts_with("https://schema.getpostman.com/")
}

/// What to do with a document that is of another kind; `None` where only OpenAPI helps.
pub(super) fn help(document: &Source) -> Option<String> {
    let file = file_name(&document.path);
    let folder = document.path.parent().unwrap_or(&document.path).display();
    match kind(document)?.0 {
        ASYNCAPI => Some(match message(&document.value) {
            Some((name, pointer)) => format!(
                "rename it to _{file}, and refer to what its messages hold from a document of OpenAPI 3.1: `{}`",
                webhook(&name, &format!("./_{file}#{pointer}"))
            ),
            None => "describe its messages as `webhooks` of a document of OpenAPI 3.1".to_owned(),
        }),
        HAR => Some(format!(
            "move it out of the folder: `webhook-codegen infer {file} --out {folder}` drafts a document from its requests"
        )),
        POSTMAN => Some(format!(
            "it holds requests, and no types: save the body of each as a file, and `webhook-codegen infer bodies/ --out \
             {folder}` drafts a document from them"
        )),
        _ => None,
    }
}

/// An entry of `webhooks` whose body is what a reference leads to.
pub(super) fn webhook(name: &str, reference: &str) -> String {
    let reference = Value::from(reference);
    let name = Value::from(name);
    format!(
        "webhooks: {{{name}: {{post: {{requestBody: {{content: {{application/json: {{schema: {{$ref: {reference}}}}}}}}}}}}}}}"
    )
}

/// The name of a message of AsyncAPI 2 or 3, and a pointer to the schema of what it holds.
fn message(document: &Value) -> Option<(String, String)> {
    let mut holders = vec![("/components/messages".to_owned(), &document["components"]["messages"])];
    for (name, channel) in members(&document["channels"]) {
        let pointer = join("/channels", name);
        holders.push((format!("{pointer}/messages"), &channel["messages"]));
        holders.push((format!("{pointer}/subscribe"), &channel["subscribe"]));
        holders.push((format!("{pointer}/publish"), &channel["publish"]));
    }
    holders.into_iter().find_map(|(pointer, messages)| {
        let (name, message) = members(messages).find(|(_, message)| message["payload"].is_object())?;
        let payload = join(&join(&pointer, name), "payload");
        // With a format of its own, the schema is a member of it.
        let payload = if message["payload"].get("schema").is_some() { join(&payload, "schema") } else { payload };
        Some((message["name"].as_str().unwrap_or(name).to_owned(), payload))
    })
}

/// What makes webhooks of a document that has none.
pub(super) fn webhooks_by_overlay(document: &Value) -> Option<String> {
    let update = event_schema(document).map(|(name, schema)| {
        let pointer = join("/components/schemas", schema);
        webhook(name, &format!("#{pointer}"))
    });
    let update = update.or_else(|| {
        let (path, name) = hook_path(document)?;
        let reference = Value::from(format!("#{}", join("/paths", path)));
        Some(format!("webhooks: {{{}: {{$ref: {reference}}}}}", Value::from(name)))
    });
    update.map(|update| {
        format!("make webhooks of them by overlay.yaml, with an action for each: `{{target: $, update: {{{update}}}}}`")
    })
}

/// The event type and the name of a component that says by an extension, such as `x-stripeEvent`, that it is an event.
fn event_schema(document: &Value) -> Option<(&str, &str)> {
    members(&document["components"]["schemas"]).find_map(|(name, schema)| {
        let is_mark = |key: &str| key.starts_with("x-") && key.to_ascii_lowercase().contains("event");
        let (_, mark) = members(schema).find(|(key, _)| is_mark(key))?;
        let event_type = mark.as_str().or_else(|| ["type", "name"].iter().find_map(|key| mark[*key].as_str()));
        Some((event_type.unwrap_or(name), name))
    })
}

/// A path that is called like a receiver's, and a name for its webhook.
fn hook_path(document: &Value) -> Option<(&str, &str)> {
    let is_hook = |path: &str| ["hook", "callback", "event", "notification"].iter().any(|word| path.contains(word));
    let mut hooks = members(&document["paths"]).filter(|(_, item)| item["post"].get("requestBody").is_some());
    let (path, _) = hooks.find(|(path, _)| is_hook(&path.to_ascii_lowercase()))?;
    let named = path.rsplit('/').find(|part| !part.is_empty() && !part.starts_with('{'));
    Some((path, named.unwrap_or(path)))
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(name, member)| (name.as_str(), member))
}
