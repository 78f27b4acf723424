//! The events of bodies that no listed event type tells.

use super::absence::{Presence, at, presence};
use super::values::{discriminates, tokens, values_at};
use super::{Event, Provider, Shape, Type, Webhook, behind, doubts};
use crate::documents::Folder;
use crate::documents::provider::Expression;
use crate::source::Diagnostics;

/// What a webhook's bodies have at the event type location beside what its schemas list.
struct Rest {
    webhook: usize,
    presence: Presence,
    /// The parts of the body's union that list no event type, where others do.
    parts: Vec<Type>,
    /// Whether such a part may have any text there.
    is_open: bool,
}

impl Rest {
    fn of(provider: &Provider, webhook: usize) -> Option<Self> {
        let payload = &provider.webhooks[webhook].payload;
        let presence = presence(provider, payload, &provider.event_type).filter(|_| *payload != Type::Raw)?;
        let (parts, is_open) = match provider.event_type.as_slice() {
            [Expression::Body(pointer)] => {
                let parts = parts(provider, payload, pointer);
                let is_open = parts.iter().any(|part| at(provider, part, pointer).some);
                (parts, is_open)
            }
            _ => (Vec::new(), false),
        };
        Some(Self { webhook, presence, parts, is_open })
    }

    /// Whether some parts of the body have no event type that is listed.
    fn is_partial(&self) -> bool {
        self.is_open || self.presence.lacking && self.presence.some
    }
}

/// Finds the events of such bodies, and adds them where there are none yet.
pub(super) fn find(
    provider: &Provider,
    keys: &[String],
    folder: &Folder,
    events: &mut Vec<Event>,
    found: &mut Diagnostics,
) {
    let rests: Vec<_> = (0..provider.webhooks.len()).filter_map(|webhook| Rest::of(provider, webhook)).collect();
    let is_only_absent = rests.iter().filter(|rest| rest.presence.may_be_absent()).count() == 1;
    let is_only_open = rests.iter().filter(|rest| rest.is_open).count() == 1;
    for rest in &rests {
        let takes_absent = is_only_absent && rest.presence.may_be_absent();
        let takes_unlisted = is_only_open && rest.is_open;
        if takes_absent || rest.is_partial() {
            let event = own_event(provider, &keys[rest.webhook], rest, events);
            let event = &mut events[event];
            (event.takes_absent, event.takes_unlisted) = (takes_absent, takes_unlisted);
        }
        let is_told = takes_absent || !rest.presence.lacking;
        found.extend((!is_told).then(|| doubts::absent(provider, folder, rest.webhook)));
        found.extend((rest.is_open && !takes_unlisted).then(|| doubts::unlisted(provider, folder, rest.webhook)));
    }
    let is_raw = |webhook: &usize| provider.webhooks[*webhook].payload == Type::Raw;
    let is_in_body = presence(provider, &Type::Raw, &provider.event_type).is_some();
    let raw = (0..provider.webhooks.len()).filter(|webhook| is_in_body && is_raw(webhook));
    found.extend(raw.map(|webhook| doubts::absent(provider, folder, webhook)));
}

/// The index of the event of a webhook's remaining bodies: its only one, or one of their own.
fn own_event(provider: &Provider, key: &str, rest: &Rest, events: &mut Vec<Event>) -> usize {
    let is_own = |event: &usize| events[*event].webhooks().any(|webhook| webhook == rest.webhook);
    let own: Vec<_> = (0..events.len()).filter(is_own).collect();
    if let [only] = *own
        && (events[only].is_key || !rest.is_partial())
    {
        return only;
    }
    let Webhook { payload, docs, .. } = &provider.webhooks[rest.webhook];
    let payload = match rest.parts.as_slice() {
        // Where another part may leave its event type out, such a body may be of that.
        [only] if !rest.presence.optional => only,
        _ => payload,
    };
    let event = Event::new(key.to_owned(), rest.webhook, payload.clone());
    events.push(Event { is_rest: true, docs: docs.clone(), ..event });
    events.len() - 1
}

/// The parts of a body's union that list no value at a place, where other parts do.
fn parts(provider: &Provider, payload: &Type, pointer: &str) -> Vec<Type> {
    let (tokens, mut parts) = (tokens(pointer), Vec::new());
    let mut unions = vec![payload.clone()];
    // More unions within unions than there are types are a circle.
    for _ in 0..provider.types.len() {
        let Some(Type::Named(id)) = unions.pop() else { break };
        let Shape::Union(union) = &provider.get(behind(&provider.types, id)).shape else { continue };
        for variant in &union.variants {
            let is_discriminated = discriminates(union, &tokens) && !variant.tags.is_empty();
            if values_at(provider, &variant.ty, pointer).is_empty() {
                parts.extend((!is_discriminated).then(|| variant.ty.clone()));
            } else if matches!(variant.ty, Type::Named(_)) {
                unions.push(variant.ty.clone());
            }
        }
    }
    if values_at(provider, payload, pointer).is_empty() { Vec::new() } else { parts }
}
