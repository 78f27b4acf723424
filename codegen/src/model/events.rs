//! Which event types there are, and what their bodies look like.

use super::absence::presence;
use super::alike::are_alike;
use super::claims::{Claim, Judge, Said};
use super::shown::{Examples, once};
use super::values::{narrowed, values_at};
use super::webhooks::own_keys;
use super::{Docs, Event, Provider, Type, Webhook, doubts, rest};
use crate::documents::Folder;
use crate::documents::provider::Expression;
use crate::source::{Diagnostic, Diagnostics};
use std::collections::{HashMap, HashSet};

/// What the documents say of each webhook's event types at a location.
pub(super) fn said(provider: &Provider, examples: &Examples<'_>, location: &[Expression]) -> Vec<Said> {
    let said = |(index, webhook): (usize, &Webhook)| {
        let listed = joined(provider, webhook, location);
        let shown = examples.shown(index, location);
        // Where any text may stand, other spellings of one event type are no further event types.
        let shown = if listed.is_empty() { once(shown) } else { shown };
        let is_anywhere = presence(provider, &webhook.payload, location).is_none_or(|presence| presence.some);
        Said { is_open: listed.is_empty() && is_anywhere, listed, shown }
    };
    provider.webhooks.iter().enumerate().map(said).collect()
}

/// The events: those that claims are decided for, those of webhooks that have no other, and those of bodies without an
/// event type.
pub(super) fn events(
    provider: &Provider,
    examples: &Examples<'_>,
    folder: &Folder,
    found: &mut Diagnostics,
) -> Vec<Event> {
    let said = said(provider, examples, &provider.event_type);
    let judge = Judge::new(provider, &said);
    let claims = judge.claims();
    doubts::report(provider, folder, &judge, &claims, found);
    let described = judge.described(&claims);
    let (several, claims): (Vec<_>, Vec<_>) =
        claims.iter().enumerate().partition(|(_, claim)| shows_several(&said, claim));
    let event = |(index, claim): (usize, &Claim)| of_claim(provider, &judge, claim, described.contains(&index));
    let mut events: Vec<_> = claims.into_iter().filter_map(event).collect();
    let have_events: HashSet<_> = events.iter().flat_map(Event::webhooks).collect();
    let keys = own_keys(provider);
    let others = keys.iter().enumerate().filter(|(webhook, _)| !have_events.contains(webhook));
    events.extend(others.map(|(webhook, key)| {
        let own = several.iter().map(|(_, claim)| *claim).filter(|claim| claim.owner() == Some(webhook));
        of_key(provider, webhook, key, &judge, own.collect())
    }));
    rest::find(provider, &keys, folder, &mut events, found);
    events.sort_by_key(|event| event.webhook);
    one_of_each(provider, folder, &mut events, found);
    events
}

/// The event of a claim, if there is one.
fn of_claim(provider: &Provider, judge: &Judge<'_>, claim: &Claim, is_described: bool) -> Option<Event> {
    let payload = payload(provider, judge, claim)?;
    let (webhook, others) = claim.webhooks.split_first()?;
    let described = &provider.webhooks[*webhook];
    let docs = match payload {
        _ if is_described => described.docs.clone(),
        Type::Named(id) if payload != described.payload => provider.get(id).docs.clone(),
        _ => Docs::default(),
    };
    let event_type = claim.value.event_type.clone();
    let is_key = others.is_empty() && !judge.has_list(*webhook) && judge.spells(&claim.value, *webhook);
    Some(Event { others: others.to_vec(), is_key, docs, ..Event::new(event_type, *webhook, payload) })
}

/// The type of the bodies that carry an event type. Where nothing decides between webhooks, there is one if their schemas
/// list the event type, and their bodies do not differ.
pub(super) fn payload(provider: &Provider, judge: &Judge<'_>, claim: &Claim) -> Option<Type> {
    let event_type = claim.value.event_type.as_str();
    let (webhook, others) = claim.webhooks.split_first()?;
    let payload = payload_of(provider, *webhook, event_type);
    let is_same = |other: &usize| {
        let is_same = || are_alike(provider, &payload_of(provider, *other, event_type), &payload);
        judge.has_list(*other) && (judge.have_same_bodies(*webhook, *other) || is_same())
    };
    let is_one = others.is_empty() || judge.has_list(*webhook) && others.iter().all(is_same);
    is_one.then_some(payload)
}

/// The type of a webhook's bodies that carry an event type.
fn payload_of(provider: &Provider, webhook: usize, event_type: &str) -> Type {
    let payload = &provider.webhooks[webhook].payload;
    match *provider.event_type {
        [Expression::Body(ref pointer)] => narrowed(provider, payload, pointer, event_type),
        _ => payload.clone(),
    }
}

/// Whether an event type belongs to a webhook that is one event under several names: examples show these where the schema
/// allows any text.
fn shows_several(said: &[Said], claim: &Claim) -> bool {
    claim.owner().is_some_and(|owner| said[owner].listed.is_empty() && said[owner].shown.len() > 1)
}

/// The event of a webhook that goes by its key, as one of its own event types spells it if there is such a one.
fn of_key(provider: &Provider, webhook: usize, key: &str, judge: &Judge<'_>, own: Vec<&Claim>) -> Event {
    let Webhook { docs, payload, .. } = &provider.webhooks[webhook];
    let (spelled, others): (Vec<&Claim>, Vec<&Claim>) =
        own.into_iter().partition(|claim| judge.spells(&claim.value, webhook));
    let event_type = spelled.first().map_or(key, |claim| &claim.value.event_type).to_owned();
    let aliases = spelled.into_iter().skip(1).chain(others).map(|claim| claim.value.event_type.clone());
    let event = Event::new(event_type, webhook, payload.clone());
    Event { aliases: aliases.collect(), is_key: true, docs: docs.clone(), ..event }
}

/// Names a key's event otherwise where a provider's own value is called like it, and reports two keys that are the same.
fn one_of_each(provider: &Provider, folder: &Folder, events: &mut Vec<Event>, found: &mut Diagnostics) {
    let is_value = |event: &Event| !event.is_key && !event.is_rest;
    let values = events.iter().filter(|event| is_value(event));
    let values: HashSet<_> = values.map(|event| event.event_type.clone()).collect();
    let mut known = HashMap::new();
    events.retain_mut(|event| {
        if is_value(event) {
            return true;
        }
        if values.contains(&event.event_type) {
            event.event_type = format!("{}.{}", event.event_type, provider.webhooks[event.webhook].method());
        }
        let first = known.insert(event.event_type.clone(), event.webhook);
        found.extend(first.map(|first| two_claims(provider, folder, &event.event_type, first, event.webhook)));
        first.is_none()
    });
}

/// What the values at several places join to; nothing where any text may stand at one of them.
fn joined(provider: &Provider, webhook: &Webhook, location: &[Expression]) -> Vec<String> {
    let join = |before: Vec<String>, values: Vec<String>| {
        let with = |value: &String| before.iter().map(|before| format!("{before}.{value}")).collect::<Vec<_>>();
        values.iter().flat_map(with).collect()
    };
    location.iter().map(|part| allowed(provider, webhook, part)).reduce(join).unwrap_or_default()
}

/// The values that a webhook's schemas allow at a place of a request.
pub fn allowed(provider: &Provider, webhook: &Webhook, place: &Expression) -> Vec<String> {
    match place {
        Expression::Body(pointer) => values_at(provider, &webhook.payload, pointer),
        Expression::Header(name) => webhook.header_values.get(name).cloned().unwrap_or_default(),
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
