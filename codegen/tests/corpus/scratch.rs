//! The crate that the corpus becomes, in a folder of its own that outlives the run, so that cargo finds what it built.

use crate::documents::Corpus;
use serde_json::Value;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use webhook_codegen::Generated;
use webhook_codegen::files::Files;

const MANIFEST: &str = r#"[package]
name = "corpus"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
serde = { version = "1", default-features = false, features = ["std"] }
webhook-runtime = { path = "RUNTIME", features = ["hmac-sha256", "unsigned"] }

[dev-dependencies]
serde_json = "1"

# There is more of it than of anything else here, and nobody steps through it.
[profile.dev]
debug = false
incremental = false

[workspace]

[features]
"#;

pub struct Scratch {
    folder: PathBuf,
    pub generated: Generated,
}

impl Scratch {
    /// Generates a crate with a module for each document.
    pub fn new(corpus: &Corpus) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
        let scratch = Self { generated: generate(&lay_out(corpus, &folder)), folder };
        scratch.write_crate(&corpus.documents.keys().map(String::as_str).collect::<Vec<_>>());
        scratch
    }

    /// What the generator makes of the same documents another time.
    pub fn generate_again(&self) -> Generated {
        generate(&self.folder.join("specs"))
    }

    fn write_crate(&self, providers: &[&str]) {
        let mut files = Files::new();
        for (path, text) in self.generated.files.iter() {
            let strict = text.replacen("\n", "\n#![deny(warnings)]\n", 1);
            files.insert(path, if path == Path::new("lib.rs") { &strict } else { text });
        }
        files.sync(&self.folder.join("src")).expect("the crate can be written");

        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let runtime = repository.join("runtime").canonicalize().expect("it stands beside the generator");
        let mut manifest = MANIFEST.replace("RUNTIME", runtime.to_str().expect("cargo's own paths are UTF-8"));
        for provider in providers {
            manifest.push_str(&format!("{provider} = []\n{provider}-verify = [\"{provider}\"]\n"));
        }
        write(&self.folder.join("Cargo.toml"), &manifest);
        // The versions that are here already: cargo may not ask for others.
        let lock = fs::read_to_string(repository.join("Cargo.lock")).expect("the workspace has one");
        if !self.folder.join("Cargo.lock").exists() {
            write(&self.folder.join("Cargo.lock"), &lock);
        }
        write(&self.folder.join("examples/receive/main.rs"), include_str!("receive.rs"));
        let modules = format!("providers! {{ {} }}\n", providers.join(" "));
        write(&self.folder.join("examples/receive/providers.rs"), &modules);
    }

    /// Runs cargo in the crate, with all of its features.
    pub fn cargo(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let output = Command::new(env::var_os("CARGO").expect("cargo runs the tests"))
            .args(arguments)
            .args(["--offline", "--all-features"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .envs(variables.iter().copied())
            .output()
            .expect("cargo can be run");
        assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("all of it is text")
    }

    /// What the crate's own program says about each of the deliveries, in their order.
    pub fn receive(&self, name: &str, deliveries: &[Value]) -> Vec<Value> {
        self.cargo(&["build", "--quiet", "--example", "receive"], &[]);
        let input = self.folder.join(name);
        write(&input, &deliveries.iter().map(|delivery| format!("{delivery}\n")).collect::<String>());
        let output = Command::new(self.folder.join("target/debug/examples/receive")).arg(&input).output();
        let output = output.expect("cargo has built it");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("it writes JSON");
        text.lines().map(|line| serde_json::from_str(line).expect("it writes JSON")).collect()
    }
}

/// A folder for each document, with what the repository knows of its sender.
fn lay_out(corpus: &Corpus, folder: &Path) -> PathBuf {
    let specs = folder.join("specs");
    if specs.exists() {
        fs::remove_dir_all(&specs).expect("a folder of this test");
    }
    for (provider, document) in &corpus.documents {
        let provider = specs.join(provider);
        fs::create_dir_all(&provider).expect("a folder of this test");
        let name = document.file_name().expect("it is a file");
        // Not `copy`: that would keep it from being written over the next time.
        write(&provider.join(name), &fs::read_to_string(document).expect("a document is text"));
    }
    for known in ["github", "webhooks_v1"] {
        let file = Path::new("tests/corpus/specs").join(known).join("provider.yaml");
        let text = fs::read_to_string(file).expect("it is checked in");
        write(&specs.join(known).join("provider.yaml"), &text);
    }
    specs
}

fn generate(specs: &Path) -> Generated {
    webhook_codegen::generate(specs).unwrap_or_else(|failure| panic!("{failure}"))
}

/// Leaves a file alone that is right already, so that cargo does too.
fn write(path: &Path, text: &str) {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return;
    }
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder of this test");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
