//! The types that are generated of a draft, compiled, beside what the model says they accept.

use crate::draft::Draft;
use crate::providers::{Body, Provider};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

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

[workspace]

[features]
default = ["draft"]
draft = []
draft-verify = ["draft", "webhook-runtime/hmac"]
"#;

/// Prints for each line of a file whether its body is typed and comes back equal.
const PROGRAM: &str = r#"
#[path = "generated/lib.rs"]
pub mod generated;
use serde_json::Value;
fn main() {
    let file = std::env::args().nth(1).expect("a file");
    for line in std::fs::read_to_string(file).expect("it can be read").lines() {
        let row: Value = serde_json::from_str(line).expect("a line is JSON");
        let (event, body) = (row["event"].as_str().expect("a text"), &row["body"]);
        let read = webhook_runtime::event::from_slice_as::<generated::draft::Event>(event, body.to_string().as_bytes());
        let again = read.ok().filter(|event| !format!("{event:?}").starts_with("Unknown("));
        let again = again.map(|event| serde_json::to_value(&event).expect("it can be written"));
        println!("{}", again.is_some_and(|again| again == *body));
    }
}
"#;

/// Compiles what is generated of the draft, and gives for each body whether it comes back equal.
pub fn comes_back(provider: &Provider, draft: &Draft, bodies: &[&Body]) -> Vec<bool> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("leave-out-{}", provider.name));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = workspace.join("runtime").canonicalize().expect("it is in the workspace");
    let generated = draft.generated();
    generated.files.sync(&folder.join("src/generated")).expect("it can be written");
    let manifest = MANIFEST.replace("RUNTIME", &runtime.display().to_string());
    fs::write(folder.join("Cargo.toml"), manifest).expect("it can be written");
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the workspace has one");
    fs::write(folder.join("src/main.rs"), PROGRAM).expect("it can be written");
    let row = |body: &&Body| {
        let event = draft.event(body).expect("only bodies of drafted events are compared");
        json!({"event": event.event_type, "body": body.payload}).to_string() + "\n"
    };
    let rows = folder.join("bodies.jsonl");
    fs::write(&rows, bodies.iter().map(row).collect::<String>()).expect("it can be written");
    printed(&folder, &rows).iter().map(|line| *line == Value::Bool(true)).collect()
}

fn printed(folder: &Path, rows: &Path) -> Vec<Value> {
    let cargo = std::env::var_os("CARGO").expect("cargo runs the tests");
    let mut run = Command::new(cargo);
    run.args(["run", "--quiet", "--offline", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    let output = run.arg("--").arg(rows).env("CARGO_TARGET_DIR", folder.join("target")).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("it prints text");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is true or false")).collect()
}
