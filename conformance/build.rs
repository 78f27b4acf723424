//! Generates types from the test suite of JSON Schema and from the corpus, as far as the environment names them, and
//! leaves an index of both to the tests.

#[path = "build/corpus.rs"]
mod corpus;
#[path = "src/folder.rs"]
mod folder;
#[path = "src/plan.rs"]
mod plan;
#[path = "build/suite.rs"]
mod suite;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut modules = Vec::new();
    let cases = match folder("WEBHOOK_SCHEMA_SUITE") {
        Some(folder) => suite::generate(&folder, &out, &mut modules)?,
        None => Vec::new(),
    };
    let documents = match folder("WEBHOOK_CORPUS") {
        Some(folder) => corpus::generate(&folder, &out, &mut modules)?,
        None => Vec::new(),
    };
    fs::write(out.join("suite.json"), serde_json::to_string(&cases)?)?;
    fs::write(out.join("corpus.json"), serde_json::to_string(&documents)?)?;
    fs::write(out.join("modules.rs"), dispatch(&modules))?;
    Ok(())
}

/// The folder that a variable of the environment names.
fn folder(variable: &str) -> Option<PathBuf> {
    println!("cargo::rerun-if-env-changed={variable}");
    let folder = folder::folder(variable)?;
    println!("cargo::rerun-if-changed={}", folder.display());
    Some(folder)
}

/// A generated provider: the name of its module, and its file.
type Module = (String, PathBuf);

/// Generates what lies below `specs` into `target`; the modules are those of `providers`.
fn generate(specs: &Path, target: &Path, providers: &[String]) -> Result<Vec<Module>, Box<dyn Error>> {
    let generated = webhook_codegen::Config::new(specs).features().generate().map_err(|failure| failure.to_string())?;
    generated.files.sync(target)?;
    Ok(providers.iter().map(|provider| (provider.clone(), target.join(provider).join("mod.rs"))).collect())
}

/// An empty folder at this place.
fn emptied(folder: &Path) -> Result<(), Box<dyn Error>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

/// Writes a provider with one document, whose events are called by name only.
fn provider(specs: &Path, name: &str, document: &str) -> Result<PathBuf, Box<dyn Error>> {
    let folder = specs.join(name);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("provider.yaml"), "event_type: $request.header.x-event\n")?;
    let path = folder.join("document.json");
    fs::write(&path, document)?;
    Ok(path)
}

/// The modules, and a function that reads a body by a module's `Event`.
fn dispatch(modules: &[Module]) -> String {
    let mut text: String =
        modules.iter().map(|(name, path)| format!("#[path = {path:?}]\npub mod {name};\n")).collect();
    let arms = modules.iter().map(|(name, _)| format!("{name:?} => super::read::<{name}::Event>(webhook, body),\n"));
    text.push_str("pub fn receive(provider: &str, webhook: &str, body: &[u8]) -> super::Read {\nmatch provider {\n");
    text.extend(arms);
    text.push_str("_ => panic!(\"{provider} and {webhook} were not generated from {body:?}\"),\n}\n}\n");
    text
}
