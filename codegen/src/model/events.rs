//! Which event types there are, and what their bodies look like.

use super::build::Builder;
use super::docs::{letters, same_words};
use super::values::{narrowed, values_at};
use super::{Docs, Event, Provider, Type, Webhook, family, headers, shown};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::load::Folder;
use crate::lower::{Lowered, is_readable};
use crate::provider::Expression;
use indexmap::IndexMap;
use openapiv3::{Operation, ReferenceOr};
use std::collections::{HashMap, HashSet};

/// The operations with a body, in the order of the documents.
pub(super) fn webhooks(builder: &Builder<'_>, lowered: &[Lowered]) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for lowered in lowered.iter().flat_map(|lowered| &lowered.webhooks) {
        let (key, operation) = (&lowered.key, &lowered.operation);
        let Some(payload) = payload(builder, operation) else { continue };
        webhooks.push(Webhook {
            document: lowered.document,
            key: key.clone(),
            pointer: lowered.pointer.clone(),
            headers: lowered.headers.clone(),
            content: lowered.content.clone(),
            family: family::of(key, operation.operation_id.as_deref()),
            docs: docs(operation),
            payload,
            header_values: headers::values(builder, key, operation),
        });
    }
    webhooks
}

fn payload(builder: &Builder<'_>, operation: &Operation) -> Option<Type> {
    let body = operation.request_body.as_ref()?.as_item()?;
    let (media_type, content) = body.content.first()?;
    match &content.schema {
        Some(ReferenceOr::Reference { reference }) => Some(builder.reference(reference)),
        _ if is_readable(media_type) => Some(Type::Any),
        _ => Some(Type::Raw),
    }
}

fn docs(operation: &Operation) -> Docs {
    let (summary, description) = (operation.summary.as_ref(), operation.description.as_ref());
    let text = match (summary, description) {
        (Some(summary), Some(description)) if same_words(summary, description) => Some(description.clone()),
        (Some(summary), Some(description)) => Some(format!("{summary}\n\n{description}")),
        (summary, description) => summary.or(description).cloned(),
    };
    Docs { text, deprecated: operation.deprecated, notes: Vec::new() }
}

/// An event type, with the webhooks whose bodies may carry it.
pub(super) struct Claim {
    pub event_type: String,
    pub webhooks: Vec<usize>,
    /// The webhook whose key spells it, where several claim it.
    pub named: Option<usize>,
    is_key: bool,
}

/// What the webhooks claim if their event type is one of `values`; else their keys, or what `shown` has instead.
pub(super) fn claims(
    provider: &Provider,
    values: impl Fn(&Webhook) -> Vec<String>,
    shown: &HashMap<usize, String>,
) -> Vec<Claim> {
    let mut claims: IndexMap<(String, bool), Vec<usize>> = IndexMap::new();
    for (index, webhook) in provider.webhooks.iter().enumerate() {
        let values = values(webhook);
        let is_key = values.is_empty();
        let key = || shown.get(&index).cloned().unwrap_or_else(|| own_key(provider, index));
        for value in if is_key { vec![key()] } else { values } {
            claims.entry((value, is_key)).or_default().push(index);
        }
    }
    let claims = claims.into_iter().map(|((event_type, is_key), webhooks)| {
        let named = by_name(provider, &event_type, &webhooks);
        Claim { event_type, webhooks, named, is_key }
    });
    claims.collect()
}

/// The event types, each with the webhook that it belongs to.
pub(super) fn events(provider: &Provider, folder: &Folder, found: &mut Diagnostics) -> Vec<Event> {
    let shown = shown::event_types(provider, folder, |webhook| event_types(provider, webhook).is_empty());
    let claims = claims(provider, |webhook| event_types(provider, webhook), &shown);
    let mut taken: HashSet<_> = claims.iter().filter_map(|claim| claim.named).collect();
    let mut events = Vec::new();
    for claim in &claims {
        if let Some(other) = claim.conflict(provider) {
            found.push(two_claims(provider, folder, &claim.event_type, claim.webhooks[0], other));
            continue;
        }
        // Where no key spells the event type, it goes to a webhook that no other belongs to.
        let own = claim.named.or_else(|| claim.webhooks.iter().copied().find(|index| taken.insert(*index)));
        events.push(event(provider, claim, own));
    }
    for claim in &claims {
        let winner = claim.named.unwrap_or(claim.webhooks[0]);
        for index in claim.webhooks.iter().copied() {
            let has_event = events.iter().any(|event| event.webhook == index);
            if !has_event && provider.webhooks[index].payload != provider.webhooks[winner].payload {
                found.push(two_claims(provider, folder, &claim.event_type, winner, index));
            }
        }
    }
    events
}

fn event(provider: &Provider, claim: &Claim, own: Option<usize>) -> Event {
    let webhook = own.unwrap_or(claim.webhooks[0]);
    let described = &provider.webhooks[webhook];
    let Webhook { docs, payload, .. } = described;
    let is_described = own.is_some() || claim.is_key || event_types(provider, described).len() == 1;
    let event_type = claim.event_type.clone();
    let own = match provider.event_type.as_slice() {
        [Expression::Body(pointer)] if !claim.is_key => narrowed(provider, payload, pointer, &event_type),
        _ => payload.clone(),
    };
    let docs = match own {
        _ if is_described => docs.clone(),
        Type::Named(id) if own != *payload => provider.get(id).docs.clone(),
        _ => Docs::default(),
    };
    Event { event_type, webhook, is_key: claim.is_key, docs, payload: own }
}

/// The values that a webhook's schemas allow where the event type stands; none where a part of it may be any text.
fn event_types(provider: &Provider, webhook: &Webhook) -> Vec<String> {
    joined(provider, webhook, &provider.event_type)
}

/// What the values at several places join to.
pub(super) fn joined(provider: &Provider, webhook: &Webhook, places: &[Expression]) -> Vec<String> {
    let values = places.iter().map(|place| allowed(provider, webhook, place));
    let join = |before: Vec<String>, values: Vec<String>| {
        let with = |value: &String| before.iter().map(|before| format!("{before}.{value}")).collect::<Vec<_>>();
        values.iter().flat_map(with).collect()
    };
    values.reduce(join).unwrap_or_default()
}

/// The values that a webhook's schemas allow at a place of a request.
pub fn allowed(provider: &Provider, webhook: &Webhook, place: &Expression) -> Vec<String> {
    match place {
        Expression::Body(pointer) => values_at(provider, &webhook.payload, pointer),
        Expression::Header(name) => webhook.header_values.get(name).cloned().unwrap_or_default(),
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

/// A webhook's key; with the method, where another method of the same path item came before.
pub(super) fn own_key(provider: &Provider, index: usize) -> String {
    let webhook = &provider.webhooks[index];
    let before = provider.webhooks[..index].iter();
    let is_second = before.clone().any(|other| other.document == webhook.document && other.key == webhook.key);
    if is_second { format!("{}.{}", webhook.key, webhook.method()) } else { webhook.key.clone() }
}

impl Claim {
    /// A webhook that cannot be told from the first one by this event type, though its body looks
    /// different.
    pub(super) fn conflict(&self, provider: &Provider) -> Option<usize> {
        if self.named.is_some() && !self.is_key || self.webhooks.len() == 1 {
            return None;
        }
        let payload = |index: usize| &provider.webhooks[index].payload;
        let (first, others) = self.webhooks.split_first()?;
        others.iter().copied().find(|index| self.is_key || payload(*index) != payload(*first))
    }
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
