//! What `diff` says of source, put to the compiler: a program that reads every field and matches every variant of the
//! old code compiles against the new code exactly when no change is listed as breaking it.
//!
//! The pairs are those of `tests/diff`, and Adyen's editions where `WEBHOOK_CORPUS` names the corpus.

mod program;
mod scratch;

use scratch::{Package, Scratch};
use std::path::{Path, PathBuf};
use std::{env, fs};
use webhook_codegen_cli::diff::{Diff, between};

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

/// Two sides to compare.
struct Pair {
    name: String,
    old: PathBuf,
    new: PathBuf,
}

/// Cases with a side that has no webhook, and so no code.
const WITHOUT_CODE: [&str; 2] = ["first_webhook", "last_webhook_removed"];

fn cases() -> Vec<Pair> {
    let folders = fs::read_dir("tests/diff").expect("the folder of the cases");
    let mut folders: Vec<_> = folders.map(|entry| entry.expect("readable").path()).collect();
    folders.sort();
    let pair = |folder: &PathBuf| {
        let side = |name: &str| {
            let document = folder.join(format!("{name}.yaml"));
            if document.exists() { document } else { folder.join(name) }
        };
        let name = folder.file_name().expect("it has one").to_string_lossy().into_owned();
        Pair { name, old: side("old"), new: side("new") }
    };
    let pairs = folders.iter().map(pair);
    pairs.filter(|pair| !WITHOUT_CODE.contains(&pair.name.as_str())).collect()
}

fn editions() -> Vec<Pair> {
    let Some(corpus) = env::var_os("WEBHOOK_CORPUS") else {
        webhook_goldens::skipped("Adyen's editions, as WEBHOOK_CORPUS is not set");
        return Vec::new();
    };
    // A relative path starts where the workspace is.
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(corpus);
    let file = |name: &str| corpus.join("adyen").join(format!("{name}.json"));
    let pairs = EDITIONS.iter().flat_map(|editions| editions.windows(2));
    let pairs = pairs.flat_map(|two| [(two[0], two[1]), (two[1], two[0])]);
    let pair = |(old, new): (&str, &str)| {
        let name = format!("{old}_to_{new}").to_lowercase().replace('-', "_");
        Pair { name, old: file(old), new: file(new) }
    };
    pairs.map(pair).collect()
}

#[test]
fn the_compiler_agrees() {
    let pairs: Vec<_> = cases().into_iter().chain(editions()).collect();
    let diffs: Vec<Diff> = pairs
        .iter()
        .map(|pair| between(&pair.old, &pair.new).unwrap_or_else(|failure| panic!("{}: {failure}", pair.name)))
        .collect();
    let mut scratch = Scratch::new();
    for pair in &pairs {
        scratch.add(&Package::new(&pair.name, &pair.old, &pair.new));
    }
    let errors = scratch.check();
    let mut wrong = Vec::new();
    for (pair, diff) in pairs.iter().zip(&diffs) {
        let breaking: Vec<_> = diff.changes.iter().filter(|change| change.source).collect();
        match (errors.get(&pair.name), breaking.is_empty()) {
            (Some(error), true) => wrong.push(format!("{}: nothing is listed, and it fails: {error}", pair.name)),
            (None, false) => wrong.push(format!("{}: it compiles, in spite of {breaking:#?}", pair.name)),
            _ => {}
        }
    }
    println!("{} pairs, {} of which break", pairs.len(), errors.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
