//! What a crate says of its own code does not fail what it includes: strict lints, warnings denied, a private module, and
//! dependencies under other names.

use std::path::Path;
use std::process::Command;
use std::{env, fs};
use webhook_codegen::Config;

const MANIFEST: &str = r#"[package]
name = "including"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
codec = { package = "serde", version = "1", default-features = false, features = ["std"] }
hooks-rt = { package = "webhook-runtime", path = "RUNTIME" }

[lints.rust]
missing_docs = "deny"

[lints.clippy]
absolute_paths = "deny"
nursery = { level = "deny", priority = -1 }
pedantic = { level = "deny", priority = -1 }

[workspace]
"#;

const MAIN: &str = r##"//! A program that uses a part of what it includes.
#![deny(warnings)]

#[allow(dead_code, reason = "a program that matches one event uses a part")]
mod webhooks;

fn main() {
    let event = webhooks::shop::Event::from_slice(br#"{"type": "order.paid", "by": {"id": 1}}"#).expect("it fits");
    println!("{}", event.event_type());
}
"##;

#[test]
fn included_code_is_quiet_under_strict_lints_and_calls_crates_by_other_names() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("including");
    write_crate(&folder);
    cargo(&folder, &["clippy", "--quiet", "--offline"]);
    assert_eq!(cargo(&folder, &["run", "--quiet", "--offline"]), "order.paid\n");
}

fn write_crate(folder: &Path) {
    let config = Config::new("tests/event_groups").runtime_path("::hooks_rt").serde_path("::codec");
    let generated = config.generate().unwrap_or_else(|failure| panic!("{failure}"));
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let runtime = repository.join("runtime").canonicalize().expect("it is beside the generator");
    let manifest = MANIFEST.replace("RUNTIME", runtime.to_str().expect("cargo's own paths are UTF-8"));
    // The versions that are here already: there may be no way to ask for others.
    let lock = fs::read(repository.join("Cargo.lock")).expect("the workspace has one");
    fs::create_dir_all(folder.join("src")).expect("a folder of this test");
    for (file, text) in [
        ("Cargo.toml", manifest.into_bytes()),
        ("Cargo.lock", lock),
        ("src/main.rs", MAIN.into()),
        ("src/webhooks.rs", generated.files.single().into_bytes()),
    ] {
        fs::write(folder.join(file), text).expect("a folder of this test");
    }
}

fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env::var_os("CARGO").expect("cargo runs the tests"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints text")
}
