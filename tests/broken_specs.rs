//! A broken spec is shown with its place, and leaves what was generated before alone.

#[path = "support/tree.rs"]
mod tree;

use std::fs;
use std::path::Path;
use tempfile::TempDir;
use webhook_codegen::diagnostics::{Style, render};

/// A copy of the smaller `specs`, with what is generated from it beside it in `src`.
fn workshop() -> TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder");
    for provider in ["askelephant", "iclosed"] {
        let folder = Path::new("specs").join(provider);
        tree::write(&tree::read(&folder), &copy.path().join(folder));
    }
    regenerate(copy.path()).expect("our own specs are in order");
    copy
}

/// What the build script does.
fn regenerate(workshop: &Path) -> Result<usize, String> {
    let generated = webhook_codegen::Config::new(workshop.join("specs"))
        .features()
        .generate()
        .map_err(|failure| failure.to_string())?;
    generated.files.sync(&workshop.join("src")).map(|changes| changes.len()).map_err(|error| error.to_string())
}

/// Sees that the workshop is refused with all of these words, and that `src` stays as it was.
fn refused(workshop: &Path, words: &[&str]) {
    let before = tree::read(&workshop.join("src"));
    let error = regenerate(workshop).expect_err("it is broken");
    for word in words {
        assert!(error.contains(word), "{word:?} is not in:\n{error}");
    }
    assert!(tree::read(&workshop.join("src")) == before, "src was changed");
}

#[test]
fn what_is_wrong_in_a_file_is_shown_with_its_line_and_column() {
    for (file, old, new, words) in [
        ("askelephant/contact.yaml", "paths: {}", "paths: {]", &["contact.yaml:5:9"][..]),
        (
            "askelephant/contact.yaml",
            "        company:\n          $ref: '#/components/schemas/resource_ref'",
            "        company:\n          $ref: '#/components/schemas/resource_reff'",
            &["contact.yaml:140:17", "resource_reff", "help", "resource_ref"],
        ),
        ("askelephant/provider.yaml", "docs:", "doc:", &["provider.yaml:2:1", "doc", "help", "docs"]),
        (
            "askelephant/provider.yaml",
            "scheme: standard-webhooks",
            "scheme: standard-webhook",
            &["provider.yaml:6:18", "standard-webhook", "help", "standard-webhooks"],
        ),
    ] {
        let workshop = workshop();
        tree::edit(&workshop.path().join("specs").join(file), old, new);
        refused(workshop.path(), words);
    }
}

#[test]
fn a_webhook_whose_event_types_belong_to_another_is_named() {
    let words = ["person.yaml:7:3", "person-created-webhook", "help"];
    let others = "        - v1.contact.updated\n        - v1.contact.deleted\n";
    for removed in ["", others] {
        let workshop = workshop();
        let specs = workshop.path().join("specs/askelephant");
        fs::copy(specs.join("contact.yaml"), specs.join("person.yaml")).expect("a file can be copied");
        tree::edit(&specs.join("person.yaml"), "  contact-created-webhook:\n", "  person-created-webhook:\n");
        tree::edit(&specs.join("person.yaml"), others, others.strip_suffix(removed).expect("all or nothing"));
        let generated = webhook_codegen::Config::new(workshop.path().join("specs"))
            .features()
            .generate()
            .expect("nothing is lost by it");
        let warnings = render(&generated.warnings, &generated.sources, Style::PLAIN);
        assert!(words.iter().all(|word| warnings.contains(word)), "{warnings}");
    }
}

#[test]
fn a_folder_without_a_document_is_named() {
    let workshop = workshop();
    fs::create_dir(workshop.path().join("specs/newcomer")).expect("a folder can be made");
    refused(workshop.path(), &["specs/newcomer", "help"]);
}

#[test]
fn specs_without_a_folder_are_refused() {
    let workshop = workshop();
    fs::remove_dir_all(workshop.path().join("specs")).expect("a folder can be removed");
    refused(workshop.path(), &["specs"]);
    fs::create_dir(workshop.path().join("specs")).expect("a folder can be made");
    refused(workshop.path(), &["specs", "help"]);
}

#[test]
fn everything_that_is_wrong_is_shown_at_once() {
    let workshop = workshop();
    tree::edit(&workshop.path().join("specs/askelephant/provider.yaml"), "docs:", "doc:");
    tree::edit(&workshop.path().join("specs/iclosed/provider.yaml"), "title:", "titel:");
    tree::edit(&workshop.path().join("specs/iclosed/calls.yaml"), "openapi: 3.1.0", "openapi: {3.1.0");
    refused(workshop.path(), &["askelephant/provider.yaml", "iclosed/provider.yaml", "iclosed/calls.yaml"]);
}

#[test]
fn somebodys_own_file_in_the_way_is_named_and_kept() {
    let workshop = workshop();
    fs::write(workshop.path().join("src/iclosed/mod.rs"), "// My own.\n").expect("a file can be written");
    let contact = workshop.path().join("specs/askelephant/contact.yaml");
    tree::edit(&contact, "description: Contact given name.", "description: Given name.");
    refused(workshop.path(), &["src/iclosed/mod.rs"]);
}
