//! Which event types there are, and what their bodies look like.

use super::build::Builder;
use super::{Docs, Event, Provider, Shape, Type, Webhook};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::load::Folder;
use crate::lower::{Lowered, escape, is_json};
use crate::provider::Expression;
use openapiv3::{Operation, PathItem, ReferenceOr};

/// The operations with a body, in the order of the documents.
pub(super) fn webhooks(builder: &Builder<'_>, lowered: &[Lowered]) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for (document, lowered) in lowered.iter().enumerate() {
        for (key, item) in &lowered.webhooks {
            for (method, operation) in operations(item) {
                let Some(payload) = payload(builder, operation) else { continue };
                let pointer = format!("/webhooks/{}/{method}", escape(key));
                let docs = docs(item, operation);
                webhooks.push(Webhook { document, key: key.clone(), pointer, docs, payload });
            }
        }
    }
    webhooks
}

fn operations(item: &PathItem) -> impl Iterator<Item = (&'static str, &Operation)> {
    let methods = [
        ("post", &item.post),
        ("put", &item.put),
        ("patch", &item.patch),
        ("get", &item.get),
        ("delete", &item.delete),
    ];
    methods.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

fn payload(builder: &Builder<'_>, operation: &Operation) -> Option<Type> {
    let body = operation.request_body.as_ref()?.as_item()?;
    // A JSON Web Token's claims are JSON (RFC 7519, section 4): that is what is left of it once it is verified.
    let readable = |media_type: &str| is_json(media_type) || media_type == "application/jwt";
    let (_, content) = body.content.iter().find(|(media_type, _)| readable(media_type))?;
    match content.schema.as_ref()? {
        ReferenceOr::Reference { reference } => Some(builder.reference(reference)),
        ReferenceOr::Item(_) => None,
    }
}

fn docs(item: &PathItem, operation: &Operation) -> Docs {
    let summary = operation.summary.as_ref().or(item.summary.as_ref());
    let description = operation.description.as_ref().or(item.description.as_ref());
    let text = match (summary, description) {
        (Some(summary), Some(description)) if same_words(summary, description) => Some(description.clone()),
        (Some(summary), Some(description)) => Some(format!("{summary}\n\n{description}")),
        (summary, description) => summary.or(description).cloned(),
    };
    Docs { text, deprecated: operation.deprecated, notes: Vec::new() }
}

/// The event types, each with the webhook that it belongs to.
pub(super) fn events(provider: &Provider, folder: &Folder, found: &mut Diagnostics) -> Vec<Event> {
    let mut claims: Vec<(String, Vec<usize>)> = Vec::new();
    for (index, webhook) in provider.webhooks.iter().enumerate() {
        let values = event_types(provider, &webhook.payload);
        for value in if values.is_empty() { vec![webhook.key.clone()] } else { values } {
            match claims.iter_mut().find(|(known, _)| *known == value) {
                Some((_, webhooks)) => webhooks.push(index),
                None => claims.push((value, vec![index])),
            }
        }
    }
    let taken: Vec<_> = claims.iter().map(|(value, webhooks)| by_name(provider, value, webhooks)).collect();
    let mut events = Vec::new();
    for ((event_type, webhooks), named) in claims.iter().zip(&taken) {
        if let (None, Some(other)) = (named, conflict(provider, webhooks)) {
            found.push(two_claims(provider, folder, event_type, webhooks[0], other));
            continue;
        }
        let left = webhooks.iter().copied().find(|index| !taken.contains(&Some(*index)));
        let index = named.or(left).unwrap_or(webhooks[0]);
        events.push(event(provider, event_type, index, named.is_some() || left.is_some()));
    }
    events
}

fn event(provider: &Provider, event_type: &str, webhook: usize, is_its_own: bool) -> Event {
    let Webhook { docs, payload, key, .. } = &provider.webhooks[webhook];
    let only = event_types(provider, payload).len() <= 1 || key == event_type;
    let docs = if only || is_its_own { docs.clone() } else { Docs::default() };
    Event { event_type: event_type.to_owned(), webhook, docs, payload: payload.clone() }
}

/// The values that a body's schema allows where the event type stands.
pub(super) fn event_types(provider: &Provider, payload: &Type) -> Vec<String> {
    match provider.settings.event_type.as_slice() {
        [Expression::Body(pointer)] => {
            let tokens: Vec<_> = pointer.split('/').skip(1).map(crate::lower::unescape).collect();
            let mut values = Vec::new();
            collect(provider, payload, &tokens, &mut values);
            values
        }
        _ => Vec::new(),
    }
}

fn collect(provider: &Provider, ty: &Type, tokens: &[String], values: &mut Vec<String>) {
    let id = match ty {
        Type::Nullable(inner) | Type::JsonText(inner) | Type::OneOrMany(inner) | Type::Boxed(inner) => {
            return collect(provider, inner, tokens, values);
        }
        Type::Array(inner) => {
            let is_index = tokens.first().is_some_and(|token| token.parse::<usize>().is_ok());
            return collect(provider, inner, &tokens[usize::from(is_index)..], values);
        }
        Type::Named(id) => *id,
        _ => return,
    };
    match (&provider.get(id).shape, tokens.split_first()) {
        (Shape::Alias(inner), _) => collect(provider, inner, tokens, values),
        (Shape::Union(variants), _) => {
            variants.iter().for_each(|variant| collect(provider, &variant.ty, tokens, values))
        }
        (Shape::Struct(record), Some((token, rest))) => {
            let field = record.fields.iter().find(|field| field.key == *token);
            field.into_iter().for_each(|field| collect(provider, &field.ty, rest, values));
        }
        (Shape::Enum(allowed), None) => {
            let new: Vec<_> = allowed.iter().filter(|value| !values.contains(value)).cloned().collect();
            values.extend(new);
        }
        _ => {}
    }
}

/// Of several webhooks that allow an event type, the one whose key spells it.
fn by_name(provider: &Provider, event_type: &str, webhooks: &[usize]) -> Option<usize> {
    let prefix = provider.settings.strip_prefix.as_deref().unwrap_or_default();
    let wanted = letters(event_type.strip_prefix(prefix).unwrap_or(event_type));
    let key = |index: usize| letters(&provider.webhooks[index].key);
    let full = letters(event_type);
    let exact = webhooks.iter().copied().find(|index| key(*index) == full || key(*index) == wanted);
    exact.or_else(|| webhooks.iter().copied().find(|index| key(*index).contains(&wanted)))
}

/// The first webhook whose body looks different from that of the first.
fn conflict(provider: &Provider, webhooks: &[usize]) -> Option<usize> {
    let payload = |index: usize| &provider.webhooks[index].payload;
    let from_values = |index: usize| !event_types(provider, payload(index)).is_empty();
    let first = webhooks[0];
    webhooks[1..].iter().copied().find(|index| payload(*index) != payload(first) || !from_values(*index))
}

fn two_claims(provider: &Provider, folder: &Folder, event_type: &str, first: usize, second: usize) -> Diagnostic {
    let (first, second) = (&provider.webhooks[first], &provider.webhooks[second]);
    let file = &folder.documents[second.document].path;
    let message = format!("the webhooks `{}` and `{}` both claim the event type `{event_type}`", first.key, second.key);
    let place = format!(
        "the other stands in {} (#{}); give each its own value where the event type stands",
        folder.documents[first.document].path.display(),
        first.item()
    );
    Diagnostic::error(file, second.item(), message).at_key().help(place)
}

/// Letters and digits only, case ignored: names that are spelled differently compare by that.
fn letters(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn same_words(left: &str, right: &str) -> bool {
    letters(left) == letters(right)
}
