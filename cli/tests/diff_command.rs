//! `diff` as a process: what it takes, what it prints where, and its exit status.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const COMMAND: &str = env!("CARGO_BIN_EXE_webhook-codegen");

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(COMMAND).args(arguments).current_dir(folder).output().expect("cargo built it")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("all of it is UTF-8")
}

fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(who).args(arguments).current_dir(folder).output().expect("git is there");
    assert!(output.status.success(), "git {arguments:?}: {}", text(&output.stderr));
}

/// A repository with `specs/shop/order.yaml` committed, and a stricter one on top.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder of this test");
    let case = Path::new("tests/diff/field_required");
    let document = folder.path().join("specs/shop/order.yaml");
    fs::create_dir_all(document.parent().expect("this test wrote it")).expect("this test wrote it");
    fs::copy(case.join("old.yaml"), &document).expect("this test wrote it");
    fs::write(folder.path().join("notes.md"), "Nothing of ours.").expect("this test wrote it");
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "-m", "first"]);
    git(folder.path(), &["checkout", "--quiet", "-b", "next"]);
    fs::copy(case.join("new.yaml"), &document).expect("this test wrote it");
    folder
}

#[test]
fn what_was_committed_against_what_is_there() {
    let folder = repository();
    let diff = run(folder.path(), &["diff", "git:main:specs", "specs"]);
    assert_eq!(diff.status.code(), Some(1), "{}", text(&diff.stderr));
    let said = text(&diff.stdout);
    assert!(said.contains("order::Order.note: Option<String> → String"), "{said}");
    assert!(said.contains("git:main:specs/shop/order.yaml:14:9 → specs/shop/order.yaml:14:9"), "{said}");
    assert_eq!(said.lines().last(), Some("major: 1 source"));
    for path in ["git:main:specs/shop", "git:HEAD:./specs/shop/order.yaml", "git:main:"] {
        let new = if path == "git:main:" { "git:next:" } else { path };
        let same = run(folder.path(), &["diff", path, new]);
        let is_root = path == "git:main:";
        assert_eq!(same.status.code(), Some(if is_root { 2 } else { 0 }), "{path}: {}", text(&same.stderr));
        assert_eq!(text(&same.stdout), "", "{path}");
    }
}

#[test]
fn a_committed_document_has_its_parts() {
    let folder = tempfile::tempdir().expect("a folder of this test");
    for file in ["order.yaml", "schemas/Order.yaml", "schemas/Money.yaml"] {
        let copy = folder.path().join("shop").join(file);
        fs::create_dir_all(copy.parent().expect("this test wrote it")).expect("this test wrote it");
        fs::copy(Path::new("tests/diff/part_changed/old").join(file), &copy).expect("this test wrote it");
    }
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "-m", "first"]);
    let changed = fs::read("tests/diff/part_changed/new/schemas/Order.yaml").expect("this test wrote it");
    fs::write(folder.path().join("shop/schemas/Order.yaml"), changed).expect("this test wrote it");
    let diff = run(folder.path(), &["diff", "git:HEAD:shop/order.yaml", "shop/order.yaml"]);
    let said = text(&diff.stdout);
    assert!(said.contains("git:HEAD:shop/schemas/Order.yaml:4:3 → shop/schemas/Order.yaml:3:3"), "{said}");
}

