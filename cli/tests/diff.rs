//! One change each: a folder in `tests/diff` with the documents of both sides, and what is said about them. What
//! is on both sides is a document, or a folder of them.
//!
//! `UPDATE_GOLDENS=1 cargo test -p webhook-codegen-cli --test diff` writes the texts anew.

use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen_cli::diff::{Bump, Diff, Verdict, between, render};
use webhook_goldens::Goldens;

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/diff").expect("the folder of the cases");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    cases.sort();
    cases
}

/// `old` or `new`: a document, or a folder.
fn side(case: &Path, name: &str) -> PathBuf {
    let document = case.join(format!("{name}.yaml"));
    if document.exists() { document } else { case.join(name) }
}

fn diff(case: &Path) -> Diff {
    between(&side(case, "old"), &side(case, "new")).unwrap_or_else(|failure| panic!("{}: {failure}", case.display()))
}

#[test]
fn every_kind_of_change_is_explained() {
    let mut goldens = Goldens::new();
    for case in cases() {
        let folder = format!("{}/", case.display());
        goldens.compare(case.join("expected.txt"), &render::text(&diff(&case), false).replace(&folder, ""));
    }
    goldens.assert();
}

/// What is added one way is removed the other, and nothing is both compatible and not there.
#[test]
fn the_way_back_is_a_change_too() {
    for case in cases() {
        let back = between(&side(&case, "new"), &side(&case, "old")).expect("both sides can be read");
        assert_eq!(diff(&case).changes.is_empty(), back.changes.is_empty(), "{}", case.display());
    }
}

#[test]
fn a_document_against_itself_is_no_change() {
    let sides = cases().into_iter().flat_map(|case| ["old", "new"].map(|name| side(&case, name)));
    let mut without_webhooks = 0;
    for path in sides {
        match between(&path, &path) {
            Ok(diff) => assert_eq!(diff, Diff::default(), "{}", path.display()),
            // One side may have none, but two are most likely not the documents that were meant.
            Err(_) => without_webhooks += 1,
        }
    }
    assert_eq!(without_webhooks, 2);
}

#[test]
fn every_change_has_its_locations() {
    for case in cases() {
        for change in diff(&case).changes {
            assert!(change.old.is_some() || change.new.is_some(), "{}: {change:?}", case.display());
        }
    }
}

#[test]
fn items_find_their_changes() {
    let diff = diff(Path::new("tests/diff/field_required"));
    let of = |item| diff.of("new", item).map(|change| change.verdict()).collect::<Vec<_>>();
    assert_eq!(of("new::Order"), [Verdict::Source]);
    assert_eq!(of("new::Order.note"), [Verdict::Source]);
    assert_eq!(of("new::Ord"), []);
    assert_eq!(diff.bump(), Bump::Major);
}

/// The same changes for a pull request, for programs and for a CHANGELOG.
#[test]
fn every_format_has_its_golden() {
    let case = Path::new("tests/diff/several_at_once");
    let diff = diff(case);
    let written = [
        ("md", render::markdown(&diff)),
        ("jsonl", render::json(&diff)),
        ("changelog.md", render::changelog(&diff)),
        ("summary.txt", render::summary(&diff)),
    ];
    let mut goldens = Goldens::new();
    for (extension, text) in written {
        goldens.compare(case.join(format!("expected.{extension}")), &text.replace("tests/diff/several_at_once/", ""));
    }
    goldens.assert();
}

#[test]
fn the_documentation_shows_what_comes_out() {
    let page = fs::read_to_string("../docs/update.md").expect("it is in the repository");
    let shown = fs::read_to_string("tests/diff/the_documentation_shows/expected.txt").expect("it is checked in");
    assert!(page.contains(&shown), "docs/update.md shows something else than\n{shown}");
}
