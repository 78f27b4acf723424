//! Small documents with bodies, and what becomes of each body; see README.md.

use serde::Serialize;
use serde_json::Value;
use std::fmt::{Debug, Write};
use webhook_runtime::event::{self, Event};
use webhook_runtime::{Batch, BatchItem};

/// The generated types, a module for each rule.
#[deny(missing_docs, clippy::pedantic, clippy::nursery)]
#[allow(dead_code, reason = "bodies reach a part of what is generated")]
#[rustfmt::skip]
pub mod webhooks {
    include!(concat!(env!("OUT_DIR"), "/webhooks.rs"));
}

/// A rule, and how its bodies are read.
pub type Rule = (&'static str, fn(&[u8]) -> String);

/// All rules.
pub const RULES: &[Rule] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// What becomes of a body: the value, and whether it comes back equal, or the error.
fn read<E: Event + Debug>(body: &[u8]) -> String {
    if E::IS_IN_BATCHES {
        return Batch::<E>::from_slice(body).map_or_else(|error| format!("{error}\n"), |batch| shown(body, &batch));
    }
    match event::from_slice::<E>(body) {
        Ok(event) => {
            let mut text = comes_back(body, &event);
            let additional = event::additional_properties(&event, &event_type(&event));
            if !additional.is_empty() {
                writeln!(text, "additional properties {}", additional.join(" ")).expect("text can be written");
            }
            text + &format!("{event:#?}\n")
        }
        Err(error) => format!("{error}\n"),
    }
}

/// The events of a batch, and what the body is for whoever expects one event.
fn shown<E: Event + Debug>(body: &[u8], batch: &Batch<E>) -> String {
    let item = |item: &BatchItem<E>| match &item.event {
        Ok(event) => format!("- {event:#?}\n"),
        Err(invalid) => format!("- {invalid}\n"),
    };
    let items: String = batch.iter().map(item).collect();
    let one = match event::from_slice::<E>(body) {
        Ok(event) => comes_back(body, &event),
        Err(error) => format!("{error}\n"),
    };
    format!("{}as one event: {one}{items}", comes_back(body, batch))
}

fn comes_back(body: &[u8], read: &impl Serialize) -> String {
    let written = serde_json::to_string(read).expect("what is read can be written");
    format!("comes back {}\n", if is_equal(body, &written) { "equal" } else { "NOT EQUAL" })
}

/// The type of a variant: the schemas of events go by it. `Unknown` has none.
fn event_type<E: Event + Debug>(event: &E) -> String {
    let body = serde_json::to_vec(event).expect("an event can be written");
    event::event_type::<E>(event::Body::new(&body), |_| None).into_owned()
}

/// Whether two texts are the same JSON value, digits of integers included.
fn is_equal(body: &[u8], written: &str) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let value = serde_json::from_slice::<Value>(body).ok();
    let long_numbers = |text: &str| {
        let numbers = text.split(|character: char| !character.is_ascii_digit()).filter(|digits| digits.len() > 15);
        let mut numbers: Vec<_> = numbers.map(str::to_owned).collect();
        numbers.sort();
        numbers
    };
    value == serde_json::from_str(written).ok() && long_numbers(&String::from_utf8_lossy(body)) == long_numbers(written)
}
