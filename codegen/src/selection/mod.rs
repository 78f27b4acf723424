//! What of the providers is generated.

mod config;
mod groups;

use crate::model::{Provider, TypeDef, TypeId};
pub use config::{events, folders, replace};
use groups::Group;
use std::collections::{BTreeMap, HashSet};

/// What of a provider is generated, and behind which Cargo features.
#[derive(Debug)]
pub struct Selection {
    /// The types to generate, unless it is all of them.
    types: Option<HashSet<TypeId>>,
    /// The groups of events that are behind a feature each.
    groups: Vec<Group>,
    /// The groups that need a type, as indices; none of the types that are always there.
    needed_by: BTreeMap<TypeId, Vec<usize>>,
}

/// All of a provider, without features.
pub static EVERYTHING: Selection = Selection { types: None, groups: Vec::new(), needed_by: BTreeMap::new() };

impl Selection {
    /// Some of the types of a provider, or all of them; behind features where `provider.yaml` asks for these.
    pub fn new(provider: &Provider, types: Option<HashSet<TypeId>>, has_features: bool) -> Self {
        let groups = if has_features && provider.settings.event_groups { groups::groups(provider) } else { Vec::new() };
        let needed_by = groups::needed_by(provider, &groups);
        Self { types, groups, needed_by }
    }

    /// The types of a document.
    pub fn types_of<'p>(&self, provider: &'p Provider, document: usize) -> Vec<(TypeId, &'p TypeDef)> {
        let mut types = provider.types.of_document(document);
        types.retain(|(id, _)| self.types.as_ref().is_none_or(|wanted| wanted.contains(id)));
        types
    }

    /// All features of groups.
    pub fn features(&self) -> Vec<&str> {
        self.groups.iter().map(|group| group.feature.as_str()).collect()
    }

    /// The features that need a type, where it is not always there.
    pub fn features_of_type(&self, id: TypeId) -> Vec<&str> {
        let groups = self.needed_by.get(&id).into_iter().flatten();
        groups.map(|group| self.groups[*group].feature.as_str()).collect()
    }

    /// The feature of an event.
    pub fn feature_of_event(&self, event: usize) -> Option<&str> {
        self.groups.iter().find(|group| group.events.contains(&event)).map(|group| group.feature.as_str())
    }
}
