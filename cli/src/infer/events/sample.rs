//! What is looked at of a delivery to find out where it says its event type.

use super::label::is_label;
use super::names::{is_generic_header, likelihood};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use webhook_codegen::documents::provider::Expression;
use webhook_codegen::model::text_at;
use webhook_codegen::source::pointer::{join, tokens};

/// An event type is near the top.
const DEEPEST: usize = 4;
/// So many texts are looked at in a delivery.
const MOST_TEXTS: usize = 200;
/// So many deliveries are kept; then every second is let go, and only every second is kept from there on.
const MOST: usize = 2048;

/// What could be an event type in a delivery, and its shape.
#[derive(Debug)]
pub struct SampledEvent {
    /// The labels, by location.
    pub labels: BTreeMap<Location, String>,
    /// The locations near the top of the body that have a value, as hashes.
    pub shape: BTreeSet<u64>,
    /// What the name of the file says of the event.
    pub event: Option<String>,
}

/// A location that can be compared: whether it is in the body, and its name or pointer.
pub type Location = (bool, String);

/// The expression of a location.
pub fn expression_of((is_body, name): &Location) -> Expression {
    if *is_body { Expression::Body(name.clone()) } else { Expression::Header(name.clone()) }
}

impl SampledEvent {
    /// Of a delivery.
    pub fn of(headers: &[(String, String)], payload: &Value, event: Option<String>) -> Self {
        let named = headers.iter().filter(|(name, text)| !is_generic_header(name) && is_label(text));
        let labels = named.map(|(name, text)| ((false, name.clone()), text.clone())).collect();
        let mut sampled = Self { labels, shape: BTreeSet::new(), event };
        sampled.walk("", payload, 0);
        // Without an index, a pointer leads to what all items of an array have.
        sampled.labels.retain(|(is_body, name), text| {
            !is_body || has_index(name) || text_at(payload, &tokens(name)).as_ref() == Some(text)
        });
        sampled
    }

    fn walk(&mut self, pointer: &str, value: &Value, depth: usize) {
        if depth > 0 && depth < DEEPEST {
            let mut hasher = DefaultHasher::new();
            (pointer, std::mem::discriminant(value)).hash(&mut hasher);
            self.shape.insert(hasher.finish());
        }
        if depth > DEEPEST || self.labels.len() >= MOST_TEXTS {
            return;
        }
        match value {
            Value::String(text) if is_label(text) => {
                self.labels.insert((true, pointer.to_owned()), text.clone());
            }
            Value::String(text) if text.starts_with(['{', '[']) => {
                if let Ok(held) = serde_json::from_str(text) {
                    self.walk(pointer, &held, depth);
                }
            }
            // A number is no label, unless it is under the name of one.
            Value::Number(number) if depth > 0 && likelihood(&Expression::Body(pointer.to_owned())) >= 0.9 => {
                self.labels.insert((true, pointer.to_owned()), number.to_string());
            }
            Value::Array(items) => items.first().into_iter().for_each(|item| {
                self.walk(pointer, item, depth);
                self.walk(&format!("{pointer}/0"), item, depth + 1);
            }),
            Value::Object(members) => {
                members.iter().for_each(|(key, value)| self.walk(&join(pointer, key), value, depth + 1));
            }
            _ => {}
        }
    }
}

/// Whether a pointer leads to one item of an array.
pub fn has_index(pointer: &str) -> bool {
    pointer.split('/').any(|token| token == "0")
}

/// Deliveries spread evenly over all that came, and no more of them than fit into memory.
#[derive(Debug)]
pub struct Sample {
    sampled: Vec<SampledEvent>,
    stride: usize,
    seen: usize,
}

impl Default for Sample {
    fn default() -> Self {
        Self { sampled: Vec::new(), stride: 1, seen: 0 }
    }
}

impl Sample {
    /// Looks at a delivery.
    pub fn add(&mut self, sampled: impl FnOnce() -> SampledEvent) {
        if self.seen.is_multiple_of(self.stride) {
            self.sampled.push(sampled());
        }
        self.seen += 1;
        if self.sampled.len() == MOST {
            let mut index = 0;
            self.sampled.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.stride *= 2;
        }
    }

    /// What is kept.
    pub fn sampled(&self) -> &[SampledEvent] {
        &self.sampled
    }
}
