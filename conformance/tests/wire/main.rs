//! What `diff` says of the wire, put to the `jsonschema` crate and to the generated types: a body that one edition's
//! document takes and the other's refuses is explained by a listed change, at the place that the crate names. That change
//! breaks the wire exactly if the types generated from the other edition refuse the body.
//!
//! Either edition may be the old one: then the body is a stored delivery for new code, and else a new delivery for old
//! code. Both are put to `diff`.
//!
//! The bodies are the corpus' payloads, and many more drawn from the schemas. The pairs are Adyen's editions, and those
//! in the folder that `WEBHOOK_EDITIONS` names: documents whose names sort by their age. Of these no types are generated.
//! `results/wire.md` is the report.

#[path = "../differential/draw/mod.rs"]
mod draw;
mod explain;
#[path = "../differential/mutate.rs"]
mod mutate;

use draw::Draw;
use explain::{Explained, Verdict};
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen_cli::diff::{Deliveries, Diff, between};
use webhook_conformance::plan::Document;
use webhook_conformance::{Held, Read, documents, folder, heal, receive, skipped};

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
    let generated = documents();
    for two in EDITIONS.iter().flat_map(|editions| editions.windows(2)) {
        // Either way: what one edition adds, the other lacks.
        for [old, new] in [[two[0], two[1]], [two[1], two[0]]] {
            let file = |name: &str| corpus.join("adyen").join(format!("{name}.json"));
            let is_new = |document: &&Document| document.sender == "adyen" && document.name == format!("{new}.json");
            let types = generated.iter().find(is_new).expect("the build script generated all of the corpus");
            tallies.push(measure(&file(old), &file(new), Some(&types.provider), &payloads));
        }
    }
    let report = report(&tallies);
    println!("{report}");
    for two in further().windows(2) {
        let tally = measure(&two[0], &two[1], None, &[]);
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
    refused_by_types: usize,
    breaks: usize,
    problems: Vec<String>,
}

/// Puts bodies of one edition to the document and the types of another one.
fn measure(old: &Path, new: &Path, types: Option<&str>, payloads: &[Value]) -> Tally {
    let diff = |old, new| between(old, new).unwrap_or_else(|failure| panic!("{failure}"));
    let diffs = [(Deliveries::Stored, diff(old, new)), (Deliveries::New, diff(new, old))];
    let read = |path: &Path| serde_json::from_slice::<Value>(&fs::read(path).expect("a document")).expect("JSON");
    let (before, after) = (read(old), read(new));
    let (old_registry, new_registry) = (registry(&before), registry(&after));
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut tally = Tally { pair: format!("{} → {}", name(old), name(new)), ..Tally::default() };
    tally.breaks = breaks(&diffs[0]);
    for (key, schema) in webhooks(&before) {
        tally.webhooks += 1;
        let Some((_, now)) = webhooks(&after).into_iter().find(|(other, _)| *other == key) else {
            let is_reported =
                diffs[0].1.changes.iter().any(|change| !change.wire.is_empty() && change.path.starts_with("Event::"));
            tally.problems.extend((!is_reported).then(|| format!("{}: {key} is gone, and nobody says so", tally.pair)));
            continue;
        };
        let (validator, stricter) = (validator(&old_registry, &schema), validator(&new_registry, &now));
        let of_file = |payload: &&Value| payload["spec"] == format!("{}.json", name(old)) && payload["webhook"] == key;
        let known: Vec<_> = payloads.iter().filter(of_file).map(|payload| payload["payload"].clone()).collect();
        tally.payloads += known.len();
        let drawn = drawn(&before, &schema, &key);
        for body in known.iter().chain(&drawn).filter(|body| validator.is_valid(body)) {
            tally.drawn += 1;
            if stricter.is_valid(body) {
                continue;
            }
            tally.refused += 1;
            let read = types.map(|types| receive(types, &key, body));
            tally.refused_by_types += usize::from(matches!(read, Some(Read::Refused(_))));
            for (deliveries, diff) in &diffs {
                let explained = Explained { diff, deliveries: *deliveries, document: &after, body: &now };
                let problem = problem(&explained, &stricter, body, read.as_ref());
                let at = |problem: String| format!("{} ({deliveries:?}): {key}: {problem}: {body}", tally.pair);
                tally.problems.extend(problem.map(at));
            }
        }
    }
    tally
}

fn breaks((deliveries, diff): &(Deliveries, Diff)) -> usize {
    let is_break = |wire: &[webhook_codegen_cli::diff::Mismatch]| wire.iter().any(|one| one.deliveries == *deliveries);
    diff.changes.iter().filter(|change| is_break(&change.wire)).count()
}

/// What is wrong with what is said of a body that a schema refuses.
fn problem(explained: &Explained<'_>, validator: &Validator, body: &Value, read: Option<&Read>) -> Option<String> {
    match (explained.verdict(validator, body), read) {
        (Err(place), _) => Some(format!("nothing explains {place}")),
        (Ok(Verdict { is_wire: false, .. }), Some(Read::Refused(violations))) => {
            Some(format!("the types refuse what is listed as compatible, {violations:?}"))
        }
        (Ok(Verdict { is_compatible: false, .. }), Some(Read::Taken { held: Held::Typed, .. })) => {
            Some("the types take what is listed as a wire break only".to_owned())
        }
        (Ok(_), Some(Read::Panicked)) => Some("the types panic".to_owned()),
        (Ok(_), _) => None,
    }
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

const HEAD: &str = "# Wire breaks against the `jsonschema` crate and the types

Written by `tests/wire`. Bodies that the first edition's document takes: the corpus' payloads, and draws from its schemas.
Each that the other edition's document refuses is explained by a listed change at that place, whichever of the two is the
old one; and that change breaks the wire exactly if the types of the other edition refuse the body.

| pair | webhooks | payloads | bodies valid before | of these refused now | explained | refused by the types | wire breaks listed |
|---|--:|--:|--:|--:|--:|--:|--:|
";

fn report(tallies: &[Tally]) -> String {
    let rows: String = tallies.iter().map(|tally| row(tally) + "\n").collect();
    format!("{HEAD}{rows}")
}

fn row(tally: &Tally) -> String {
    let Tally { pair, webhooks, payloads, drawn, refused, refused_by_types, breaks, problems } = tally;
    let explained = refused.saturating_sub(problems.len());
    let mut row = String::new();
    _ = write!(
        row,
        "| {pair} | {webhooks} | {payloads} | {drawn} | {refused} | {explained} | {refused_by_types} | {breaks} |"
    );
    row
}
