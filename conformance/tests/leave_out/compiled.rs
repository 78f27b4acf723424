//! The types that are generated of drafts, compiled: what they do with bodies, beside what the model says of them.

use crate::draft::Draft;
use crate::providers::Body;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::Command;
use webhook_codegen::Config;

const MANIFEST: &str = r#"[package]
name = "leave-out"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
serde = { version = "1", default-features = false, features = ["std"] }
serde_json = { version = "1", features = ["float_roundtrip", "preserve_order"] }
webhook-runtime = { path = "RUNTIME" }

[profile.dev]
debug = false
incremental = false

[workspace]
"#;

/// Prints for each line of a file whether its body is typed and comes back equal.
const PROGRAM: &str = r#"
#[path = "generated/lib.rs"]
mod generated;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Debug;
use webhook_runtime::Batch;
use webhook_runtime::event::{Event, from_slice_as};

fn event<E: Event + Serialize + Debug>(event_type: &str, body: &Value) -> bool {
    let read = from_slice_as::<E>(event_type, body.to_string().as_bytes());
    read.is_ok_and(|event| is_known(&event) && is_equal(&event, body))
}

fn batch<E: Event + Serialize + Debug>(_: &str, body: &Value) -> bool {
    let Ok(read) = Batch::<E>::from_slice(body.to_string().as_bytes()) else { return false };
    read.iter().all(|item| item.event.as_ref().is_ok_and(is_known)) && is_equal(&read, body)
}

fn is_known<E: Debug>(event: &E) -> bool {
    !format!("{event:?}").starts_with("Unknown(")
}

fn is_equal(read: &impl Serialize, body: &Value) -> bool {
    serde_json::to_value(read).expect("it can be written") == *body
}

fn main() {
    let file = std::env::args().nth(1).expect("a file");
    for line in std::fs::read_to_string(file).expect("it can be read").lines() {
        let row: Value = serde_json::from_str(line).expect("a line is JSON");
        let (event_type, body) = (row["event"].as_str().expect("a text"), &row["body"]);
        println!("{}", match row["draft"].as_str().expect("a text") {
            ARMS
            other => panic!("{other} was not generated"),
        });
    }
}
"#;

/// Compiles one crate of all drafts, and gives for each body of one of them whether it is typed and comes back equal.
pub fn come_back(drafts: &[Draft], bodies: &[(&Draft, &Body)]) -> Vec<bool> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("leave-out");
    write(&folder, drafts);
    let row = |(draft, body): &(&Draft, &Body)| {
        let index = drafts.iter().position(|known| std::ptr::eq(known, *draft)).expect("it is one of them");
        let webhook = draft.webhook(body).expect("only bodies of drafted events are compared");
        json!({"draft": name(index), "event": webhook.key, "body": body.payload}).to_string() + "\n"
    };
    let rows = folder.join("bodies.jsonl");
    fs::write(&rows, bodies.iter().map(row).collect::<String>()).expect("it can be written");
    printed(&folder, &rows).lines().map(|line| line == "true").collect()
}

fn name(index: usize) -> String {
    format!("draft{index}")
}

/// The crate, with a module for each draft. What it depends on stays compiled.
fn write(folder: &Path, drafts: &[Draft]) {
    let (specs, workspace) = (folder.join("specs"), Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    if specs.exists() {
        fs::remove_dir_all(&specs).expect("it can be removed");
    }
    for (index, draft) in drafts.iter().enumerate() {
        draft.write(&specs.join(name(index)));
    }
    let generated = Config::new(&specs).generate().unwrap_or_else(|failure| panic!("{failure}"));
    generated.files.sync(&folder.join("src/generated")).expect("it can be written");
    let arm = |(index, draft): (usize, &Draft)| {
        let reader = if draft.model.has_batches() { "batch" } else { "event" };
        format!("{0:?} => {reader}::<generated::{0}::Event>(event_type, body),\n", name(index))
    };
    let arms: String = drafts.iter().enumerate().map(arm).collect();
    let runtime = workspace.join("runtime").canonicalize().expect("it stands in the workspace");
    let manifest = MANIFEST.replace("RUNTIME", &runtime.display().to_string());
    fs::write(folder.join("Cargo.toml"), manifest).expect("it can be written");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the workspace has one");
    fs::write(folder.join("src/main.rs"), PROGRAM.replace("ARMS", &arms)).expect("it can be written");
}

fn printed(folder: &Path, rows: &Path) -> String {
    let cargo = std::env::var_os("CARGO").expect("cargo runs the tests");
    let mut run = Command::new(cargo);
    run.args(["run", "--quiet", "--offline", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    let output = run.arg("--").arg(rows).env("CARGO_TARGET_DIR", folder.join("target")).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints text")
}