#[test]
fn what_cannot_be_found_is_said() {
    let folder = repository();
    fs::create_dir(folder.path().join("nothing")).expect("this test wrote it");
    for (old, expected) in [
        ("git:v9:specs", "git knows no commit called v9"),
        ("git:--output=x:specs", "git knows no commit called --output=x"),
        ("git:main:spec", "main has no spec"),
        ("git:main", "names no path"),
        ("git:main:notes.md", "main:notes.md holds no document\n  help: one ends in .yaml, .yml or .json"),
        ("git:main:../specs", "error: git says: "),
        ("missing.yaml", "there is no missing.yaml"),
        ("notes.md", "this is not an OpenAPI document\n--> notes.md\n = help: a document ends in .yaml, .yml or .json"),
        ("/dev/null", "this is not an OpenAPI document\n--> /dev/null"),
        ("nothing", "the folder holds no provider\n--> nothing"),
        ("", "a value is required for '<OLD>'"),
    ] {
        let failed = run(folder.path(), &["diff", old, "specs"]);
        assert_eq!(failed.status.code(), Some(2), "{old}");
        assert!(text(&failed.stderr).contains(expected), "{old}: {}", text(&failed.stderr));
        assert_eq!(text(&failed.stdout), "", "{old}");
    }
    let outside = tempfile::tempdir().expect("this test wrote it");
    let failed = run(outside.path(), &["diff", "git:main:specs", "specs"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(text(&failed.stderr).starts_with("error: "), "{}", text(&failed.stderr));
}

#[test]
fn a_broken_document_is_shown_as_it_was_named() {
    let folder = repository();
    fs::write(folder.path().join("specs/shop/order.yaml"), "openapi: [").expect("this test wrote it");
    git(folder.path(), &["commit", "--quiet", "-a", "-m", "broken"]);
    let failed = run(folder.path(), &["diff", "git:next:specs", "git:main:specs"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(text(&failed.stderr).contains("git:next:specs/shop/order.yaml:2:1"), "{}", text(&failed.stderr));
}

#[test]
fn a_document_is_the_same_in_either_syntax() {
    let folder = repository();
    let yaml = fs::read_to_string(folder.path().join("specs/shop/order.yaml")).expect("this test wrote it");
    let value: serde_json::Value = serde_yaml::from_str(&yaml).expect("this test wrote it");
    fs::write(folder.path().join("order.json"), value.to_string()).expect("this test wrote it");
    let same = run(folder.path(), &["diff", "specs/shop/order.yaml", "order.json"]);
    assert_eq!((same.status.code(), text(&same.stdout)), (Some(0), ""), "{}", text(&same.stderr));
}

#[test]
fn every_format_and_the_status() {
    let cases = Path::new("tests/diff");
    let diff = |case: &str, more: &[&str]| {
        let (old, new) = (format!("{case}/old.yaml"), format!("{case}/new.yaml"));
        let output = run(cases, &[&["diff", &old, &new], more].concat());
        (output.status.code(), text(&output.stdout).to_owned())
    };
    let (status, lines) = diff("field_added_required", &["--format", "json"]);
    let objects: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("this test wrote it")).collect();
    let kinds = (&objects[0]["kind"], &objects[1]["kind"], &objects[2]["bump"]);
    assert_eq!((status, kinds), (Some(1), (&"constructor_changed".into(), &"field_added".into(), &"major".into())));
    assert_eq!(diff("field_added_optional", &["--summary"]).0, Some(0));
    assert!(diff("field_removed", &["--format", "markdown"]).1.starts_with("### Webhooks: major"));
    assert!(diff("field_removed", &["--format", "changelog"]).1.starts_with("### Removed"));
    assert_eq!(diff("nothing_but_order", &[]), (Some(0), String::new()));
    let help = run(cases, &["diff", "--help"]);
    assert!(text(&help.stdout).contains("webhook-codegen diff git:main:specs specs"));
}

/// The script of `examples/pull_request`, as a workflow runs it.
#[test]
fn a_pull_request_is_told() {
    let folder = repository();
    git(folder.path(), &["commit", "--quiet", "-a", "-m", "stricter"]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/pull_request/webhooks.sh");
    let tools = Path::new(COMMAND).parent().expect("it is in a folder").as_os_str();
    let path = [tools, &std::env::var_os("PATH").expect("there is one")].join(std::ffi::OsStr::new(":"));
    let mut shell = Command::new("sh");
    let told = shell.arg(script).args(["main", "specs", "src"]).current_dir(folder.path()).env("PATH", path);
    let told = told.output().expect("a shell is there");
    assert_eq!(told.status.code(), Some(1), "{}", text(&told.stderr));
    assert!(text(&told.stdout).contains("| `order::Order.note` | `Option<String> → String`"), "{}", text(&told.stdout));
    assert!(folder.path().join("src/shop/order/mod.rs").exists());
}
