//! Golden files: what a tiny document for each construct generates, compared, compiled and put to use.
//!
//! `cases/<provider>/<construct>.yaml` is named after what it shows. Its examples are valid bodies; those called
//! `unknown…` hold what a sender might add tomorrow, those called `untyped…` what is allowed only as no `type` forbids
//! it.
//! `golden/<provider>/examples.txt` shows each example as the value that a user gets.
//!
//! `UPDATE_GOLDENS=1` writes `golden/` anew; a new case, whose code must be compiled first, takes two runs. Should the
//! golden files no longer compile, this writes them:
//! `cargo run -p webhook-codegen-cli -- generate --specs codegen/tests/cases --out codegen/tests/golden`

use serde_json::Value;
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen::Config;
use webhook_codegen::diagnostics::{Style, render};
use webhook_codegen::documents::load_any;
use webhook_codegen::files::Change;
use webhook_codegen::source::Source;
use webhook_goldens::Goldens;
use webhook_runtime::event::{self, Body, Event};
use webhook_runtime::{Batch, BatchItem, ParseError};

/// The golden files of the providers, and a test for the examples of each.
macro_rules! providers {
    ($($provider:ident)*) => {
        #[deny(warnings, nonstandard_style, rust_2018_idioms, missing_docs, clippy::pedantic, clippy::nursery)]
        // A test is a crate of its own: it reaches a part of what is generated, and has none of the features.
        #[allow(dead_code, unexpected_cfgs)]
        #[rustfmt::skip]
        mod golden {
            $(pub mod $provider;)*
        }

        mod examples {
            $(#[test]
            fn $provider() {
                super::check::<super::golden::$provider::Event>(stringify!($provider));
            })*
        }

        mod deliveries {
            $(#[test]
            fn $provider() {
                super::delivered::<super::golden::$provider::Event>(stringify!($provider));
            })*
        }

        #[test]
        fn every_provider_is_compiled() {
            let providers: &[&str] = &[$(stringify!($provider)),*];
            let folders = entries(Path::new("tests/cases"));
            assert_eq!(folders.iter().map(|folder| name(folder)).collect::<Vec<_>>(), providers);
        }
    };
}

providers! {
    accessors
    callbacks
    constructs
    document_names
    event_type_for_most_webhooks
    event_type_from_array_element
    event_type_from_constants
    event_type_from_discriminator
    event_type_from_examples
    event_type_from_header
    event_type_from_header_and_body
    event_type_from_header_examples
    event_type_from_inheritance
    event_type_from_json_text
    event_type_from_nested_pointer
    event_type_from_pointer
    event_type_from_subtypes
    event_type_from_two_constants
    event_type_in_a_batch
    event_type_in_an_array_or_not
    event_types_by_key
    event_types_that_nothing_decides
    json_schema_of_events
    json_schemas
    no_event_type
    parts_beside
    parts_in_folders
    signed_as_the_document_says
}

#[test]
fn golden_files_are_up_to_date() {
    let generated = match Config::new("tests/cases").features().generate() {
        Ok(generated) => generated,
        Err(failure) => panic!("{failure}"),
    };
    let mut goldens = Goldens::new();
    let folder = Path::new("tests/golden");
    generated.files.iter().for_each(|(path, text)| goldens.compare(folder.join(path), text));
    for change in generated.files.changes(folder).expect("golden files can be read") {
        if let Change::Removed(path) = change {
            goldens.superfluous(folder.join(path));
        }
    }
    goldens.compare(folder.join("warnings.txt"), &render(&generated.warnings, &generated.sources, Style::Lines));
    goldens.assert();
}

