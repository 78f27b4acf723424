//! Which event types there are: one tiny document a row.

mod rows;

use super::Event;
use crate::documents::provider::Expression;
use crate::model::types::{Shape, Type};
use crate::model::{Provider, build};
use crate::source::{Diagnostics, Severity};
use rows::{ROWS, Row};
use serde_json::{Map, Value, json};
use std::fs;

/// A document with the webhooks of a row.
fn document(row: &Row) -> Value {
    let webhooks = row.webhooks.iter().enumerate().map(|(index, (key, schema, examples))| {
        let schema: Value = serde_yaml::from_str(schema).expect("a row holds YAML");
        let examples: Vec<_> = examples.split(", ").filter(|example| *example != "-").collect();
        let (key, mark) = key.split_once(' ').unwrap_or((key, ""));
        (key.to_owned(), json!({"post": operation(row.location, index, mark, &schema, &examples)}))
    });
    let webhooks: Map<_, _> = webhooks.collect();
    json!({"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}, "webhooks": webhooks})
}

fn operation(location: &str, index: usize, mark: &str, schema: &Value, examples: &[&str]) -> Value {
    let own = if mark == "AB" { "all".to_owned() } else { format!("own{index}") };
    let named = |value: &dyn Fn(&str) -> Value| -> Map<String, Value> {
        examples.iter().map(|example| ((*example).to_owned(), json!({"value": value(example)}))).collect()
    };
    if location.starts_with("x-") {
        let header =
            json!({"name": location, "in": "header", "schema": schema, "examples": named(&|example| json!(example))});
        let body = json!({"type": "object", "required": [own], "properties": {own.clone(): {"type": "integer"}}});
        return json!({"parameters": [header], "requestBody": {"content": {"application/json": {"schema": body}}}});
    }
    let mut required = vec![own.as_str()];
    required.extend((mark != "-").then_some(location));
    let object = |required: &[&str], properties: Value| json!({"type": "object", "required": required, "properties": properties});
    let body = object(&required, json!({location: schema, own.clone(): {"type": "integer"}}));
    let text = json!({"type": "string"});
    let body = match mark {
        "?" => json!({"oneOf": [body, object(&["test"], json!({"test": text}))]}),
        "*" => json!({"oneOf": [body, object(&[location, "note"], json!({location: text, "note": text}))]}),
        _ => body,
    };
    let examples = named(&|example| json!({location: example, own.clone(): 1}));
    json!({"requestBody": {"content": {"application/json": {"schema": body, "examples": examples}}}})
}

fn model(row: &Row, provider: Option<&str>) -> (Provider, Diagnostics) {
    let specs = tempfile::tempdir().expect("there is room");
    let folder = specs.path().join("acme");
    fs::create_dir(&folder).expect("it is new");
    fs::write(folder.join("acme.json"), document(row).to_string()).expect("there is room");
    if let Some(provider) = provider {
        fs::write(folder.join("provider.yaml"), provider).expect("there is room");
    }
    let folders = crate::documents::load(specs.path()).unwrap_or_else(|failure| panic!("{failure}"));
    let mut found = Diagnostics::new();
    let lowered = crate::schema::lower(&folders[0], &mut found, &mut Diagnostics::new());
    let model = build(&folders[0], &lowered, &mut found);
    (model, found)
}

fn shown(provider: &Provider, event: &Event) -> String {
    let mark = |is_marked: bool, mark: &'static str| if is_marked { mark } else { "" };
    let marks = [
        mark(event.is_key, "~"),
        mark(event.is_remainder, "0"),
        mark(event.takes_absent, "!"),
        mark(event.takes_unlisted, "*"),
    ]
    .concat();
    let aliases: String = event.aliases.iter().map(|alias| format!("={alias}")).collect();
    let webhooks: String = event.webhooks().map(|webhook| format!(" {}", provider.webhooks[webhook].key)).collect();
    format!("{marks}{}{aliases}{webhooks}", event.event_type)
}

fn check(row: &Row, provider: Option<&str>) {
    let (model, found) = model(row, provider);
    let rule = row.rule;
    let location = match row.location.starts_with("x-") {
        true => Expression::Header(row.location.to_owned()),
        false => Expression::Body(format!("/{}", row.location)),
    };
    assert_eq!(model.event_type, [location], "{rule}");
    let events: Vec<_> = model.events.iter().map(|event| shown(&model, event)).collect();
    assert_eq!(events, row.events, "{rule}");
    let messages: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages.len(), row.warnings.len(), "{rule}: {messages:#?}");
    let expected = messages.iter().zip(row.warnings).all(|(message, start)| message.starts_with(start));
    assert!(expected, "{rule}: {messages:#?}");
    assert!(found.iter().all(|found| found.severity == Severity::Warning), "{rule}");
}

#[test]
fn what_documents_say_of_event_types_is_found() {
    for row in ROWS {
        check(row, None);
    }
}

#[test]
fn what_provider_yaml_states_leads_to_the_same() {
    for row in ROWS {
        let location = match row.location.starts_with("x-") {
            true => format!("event_type: $request.header.{}", row.location),
            false => format!("event_type: $request.body#/{}", row.location),
        };
        check(row, Some(&location));
    }
}

#[test]
fn a_part_of_a_body_without_an_event_type_has_the_type_of_that_part() {
    let row = ROWS.iter().find(|row| row.rule.starts_with("a part of a body")).expect("it is above");
    let (model, _) = model(row, None);
    let event = model.events.iter().find(|event| event.is_remainder).expect("there is one");
    let Type::Named(id) = event.payload else { panic!("{event:?}") };
    let Shape::Struct(record) = &model.get(id).shape else { panic!("{event:?}") };
    assert_eq!(record.fields.iter().map(|field| field.key.as_str()).collect::<Vec<_>>(), ["test"]);
}
