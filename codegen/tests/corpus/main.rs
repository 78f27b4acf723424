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

#[test]
fn explore() {
    let Some((corpus, scratch)) = &*CRATE else { return };
    for file in ["github/payloads.jsonl", "adyen/payloads.jsonl", "github/misfits.jsonl"] {
        let deliveries = corpus.payloads(file);
        let arrivals = scratch.receive(&file.replace('/', "-"), &deliveries);
        for (d, a) in deliveries.iter().zip(&arrivals[1..]) {
            println!("{} {} {a}", d["provider"], d["webhook"]);
        }
        println!("{}", arrivals[0]);
    }
    for (p, d) in &corpus.documents {
        println!("{p} {}", operations_with_a_body(d));
    }
}
