//! What new deliveries contradict of documents that are there.

use super::draft::Draft;
use super::events::EventTypeLocation;
use super::observe::{Observed, observe};
use super::widen::{Action, overlay, widen};
use crate::capture::CaptureError;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use webhook_codegen::documents::Folder;
use webhook_codegen::model::{Event, Provider};
use webhook_codegen::source::pointer::{escape, join};
use webhook_codegen::words::same_words;

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
    /// Whether nothing has to change.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.new_events.is_empty()
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

    /// An overlay is for all documents of a folder: what would meet another one as well is left to people.
    fn add(&mut self, folder: &Folder, document: usize, actions: Vec<Action>) {
        let others = || folder.documents.iter().enumerate().filter(|(index, _)| *index != document);
        for action in actions {
            match others().any(|(_, other)| other.value.pointer(action.holder()).is_some()) {
                true => self.left.push(action.to_string()),
                false => self.actions.push(action),
            }
        }
    }

    /// Drafts the events that no document declares, where it is clear which one should.
    fn add_events(&mut self, observed: &Observed, folder: &Folder) {
        let mut with_webhooks = folder.documents.iter().filter(|document| document.value.get("webhooks").is_some());
        let is_one = with_webhooks.next().is_some() && with_webhooks.next().is_none();
        if self.new_events.is_empty() || !is_one {
            return;
        }
        let draft = Draft::inline(observed);
        let events = self.new_events.iter().filter_map(|name| Some((name, observed.events.get(name)?)));
        let webhooks: Map<_, Value> =
            events.map(|(name, event)| (name.clone(), draft.webhook(name, event, false))).collect();
        self.actions.push(Action::update(&join("", "webhooks"), json!(webhooks)));
    }
}

/// The overlay of a provider's folder.
pub fn overlay_of(folder: &Path) -> PathBuf {
    folder.join("overlay.yaml")
}
