//! Whether a folder's files are documents that can be read at all, before anybody asks what they mean.

use super::bundle::outward_references;
use super::other_kinds::{help, kind, webhook, webhooks_by_overlay};
use super::{file_name, json_schema};
use crate::keywords::WEBHOOKS;
use crate::source::{Diagnostic, Diagnostics, Source, WarningKind};
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

/// What only an OpenAPI document has.
const OF_OPENAPI: [&str; 4] = ["paths", WEBHOOKS[0], WEBHOOKS[1], "components"];
const VERSION_HELP: &str = "a document starts with `openapi: 3.1.0`; 3.0 with `x-webhooks` can be read too";

/// Whether it is a document of OpenAPI 3.0, whose schemas are not those of JSON Schema 2020-12.
pub fn is_openapi_3_0(document: &Source) -> bool {
    document.value["openapi"].as_str().is_some_and(|version| version.starts_with("3.0"))
}

/// Checks the documents of a provider, and takes out those that are none. As long as there are others, each is a warning.
/// That none has a webhook is an error if they are needed.
pub(super) fn check(documents: &mut Vec<Source>, needs_webhooks: bool) -> (Diagnostics, Vec<Source>) {
    let mut found: Diagnostics = documents.iter().filter_map(unreadable).collect();
    let mut others = unrelated_files(documents);
    let is_alone = !documents.iter().any(|document| document.value.get("openapi").is_some());
    let is_other = |document: &&Source| others.contains(&document.path);
    found.extend(documents.iter().filter(is_other).map(|document| diagnostic_of(document, is_alone)));
    found.extend(documents.iter().flat_map(malformed));
    if is_alone {
        others.clear();
    }
    let (others, own) = std::mem::take(documents).into_iter().partition(|document| others.contains(&document.path));
    *documents = own;
    if needs_webhooks && !found.has_errors() && !documents.iter().any(has_webhooks) {
        found.extend(documents.first().map(no_webhooks));
    }
    (found, others)
}

fn unreadable(document: &Source) -> Option<Diagnostic> {
    let value = &document.value;
    let error = |pointer: &str, message: &str| Diagnostic::error(&document.path, pointer, message);
    if let Some(version) = value.get("openapi") {
        // `3.1` without quotes is a number.
        let text = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
        let known = ["3.0", "3.1", "3.2"].iter().any(|known| text == *known || text.starts_with(&format!("{known}.")));
        return (!known).then(|| error("/openapi", "this version of OpenAPI is not known").help(VERSION_HELP));
    }
    if value.get("swagger").is_some() {
        let message = "this is a document of Swagger 2.0, which has no webhooks";
        let file = file_name(&document.path);
        let help = format!(
            "rename it to _{file}, and refer to its definitions from a document of OpenAPI 3.1: `{}`",
            webhook("<event>", &format!("./_{file}#/definitions/<name>"))
        );
        return Some(error("/swagger", message).at_key().help(help));
    }
    if value.get("overlay").is_some() {
        let help = "name it overlay.yaml: a folder has one overlay, whose actions apply in their order";
        return Some(error("/overlay", "this is an overlay, and not read under this name").at_key().help(help));
    }
    let is_openapi = kind(document).is_none() && OF_OPENAPI.iter().any(|key| value.get(key).is_some());
    is_openapi.then(|| error("", "the document does not say which version of OpenAPI it is in").help(VERSION_HELP))
}

