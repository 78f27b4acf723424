//! Whether a folder's files are documents that can be read at all, before anybody asks what they mean.

use super::Source;
use crate::diagnostics::{Diagnostic, Diagnostics};
use serde_json::Value;

/// What only an OpenAPI document has.
const OF_OPENAPI: [&str; 4] = ["paths", "webhooks", "x-webhooks", "components"];
const VERSION_HELP: &str = "a document starts with `openapi: 3.1.0`; 3.0 with `x-webhooks` can be read too";

/// Checks the documents of a provider.
pub(super) fn check(documents: &[Source]) -> Diagnostics {
    let mut found: Diagnostics = documents.iter().filter_map(|document| unreadable(document, documents)).collect();
    found.extend(documents.iter().flat_map(misshapen));
    if found.is_empty() && !documents.iter().any(has_webhooks) {
        found.extend(documents.first().map(no_webhooks));
    }
    found
}

fn unreadable(document: &Source, all: &[Source]) -> Option<Diagnostic> {
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
        return Some(error("/swagger", message).at_key().help(VERSION_HELP));
    }
    if value.get("overlay").is_some() {
        let help = "name it overlay.yaml: a folder has one overlay, whose actions apply in their order";
        return Some(error("/overlay", "this is an overlay, and not read under this name").at_key().help(help));
    }
    if OF_OPENAPI.iter().any(|key| value.get(key).is_some()) {
        return Some(error("", "the document does not say which version of OpenAPI it is in").help(VERSION_HELP));
    }
    let name = document.path.file_name().unwrap_or_default().to_string_lossy();
    if all.iter().any(|other| refers_to(&other.value, &name)) {
        return None;
    }
    let help = format!("{VERSION_HELP}; put a `_` before the name of another file to keep it aside");
    Some(error("", "this is no OpenAPI document, and no document of the folder refers to it").help(help))
}

/// Whether a `$ref` leads into the file called `name`: a file of shared schemas needs no `openapi`.
fn refers_to(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(key, value)| match value {
            Value::String(text) if key == "$ref" => {
                text.split('#').next().unwrap_or_default().trim_start_matches("./") == name
            }
            _ => refers_to(value, name),
        }),
        Value::Array(items) => items.iter().any(|item| refers_to(item, name)),
        _ => false,
    }
}

/// The parts at the top that are looked into, where they are no objects. Empty YAML is null, and says nothing.
fn misshapen(document: &Source) -> impl Iterator<Item = Diagnostic> {
    let wrong = |key: &str| document.value.get(key).is_some_and(|part| !part.is_object() && !part.is_null());
    let parts = ["webhooks", "x-webhooks", "components"].into_iter().filter(move |key| wrong(key));
    parts.map(|key| {
        let message = format!("`{key}` must be an object");
        Diagnostic::error(&document.path, format!("/{key}"), message)
            .help("its keys are names; leave it out if it is empty")
    })
}

fn has_webhooks(document: &Source) -> bool {
    let under = |key: &str| document.value.get(key).and_then(Value::as_object).is_some_and(|items| !items.is_empty());
    under("webhooks") || under("x-webhooks")
}

fn no_webhooks(document: &Source) -> Diagnostic {
    let key = OF_OPENAPI.iter().find(|key| document.value.get(key).is_some());
    let pointer = key.map(|key| format!("/{key}")).unwrap_or_default();
    Diagnostic::error(&document.path, pointer, "no document of this folder has a webhook")
        .at_key()
        .help("webhooks stand under `webhooks` (OpenAPI 3.1) or `x-webhooks` (3.0), beside `paths`")
}
