//! A workspace with a package for each pair, in a folder that outlives the run, so that cargo finds what it built.

use crate::program::program;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
use webhook_codegen::Config;
use webhook_codegen::files::Files;

const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[dependencies]
serde = { version = "1", default-features = false, features = ["std"] }
webhook-runtime = { path = "RUNTIME" }
"#;

/// The new code of a pair, with a program that was written for the old code.
pub struct Package {
    name: String,
    files: Files,
}

impl Package {
    pub fn new(name: &str, old: &Path, new: &Path) -> Self {
        let before = generate(old);
        let mut files = generate(new);
        let root = files.iter().find(|(path, _)| *path == Path::new("lib.rs")).map(|(_, text)| text.to_owned());
        files.insert("lib.rs", format!("{}\nmod program;\n", root.expect("every crate has one")));
        files.insert("program.rs", format!("// @generated\n{}", program(&before)));
        Self { name: name.to_owned(), files }
    }
}

/// A document is the same one on both sides, and so is a provider: they are called the same.
fn generate(path: &Path) -> Files {
    let folder = tempfile::tempdir().expect("a folder of this test");
    let specs = folder.path().join("specs");
    if path.is_dir() {
        let is_provider = entries(path).iter().any(|entry| entry.is_file());
        copy(path, &if is_provider { specs.join("sender") } else { specs.clone() });
    } else {
        let extension = path.extension().expect("it is a document").to_string_lossy().into_owned();
        fs::create_dir_all(specs.join("sender")).expect("a folder of this test");
        let target = specs.join("sender").join(format!("document.{extension}"));
        fs::write(target, fs::read(path).expect("a document")).expect("a folder of this test");
    }
    Config::new(&specs).generate().unwrap_or_else(|failure| panic!("{}: {failure}", path.display())).files
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("readable").path()).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder of this test");
    for entry in entries(from) {
        let target = to.join(entry.file_name().expect("it stands in a folder"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::write(target, fs::read(entry).expect("a file")).expect("a folder of this test");
        }
    }
}

pub struct Scratch {
    folder: PathBuf,
    members: Vec<String>,
}

impl Scratch {
    pub fn new() -> Self {
        Self { folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join("diff_source"), members: Vec::new() }
    }

    pub fn add(&mut self, package: &Package) {
        let folder = self.folder.join(&package.name);
        package.files.sync(&folder.join("src")).expect("the package can be written");
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().expect("it is beside");
        let manifest = MANIFEST.replace("NAME", &package.name);
        let manifest = manifest.replace("RUNTIME", runtime.to_str().expect("cargo's own paths are UTF-8"));
        write(&folder.join("Cargo.toml"), &manifest);
        self.members.push(package.name.clone());
    }

    /// The first error of each package that does not compile.
    pub fn check(&self) -> BTreeMap<String, String> {
        let members = self.members.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
        write(&self.folder.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n"));
        // The versions that are here already: there may be no way to ask for others.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        write(&self.folder.join("Cargo.lock"), &fs::read_to_string(lock).expect("the workspace has one"));
        let output = Command::new(env::var_os("CARGO").expect("cargo runs the tests"))
            .args(["check", "--offline", "--keep-going", "--workspace", "--message-format", "json"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .output()
            .expect("cargo can be run");
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut errors = BTreeMap::new();
        let mut built = 0;
        for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let name = message["target"]["name"].as_str().unwrap_or_default().to_owned();
            built += usize::from(message["reason"] == "compiler-artifact" && self.members.contains(&name));
            if message["message"]["level"] == "error" && self.members.contains(&name) {
                let error = message["message"]["rendered"].as_str().unwrap_or_default();
                errors.entry(name).or_insert_with(|| error.to_owned());
            }
        }
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(built + errors.len(), self.members.len(), "each compiles or does not: {said}");
        errors
    }
}

/// Leaves a file alone that is right already, so that cargo does too.
fn write(path: &Path, text: &str) {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return;
    }
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder of this test");
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
