//! The command as a process: what it prints where, and its exit status.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_webhook-codegen"));
    command.args(arguments).output().expect("cargo built it")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("all of it is UTF-8")
}

fn tree(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn generates_then_is_up_to_date_then_stale() {
    let dir = tempfile::tempdir().unwrap();
    let specs = dir.path().join("specs");
    fs::create_dir_all(specs.join("shop")).unwrap();
    let document = r#"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "webhooks": {"sold": {"post":
        {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {
            "type": {"const": "sold"}, "id": {"type": "string"}}, "required": ["type", "id"]}}}},
        "responses": {"200": {"description": "Thanks"}}}}}}"#;
    fs::write(specs.join("shop/order.json"), document).unwrap();
    let out = dir.path().join("src");
    let (specs, out_text) = (specs.to_str().unwrap(), out.to_str().unwrap());

    let generated = run(&["generate", "--specs", specs, "--out", out_text]);
    assert_eq!(generated.status.code(), Some(0), "{}", text(&generated.stderr));
    assert!(text(&generated.stdout).contains("lib.rs"));
    let before = tree(&out);
    let check = ["check", "--specs", specs, "--out", out_text];
    assert_eq!(run(&check).status.code(), Some(0));
    assert_eq!(run(&check[..3]).status.code(), Some(0));

    fs::write(out.join("old.rs"), "// @generated\n").unwrap();
    let stale = run(&check);
    assert_eq!(stale.status.code(), Some(1));
    assert!(text(&stale.stdout).contains("old.rs"));
    assert_eq!(run(&["generate", "--specs", specs, "--out", out_text]).status.code(), Some(0));
    assert_eq!(tree(&out), before);
}

