//! What is generated from both sides, compared name by name: what the compiler will say.

mod docs;
mod documents;
mod events;
mod fields;
mod members;
mod rename;
mod same;
mod settings;
mod types;
mod variants;

use super::draft::{At, Draft, Kind};
use super::pair::Documents;
use super::view::View;
use super::{Change, Place};
use crate::documents::Folder;
use crate::model::TypeId;
use std::collections::HashMap;

/// Compares the generated code of a provider.
pub struct Api<'v, 's> {
    pub old: &'v View<'s>,
    pub new: &'v View<'s>,
    pub documents: &'v Documents,
    /// What each of the old types is called now, or the type that it became.
    pub types: HashMap<TypeId, TypeId>,
    pub drafts: Vec<Draft>,
}

impl<'v, 's> Api<'v, 's> {
    /// Compares everything.
    pub fn compare(old: &'v View<'s>, new: &'v View<'s>, documents: &'v Documents) -> Self {
        let mut api = Self { old, new, documents, types: HashMap::new(), drafts: Vec::new() };
        api.settings();
        api.documents();
        api.types();
        api.events();
        api
    }

    fn push(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }
}

/// A provider that stands on one side only.
pub fn provider(old: Option<&Folder>, new: Option<&Folder>) -> Option<Change> {
    let folder = new.or(old)?;
    let kind = if new.is_some() { Kind::ProviderAdded } else { Kind::ProviderRemoved };
    let is_gone = new.is_none();
    let place = |folder: &Folder| {
        let file = folder.documents.first().map(|document| document.path.clone())?;
        Some(Place { file, line: 1, column: 1, pointer: String::new() })
    };
    let at = At::item(folder.name.clone());
    Some(Change {
        provider: folder.name.clone(),
        kind,
        source: is_gone,
        wire: is_gone,
        path: at.shown,
        from: None,
        to: None,
        note: Some("the whole provider".to_owned()),
        old: old.and_then(place),
        new: new.and_then(place),
        events: Vec::new(),
    })
}
