//! Real documents and payloads of other senders, where `WEBHOOK_CORPUS` names a folder of them; else nothing is tested.
//!
//! One crate is made of all documents, a module each, and compiled with `deny(warnings)`; a program of that crate then
//! receives every payload. `cargo test -p webhook-codegen --test corpus -- --nocapture --test-threads 1` shows the counts.

mod documents;
mod scratch;

use documents::{Corpus, operations_with_a_body};
use scratch::Scratch;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Write, stderr};
use std::sync::LazyLock;

static CRATE: LazyLock<Option<(Corpus, Scratch)>> = LazyLock::new(|| match Corpus::find() {
    Some(corpus) => {
        let scratch = Scratch::new(&corpus);
        Some((corpus, scratch))
    }
    None => {
        // Past the capture of what a test prints: nobody should take this for a test that passed.
        writeln!(stderr(), "WEBHOOK_CORPUS is not set: skipped").expect("stderr is there");
        None
    }
});
