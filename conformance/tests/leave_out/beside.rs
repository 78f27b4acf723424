//! What other tools make of the same halves. They know no events: each is given the bodies of one event at a time, in the
//! groups that `infer` found, and what it makes of them is read as the schemas of a document.

use crate::draft::Draft;
use crate::fields::{self, Own};
use crate::figures::{self, Figures};
use crate::providers::{self, Body, Provider};
use crate::{SEEDS, halves};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use webhook_conformance::{folder, heal, skipped};

const TOOLS: [&str; 2] = ["genson", "quicktype"];

#[test]
#[ignore = "a step of beside/run"]
fn halves_are_written() {
    for_each_half(|folder, provider, half, _| {
        let draft = Draft::of(provider, half);
        let mut events: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
        for body in half {
            if let Some(event_type) = draft.event_type(body) {
                events.entry(event_type).or_default().push(&body.payload);
            }
        }
        fs::create_dir_all(folder).expect("it can be made");
        fs::write(folder.join("bodies.json"), json!(events).to_string()).expect("it can be written");
    });
}

#[test]
#[ignore = "a step of beside/run"]
fn others_stand_beside_infer() {
    let mut figures: BTreeMap<(String, &str), Figures> = BTreeMap::new();
    for_each_half(|folder, provider, half, held_back| {
        let own = provider.document.as_deref().map(Own::read);
        let infer = Draft::of(provider, half);
        let others = TOOLS.map(|tool| (tool, made_by(tool, folder, &infer)));
        for (tool, draft) in others.iter().map(|(tool, draft)| (*tool, draft)).chain([("infer", &infer)]) {
            let figures = figures.entry((provider.sender.clone(), tool)).or_default();
            held_back.iter().for_each(|body| figures.body(draft, body));
            own.iter().for_each(|own| fields::compare(own, draft, half, figures));
        }
    });
    if !figures.is_empty() {
        let report = figures::beside(&figures, SEEDS);
        println!("{report}");
        _ = heal("infer_beside_others.md", &report);
    }
}

/// Calls `act` with a folder for each half of a provider's bodies.
fn for_each_half(mut act: impl FnMut(&Path, &Provider, &[&Body], &[&Body])) {
    let Some(corpus) = folder("WEBHOOK_CORPUS") else { return skipped("WEBHOOK_CORPUS") };
    let Some(beside) = folder("WEBHOOK_BESIDE") else { return skipped("WEBHOOK_BESIDE") };
    for provider in providers::all(&corpus) {
        for seed in 0..SEEDS {
            let (half, held_back) = halves(&provider.bodies, seed);
            if !half.is_empty() {
                let folder: PathBuf = beside.join("halves").join(seed.to_string()).join(&provider.name);
                act(&folder, &provider, &half, &held_back);
            }
        }
    }
}

/// The schemas that a tool made, as a document with a webhook for each.
fn made_by(tool: &str, folder: &Path, infer: &Draft) -> Draft {
    let text = fs::read(folder.join(format!("{tool}.json"))).expect("the tool wrote it");
    let made: Map<String, Value> = serde_json::from_slice(&text).expect("the tool wrote schemas");
    let (mut webhooks, mut schemas) = (Map::new(), Map::new());
    for (index, (event_type, mut schema)) in made.into_iter().enumerate() {
        let name = format!("Event{index}");
        refer(&mut schema, &name);
        let content = json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        webhooks.insert(event_type, json!({"post": {"requestBody": {"content": content}, "responses": {}}}));
        schemas.insert(name, schema);
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": tool, "version": "1"},
        "webhooks": webhooks,
        "components": {"schemas": schemas},
    });
    infer.with_document(&document)
}

/// Lets the references of a schema lead to where it is in the document; its dialect is the document's.
fn refer(schema: &mut Value, name: &str) {
    match schema {
        Value::Object(members) => {
            members.remove("$schema");
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                *reference = reference.replacen('#', &format!("#/components/schemas/{name}"), 1);
            }
            members.values_mut().for_each(|below| refer(below, name));
        }
        Value::Array(items) => items.iter_mut().for_each(|below| refer(below, name)),
        _ => {}
    }
}
