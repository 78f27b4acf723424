//! What `diff` says of the wire, put to the `jsonschema` crate: a body that the old document takes and the new one
//! refuses is explained by a change that is listed as breaking the wire, at the place that the crate names.
//!
//! The bodies are the corpus' payloads, and many more drawn from the old schemas. The pairs are Adyen's editions, and
//! those in the folder that `WEBHOOK_EDITIONS` names: documents whose names sort by their age.
//! `results/wire.md` is the report.

#[path = "../differential/draw/mod.rs"]
mod draw;
mod explain;
#[path = "../differential/mutate.rs"]
mod mutate;

use draw::Draw;
use explain::Explained;
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen::diff::between;
use webhook_conformance::{folder, heal, skipped};

/// Draws for each webhook.
const DRAWS: usize = 150;
/// Mutants of each draw.
const MUTANTS: usize = 3;
const METHODS: [&str; 5] = ["post", "put", "patch", "get", "delete"];
/// The document's name within a [`Registry`].
const DOCUMENT: &str = "https://corpus.example/document";

/// Editions of one document each, the oldest first.
const EDITIONS: [&[&str]; 5] = [
    &[
        "MarketPayNotificationService-v3",
        "MarketPayNotificationService-v4",
        "MarketPayNotificationService-v5",
        "MarketPayNotificationService-v6",
    ],
    &["BalancePlatformConfigurationNotification-v1", "BalancePlatformConfigurationNotification-v2"],
    &["BalancePlatformTransferNotification-v3", "BalancePlatformTransferNotification-v4"],
    &["ManagementNotificationService-v1", "ManagementNotificationService-v3"],
    &[
        "BalancePlatformRelayedAuthorisationNotification-v1",
        "BalancePlatformRelayedAuthorisationNotification-v2",
        "BalancePlatformRelayedAuthorisationNotification-v4",
    ],
];

#[test]
fn every_body_that_is_refused_now_is_explained() {
    let Some(corpus) = folder("WEBHOOK_CORPUS") else {
        skipped("WEBHOOK_CORPUS");
        return;
    };
    let payloads = fs::read_to_string(corpus.join("adyen/payloads.jsonl")).expect("the corpus has payloads");
    let payloads: Vec<Value> = payloads.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let mut tallies = Vec::new();
    for two in EDITIONS.iter().flat_map(|editions| editions.windows(2)) {
        // Either way: what one edition adds, the other lacks.
        for [old, new] in [[two[0], two[1]], [two[1], two[0]]] {
            let file = |name: &str| corpus.join("adyen").join(format!("{name}.json"));
            tallies.push(measure(&file(old), &file(new), &payloads));
        }
    }
    let report = report(&tallies);
    println!("{report}");
    for two in further().windows(2) {
        let tally = measure(&two[0], &two[1], &[]);
        println!("{}", row(&tally));
        tallies.push(tally);
    }
    let mut problems: Vec<_> = tallies.into_iter().flat_map(|tally| tally.problems).collect();
    problems.extend(heal("wire.md", &report).err());
    let first: Vec<_> = problems.iter().take(20).map(String::as_str).collect();
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), first.join("\n"));
}

fn further() -> Vec<PathBuf> {
    let Some(folder) = folder("WEBHOOK_EDITIONS") else { return Vec::new() };
    let entries = fs::read_dir(folder).expect("it is a folder");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    files
}

/// The numbers of a pair.
#[derive(Default)]
struct Tally {
    pair: String,
    webhooks: usize,
    payloads: usize,
    drawn: usize,
    refused: usize,
    breaks: usize,
    problems: Vec<String>,
}

