//! Which events there are, and what their bodies look like.

use super::api::Api;
use super::event::{Event, Fallback};
use super::example::Examples;
use super::owner::{Claim, EventTypes, Judge, event_types};
use super::webhook::{Webhook, unique_keys};
use super::{location, remainder};
use crate::documents::provider::Expression;
use crate::model::types::{Docs, Type};
use crate::source::{Diagnostic, Diagnostics};
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

/// What is inferred from the documents.
pub struct Inference {
    /// The event type location.
    pub event_type: Vec<Expression>,
    pub events: Vec<Event>,
    pub fallbacks: Vec<Fallback>,
}

/// Infers the events.
pub fn infer(api: &Api<'_>, found: &mut Diagnostics) -> Inference {
    location::check(api, found);
    let examples = Examples::collect(api.webhooks, &api.folder.documents);
    let mut event_type = api.folder.provider.event_type.clone();
    if event_type.is_empty() {
        event_type = location::find(api, &examples);
    }
    let events = events(api, &examples, &event_type, found);
    location::warn_without_location(api, &event_type, &events, found);
    let fallbacks = fallbacks(api, &event_type, &events);
    Inference { event_type, events, fallbacks }
}

/// The events: those that claims are decided for, those of webhooks that have no other, and those of bodies without an
/// event type.
fn events(api: &Api<'_>, examples: &Examples<'_>, location: &[Expression], found: &mut Diagnostics) -> Vec<Event> {
    let event_types = event_types(api, examples, location);
    let judge = Judge::new(api, location, &event_types);
    let claims = judge.claims();
    judge.report(&claims, found);
    let described = judge.described(&claims);
    let (several, claims): (Vec<_>, Vec<_>) =
        claims.iter().enumerate().partition(|(_, claim)| shows_several(&event_types, claim));
    let event = |(index, claim): (usize, &Claim)| of_claim(api, &judge, claim, described.contains(&index));
    let mut events: Vec<_> = claims.into_iter().filter_map(event).collect();
    let have_events: HashSet<_> = events.iter().flat_map(Event::webhooks).collect();
    let keys = unique_keys(api.webhooks);
    let others = keys.iter().enumerate().filter(|(webhook, _)| !have_events.contains(webhook));
    events.extend(others.map(|(webhook, key)| {
        let own = several.iter().map(|(_, claim)| *claim).filter(|claim| claim.owner() == Some(webhook));
        of_key(api, webhook, key, &judge, own.collect())
    }));
    remainder::find(api, location, &keys, &mut events, found);
    events.sort_by_key(|event| event.webhook);
    one_of_each(api, &mut events, found);
    events
}

/// The event of a claim, if there is one.
fn of_claim(api: &Api<'_>, judge: &Judge<'_>, claim: &Claim, is_described: bool) -> Option<Event> {
    let payload = judge.payload(claim)?;
    let (webhook, others) = claim.webhooks.split_first()?;
    let described = &api.webhooks[*webhook];
    let docs = match payload {
        _ if is_described => described.docs.clone(),
        Type::Named(id) if payload != described.payload => api.types.get(id).docs.clone(),
        _ => Docs::default(),
    };
    let is_key = others.is_empty() && !judge.has_list(*webhook) && judge.names_webhook(&claim.value, *webhook);
    let event_type = claim.value.event_type.clone();
    Some(Event { event_type, webhook: *webhook, others: others.to_vec(), is_key, docs, payload, ..Event::default() })
}

/// Whether an event type belongs to a webhook that is one event under several names: examples show these where the schema
/// allows any text.
fn shows_several(event_types: &[EventTypes], claim: &Claim) -> bool {
    let own = claim.owner().map(|owner| &event_types[owner]);
    own.is_some_and(|own| own.listed.is_empty() && own.in_examples.len() > 1)
}

/// The event of a webhook that is named by its key, or by the event type of its own that spells the key.
fn of_key(api: &Api<'_>, webhook: usize, key: &str, judge: &Judge<'_>, own: Vec<&Claim>) -> Event {
    let Webhook { docs, payload, .. } = &api.webhooks[webhook];
    let (like_key, others): (Vec<&Claim>, Vec<&Claim>) =
        own.into_iter().partition(|claim| judge.names_webhook(&claim.value, webhook));
    let event_type = like_key.first().map_or(key, |claim| &claim.value.event_type).to_owned();
    let aliases = like_key.into_iter().skip(1).chain(others).map(|claim| claim.value.event_type.clone());
    let (aliases, docs, payload) = (aliases.collect(), docs.clone(), payload.clone());
    Event { event_type, aliases, webhook, is_key: true, docs, payload, ..Event::default() }
}

/// Names a key's event otherwise where a provider's own value is called like it, and reports two keys that are the same.
fn one_of_each(api: &Api<'_>, events: &mut Vec<Event>, found: &mut Diagnostics) {
    let is_value = |event: &Event| !event.is_key && !event.is_remainder;
    let values = events.iter().filter(|event| is_value(event));
    let values: HashSet<_> = values.map(|event| event.event_type.clone()).collect();
    let mut known = HashMap::new();
    events.retain_mut(|event| {
        if is_value(event) {
            return true;
        }
        if values.contains(&event.event_type) {
            event.event_type = format!("{}.{}", event.event_type, api.webhooks[event.webhook].method());
        }
        let first = known.insert(event.event_type.clone(), event.webhook);
        found.extend(first.map(|first| two_claims(api, &event.event_type, first, event.webhook)));
        first.is_none()
    });
}

fn two_claims(api: &Api<'_>, event_type: &str, first: usize, second: usize) -> Diagnostic {
    let (first, second) = (&api.webhooks[first], &api.webhooks[second]);
    let file = &api.folder.documents[second.document].path;
    let message = format!("the webhooks `{}` and `{}` both claim the event type `{event_type}`", first.key, second.key);
    let help = format!(
        "the other is in {} (#{}); give each its own value at the event type location",
        api.folder.documents[first.document].path.display(),
        first.item()
    );
    Diagnostic::error(file, second.item(), message).at_key().help(help)
}

/// An event for each payload, for bodies without an event type; none where no document gives a default that is the event type of an event.
fn fallbacks(api: &Api<'_>, location: &[Expression], events: &[Event]) -> Vec<Fallback> {
    let [Expression::Body(pointer)] = location else { return Vec::new() };
    let mut by_payload: IndexMap<&Type, Vec<&String>> = IndexMap::new();
    for event in events {
        by_payload.entry(&event.payload).or_default().push(&event.event_type);
    }
    let fallbacks = by_payload.into_iter().map(|(payload, event_types)| {
        let default = api.types.at(payload, pointer).default;
        let default = event_types.iter().find(|event_type| Some(event_type.as_str()) == default);
        Fallback { event_type: default.unwrap_or(&event_types[0]).to_string(), is_default: default.is_some() }
    });
    let fallbacks: Vec<_> = fallbacks.collect();
    if fallbacks.iter().any(|fallback| fallback.is_default) { fallbacks } else { Vec::new() }
}
