//! The examples that are in the specs: whoever replaces a document gets its examples tested.

#[path = "support/bodies.rs"]
mod bodies;

use bodies::round_trips;
use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen::Config;
use webhook_codegen_cli::delivery::BodySource;
use webhook_events::{Event, Provider, Value};

/// The OpenAPI documents of a provider.
fn documents(provider: Provider) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new("specs").join(provider.as_str())).expect("each provider has specs");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    files.retain(|file| !["provider.yaml", "overlay.yaml"].iter().any(|name| file.ends_with(name)));
    files.sort();
    files
}

fn read(file: &Path) -> Value {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The node, or the one that its `$ref` leads to within the document.
fn resolve<'d>(document: &'d Value, node: &'d Value) -> &'d Value {
    let Some(reference) = node.get("$ref").and_then(Value::as_str) else { return node };
    let target = document.pointer(reference.trim_start_matches('#'));
    resolve(document, target.unwrap_or_else(|| panic!("{reference} leads nowhere")))
}

fn members(node: &Value) -> impl Iterator<Item = (&String, &Value)> {
    node.as_object().into_iter().flatten()
}

/// The examples of a webhook, with their names.
fn examples<'d>(document: &'d Value, webhook: &'d Value) -> Vec<(&'d String, &'d Value)> {
    members(resolve(document, webhook))
        .filter_map(|(_, operation)| operation.get("requestBody"))
        .flat_map(|body| members(&resolve(document, body)["content"]))
        .flat_map(|(_, content)| members(&content["examples"]))
        .map(|(name, example)| (name, &resolve(document, example)["value"]))
        .collect()
}

#[test]
fn each_is_a_typed_event_that_comes_back_equal() {
    for provider in Provider::ALL.iter().copied() {
        for file in documents(provider) {
            let document = read(&file);
            for (_, example) in members(&document["webhooks"]).flat_map(|(_, webhook)| examples(&document, webhook)) {
                round_trips(provider, example);
            }
        }
    }
}

#[test]
fn an_example_delivery_of_each_event_is_that_event() {
    let senders =
        webhook_codegen_cli::delivery::senders(&Config::new("specs")).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(senders.len(), Provider::ALL.len());
    for sender in &senders {
        let provider: Provider = sender.name().parse().expect("it is generated");
        for event_type in sender.event_types() {
            let delivery = sender.delivery(event_type, None).unwrap_or_else(|failure| panic!("{failure}"));
            let event = Event::from_slice(provider, &delivery.body).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(event.event_type(), event_type);
            let body: Value = serde_json::from_slice(&delivery.body).expect("it was read just now");
            round_trips(provider, &body);
        }
    }
}

#[test]
fn each_webhook_has_one_except_in_the_senders_own_document() {
    let mut without = Vec::new();
    for provider in Provider::ALL.iter().copied() {
        for file in documents(provider) {
            let document = read(&file);
            let without_examples =
                members(&document["webhooks"]).filter(|(_, webhook)| examples(&document, webhook).is_empty());
            without.extend(without_examples.map(|(key, _)| format!("{}: {key}", file.display())));
        }
    }
    assert_eq!(without, ["specs/askelephant/contact.yaml: contact-created-webhook"]);
}

#[test]
fn the_senders_own_document_is_shown_by_examples_of_an_overlay() {
    let senders =
        webhook_codegen_cli::delivery::senders(&Config::new("specs")).unwrap_or_else(|failure| panic!("{failure}"));
    let sender = senders.iter().find(|sender| sender.name() == "askelephant").expect("it has documents");
    for (event, previous) in [
        ("v1.contact.created", None),
        ("v1.contact.updated", Some(serde_json::json!({"first_name": "Janet"}))),
        ("v1.contact.deleted", None),
    ] {
        let delivery = sender.delivery(event, None).unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(delivery.source, BodySource::Example, "{event}");
        let body: Value = serde_json::from_slice(&delivery.body).expect("an example is JSON");
        assert_eq!(body.pointer("/data/object/emails/0/email"), Some(&"jane@example.com".into()), "{event}");
        assert_eq!(body.pointer("/data/previous_attributes"), previous.as_ref(), "{event}");
    }
}