/// Every example of every document arrives in a variant of its own, and comes back equal.
fn check<E: Event + Debug>(provider: &str) {
    let mut read = String::new();
    let mut failures = Vec::new();
    for document in documents(provider) {
        for example in examples(&document.value) {
            let Example { webhook, name, .. } = &example;
            match arrives::<E>(&example) {
                Ok(event) => read.push_str(&format!("{webhook}, {name}:\n  {event}\n")),
                Err(failure) => failures.push(format!("{}, {webhook}, {name}: {failure}", document.path.display())),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    webhook_goldens::compare(Path::new("tests/golden").join(provider).join("examples.txt"), &read);
}

/// The event as a user sees it.
fn arrives<E: Event + Debug>(example: &Example<'_>) -> Result<String, String> {
    if E::IS_IN_BATCHES && example.body.is_array() {
        return arrive::<E>(example);
    }
    let Example { webhook, name, body, headers } = example;
    let text = body.to_string();
    let event: E = event::from_slice_as(webhook, text.as_bytes()).map_err(|error| error.to_string())?;
    let shown = format!("{event:?}");
    if shown.starts_with("Unknown(") != name.starts_with("untyped") {
        return Err(format!("arrives as {shown}"));
    }
    // The catch-all of an enum of strings, and that of a union.
    if shown.contains("Other(") && !name.starts_with("unknown") {
        return Err(format!("a part of it fits nothing: {shown}"));
    }
    let written = serde_json::to_string(&event).map_err(|error| error.to_string())?;
    if serde_json::from_str::<Value>(&written).ok().as_ref() != Some(body) {
        return Err(format!("comes back as {written}"));
    }
    if !E::EVENT_TYPE_LOCATION.is_empty() {
        let found = by_request::<E>(&text, headers).map_err(|error| error.to_string())?;
        if format!("{found:?}") != shown {
            return Err(format!("is another event by the request alone: {found:?}"));
        }
    }
    Ok(shown)
}

/// The events of an array as a user sees them: each in a variant of its own.
fn arrive<E: Event + Debug>(example: &Example<'_>) -> Result<String, String> {
    let text = example.body.to_string();
    let batch = Batch::<E>::from_slice(text.as_bytes()).map_err(|error| error.to_string())?;
    let events = batch.iter().map(|item| match &item.event {
        Ok(event) => Ok(format!("{event:?}")),
        Err(invalid) => Err(invalid.to_string()),
    });
    let events = events.collect::<Result<Vec<_>, _>>()?;
    if let Some(unknown) = events.iter().find(|event| event.starts_with("Unknown(")) {
        return Err(format!("one arrives as {unknown}"));
    }
    let written = serde_json::to_value(&batch).map_err(|error| error.to_string())?;
    if written != *example.body {
        return Err(format!("comes back as {written}"));
    }
    Ok(format!("[{}]", events.join(", ")))
}

/// An example delivery of every event arrives as that event.
fn delivered<E: Event + Debug>(provider: &str) {
    let config = Config::new("tests/cases").provider(provider);
    let senders = webhook_codegen_cli::delivery::senders(&config).unwrap_or_else(|failure| panic!("{failure}"));
    let sender = senders.first().expect("the golden files were made from it");
    for event in sender.event_types() {
        let Ok(delivery) = sender.delivery(event, None) else {
            assert!(["body-that-is-not-json", "form"].contains(&event), "a body of {event} can be made");
            continue;
        };
        let sent: Value = serde_json::from_slice(&delivery.body).unwrap_or_default();
        if E::IS_IN_BATCHES && sent.is_array() {
            let batch = Batch::<E>::from_slice(&delivery.body).expect("it is JSON");
            let [BatchItem { event: Ok(arrived), .. }] = &*batch else { panic!("{event}: {batch:?}") };
            assert!(!format!("{arrived:?}").starts_with("Unknown("), "{delivery:?}");
            assert!(delivery.is_identified, "{delivery:?}");
            continue;
        }
        let body = Body::new(&delivery.body);
        let arrived: E = event::parse(event, body).unwrap_or_else(|error| panic!("{event}: {error}: {delivery:?}"));
        assert!(!format!("{arrived:?}").starts_with("Unknown("), "{delivery:?}");
        if E::EVENT_TYPE_LOCATION.is_empty() {
            continue;
        }
        let header = |name: &str| delivery.headers.iter().find(|(sent, _)| sent == name).map(|(_, text)| text.as_str());
        let found: E = event::read(body, header).unwrap_or_else(|error| panic!("{event}: {error}: {delivery:?}"));
        assert_eq!(format!("{found:?}"), format!("{arrived:?}"), "{delivery:?}");
        assert!(delivery.is_identified, "{delivery:?}");
    }
}

fn by_request<E: Event>(body: &str, headers: &Value) -> Result<E, ParseError> {
    let body = Body::new(body.as_bytes());
    event::read(body, |name| headers[name].as_str())
}

/// A body as a document gives it.
struct Example<'v> {
    /// The webhook's key; with the method, from the second one on.
    webhook: String,
    name: &'v str,
    body: &'v Value,
    /// `x-headers`: the headers that come with it, in lower case.
    headers: &'v Value,
}

fn examples(document: &Value) -> Vec<Example<'_>> {
    let mut examples = of_schemas(document);
    let operations = members(&document["paths"]).flat_map(|(_, item)| members(item));
    let callbacks = operations.flat_map(|(_, operation)| members(&operation["callbacks"]));
    let callbacks =
        callbacks.flat_map(|(name, callback)| members(resolve(document, callback)).map(move |(_, item)| (name, item)));
    for (webhook, item) in members(&document["webhooks"]).chain(callbacks) {
        let item = resolve(document, item);
        let is_operation = |key: &str| !["additionalOperations", "parameters"].contains(&key);
        let operations = members(item).filter(|(key, operation)| is_operation(key) && operation.is_object());
        for (index, (method, operation)) in operations.chain(members(&item["additionalOperations"])).enumerate() {
            let operation = resolve(document, operation);
            let body = resolve(document, &operation["requestBody"]);
            let contents = members(&body["content"]).map(|(_, content)| resolve(document, content));
            let named = contents.flat_map(|content| members(&content["examples"]));
            examples.extend(named.map(|(name, example)| Example {
                webhook: if index == 0 { webhook.clone() } else { format!("{webhook}.{method}") },
                name,
                body: value(resolve(document, example)),
                headers: &example["x-headers"],
            }));
        }
    }
    examples
}

/// Those of a JSON Schema, its alternatives and its definitions, where no OpenAPI document is around it.
fn of_schemas(schema: &Value) -> Vec<Example<'_>> {
    let alternatives = schema["oneOf"].as_array().into_iter().flatten();
    let holders = [schema].into_iter().chain(alternatives).chain(members(&schema["$defs"]).map(|(_, schema)| schema));
    let holders = holders.filter(|_| schema.get("openapi").is_none());
    let bodies = holders.flat_map(|holder| holder["examples"].as_array().into_iter().flatten());
    let event = |body: &Value| body["type"].as_str().or(body["event"].as_str()).unwrap_or_default().to_owned();
    bodies.map(|body| Example { webhook: event(body), name: "example", body, headers: &Value::Null }).collect()
}

