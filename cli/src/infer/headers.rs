//! What was seen of headers, of all deliveries together.

use super::events::is_generic_header;
use super::payload::Payload;
use crate::capture::Captured;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use webhook_codegen::source::pointer::join;

/// So many different texts are counted of a header or key; that many are enough to call them ids.
const MOST: usize = 10_000;
/// So many samples are kept of each.
const SAMPLES: usize = 20;
/// So many headers and keys are looked at.
const NAMES: usize = 200;
/// So deep it is looked into bodies.
const DEEPEST: usize = 2;

/// Headers, and the texts near the top of bodies.
#[derive(Debug, Default)]
pub struct Headers {
    /// By name in lower case.
    pub headers: BTreeMap<String, Texts>,
    /// The texts and numbers near the top of bodies, or of their items, by pointer.
    pub body: BTreeMap<String, Texts>,
    /// How many bodies, each item of an array for one.
    pub bodies: u64,
    /// The headers of the tokens that bodies are.
    pub tokens: Vec<Value>,
    /// How many deliveries.
    pub count: u64,
}

/// The texts that were at one location.
#[derive(Debug, Default)]
pub struct Texts {
    /// In how many deliveries.
    pub count: u64,
    /// Some of them.
    pub samples: Vec<String>,
    different: HashSet<u64>,
}

impl Texts {
    fn add(&mut self, text: &str) {
        self.count += 1;
        if self.samples.len() < SAMPLES {
            self.samples.push(text.to_owned());
        }
        if self.different.len() < MOST {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            self.different.insert(hasher.finish());
        }
    }

    /// Whether it is another one each time, but for deliveries that were tried again.
    pub fn are_ids(&self) -> bool {
        self.different.len() as f64 >= 0.7 * (self.count.min(MOST as u64) as f64)
    }
}

impl Headers {
    /// Counts those of a delivery.
    pub fn add(&mut self, captured: &Captured, payload: &Payload) {
        self.count += 1;
        for (name, text) in &captured.headers {
            add(&mut self.headers, name, text);
        }
        for item in payload.items() {
            self.bodies += 1;
            self.add_members("", item, DEEPEST);
        }
        self.tokens.extend(payload.token.clone().filter(|_| self.tokens.len() < SAMPLES));
    }

    fn add_members(&mut self, pointer: &str, value: &Value, deeper: usize) {
        for (key, value) in value.as_object().into_iter().flatten() {
            let pointer = join(pointer, key);
            match value {
                Value::String(text) => add(&mut self.body, &pointer, text),
                Value::Number(number) => add(&mut self.body, &pointer, &number.to_string()),
                Value::Object(_) if deeper > 1 => self.add_members(&pointer, value, deeper - 1),
                _ => {}
            }
        }
    }

    /// The headers that are the provider's own.
    pub fn own(&self) -> impl Iterator<Item = (&str, &Texts)> {
        self.headers.iter().filter(|(name, _)| !is_generic_header(name)).map(|(name, texts)| (name.as_str(), texts))
    }
}

fn add(known: &mut BTreeMap<String, Texts>, name: &str, text: &str) {
    if known.len() < NAMES || known.contains_key(name) {
        known.entry(name.to_owned()).or_default().add(text);
    }
}
