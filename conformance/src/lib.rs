//! Measures what generated types accept, against JSON Schema itself.
//!
//! The build script generates types from the schemas that it finds; the tests put instances to them.
#![warn(missing_docs)]

mod equal;
mod folder;
pub mod plan;
mod report;

pub use equal::{equal, equal_but_nulls};
pub use folder::folder;
pub use report::{cell, heal, skipped};

use plan::{Case, Document};
use serde_json::Value;
use std::fmt::Debug;
use std::panic;
use webhook_runtime::event::{self, Event};
use webhook_runtime::{ParseError, Violation};

#[allow(warnings, clippy::all, clippy::unwrap_used)]
#[rustfmt::skip]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/modules.rs"));
}

/// What became of a body.
pub enum Read {
    /// It is an event.
    Taken {
        /// The event, written again.
        again: Value,
        /// How it is held.
        held: Held,
    },
    /// It does not fit.
    Refused(Vec<Violation>),
    /// The receiver panicked.
    Panicked,
}

/// How an event holds a body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// By its types.
    Typed,
    /// By its types, but for a part that fits nothing that the schema names, and is kept as it is.
    InPart,
    /// As `Unknown`: the schemas have no `type`, and allow values that the types made of them do not hold.
    Unknown,
}

/// Reads a body as the event that was generated for a webhook.
pub fn receive(provider: &str, webhook: &str, body: &Value) -> Read {
    let body = body.to_string();
    let read = panic::catch_unwind(|| generated::receive(provider, webhook, body.as_bytes()));
    read.unwrap_or(Read::Panicked)
}

#[allow(dead_code, reason = "nothing is generated without the folders")]
fn read<E: Event + Debug>(webhook: &str, body: &[u8]) -> Read {
    match event::from_slice_as::<E>(webhook, body) {
        Ok(event) => {
            let shown = format!("{event:?}");
            let held = match () {
                () if shown.starts_with("Unknown(") => Held::Unknown,
                // The catch-all of an enum of strings, and that of a union.
                () if shown.contains("Other(") => Held::InPart,
                () => Held::Typed,
            };
            Read::Taken { again: serde_json::to_value(&event).expect("an event can be written"), held }
        }
        Err(ParseError::InvalidPayload(invalid)) => Read::Refused(invalid.violations),
        Err(error) => panic!("the body was written by serde_json: {error}"),
    }
}

/// The groups of the test suite, if the environment names it.
pub fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/suite.json"))).expect("the build script wrote it")
}

/// The documents of the corpus, if the environment names it.
pub fn documents() -> Vec<Document> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/corpus.json"))).expect("the build script wrote it")
}
