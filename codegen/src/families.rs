//! A Cargo feature for each family of a provider's events.

use crate::model::{Family, Provider, Shape, Type, TypeId, reachable};
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

/// What more families than this need is always there: it is little, and a long list of features is hard to read.
const MOST_FAMILIES: usize = 4;

/// Finds which families need which types, where `provider.yaml` asks for a feature each.
pub fn gate(provider: &mut Provider) {
    if !provider.settings.families {
        return;
    }
    provider.families = families(provider);
    let mut needed_by: HashMap<TypeId, Vec<usize>> = HashMap::new();
    for family in 0..provider.families.len() {
        let events = provider.families[family].events.iter();
        let payloads = events.map(|event| &provider.events[*event].payload);
        for id in reachable(&provider.types, payloads) {
            needed_by.entry(id).or_default().push(family);
        }
    }
    let always = always(provider, &needed_by);
    needed_by.retain(|id, families| families.len() <= MOST_FAMILIES && !always.contains(id));
    for id in (0..provider.types.len()).map(TypeId) {
        if let Some(families) = target(provider, id).and_then(|target| needed_by.get(&target).cloned()) {
            needed_by.insert(id, families);
        }
    }
    provider.gates = needed_by;
}

fn families(provider: &Provider) -> Vec<Family> {
    let mut events: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, event) in provider.events.iter().enumerate() {
        events.entry(&provider.webhooks[event.webhook].family).or_default().push(index);
    }
    let families = events.into_iter().map(|(name, events)| {
        // What a provider's other features are called.
        let aside = if matches!(name, "all" | "verify") { "-events" } else { "" };
        Family { feature: format!("{}-{name}{aside}", provider.name), events }
    });
    families.collect()
}

/// The types that headers have, and those that no event needs but that are no mere names: nothing says when to leave
/// them out.
fn always(provider: &Provider, needed_by: &HashMap<TypeId, Vec<usize>>) -> HashSet<TypeId> {
    let ids = (0..provider.types.len()).map(TypeId).filter(|id| !needed_by.contains_key(id));
    let unneeded: Vec<_> = ids.filter(|id| target(provider, *id).is_none()).map(Type::Named).collect();
    reachable(&provider.types, unneeded.iter().chain(provider.headers.iter().map(|header| &header.ty)))
}

/// The type that an alias names, in the end.
fn target(provider: &Provider, id: TypeId) -> Option<TypeId> {
    let Shape::Alias(ty) = &provider.get(id).shape else { return None };
    let id = ty.named()?;
    Some(target(provider, id).unwrap_or(id))
}
