//! Regenerates `generated/src` from `specs/`, before the library is compiled from it.

use std::error::Error;
use std::path::Path;
use std::{env, fs};
use webhook_codegen::Generated;
use webhook_codegen::diagnostics::{Failure, cargo_lines};

fn main() {
    println!("cargo::rerun-if-changed=specs");
    match webhook_codegen::Config::new("specs").features().generate() {
        Ok(generated) => {
            print!("{}", cargo_lines(&generated.warnings, &generated.sources));
            if let Err(error) = write(&generated) {
                println!("cargo::error={error}");
            }
        }
        Err(Failure { diagnostics, sources }) => print!("{}", cargo_lines(&diagnostics, &sources)),
    }
}

fn write(generated: &Generated) -> Result<(), Box<dyn Error>> {
    generated.files.sync(Path::new("generated/src"))?;
    // For the test that runs through every type.
    let rows = generated.types.iter().map(|origin| {
        let (path, file, pointer) = (&origin.path, origin.file.display(), &origin.pointer);
        format!("({path:?}, \"{file}\", {pointer:?}, round_trip::<webhook_events::{path}>),\n")
    });
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("types.rs"), format!("[{}]", rows.collect::<String>()))?;
    Ok(())
}
