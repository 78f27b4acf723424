//! The crate that the corpus becomes, in a folder of its own that outlives the run, so that cargo finds what it built.

use crate::documents::Corpus;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
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
        // The versions that are here already: there may be no way to ask for others.
        let lock = fs::read_to_string(repository.join("Cargo.lock")).expect("the workspace has one");
        write(&self.folder.join("Cargo.lock"), &lock);
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

    /// How many variants each module's `Event` has, without the one for unknown events.
    pub fn variants(&self) -> BTreeMap<String, usize> {
        serde_json::from_str(&self.run(&[])).expect("the program writes JSON")
    }

    /// What the crate's own program says came of each delivery.
    pub fn receive<'d>(&self, name: &str, deliveries: &'d [Value]) -> Vec<(&'d Value, Value)> {
        let input = self.folder.join(name);
        write(&input, &deliveries.iter().map(|delivery| format!("{delivery}\n")).collect::<String>());
        let output = self.run(&[input.as_os_str()]);
        let arrivals = output.lines().map(|line| serde_json::from_str(line).expect("the program writes JSON"));
        let arrivals: Vec<_> = deliveries.iter().zip(arrivals).collect();
        assert!(!arrivals.is_empty() && arrivals.len() == deliveries.len(), "{name}: {} lines", arrivals.len());
        arrivals
    }

    fn run(&self, arguments: &[&OsStr]) -> String {
        self.cargo(&["build", "--quiet", "--example", "receive"], &[]);
        let mut program = Command::new(self.folder.join("target/debug/examples/receive"));
        let output = program.args(arguments).output().expect("cargo has built it");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("the program writes JSON")
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
    for known in fs::read_dir("tests/corpus/specs").expect("it is checked in") {
        let known = known.expect("it can be listed");
        let text = fs::read_to_string(known.path().join("provider.yaml")).expect("it is checked in");
        write(&specs.join(known.file_name()).join("provider.yaml"), &text);
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
