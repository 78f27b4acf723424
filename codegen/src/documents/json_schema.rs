//! JSON Schemas that no OpenAPI document is around: a webhook for each event, so that nobody else needs to know of them.
//!
//! The event types are what the schemas say, as anywhere else; a webhook's key is only a name.

use super::file_name;
use crate::keywords::{self, REF, reference_to};
use crate::source::Source;
use crate::source::pointer::{escape, unescape};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::path::Path;

/// A keyword that only schemas have, or next to nobody else.
const TELLING: [&str; 7] = ["oneOf", "anyOf", "allOf", "properties", "$defs", "definitions", REF];
/// The lists of alternatives, each of which is an event.
const ALTERNATIVES: [&str; 2] = ["oneOf", "anyOf"];
const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];
/// What the document is called; no file of this name is ever read.
pub(super) const FILE_NAME: &str = "webhooks";

/// A document that has a webhook for each event, if a folder holds JSON Schemas and no document.
pub(super) fn document(folder: &Path, files: &[Source]) -> Option<Source> {
    if files.iter().any(|file| file.value.get("openapi").is_some()) {
        return None;
    }
    let schemas: Vec<_> = files.iter().filter(|file| is_json_schema(&file.value)).collect();
    let used: HashSet<_> = schemas.iter().flat_map(|file| others(file)).collect();
    let mut webhooks = IndexMap::new();
    for schema in schemas.iter().filter(|schema| !used.contains(&*file_name(&schema.path))) {
        for (name, reference) in events(schema) {
            let names = (2..).map(|number| format!("{name} {number}"));
            let free = [name.clone()].into_iter().chain(names).find(|name| !webhooks.contains_key(name));
            webhooks.extend(free.map(|name| (name, reference)));
        }
    }
    if webhooks.is_empty() {
        return None;
    }
    let webhooks: Map<_, _> = webhooks.into_iter().map(|(name, reference)| (name, webhook(&reference))).collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": file_name(folder),
            "version": "1",
            "description": "A webhook for each event of the JSON Schemas in this folder.",
        },
        "webhooks": webhooks,
    });
    Source::parse(folder.join(FILE_NAME), format!("{document:#}")).ok()
}

/// Whether it says that it is a schema, or is an object that has the keywords of one only.
pub(super) fn is_json_schema(value: &Value) -> bool {
    let says_so = value["$schema"].as_str().is_some_and(|dialect| dialect.contains("json-schema.org/"));
    let members = value.as_object();
    let is_telling = TELLING.iter().any(|key| value.get(key).is_some_and(|held| held.is_object() || held.is_array()));
    says_so || is_telling && members.is_some_and(|members| members.keys().all(|key| keywords::find(key).is_some()))
}

/// The events of a schema: its alternatives, or itself, or its definitions that no other refers to.
fn events(schema: &Source) -> Vec<(String, String)> {
    let (value, file) = (&schema.value, file_name(&schema.path));
    let stem = file.split('.').next().unwrap_or_default();
    let at = |pointer: &str| format!("./{file}#{pointer}");
    let is_whole = ["properties", "allOf", "additionalProperties"].iter().any(|key| value.get(key).is_some());
    let alternatives = ALTERNATIVES.iter().filter(|_| !is_whole).find_map(|key| Some((key, value[key].as_array()?)));
    if let Some((key, alternatives)) = alternatives {
        let event = |(index, alternative): (usize, &Value)| match alternative[REF].as_str() {
            Some(text) if text.starts_with('#') => (last(text), at(&text[1..])),
            Some(text) => (last(text), text.to_owned()),
            None => (title(alternative).unwrap_or(stem).to_owned(), at(&format!("/{key}/{index}"))),
        };
        return alternatives.iter().enumerate().map(event).collect();
    }
    let is_library = !is_whole && value.get(REF).is_none() && value.get("type").is_none();
    let definitions = DEFINITIONS.iter().filter(|_| is_library).find_map(|key| Some((key, value[key].as_object()?)));
    let Some((key, definitions)) = definitions else {
        return vec![(title(value).unwrap_or(stem).to_owned(), format!("./{file}"))];
    };
    let used = references(value);
    let names = definitions.keys().map(|name| (name, format!("/{key}/{}", escape(name))));
    let events = names.filter(|(_, pointer)| !used.contains(&format!("#{pointer}")));
    events.map(|(name, pointer)| (name.clone(), at(&pointer))).collect()
}

/// The files that a file refers to: where a schema has an address of its own, it ends in the name of its file.
fn others(file: &Source) -> HashSet<String> {
    let references = references(&file.value);
    let names = references.iter().filter_map(|text| text.split('#').next()?.rsplit('/').next());
    names.filter(|name| *name != file_name(&file.path)).map(str::to_owned).collect()
}

/// All references in a file.
fn references(value: &Value) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut queue = vec![value];
    while let Some(value) = queue.pop() {
        found.extend(value[REF].as_str().map(str::to_owned));
        queue.extend(value.as_object().into_iter().flat_map(Map::values));
        queue.extend(value.as_array().into_iter().flatten());
    }
    found
}

/// The name in a reference: the last part of its pointer, or the file's.
fn last(reference: &str) -> String {
    let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let file = file.rsplit('/').next().unwrap_or_default();
    match pointer.rsplit_once('/') {
        Some((_, name)) => unescape(name),
        None => file.split('.').next().unwrap_or_default().to_owned(),
    }
}

fn title(schema: &Value) -> Option<&str> {
    schema["title"].as_str()
}

fn webhook(reference: &str) -> Value {
    json!({"post": {"requestBody": {"content": {"application/json": {"schema": reference_to(reference)}}}}})
}
