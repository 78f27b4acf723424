//! Documents of which only `check` complains: a folder each in `tests/checks`, and what is said beside it.
//!
//! `UPDATE_GOLDENS=1 cargo test -p webhook-codegen-cli --test checks` writes the texts anew.

use std::fs;
use webhook_codegen::Config;
use webhook_codegen::diagnostics::{Style, render};
use webhook_codegen_cli::check;
use webhook_goldens::Goldens;

/// Only what `check` says beyond the warnings of generating.
#[test]
fn every_check_is_explained() {
    let entries = fs::read_dir("tests/checks").expect("the folder of the cases");
    let cases = entries.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir());
    let mut goldens = Goldens::new();
    for case in cases {
        let actual = match check::generate(&Config::new(&case)) {
            Ok((generated, checks)) => render(&checks, &generated.sources, Style::PLAIN),
            Err(failure) => failure.to_string(),
        };
        goldens.compare(case.with_extension("txt"), &actual);
    }
    goldens.assert();
}
