//! Instances drawn from the schemas of the corpus, put to the `jsonschema` crate and to the generated types.
//!
//! What the crate calls valid is accepted, and comes back equal. What it calls invalid never panics; where that is
//! accepted all the same, it is counted by the reason. The draws are the same in every run.
//! `results/differential.md` is the report.

mod draw;
mod mutate;
mod reason;
mod strict;
mod tally;

use draw::Draw;
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};
use std::fs;
use tally::Tally;
use webhook_conformance::plan::{Document, Webhook};
use webhook_conformance::{documents, heal, receive, skipped};

/// Valid instances for each webhook.
const INSTANCES: usize = 12;
/// Draws for each webhook, of which the crate may call some invalid: `oneOf` is drawn from one branch, and may fit
/// another as well.
const DRAWS: usize = 120;
/// Mutants of each valid instance.
const MUTANTS: usize = 5;
/// The document's name within a [`Registry`].
const DOCUMENT: &str = "https://corpus.example/document";

#[test]
fn types_accept_what_jsonschema_calls_valid() {
    let documents = documents();
    if documents.is_empty() {
        skipped("WEBHOOK_CORPUS");
        return;
    }
    let mut tallies: Vec<Tally> = Vec::new();
    for document in &documents {
        if tallies.last().is_none_or(|tally| tally.sender != document.sender) {
            tallies.push(Tally::new(&document.sender));
        }
        measure(document, tallies.last_mut().expect("one was pushed"));
    }
    let report = tally::report(&tallies);
    println!("{report}");
    let mut problems: Vec<_> = tallies.into_iter().flat_map(|tally| tally.problems).collect();
    problems.extend(heal("differential.md", &report).err());
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

fn measure(document: &Document, tally: &mut Tally) {
    let text = fs::read_to_string(&document.path).expect("the build script wrote it");
    let value: Value = serde_json::from_str(&text).expect("the build script wrote it");
    let strict = strict::typed(&value);
    let (registry, strict) = (registry(&value), registry(&strict));
    for webhook in &document.webhooks {
        let (validator, strict) = (validator(&registry, webhook), validator(&strict, webhook));
        Measurement { document, webhook, validator, strict, tally }.run(&value);
    }
}

fn registry(document: &Value) -> Registry<'_> {
    let resource = Draft::Draft202012.create_resource_ref(document);
    let registry = Registry::new().add(DOCUMENT, resource).and_then(jsonschema::RegistryBuilder::prepare);
    registry.expect("the documents are OpenAPI 3.1")
}

fn validator(registry: &Registry<'_>, webhook: &Webhook) -> Validator {
    let schema = json!({"$ref": format!("{DOCUMENT}#{}", webhook.schema)});
    let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(registry);
    options.build(&schema).unwrap_or_else(|error| panic!("{}: {error}", webhook.name))
}

/// One webhook.
struct Measurement<'m> {
    document: &'m Document,
    webhook: &'m Webhook,
    validator: Validator,
    /// For the document in which every schema has the type that the generator sees in it.
    strict: Validator,
    tally: &'m mut Tally,
}

impl Measurement<'_> {
    fn run(&mut self, document: &Value) {
        self.tally.webhooks += 1;
        let schema = document.pointer(&self.webhook.schema).expect("the build script found it there");
        let mut draw = Draw::new(document, seed(&self.webhook.name));
        let mut valid = 0;
        for _ in 0..DRAWS {
            let instance = draw.instance(schema);
            if self.check(&instance) {
                valid += 1;
                for _ in 0..MUTANTS {
                    self.check(&mutate::mutant(&instance, &mut draw.random));
                }
            }
            if valid == INSTANCES {
                return;
            }
        }
        if valid == 0 {
            self.tally.contradictory.push(self.webhook.name.clone());
        }
    }

    /// Counts an instance; whether it is valid.
    fn check(&mut self, instance: &Value) -> bool {
        let read = receive(&self.document.provider, &self.webhook.name, instance);
        let errors: Vec<_> = self.validator.iter_errors(instance).collect();
        if errors.is_empty() {
            self.tally.valid(&self.webhook.name, instance, read, || !self.strict.is_valid(instance));
        } else {
            self.tally.invalid(&self.webhook.name, instance, &errors, read);
        }
        errors.is_empty()
    }
}

/// A number from a name, the same in every run (FNV-1a).
fn seed(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
