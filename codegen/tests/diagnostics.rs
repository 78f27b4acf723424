//! Broken specifications, and what is said about them: a folder each in `tests/diagnostics`, and the text beside it.
//!
//! `UPDATE_GOLDENS=1 cargo test -p webhook-codegen --test diagnostics` writes the texts anew.

use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen::diagnostics::{Style, render};

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/diagnostics").expect("the folder of the cases");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

fn said_about(specs: &Path) -> String {
    match webhook_codegen::generate(specs) {
        Ok(_) => "nothing\n".to_owned(),
        Err(failure) => failure.to_string(),
    }
}

#[test]
fn every_broken_specification_is_explained() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let golden = case.with_extension("txt");
        let actual = said_about(&case);
        if update {
            fs::write(&golden, &actual).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if actual != expected {
            wrong.push(format!("{}\n--- expected\n{expected}--- actual\n{actual}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
    let failure = webhook_codegen::generate("tests/diagnostics/several_files").unwrap_err();
    let lines = render(&failure.diagnostics, &failure.sources, Style::Lines);
    assert_eq!(lines.lines().count(), failure.diagnostics.len());
    let expected =
        "tests/diagnostics/several_files/b/provider.yaml:1:1 (#/titel): unknown key `titel`; did you mean `title`?";
    assert!(lines.lines().any(|line| line.starts_with(expected)), "{lines}");
}
