//! The workshop: `generated/` is what the generator makes of `specs/`, and nothing else.

#[path = "support/tree.rs"]
mod tree;

use std::fs;
use std::path::Path;
use webhook_codegen::diagnostics::{Style, render};
use webhook_codegen::{Config, Generated};

fn generated() -> Generated {
    Config::new("specs").features().generate().unwrap_or_else(|failure| panic!("{failure}"))
}

/// Heals first and fails then: the second run passes, and the change is there to be looked at.
#[test]
fn what_is_checked_in_is_what_the_generator_makes() {
    let changes = generated().files.sync(Path::new("generated/src")).expect("generated/src can be written");
    assert!(changes.is_empty(), "generated/src was stale or edited by hand, and is now regenerated: {changes:#?}");
}

#[test]
fn two_runs_make_the_same_bytes() {
    let copy = tempfile::tempdir().expect("a temporary folder");
    let elsewhere = copy.path().join("specs");
    tree::write(&tree::read(Path::new("specs")), &elsewhere);
    let first = generated().files;
    assert_eq!(generated().files, first);
    let there = Config::new(&elsewhere).features().generate().unwrap_or_else(|failure| panic!("{failure}")).files;
    assert_eq!(there, first, "it does not matter where the folder is");
}

#[test]
fn our_own_specs_give_no_warnings() {
    let generated = generated();
    let text = render(&generated.warnings, &generated.sources, Style::Lines);
    assert_eq!(text, "");
}

fn manifest(file: &str) -> toml::Table {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    text.parse().unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn the_two_manifests_say_the_same() {
    let workshop = manifest("Cargo.toml");
    let mut crate_itself = manifest("generated/Cargo.toml");
    let runtime = &mut crate_itself["dependencies"]["webhook-runtime"]["path"];
    assert_eq!(runtime.as_str(), Some("../runtime"));
    *runtime = "runtime".into();
    for table in ["dependencies", "features"] {
        assert_eq!(workshop[table], crate_itself[table], "[{table}] of Cargo.toml and generated/Cargo.toml");
    }
    assert_eq!(workshop["lib"]["name"], crate_itself["lib"]["name"]);
    // Without it, no command of cargo's reads the manifest once `generated/src` is gone, not even one that writes it anew.
    assert_eq!(crate_itself["lib"]["path"].as_str(), Some("src/lib.rs"));
    for key in ["version", "edition", "rust-version", "license", "repository"] {
        assert_eq!(workshop["workspace"]["package"][key], crate_itself["package"][key], "{key}");
    }
}

#[test]
fn every_provider_has_a_feature_that_is_on() {
    let features = &manifest("generated/Cargo.toml")["features"];
    let providers: Vec<_> = webhook_events::Provider::ALL.iter().map(|provider| provider.as_str()).collect();
    let on: Vec<_> = features["default"].as_array().expect("a list").iter().filter_map(toml::Value::as_str).collect();
    assert_eq!(on, providers);
    assert!(providers.iter().all(|provider| features.get(*provider).is_some()));
}

/// A package holds what is below its manifest: without texts of its own there it has no licence.
#[test]
fn every_package_brings_its_licences_and_a_readme() {
    for package in ["cli", "codegen", "generated", "runtime"] {
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let text = |folder: &str| fs::read(Path::new(folder).join(licence)).expect("a licence can be read");
            assert!(text(package) == text("."), "{package}/{licence}");
        }
        let readme = &manifest(&format!("{package}/Cargo.toml"))["package"]["readme"];
        let readme = Path::new(package).join(readme.as_str().expect("a file's name"));
        assert!(readme.is_file(), "{}", readme.display());
    }
}
