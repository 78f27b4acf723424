//! How an event is found without an event type that a schema lists: by the key of its webhook, by a default, or as the
//! only one of which that is so.

use super::context::Context;
use crate::model::{Event, Fallback, Provider};
use indexmap::{IndexMap, IndexSet};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::HashSet;

/// The events of bodies that have no event type.
pub fn fallbacks(context: &Context<'_>, cfgs: &[TokenStream]) -> Option<TokenStream> {
    let Provider { events, fallbacks, .. } = context.provider;
    let rows = fallbacks.iter().filter_map(|Fallback { event_type, is_default }| {
        let cfg = &cfgs[events.iter().position(|event| event.event_type == *event_type)?];
        Some(quote!(#cfg (#event_type, #is_default)))
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| quote!(const FALLBACKS: &'static [(&'static str, bool)] = &[#(#rows),*];))
}

/// The event types that are keys: deliveries may spell these otherwise.
pub fn keys(context: &Context<'_>, cfgs: &[TokenStream]) -> Option<TokenStream> {
    let events = &context.provider.events;
    let keys: Vec<_> = events.iter().zip(cfgs).filter(|(event, _)| event.is_key).collect();
    if keys.is_empty() || context.provider.event_type.is_empty() {
        return None;
    }
    let list = if keys.len() == events.len() {
        quote!(Self::EVENT_TYPES)
    } else {
        let keys = keys.into_iter().map(|(event, cfg)| {
            let key = &event.event_type;
            quote!(#cfg #key)
        });
        quote!(&[#(#keys),*])
    };
    Some(quote!(
        const KEYS: &'static [&'static str] = #list;
    ))
}

/// The events of bodies without a listed event type.
pub fn rest(context: &Context<'_>, cfgs: &[TokenStream]) -> TokenStream {
    let events = || context.provider.events.iter().zip(cfgs);
    let only = |takes: fn(&Event) -> bool, name: &str| {
        let (event, cfg) = events().find(|(event, _)| takes(event))?;
        let (event_type, name) = (&event.event_type, format_ident!("{name}"));
        Some(quote!(
            #cfg
            const #name: Option<&'static str> = Some(#event_type);
        ))
    };
    let absent = only(|event| event.takes_absent, "ABSENT");
    let unlisted = only(|event| event.takes_unlisted, "UNLISTED");
    let own = events().filter(|(event, _)| event.is_remainder).map(|(event, cfg)| {
        let event_type = &event.event_type;
        quote!(#cfg #event_type)
    });
    let own: Vec<_> = own.collect();
    let own = (!own.is_empty()).then(|| {
        quote!(
            const REST: &'static [&'static str] = &[#(#own),*];
        )
    });
    quote!(#absent #unlisted #own)
}

/// The keys of webhooks and other names of events, each with its event types. A key whose only event type is itself
/// needs none. Lists that many share are written once.
pub fn webhooks(context: &Context<'_>) -> TokenStream {
    let named = named(context);
    let mut users: IndexMap<&[&String], usize> = IndexMap::new();
    named.values().for_each(|name| *users.entry(name.types.as_slice()).or_default() += 1);
    let shared: IndexSet<_> = users
        .into_iter()
        .filter(|(types, users)| *users > 1 && types.len() * users > 50)
        .map(|(types, _)| types)
        .collect();
    let lists = (0..shared.len()).map(|index| format_ident!("SHARED_{index}"));
    let lists: Vec<_> = lists.collect();
    let entries = named.iter().map(|(key, Name { cfg, types })| match shared.get_index_of(types.as_slice()) {
        Some(index) => {
            let list = &lists[index];
            quote!(#cfg (#key, #list))
        }
        None => quote!(#cfg (#key, &[#(#types),*])),
    });
    let entries = quote!(&[#(#entries),*]);
    if shared.is_empty() {
        return entries;
    }
    let shared = shared.iter().map(|types| quote!(&[#(#types),*]));
    quote!({
        #(const #lists: &[&str] = #shared;)*
        #entries
    })
}

/// The event types of a name.
struct Name<'c> {
    cfg: Option<TokenStream>,
    types: Vec<&'c String>,
}

fn named<'c>(context: &Context<'c>) -> IndexMap<&'c String, Name<'c>> {
    let Provider { events, webhooks, .. } = context.provider;
    let mut named: IndexMap<&String, IndexSet<usize>> = IndexMap::new();
    for (index, event) in events.iter().enumerate() {
        for name in event.webhooks().map(|webhook| &webhooks[webhook].key).chain(&event.aliases) {
            named.entry(name).or_default().insert(index);
        }
    }
    let all: HashSet<_> = events.iter().map(|event| &event.event_type).collect();
    let name = |(key, own): (&'c String, IndexSet<usize>)| {
        let cfg = context.event_cfg(own[0]);
        let mut types: Vec<_> = own.iter().map(|event| &events[*event].event_type).collect();
        // A key may be the event type of another webhook, too.
        types.extend(all.get(key).filter(|_| !types.contains(&key)));
        (types != [key]).then_some((key, Name { cfg, types }))
    };
    named.into_iter().filter_map(name).collect()
}