fn measure(old: &Path, new: &Path, payloads: &[Value]) -> Tally {
    let diff = between(old, new).unwrap_or_else(|failure| panic!("{failure}"));
    let read = |path: &Path| serde_json::from_slice::<Value>(&fs::read(path).expect("a document")).expect("JSON");
    let (before, after) = (read(old), read(new));
    let (old_registry, new_registry) = (registry(&before), registry(&after));
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut tally = Tally { pair: format!("{} → {}", name(old), name(new)), ..Tally::default() };
    tally.breaks = diff.changes.iter().filter(|change| change.wire).count();
    for (key, schema) in webhooks(&before) {
        tally.webhooks += 1;
        let Some((_, now)) = webhooks(&after).into_iter().find(|(other, _)| *other == key) else {
            let is_told = diff.changes.iter().any(|change| change.wire && change.path.starts_with("Event::"));
            tally.problems.extend((!is_told).then(|| format!("{}: {key} is gone, and nobody says so", tally.pair)));
            continue;
        };
        let (validator, stricter) = (validator(&old_registry, &schema), validator(&new_registry, &now));
        let of_file = |payload: &&Value| payload["spec"] == format!("{}.json", name(old)) && payload["webhook"] == key;
        let known: Vec<_> = payloads.iter().filter(of_file).map(|payload| payload["payload"].clone()).collect();
        tally.payloads += known.len();
        let drawn = drawn(&before, &schema, &key);
        for body in known.iter().chain(&drawn).filter(|body| validator.is_valid(body)) {
            tally.drawn += 1;
            let explained = Explained { diff: &diff, document: &after, body: &now };
            let unexplained = explained.missing(&stricter, body);
            tally.refused += usize::from(!stricter.is_valid(body));
            let at = |place: String| format!("{}: {key}: nothing explains {place}: {body}", tally.pair);
            tally.problems.extend(unexplained.map(at));
        }
    }
    tally
}

/// Bodies that mostly fit a schema, the same in every run.
fn drawn(document: &Value, schema: &str, key: &str) -> Vec<Value> {
    let schema = document.pointer(schema).expect("it was found there");
    let seed =
        key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut draw = Draw::new(document, seed);
    let mut bodies = Vec::new();
    for _ in 0..DRAWS {
        let body = draw.instance(schema);
        bodies.extend((0..MUTANTS).map(|_| mutate::mutant(&body, &mut draw.random)));
        bodies.push(body);
    }
    bodies
}

/// The webhooks by key, with the pointers to their bodies' schemas.
fn webhooks(document: &Value) -> Vec<(String, String)> {
    let mut webhooks = Vec::new();
    for (key, item) in document["webhooks"].as_object().into_iter().flatten() {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        let pointers = METHODS
            .iter()
            .filter(|method| item.get(**method).is_some())
            .map(|method| format!("/webhooks/{escaped}/{method}/requestBody/content/application~1json/schema"));
        webhooks.extend(pointers.filter(|at| document.pointer(at).is_some()).map(|at| (key.clone(), at)).take(1));
    }
    webhooks
}

fn registry(document: &Value) -> Registry<'_> {
    let resource = Draft::Draft202012.create_resource_ref(document);
    let registry = Registry::new().add(DOCUMENT, resource).and_then(jsonschema::RegistryBuilder::prepare);
    registry.expect("the documents are OpenAPI 3.1")
}

fn validator(registry: &Registry<'_>, pointer: &str) -> Validator {
    let schema = json!({"$ref": format!("{DOCUMENT}#{pointer}")});
    let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(registry);
    options.build(&schema).unwrap_or_else(|error| panic!("{pointer}: {error}"))
}

const HEAD: &str = "# Wire breaks against the `jsonschema` crate

Written by `tests/wire`. Bodies that the old document takes: the corpus' payloads, and draws from the old schemas. Each
that the new document refuses is explained by a listed wire break at that place.

| pair | webhooks | payloads | bodies valid before | of these refused now | explained | wire breaks listed |
|---|--:|--:|--:|--:|--:|--:|
";

fn report(tallies: &[Tally]) -> String {
    let rows: String = tallies.iter().map(|tally| row(tally) + "\n").collect();
    format!("{HEAD}{rows}")
}

fn row(tally: &Tally) -> String {
    let Tally { pair, webhooks, payloads, drawn, refused, breaks, problems } = tally;
    let explained = refused.saturating_sub(problems.len());
    let mut row = String::new();
    _ = write!(row, "| {pair} | {webhooks} | {payloads} | {drawn} | {refused} | {explained} | {breaks} |");
    row
}
