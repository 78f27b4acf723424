//! Generates a receiver from each provider.yaml of docs/signatures, all with the same small document.

use std::path::Path;
use std::{env, fs};

const PROVIDERS: &str = "../../docs/signatures";

fn main() {
    println!("cargo::rerun-if-changed={PROVIDERS}");
    println!("cargo::rerun-if-changed=events.yaml");
    println!("cargo::rerun-if-changed=documents");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let (out, specs) = (Path::new(&out), Path::new(&out).join("specs"));
    _ = fs::remove_dir_all(&specs);
    let mut names = Vec::new();
    for entry in fs::read_dir(PROVIDERS).expect("docs/signatures is there") {
        let entry = entry.expect("an entry");
        if entry.path().is_dir() {
            let folder = specs.join(entry.file_name());
            fs::create_dir_all(&folder).expect("OUT_DIR can be written");
            fs::copy(entry.path().join("provider.yaml"), folder.join("provider.yaml")).expect("a provider.yaml");
            fs::copy("events.yaml", folder.join("events.yaml")).expect("the document");
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    let fern = specs.join("fern");
    fs::create_dir_all(&fern).expect("OUT_DIR can be written");
    fs::copy("documents/fern/orders.yaml", fern.join("orders.yaml")).expect("the document");
    let generated = webhook_codegen::Config::new(specs).receivers().generate();
    let files = generated.unwrap_or_else(|failure| panic!("{failure}")).files;
    let rows: String = names
        .iter()
        .map(|name| format!("({name:?}, receive::<webhooks::{name}::Event>, sign::<webhooks::{name}::Event>),\n"))
        .collect();
    for (name, text) in [("webhooks.rs", files.single()), ("providers.rs", format!("&[{rows}]"))] {
        fs::write(out.join(name), text).expect("OUT_DIR can be written");
    }
}