/// Files that are neither documents nor parts of one. A file of shared schemas needs no `openapi`, but a
/// reference to it; where one leads to a file that is not there, that is the mistake to report.
fn unrelated_files(documents: &[Source]) -> HashSet<PathBuf> {
    let known = ["openapi", "swagger", "overlay"].into_iter().chain(OF_OPENAPI);
    let is_unrelated =
        |document: &&Source| kind(document).is_some() || known.clone().all(|key| document.value.get(key).is_none());
    let mut unrelated: Vec<_> = documents.iter().filter(is_unrelated).collect();
    // A list of events that are other files' is read, too, though nothing refers to it.
    if documents.iter().any(|document| file_name(&document.path) == json_schema::FILE_NAME) {
        unrelated.retain(|document| !json_schema::is_json_schema(&document.value));
    }
    let mut wanted = BTreeSet::new();
    if !unrelated.is_empty() {
        let references = documents.iter().flat_map(|document| outward_references(&document.value));
        let files = references.filter_map(|reference| reference.split('#').next());
        wanted.extend(files.map(|file| file.trim_start_matches("./")).filter(|file| is_file(file)));
    }
    let is_there = |name: &&str| documents.iter().any(|document| file_name(&document.path) == *name);
    if !wanted.iter().all(is_there) {
        return HashSet::new();
    }
    unrelated.retain(|document| !wanted.contains(&*file_name(&document.path)));
    unrelated.into_iter().map(|document| document.path.clone()).collect()
}

fn diagnostic_of(file: &Source, is_alone: bool) -> Diagnostic {
    let (pointer, message) = match kind(file) {
        Some(("", kind)) => (String::new(), format!("this is {kind}, and only OpenAPI is read")),
        Some((key, kind)) => (format!("/{key}"), format!("this is {kind}, and only OpenAPI is read")),
        None => {
            (String::new(), "this is not an OpenAPI document, and no document of the folder refers to it".to_owned())
        }
    };
    let diagnostic = match is_alone {
        true => {
            Diagnostic::error(&file.path, pointer, message).help(help(file).unwrap_or_else(|| VERSION_HELP.to_owned()))
        }
        false => {
            let help = "the file is ignored; start its name with `_` if that is intended";
            Diagnostic::warning(WarningKind::IgnoredFile, &file.path, pointer, message).help(help)
        }
    };
    diagnostic.at_key()
}

/// Whether a reference names a file, rather than an address or, by mistake, a schema.
fn is_file(reference: &str) -> bool {
    reference.contains('.') && !reference.contains("://")
}

/// The parts at the top that are looked into, where they are no objects.
fn malformed(document: &Source) -> impl Iterator<Item = Diagnostic> {
    let wrong = |key: &str| document.value.get(key).is_some_and(|part| !part.is_object() && !is_empty(part));
    let parts = OF_OPENAPI.into_iter().filter(move |key| *key != "paths" && wrong(key));
    parts.map(|key| {
        let message = format!("`{key}` must be an object");
        Diagnostic::error(&document.path, format!("/{key}"), message)
            .help("its keys are names; leave it out if it is empty")
    })
}

/// Empty YAML is null, and programs in PHP write an empty object as `[]`.
fn is_empty(part: &Value) -> bool {
    part.is_null() || part.as_array().is_some_and(Vec::is_empty)
}

pub(super) fn has_webhooks(document: &Source) -> bool {
    let is_entry = |(key, value): (&String, &Value)| !key.starts_with("x-") || value.is_object();
    let under = |key: &str| document.value.get(key).and_then(Value::as_object).into_iter().flatten().any(is_entry);
    WEBHOOKS.into_iter().any(under) || has_callbacks(document)
}

fn no_webhooks(document: &Source) -> Diagnostic {
    let key = OF_OPENAPI.iter().find(|key| document.value.get(key).is_some());
    let pointer = key.map(|key| format!("/{key}")).unwrap_or_default();
    let help = webhooks_by_overlay(&document.value).unwrap_or_else(|| {
        "webhooks are under `webhooks` (OpenAPI 3.1) or `x-webhooks` (3.0), beside `paths`; where the provider describes \
         none, `webhook-codegen infer` drafts a document from captured deliveries"
            .to_owned()
    });
    Diagnostic::error(&document.path, pointer, "no document of this folder has a webhook").at_key().help(help)
}

/// Whether an operation or the components have callbacks, which are webhooks as well.
fn has_callbacks(document: &Source) -> bool {
    let paths = document.value.get("paths").and_then(Value::as_object).into_iter().flatten();
    let operations = paths.filter_map(|(_, item)| item.as_object()).flatten().map(|(_, operation)| operation);
    let callbacks =
        |holder: &Value| holder.get("callbacks").and_then(Value::as_object).is_some_and(|map| !map.is_empty());
    operations.chain(document.value.get("components")).any(callbacks)
}
