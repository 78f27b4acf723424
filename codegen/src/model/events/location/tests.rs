//! Which strategy finds the event type location: one small document for each.

use super::{STRATEGIES, Strategy, answer};
use crate::documents::Folder;
use crate::documents::provider::Expression;
use crate::model::events::api::Api;
use crate::model::events::example::Examples;
use crate::model::events::{headers, webhooks};
use crate::model::types::Builder;
use crate::source::Diagnostics;
use serde_json::{Map, Value, json};
use std::fs;

/// For each strategy, in their order: the location that it finds, and the webhooks, each with its properties and its
/// headers, which begin with `x-`.
const DOCUMENTS: [(&[&str], &str); 6] = [
    (&["/kind"], "{paid: {kind: {enum: [a, b]}}, lost: {kind: {const: c}}}"),
    (
        &["x-topic"],
        "{paid: {x-topic: {const: a}, kind: {const: same}}, lost: {x-topic: {const: b}, kind: {const: same}}}",
    ),
    (
        &["/about", "/what"],
        "{first: {about: {const: order}, what: {const: paid}},
          second: {about: {const: order}, what: {const: lost}},
          third: {about: {const: offer}, what: {const: lost}}}",
    ),
    (
        &["/what"],
        "{order.paid: {what: {type: string, example: order.paid}}, order.lost: {what: {type: string, example: order.lost}}}",
    ),
    (&["/type"], "{paid: {what: {type: string}, type: {type: string}}, lost: {type: {type: string}}}"),
    (&["/kind"], "{test: {note: {type: string}}, paid: {kind: {const: a}}, lost: {kind: {const: b}}}"),
];

#[test]
fn each_strategy_finds_what_it_looks_at() {
    for (expected, (location, webhooks)) in STRATEGIES.iter().zip(DOCUMENTS) {
        let specs = tempfile::tempdir().expect("there is room");
        fs::create_dir(specs.path().join("acme")).expect("it is new");
        fs::write(specs.path().join("acme/acme.json"), document(webhooks).to_string()).expect("there is room");
        let folders = crate::documents::load(specs.path()).unwrap_or_else(|failure| panic!("{failure}"));
        let (strategy, found) = find(&folders[0]);
        assert_eq!(found, location, "{webhooks}");
        assert_eq!(strategy.docs, expected.docs, "{webhooks}");
    }
}

#[test]
fn the_documentation_lists_the_strategies_in_their_order() {
    let page = fs::read_to_string("../docs/event-types.md").expect("it is in the repository");
    let line = |(index, strategy): (usize, &Strategy)| format!("{}. {}\n", index + 1, strategy.docs);
    let list: String = STRATEGIES.iter().enumerate().map(line).collect();
    assert!(page.contains(&list), "docs/event-types.md should list\n{list}");
}

fn find(folder: &Folder) -> (&'static Strategy, Vec<String>) {
    let (mut found, mut fallbacks) = (Diagnostics::new(), Diagnostics::new());
    let lowered = crate::schema::lower(folder, &mut found, &mut fallbacks);
    let mut builder = Builder::new(folder, &lowered, &mut found);
    builder.define_components();
    let webhooks = webhooks(&builder, &lowered);
    let headers = headers(&mut builder, &lowered);
    let api = Api { folder, types: &builder.types, webhooks: &webhooks, headers: &headers };
    let (strategy, location) = answer(&api, &Examples::collect(&webhooks, &folder.documents)).expect("one answers");
    let location = location.into_iter().map(|part| match part {
        Expression::Body(text) | Expression::Header(text) => text,
    });
    (strategy, location.collect())
}

fn document(webhooks: &str) -> Value {
    let webhooks: Map<String, Value> = serde_yaml::from_str(webhooks).expect("it is YAML");
    let webhooks = webhooks.into_iter().map(|(key, values)| (key, json!({"post": operation(&values)})));
    let webhooks: Map<_, _> = webhooks.collect();
    json!({"openapi": "3.1.0", "info": {"title": "Acme", "version": "1"}, "webhooks": webhooks})
}

fn operation(values: &Value) -> Value {
    let all = values.as_object().into_iter().flatten();
    let (headers, properties): (Vec<_>, Vec<_>) = all.partition(|(name, _)| name.starts_with("x-"));
    let parameter = |(name, schema): (&String, &Value)| json!({"name": name, "in": "header", "schema": schema});
    let required: Vec<_> = properties.iter().map(|(name, _)| name).collect();
    let properties: Map<_, _> = properties.iter().map(|(name, schema)| ((*name).clone(), (*schema).clone())).collect();
    let body = json!({"type": "object", "required": required, "properties": properties});
    json!({
        "parameters": headers.into_iter().map(parameter).collect::<Vec<_>>(),
        "requestBody": {"content": {"application/json": {"schema": body}}},
    })
}
