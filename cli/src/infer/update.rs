//! What new deliveries contradict of documents that are there.

use super::draft::Draft;
use super::events::EventTypeLocation;
use super::observe::{Observations, observe};
use super::widen::{Action, overlay, widen};
use crate::capture::CaptureError;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use webhook_codegen::documents::Folder;
use webhook_codegen::model::{Event, Provider};
use webhook_codegen::source::Source;
use webhook_codegen::source::pointer::{escape, join};
use webhook_codegen::words::{same_words, words};

/// What an overlay has to say so that all deliveries fit.
#[derive(Debug, Default)]
pub struct Update {
    actions: Vec<Action>,
    /// Events that no document declares.
    pub new_events: Vec<String>,
    /// What could not be put into an overlay, for people.
    pub left: Vec<String>,
}

/// Compares deliveries with the documents of a provider, as its overlay leaves them.
///
/// # Errors
/// Where a file of deliveries cannot be read.
pub fn update(paths: &[PathBuf], provider: &Provider, folder: &Folder) -> Result<Update, CaptureError> {
    let expressions = provider.event_type.clone();
    let mut observed = observe(paths, Some(EventTypeLocation { expressions, reason: String::new() }))?;
    observed.separate();
    let (mut update, mut known) = (Update::default(), vec![Vec::new(); folder.documents.len()]);
    for name in observed.events.keys() {
        match schema(provider, folder, name) {
            Some((document, pointer)) => known[document].push((name.as_str(), pointer)),
            None => update.new_events.push(name.clone()),
        }
    }
    for (index, schemas) in known.iter().enumerate() {
        let actions = widen(&folder.documents[index].value, schemas, &observed);
        update.add(folder, index, actions);
    }
    update.add_events(&observed, folder);
    Ok(update)
}

/// The document and the pointer of the schema of an event's bodies.
fn schema(provider: &Provider, folder: &Folder, name: &str) -> Option<(usize, String)> {
    let is_it = |event: &&Event| {
        let key = &provider.webhooks[event.webhook].key;
        event.event_type == name
            || event.aliases.iter().any(|alias| alias == name)
            || (event.is_key && same_words(key, name))
    };
    let event = provider.events.iter().find(is_it)?;
    let content = provider.webhooks[event.webhook].content.as_ref()?;
    let media_types = folder.documents[content.document].value.pointer(&content.pointer)?.as_object()?;
    let json = media_types.keys().find(|name| name.contains("json"))?;
    Some((content.document, format!("{}/{}/schema", content.pointer, escape(json))))
}

impl Update {
    /// Whether there are no actions.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// How many actions there are.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// The text of the overlay, after what it says already.
    ///
    /// # Errors
    /// Where the actions cannot be written behind those that are there.
    pub fn overlay(&self, known: Option<&str>) -> Result<String, String> {
        overlay(known, &self.actions)
    }

    /// An overlay is for all documents of a folder: what would change another one as well names the document by its title.
    fn add(&mut self, folder: &Folder, document: usize, actions: Vec<Action>) {
        let others = || folder.documents.iter().enumerate().filter(|(index, _)| *index != document);
        let title = title(&folder.documents[document]);
        let title = title.filter(|own| others().all(|(_, other)| self::title(other) != Some(own)));
        for action in actions {
            let is_elsewhere = others().any(|(_, other)| other.value.pointer(action.holder()).is_some());
            match title {
                _ if !is_elsewhere => self.actions.push(action),
                Some(title) => self.actions.push(action.only_in(title)),
                None => self.left.push(format!("another document of the same title has {} too", action.target())),
            }
        }
    }

    /// Drafts the events that no document declares, in the document where their like are.
    fn add_events(&mut self, observed: &Observations, folder: &Folder) {
        let draft = Draft::inline(observed);
        let mut webhooks: BTreeMap<usize, Map<_, Value>> = BTreeMap::new();
        for (name, event) in self.new_events.iter().filter_map(|name| Some((name, observed.events.get(name)?))) {
            match home(folder, name) {
                Some(document) => {
                    webhooks.entry(document).or_default().insert(name.clone(), draft.webhook(name, event, false));
                }
                None => self.left.push(format!("no document declares {name}, and several might")),
            }
        }
        for (document, webhooks) in webhooks {
            self.add(folder, document, vec![Action::update(&join("", "webhooks"), json!(webhooks))]);
        }
    }
}

/// The title of a document.
fn title(document: &Source) -> Option<&str> {
    document.value.pointer("/info/title")?.as_str()
}

/// The document that an event belongs in: the only one with webhooks, or the only one with events such as `order.paid`, if
/// it is `order.lost`.
fn home(folder: &Folder, name: &str) -> Option<usize> {
    let webhooks = |document: &'_ Source| Some(document.value.get("webhooks")?.as_object()?.keys().cloned().collect());
    let all = folder.documents.iter().enumerate();
    let all: Vec<(usize, Vec<String>)> =
        all.filter_map(|(index, document)| Some((index, webhooks(document)?))).collect();
    let is_alike = |key: &String| words(key).first() == words(name).first();
    let alike: Vec<_> = all.iter().filter(|(_, keys)| keys.iter().any(is_alike)).collect();
    match (all.as_slice(), alike.as_slice()) {
        ([(only, _)], _) | (_, [(only, _)]) => Some(*only),
        _ => None,
    }
}

/// The overlay of a provider's folder.
pub fn overlay_of(folder: &Path) -> PathBuf {
    folder.join("overlay.yaml")
}