fn resolve<'v>(document: &'v Value, mut node: &'v Value) -> &'v Value {
    while let Some(reference) = node["$ref"].as_str() {
        // Documents beside this one have their own examples.
        let Some(pointer) = reference.strip_prefix('#') else { return &Value::Null };
        let target = document.pointer(pointer);
        node = target.expect("the golden files were made from it");
    }
    node
}

/// OpenAPI 3.2 has a further name for it.
fn value(example: &Value) -> &Value {
    example.get("value").unwrap_or(&example["dataValue"])
}

fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

/// The documents, each with its parts from other files.
fn documents(provider: &str) -> Vec<Source> {
    let folders = load_any(&Path::new("tests/cases").join(provider));
    folders.expect("the golden files were made from it").into_iter().flat_map(|folder| folder.documents).collect()
}

/// What a folder holds, by name, less what is kept aside.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the cases are checked in");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.retain(|path| !name(path).starts_with('_'));
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("the names of the cases are ASCII")
}

#[test]
fn headers_have_types_and_none_is_refused() {
    let sent = [("x-topic", "orders/shipped"), ("x-attempt", "once"), ("x-test", "true"), ("x-region", "moon")];
    let headers = golden::event_type_from_header::Headers::read(|name| {
        sent.iter().find(|(sent, _)| *sent == name).map(|(_, text)| *text)
    });
    assert_eq!(headers.x_topic, Some("orders/shipped".into()));
    assert_eq!(
        headers.x_attempt.clone().map(|attempt| attempt.map_err(|invalid| invalid.text)),
        Some(Err("once".to_owned()))
    );
    assert_eq!(headers.x_test, Some(Ok(true)));
    assert!(format!("{:?}", headers.x_region).contains("Other(\"moon\")"), "{headers:?}");
    assert_eq!(headers.x_delivery, None);
}

#[test]
fn a_body_that_is_not_json_is_kept_as_it_came() {
    let event = golden::constructs::Event::from_slice_as("body-that-is-not-json", b"\xff{").unwrap();
    let golden::constructs::Event::BodyThatIsNotJson(body) = event else { panic!("{event:?}") };
    assert_eq!(body.0, b"\xff{");
}

#[test]
fn a_method_finds_its_value_at_any_of_its_locations_and_no_other_value() {
    use golden::accessors::Event;
    let read = |body: &str| Event::from_slice(body.as_bytes()).unwrap_or_else(|error| panic!("{error}: {body}"));
    for (body, name) in [
        (r#"{"type":"contact.made","made":{"contact":{"name":"Ann"}},"changed":{"now":{"name":"Bob"}}}"#, Some("Ann")),
        (r#"{"type":"contact.changed","changed":{"now":{"name":"Ann"}}}"#, Some("Ann")),
        (r#"{"type":"contact.changed","changed":{"nowText":"{\"name\":\"Ann\"}"}}"#, Some("Ann")),
        (r#"{"type":"contact.changed","changed":{"nowText":null},"all":{"main":[{"name":"Ann"}]}}"#, Some("Ann")),
        (r#"{"type":"contact.changed","choice":{"kind":"person","contact":{"name":"Ann"}}}"#, Some("Ann")),
        (r#"{"type":"contact.changed","choice":{"kind":"shop"},"all":{"other":[{"name":"Bob"}],"main":[]}}"#, None),
        (r#"{"type":"order.sold","made":{"contact":5}}"#, None),
        (r#"{"type":"contact.lost","made":{"contact":{"name":"Ann"}}}"#, None),
    ] {
        assert_eq!(read(body).contact().map(|contact| contact.name.as_str()), name, "{body}");
    }
    for (body, is_test) in [
        (r#"{"type":"contact.made","test":true}"#, Some(true)),
        (r#"{"type":"contact.made","test":null}"#, None),
        (r#"[{"type":"order.sold","test":false}]"#, Some(false)),
    ] {
        assert_eq!(read(body).is_test(), is_test, "{body}");
    }
    assert!(read(r#"{"type":"contact.changed"}"#).as_contact_event().is_some());
    assert!(read(r#"{"type":"order.sold"}"#).as_contact_event().is_none());
}
