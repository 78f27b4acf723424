//! A Cargo feature for each group of a provider's events.

use crate::model::{Provider, Shape, Type, TypeId};
use indexmap::IndexMap;
use std::collections::{BTreeMap, HashSet};

/// What more groups than this need is always there: it is little, and a long list of features is hard to read.
const MOST_GROUPS: usize = 4;

/// Events that belong together: those of one subject, mostly.
#[derive(Debug)]
pub struct Group {
    /// Its feature: the provider's name and its own, in lower case.
    pub feature: String,
    /// Its events, as indices.
    pub events: Vec<usize>,
}

/// The groups of a provider's events.
pub fn groups(provider: &Provider) -> Vec<Group> {
    let mut events: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, event) in provider.events.iter().enumerate() {
        events.entry(&provider.webhooks[event.webhook].group).or_default().push(index);
    }
    let groups = events.into_iter().map(|(name, events)| {
        // What a provider's other features are called.
        let suffix = if matches!(name, "all" | "verify") { "-events" } else { "" };
        Group { feature: format!("{}-{name}{suffix}", provider.name), events }
    });
    groups.collect()
}

/// Which groups need which types.
pub fn needed_by(provider: &Provider, groups: &[Group]) -> BTreeMap<TypeId, Vec<usize>> {
    let mut needed_by: BTreeMap<TypeId, Vec<usize>> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate() {
        let payloads = group.events.iter().map(|event| &provider.events[*event].payload);
        for id in provider.types.reachable(payloads) {
            needed_by.entry(id).or_default().push(index);
        }
    }
    let always = always(provider, &needed_by);
    needed_by.retain(|id, groups| groups.len() <= MOST_GROUPS && !always.contains(id));
    for id in (0..provider.types.len()).map(TypeId) {
        if let Some(groups) = target(provider, id).and_then(|target| needed_by.get(&target).cloned()) {
            needed_by.insert(id, groups);
        }
    }
    needed_by
}

/// The types of headers, and those that no event needs and that are no aliases: there is no telling when to leave them out.
fn always(provider: &Provider, needed_by: &BTreeMap<TypeId, Vec<usize>>) -> HashSet<TypeId> {
    let ids = (0..provider.types.len()).map(TypeId).filter(|id| !needed_by.contains_key(id));
    let unneeded: Vec<_> = ids.filter(|id| target(provider, *id).is_none()).map(Type::Named).collect();
    provider.types.reachable(unneeded.iter().chain(provider.headers.iter().map(|header| &header.ty)))
}

/// The type that an alias names, in the end.
fn target(provider: &Provider, id: TypeId) -> Option<TypeId> {
    let Shape::Alias(ty) = &provider.get(id).shape else { return None };
    let id = ty.named()?;
    Some(target(provider, id).unwrap_or(id))
}
