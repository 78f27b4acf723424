//! Event types that only the documents' examples spell.

use super::bodies::{contents, example, examples, resolve};
use super::docs::letters;
use super::events::own_key;
use super::{Provider, Webhook};
use crate::load::Folder;
use crate::lower::is_readable;
use crate::provider::Expression;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// How the examples of webhooks' bodies spell event types that no schema lists, where the webhooks' keys do not: by
/// the webhooks' indices. Without them no delivery would be told by such a key.
pub(super) fn event_types(
    provider: &Provider,
    folder: &Folder,
    is_open: impl Fn(&Webhook) -> bool,
) -> HashMap<usize, String> {
    let [Expression::Body(pointer)] = provider.event_type.as_slice() else { return HashMap::new() };
    // What comes of the only one needs no telling.
    if provider.webhooks.len() == 1 {
        return HashMap::new();
    }
    let keys = keys(provider);
    let mut shown = all(provider, folder, pointer);
    shown.retain(|index, value| is_open(&provider.webhooks[*index]) && !spells(value, &keys));
    let alike = |value: &String, shown: &HashMap<usize, String>| {
        shown.values().filter(|other| letters(other) == letters(value)).count() > 1
    };
    // What is copied from another example says nothing.
    let copied: Vec<_> = shown.iter().filter(|(_, value)| alike(value, &shown)).map(|(index, _)| *index).collect();
    shown.retain(|index, _| !copied.contains(index));
    shown
}

/// Whether the examples at a place are event types: spelled by keys, or other ones in each body; or there are none.
pub(super) fn are_event_types(provider: &Provider, folder: &Folder, pointer: &str) -> bool {
    let (keys, shown) = (keys(provider), all(provider, folder, pointer));
    let different: HashSet<_> = shown.values().map(|value| letters(value)).collect();
    shown.is_empty() || different.len() > 1 || shown.values().any(|value| spells(value, &keys))
}

fn all(provider: &Provider, folder: &Folder, pointer: &str) -> HashMap<usize, String> {
    let webhooks = provider.webhooks.iter().enumerate();
    webhooks.filter_map(|(index, webhook)| Some((index, shown(folder, webhook, pointer)?))).collect()
}

fn keys(provider: &Provider) -> Vec<String> {
    (0..provider.webhooks.len()).map(|index| letters(&own_key(provider, index))).collect()
}

/// The one text that all examples of a webhook's body have at a place.
fn shown(folder: &Folder, webhook: &Webhook, pointer: &str) -> Option<String> {
    let documents = &folder.documents;
    let bodies = examples(documents, webhook, is_readable).into_iter().filter_map(|(_, body)| body.pointer(pointer));
    let schemas = contents(documents, webhook, is_readable).into_iter().filter_map(|content| {
        let schema = resolve(content.document, format!("{}/schema", content.place));
        said(content.document.pointer(&schema)?, pointer)
    });
    let mut values = bodies.chain(schemas).filter_map(Value::as_str);
    let first = values.next().filter(|value| !value.is_empty())?;
    values.all(|value| value == first).then(|| first.to_owned())
}

/// What a schema itself gives as an example of a value within; what it shares with others would be theirs, too.
fn said<'d>(schema: &'d Value, pointer: &str) -> Option<&'d Value> {
    if let Some(value) = example(schema).and_then(|example| example.pointer(pointer)) {
        return Some(value);
    }
    let place: String = pointer.split('/').skip(1).map(|token| format!("/properties/{token}")).collect();
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let mut schemas = std::iter::once(schema).chain(parts);
    schemas.find_map(|schema| example(schema.pointer(&place)?))
}

/// Whether an event type has the letters of a key: such ones are told by it.
fn spells(event_type: &str, keys: &[String]) -> bool {
    keys.contains(&letters(event_type))
}
