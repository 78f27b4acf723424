//! What arrives that the documents do not declare.

mod finding;
mod walk;

pub use finding::{Finding, Kind, Seen};
pub use walk::{Path, Walk};

use crate::capture::{self, CaptureError, Captured};
use crate::infer::events::EventTypeLocation;
use crate::infer::handshake::Handshake;
use crate::infer::payload;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use webhook_codegen::model::{Event, Provider};
use webhook_codegen::words::same_words;

/// So many different findings are kept; further ones are only counted.
const MOST: usize = 10_000;

/// What captured deliveries of a provider show beside its documents.
#[derive(Debug, Default)]
pub struct Drift {
    /// How many deliveries were read.
    pub deliveries: u64,
    /// How often each declared event came.
    pub events: BTreeMap<String, u64>,
    /// What was found, with how often.
    pub findings: IndexMap<Finding, Seen>,
    /// How often something was found that is not kept.
    pub further: u64,
    /// The declared properties that came, by event: pointers with `*` for items and keys that are data.
    present: BTreeMap<String, BTreeSet<String>>,
}

/// Compares captured deliveries with the documents of a provider.
///
/// # Errors
/// Where a file cannot be read.
pub fn drift(paths: &[PathBuf], provider: &Provider) -> Result<Drift, CaptureError> {
    let mut drift = Drift::default();
    capture::read(paths, &mut |captured| {
        drift.delivery(provider, &captured);
        Ok(())
    })?;
    drift.never_seen(provider);
    Ok(drift)
}

/// The events in a body, each with the pointer to it: where bodies may hold several, the items of an array.
pub fn events_in<'v>(provider: &Provider, payload: &'v Value) -> Vec<(String, &'v Value)> {
    match payload {
        Value::Array(items) if provider.has_batches() => {
            items.iter().enumerate().map(|(index, item)| (format!("/{index}"), item)).collect()
        }
        event => vec![(String::new(), event)],
    }
}

/// The event that a delivery is, or the event type that no document declares.
pub fn event_of<'p>(
    provider: &'p Provider,
    headers: &[(String, String)],
    payload: &Value,
) -> Result<&'p Event, String> {
    let location = EventTypeLocation { expressions: provider.event_type.clone(), reason: String::new() };
    let said = location.event_type(headers, payload).unwrap_or_default();
    if let (true, [only]) = (provider.event_type.is_empty(), provider.events.as_slice()) {
        return Ok(only);
    }
    let mut events = provider.events.iter();
    let exact = |event: &&Event| event.event_type == said || event.aliases.contains(&said);
    let by_key = |event: &&Event| {
        let key = &provider.webhooks[event.webhook].key;
        *key == said || (event.is_key && same_words(key, &said))
    };
    let absent = |event: &&Event| event.takes_absent && said.is_empty();
    let found = events.clone().find(exact).or_else(|| events.clone().find(by_key)).or_else(|| events.find(absent));
    found.ok_or(said)
}

impl Drift {
    /// Whether something arrived that the documents do not declare; what never came is no drift.
    pub fn is_there(&self) -> bool {
        self.findings.keys().any(|finding| finding.kind != Kind::NeverSeen)
    }

    fn delivery(&mut self, provider: &Provider, captured: &Captured) {
        self.deliveries += 1;
        let Some(payload) = payload(captured) else {
            return self.found(Finding::new("", Kind::NotJson, "", ""), captured);
        };
        for (_, event) in events_in(provider, &payload.value) {
            self.event(provider, event, captured);
        }
    }

    fn event(&mut self, provider: &Provider, payload: &Value, captured: &Captured) {
        let event = match event_of(provider, &captured.headers, payload) {
            Ok(event) => event,
            Err(_) if Handshake::of(payload).is_some() => return,
            Err(said) => return self.found(Finding::new(&said, Kind::UndocumentedEvent, "", ""), captured),
        };
        let name = &event.event_type;
        *self.events.entry(name.clone()).or_default() += 1;
        let walk = Walk::of(&provider.types, &event.payload, payload, "");
        for (kind, path, detail) in walk.found {
            self.found(Finding::new(name, kind, &path.pattern, &detail), captured);
        }
        self.present.entry(name.clone()).or_default().extend(walk.present);
    }

    fn found(&mut self, finding: Finding, captured: &Captured) {
        if self.findings.len() >= MOST && !self.findings.contains_key(&finding) {
            self.further += 1;
            return;
        }
        self.findings.entry(finding).or_default().add(captured);
    }

    /// Adds the properties that documents declare for events that came, and that none of them had.
    fn never_seen(&mut self, provider: &Provider) {
        for event in provider.events.iter().filter(|event| self.events.contains_key(&event.event_type)) {
            let present = self.present.get(&event.event_type);
            for pointer in walk::declared(&provider.types, &event.payload) {
                let (holder, _) = pointer.rsplit_once('/').unwrap_or_default();
                let has = |pointer: &str| present.is_some_and(|present| present.contains(pointer));
                // Of a value that never came, it is not said again what it would have held.
                let is_beside_others = holder.is_empty() || has(holder.trim_end_matches("/*"));
                if is_beside_others && !has(&pointer) {
                    let finding = Finding::new(&event.event_type, Kind::NeverSeen, &pointer, "");
                    self.findings.entry(finding).or_default();
                }
            }
        }
    }
}