#[test]
fn what_is_wrong_goes_to_stderr_and_nothing_is_written() {
    let out = tempfile::tempdir().unwrap();
    let specs = "tests/diagnostics/several_files";
    let failed = run(&["generate", "--specs", specs, "--out", out.path().to_str().unwrap()]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(text(&failed.stderr).contains("--> tests/diagnostics/several_files/b/provider.yaml:1:1"));
    assert_eq!(text(&failed.stdout), "");
    assert!(tree(out.path()).is_empty());
}

#[test]
fn for_programs_stdout_holds_only_objects() {
    let out = tempfile::tempdir().unwrap();
    let out_text = out.path().to_str().unwrap();
    let specs = "tests/diagnostics/warning_unknown_keyword";
    let objects = |output: &Output| -> Vec<serde_json::Value> {
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
    };
    let generated = run(&["generate", "--specs", specs, "--out", out_text, "--format", "json"]);
    assert_eq!(generated.status.code(), Some(0));
    assert!(text(&generated.stderr).contains("lib.rs"));
    let found = objects(&generated);
    assert!(found.iter().all(|one| one["severity"] == "warning" && one["line"].is_u64()) && !found.is_empty());
    let failed = run(&["check", "--specs", "tests/diagnostics/several_files", "--format", "json"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(objects(&failed).iter().any(|one| one["severity"] == "error"));
    assert!(!text(&failed.stderr).contains("several_files"));
}

#[test]
fn warnings_can_be_the_answer_no() {
    let check = |specs: &str| run(&["check", "--specs", specs, "--deny", "warnings"]);
    let warned = check("tests/diagnostics/warning_unknown_keyword");
    assert_eq!(warned.status.code(), Some(1));
    assert!(text(&warned.stdout).contains("--deny warnings"), "{}", text(&warned.stdout));
    assert_eq!(check("tests/diagnostics/overlay_that_fits").status.code(), Some(0));
    assert_eq!(check("tests/checks/formats").status.code(), Some(1));
    assert_eq!(check("tests/checks/fine").status.code(), Some(0));
    assert_eq!(check("tests/diagnostics/several_files").status.code(), Some(2));
    assert_eq!(run(&["check", "--specs", "tests/diagnostics/warning_unknown_keyword"]).status.code(), Some(0));
}

#[test]
fn every_task_explains_itself_with_an_example() {
    for task in ["generate", "check", "features"] {
        let help = run(&[task, "--help"]);
        assert_eq!(help.status.code(), Some(0));
        let example = format!("Example:\n  webhook-codegen {task} --specs");
        assert!(text(&help.stdout).contains(&example), "{}", text(&help.stdout));
        assert!(text(&help.stdout).contains("end_column"), "{}", text(&help.stdout));
    }
    assert_eq!(run(&["generate"]).status.code(), Some(2));
}

#[test]
fn a_catalogue_is_written_where_nothing_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("events");
    let out_text = out.to_str().unwrap();
    let catalog =
        |specs: &str, format: &str| run(&["catalog", "--specs", specs, "--out", out_text, "--format", format]);
    let failed = catalog("tests/diagnostics/several_files", "html");
    assert_eq!(failed.status.code(), Some(2));
    assert!(text(&failed.stderr).contains("provider.yaml:1:1") && !out.exists());
    for (format, names) in [("html", &["index.html", "shop.html"][..]), ("markdown", &["README.md", "shop.md"])] {
        let written = catalog("tests/catalog/specs", format);
        assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
        names.iter().for_each(|name| assert!(text(&written.stdout).contains(name) && out.join(name).is_file()));
        assert!(text(&catalog("tests/catalog/specs", format).stdout).starts_with("0 of 2 files changed"));
    }
    assert_eq!(catalog("tests/catalog/specs", "pdf").status.code(), Some(2));
    let since = ["catalog", "--specs", "tests/catalog/specs", "--out", out_text, "--diff"];
    assert_eq!(run(&[&since[..], &["tests/catalog/old"]].concat()).status.code(), Some(0));
    assert!(fs::read_to_string(out.join("shop.html")).unwrap().contains("a body without it is refused"));
    assert_eq!(run(&[&since[..], &["git:no-such-revision:specs"]].concat()).status.code(), Some(2));
    let help = run(&["catalog", "--help"]);
    assert!(text(&help.stdout).contains("Examples:\n  webhook-codegen catalog --specs"), "{}", text(&help.stdout));
}

#[test]
fn examples_that_are_not_what_their_schema_says_are_shown() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("shop")).unwrap();
    let document = r#"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "webhooks": {"sold": {"post":
        {"requestBody": {"content": {"application/json": {
            "schema": {"type": "object", "required": ["type", "lines"], "properties": {
                "type": {"const": "sold"}, "note": {"type": ["string", "null"]},
                "lines": {"type": "array", "items": {"type": "object", "properties": {"count": {"type": "integer"}}}}}},
            "examples": {
                "fine": {"value": {"type": "sold", "note": null, "lines": [{"count": 1, "more": 2}]}},
                "wrong": {"value": {"type": "lent", "lines": [{"count": "1"}]}},
                "short": {"value": {"type": "sold", "note": 5}}}}}}}}}}"#;
    fs::write(dir.path().join("shop/order.json"), document).unwrap();
    let check = ["check", "--specs", dir.path().to_str().unwrap(), "--deny", "warnings"];
    let denied = run(&check);
    let shown = text(&denied.stderr);
    assert_eq!(denied.status.code(), Some(1), "{shown}");
    for expected in ["wrong/value/type", "wrong/value/lines/0/count", "short/value/note", "lacks the key `lines`"] {
        assert!(shown.contains(expected), "{expected} in {shown}");
    }
    assert!(!shown.contains("fine/value"), "{shown}");
    assert_eq!(run(&check[..3]).status.code(), Some(0));
}

#[test]
fn schemas_that_became_any_json_are_listed_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("shop")).unwrap();
    let document = r#"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "webhooks": {"sold": {"post":
        {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {
            "typed": {"type": "string"}, "null": {"type": "null"}, "any": {}, "described": {"description": "Any."},
            "code": {"pattern": "^a"}, "never": false, "torn": {"allOf": [{"type": "string"}, {"type": "null"}]}
        }}}}}}}}}"#;
    fs::write(dir.path().join("shop/order.json"), document).unwrap();
    let specs = dir.path().to_str().unwrap();
    let reported = run(&["check", "--specs", specs, "--report-untyped"]);
    assert_eq!(reported.status.code(), Some(0));
    let lines: Vec<_> = text(&reported.stdout).lines().collect();
    let [code, never, torn, count, _] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(
        code.contains("order.json:4:21 (#/webhooks/sold/post") && code.contains("`pattern` without a type"),
        "{code}"
    );
    assert!(never.contains("/properties/never)") && torn.contains("no value fits"), "{never}\n{torn}");
    assert_eq!(*count, "3 schemas became any JSON though they say more");
    assert!(!text(&run(&["check", "--specs", specs]).stdout).contains("became"));

    let objects = run(&["check", "--specs", specs, "--report-untyped", "--format", "json"]);
    let pointers = text(&objects.stdout).lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    assert_eq!(pointers.filter(|one| one["pointer"].as_str().unwrap().ends_with("/properties/code")).count(), 1);
}
