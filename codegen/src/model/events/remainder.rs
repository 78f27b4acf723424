//! The events of bodies without an event type, or with one that no schema lists.

use super::api::Api;
use super::event::Event;
use super::owner::{absent, unlisted};
use super::webhook::Webhook;
use crate::documents::provider::Expression;
use crate::model::types::{Occurrence, Shape, Type, Types};
use crate::source::Diagnostics;
use crate::source::pointer::tokens;

/// The bodies of a webhook that have none of the event types that its schemas list.
struct Remainder {
    webhook: usize,
    occurrence: Occurrence,
    /// The variants of the body's union that list no event type, where others do.
    variants: Vec<Type>,
    /// Whether such a variant may have any text there.
    is_open: bool,
}

impl Remainder {
    fn of(api: &Api<'_>, location: &[Expression], webhook: usize) -> Option<Self> {
        let payload = &api.webhooks[webhook].payload;
        let occurrence = api.types.occurrence(payload, location).filter(|_| *payload != Type::Raw)?;
        let (variants, is_open) = match location {
            [Expression::Body(pointer)] => {
                let variants = unlisting_variants(api.types, payload, pointer);
                let is_open = variants.iter().any(|variant| api.types.at(variant, pointer).occurrence.some);
                (variants, is_open)
            }
            _ => (Vec::new(), false),
        };
        Some(Self { webhook, occurrence, variants, is_open })
    }

    /// Whether only some variants of the body's union list event types.
    fn is_partial(&self) -> bool {
        self.is_open || self.occurrence.lacking && self.occurrence.some
    }
}

/// Finds the events of such bodies, and adds them where there are none yet.
pub fn find(api: &Api<'_>, location: &[Expression], keys: &[String], events: &mut Vec<Event>, found: &mut Diagnostics) {
    let all = 0..api.webhooks.len();
    let remainders: Vec<_> = all.clone().filter_map(|webhook| Remainder::of(api, location, webhook)).collect();
    let is_only_absent = remainders.iter().filter(|remainder| remainder.occurrence.may_be_absent()).count() == 1;
    let is_only_open = remainders.iter().filter(|remainder| remainder.is_open).count() == 1;
    for remainder in &remainders {
        let takes_absent = is_only_absent && remainder.occurrence.may_be_absent();
        let takes_unlisted = is_only_open && remainder.is_open;
        if takes_absent || remainder.is_partial() {
            let event = own_event(api, &keys[remainder.webhook], remainder, events);
            let event = &mut events[event];
            (event.takes_absent, event.takes_unlisted) = (takes_absent, takes_unlisted);
        }
        let is_found = takes_absent || !remainder.occurrence.lacking;
        found.extend((!is_found).then(|| absent(api, location, remainder.webhook)));
        found.extend((remainder.is_open && !takes_unlisted).then(|| unlisted(api, location, remainder.webhook)));
    }
    let is_raw = |webhook: &usize| api.webhooks[*webhook].payload == Type::Raw;
    let is_in_body = api.types.occurrence(&Type::Raw, location).is_some();
    let raw = all.filter(|webhook| is_in_body && is_raw(webhook));
    found.extend(raw.map(|webhook| absent(api, location, webhook)));
}

/// The index of the event of a webhook's remaining bodies: its only event, or one of their own.
fn own_event(api: &Api<'_>, key: &str, remainder: &Remainder, events: &mut Vec<Event>) -> usize {
    let is_own = |event: &usize| events[*event].webhooks().any(|webhook| webhook == remainder.webhook);
    let own: Vec<_> = (0..events.len()).filter(is_own).collect();
    if let [only] = *own
        && (events[only].is_key || !remainder.is_partial())
    {
        return only;
    }
    let Webhook { payload, docs, .. } = &api.webhooks[remainder.webhook];
    let payload = match remainder.variants.as_slice() {
        // Where another variant may lack its event type, such a body may be of that one.
        [only] if !remainder.occurrence.optional => only,
        _ => payload,
    };
    let (event_type, docs, payload) = (key.to_owned(), docs.clone(), payload.clone());
    let webhook = remainder.webhook;
    events.push(Event { event_type, webhook, is_remainder: true, docs, payload, ..Event::default() });
    events.len() - 1
}

/// The variants of a body's union that list no value at a JSON pointer, where others do.
fn unlisting_variants(types: &Types, payload: &Type, pointer: &str) -> Vec<Type> {
    let (tokens, mut parts) = (tokens(pointer), Vec::new());
    let mut unions = vec![payload.clone()];
    // More unions within unions than there are types are a circle.
    for _ in 0..types.len() {
        let Some(Type::Named(id)) = unions.pop() else { break };
        let Shape::Union(union) = types.shape(id) else { continue };
        for variant in &union.variants {
            let is_discriminated = union.has_discriminator_at(&tokens) && !variant.tags.is_empty();
            if types.at(&variant.ty, pointer).values.is_empty() {
                parts.extend((!is_discriminated).then(|| variant.ty.clone()));
            } else if matches!(variant.ty, Type::Named(_)) {
                unions.push(variant.ty.clone());
            }
        }
    }
    if types.at(payload, pointer).values.is_empty() { Vec::new() } else { parts }
}
