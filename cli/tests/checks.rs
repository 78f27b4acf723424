//! Documents of which only `check` complains: a folder each in `tests/checks`, and what is said beside it.
//!
//! `UPDATE_GOLDENS=1 cargo test -p webhook-codegen-cli --test checks` writes the texts anew.

use std::fs;
use webhook_codegen::Config;
use webhook_codegen::diagnostics::{Style, render};
use webhook_codegen_cli::check;

/// Only what `check` says beyond the warnings of generating.
#[test]
fn every_check_is_explained() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    let entries = fs::read_dir("tests/checks").expect("the folder of the cases");
    let cases = entries.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir());
    let mut wrong = Vec::new();
    for case in cases {
        let golden = case.with_extension("txt");
        let actual = match check::generate(&Config::new(&case)) {
            Ok((generated, checks)) => render(&checks, &generated.sources, Style::Plain),
            Err(failure) => failure.to_string(),
        };
        if update {
            fs::write(&golden, &actual).expect("the folder is writable");
        }
        let expected = fs::read_to_string(&golden).unwrap_or_else(|error| panic!("{}: {error}", golden.display()));
        if actual != expected {
            wrong.push(format!("{}\n--- expected\n{expected}--- actual\n{actual}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
