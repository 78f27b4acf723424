//! Broken specifications, and what is said about them: a folder each in `tests/diagnostics`, and the text beside it.
//!
//! `UPDATE_GOLDENS=1 cargo test -p webhook-codegen --test diagnostics` writes the texts anew.

use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen::diagnostics::{Style, render};
use webhook_goldens::Goldens;

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/diagnostics").expect("the folder of the cases");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

fn said_about(specs: &Path) -> String {
    match webhook_codegen::Config::new(specs).features().generate() {
        Ok(generated) if generated.warnings.is_empty() => "nothing\n".to_owned(),
        Ok(generated) => render(&generated.warnings, &generated.sources, Style::PLAIN),
        Err(failure) => failure.to_string(),
    }
}

#[test]
fn every_broken_specification_is_explained() {
    let mut goldens = Goldens::new();
    cases().iter().for_each(|case| goldens.compare(case.with_extension("txt"), &said_about(case)));
    goldens.assert();
}

/// A finding without a line is of little use in a long document.
#[test]
fn every_finding_within_a_file_has_its_line() {
    for case in cases() {
        let Err(failure) = webhook_codegen::Config::new(&case).features().generate() else { continue };
        let json = render(&failure.diagnostics, &failure.sources, Style::Json);
        for line in json.lines() {
            let found: serde_json::Value = serde_json::from_str(line).expect("a JSON object in each line");
            let is_about_a_place = !found["pointer"].as_str().unwrap_or_default().is_empty();
            assert!(!is_about_a_place || found["line"].is_u64(), "{}: {line}", case.display());
        }
    }
}

#[test]
fn an_object_each_for_programs() {
    let failure = webhook_codegen::Config::new("tests/diagnostics/overlay_places").features().generate().unwrap_err();
    let json = render(&failure.diagnostics, &failure.sources, Style::Json);
    let found: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(found.len(), failure.diagnostics.len());
    let expected = serde_json::json!({
        "severity": "error",
        "kind": null,
        "file": "tests/diagnostics/overlay_places/shop/overlay.yaml",
        "line": 8,
        "column": 15,
        "end_line": 8,
        "end_column": 20,
        "pointer": "/actions/0/update/price/type",
        "document": "tests/diagnostics/overlay_places/shop/order.yaml#/components/schemas/Order/properties/price/type",
        "message": found[1]["message"],
        "help": found[1]["help"],
    });
    assert_eq!(found[1], expected);
    let failure = webhook_codegen::Config::new("tests/diagnostics/no_document").features().generate().unwrap_err();
    let json = render(&failure.diagnostics, &failure.sources, Style::Json);
    let whole: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&whole["line"], &whole["pointer"]), (&serde_json::Value::Null, &"".into()));
}

#[test]
fn an_empty_folder_and_a_missing_one() {
    let specs = tempfile::tempdir().unwrap();
    assert!(said_about(specs.path()).contains("the folder holds no provider"));
    let provider = specs.path().join("shop");
    fs::create_dir(&provider).unwrap();
    let said = said_about(specs.path());
    assert!(said.contains("the folder holds no OpenAPI document") && said.contains("shop"), "{said}");
    let said = said_about(&specs.path().join("missing"));
    assert!(said.contains("the folder cannot be read") && said.contains("missing"), "{said}");
}

#[test]
fn a_line_each_for_build_scripts() {
    let failure = webhook_codegen::Config::new("tests/diagnostics/several_files").features().generate().unwrap_err();
    let lines = render(&failure.diagnostics, &failure.sources, Style::Lines);
    assert_eq!(lines.lines().count(), failure.diagnostics.len());
    let expected =
        "tests/diagnostics/several_files/b/provider.yaml:1:1 (#/titel): unknown key `titel`; did you mean `title`?";
    assert!(lines.lines().any(|line| line.starts_with(expected)), "{lines}");
}
