//! Regenerates `generated/src` from `specs/`, before the library is compiled from it.

use std::path::Path;
use std::{env, fs};
use webhook_codegen::diagnostics::{Style, render};

fn main() {
    println!("cargo::rerun-if-changed=specs");
    // No panic and no exit code: the build fails by these lines, and cargo would print them all a second time.
    for line in regenerate().err().iter().flat_map(|text| text.lines()) {
        println!("cargo::error={line}");
    }
}

fn regenerate() -> Result<(), String> {
    let generated = webhook_codegen::generate("specs").map_err(|failure| failure.to_string())?;
    for line in render(&generated.warnings, &generated.sources, Style::Lines).lines() {
        println!("cargo::warning={line}");
    }
    generated.files.sync(Path::new("generated/src")).map_err(|error| error.to_string())?;
    // For the test that runs through every type.
    let rows = generated.types.iter().map(|origin| {
        let (path, file, pointer) = (&origin.path, origin.file.display(), &origin.pointer);
        format!("({path:?}, \"{file}\", {pointer:?}, round_trip::<webhook_events::{path}>),\n")
    });
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    fs::write(Path::new(&out).join("types.rs"), format!("[{}]", rows.collect::<String>()))
        .map_err(|error| error.to_string())
}
