//! Generates the types of all rules, and a table of how their bodies are read.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=specs");
    // Not `build`: the warnings of these documents are meant, and would be in the output of every build.
    let generated = webhook_codegen::Config::new("specs").generate();
    let files = generated.unwrap_or_else(|failure| panic!("{failure}")).files;
    let folders = fs::read_dir("specs").expect("specs/ is there");
    let mut rules: Vec<_> =
        folders.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    rules.sort();
    let rows: String = rules.iter().map(|rule| format!("({rule:?}, read::<webhooks::{rule}::Event>),\n")).collect();
    let out = env::var("OUT_DIR").expect("cargo sets it");
    for (name, text) in [("webhooks.rs", files.single()), ("rules.rs", format!("&[{rows}]"))] {
        fs::write(Path::new(&out).join(name), text).expect("OUT_DIR can be written");
    }
}
