//! A document, through the whole generator: code or an error, never a panic, and code that is Rust.

#![no_main]

use fastrand::Rng;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;
use tempfile::TempDir;
use webhook_codegen::diagnostics::{Diagnostics, Style, render};
use webhook_codegen::{Config, Generated};
use webhook_codegen_cli::check;
use webhook_fuzz::{documents, meter::Limits, mutate};

/// Far above what generating takes, so that only what grows faster than the document is found.
const GENERATING: Limits = Limits {
    time: Duration::from_secs(2),
    time_per_byte: Duration::from_millis(1),
    memory: 64 << 20,
    memory_per_byte: 1 << 14,
};

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("there is room"));

fuzz_target!(|input: &[u8]| {
    let Ok(input) = std::str::from_utf8(input) else { return };
    write(&FOLDER.path().join("acme"), input);
    let config = Config::new(FOLDER.path()).receivers();
    match GENERATING.run(input.len(), || check::generate(&config)) {
        Ok((generated, checks)) => generated_well(&generated, &checks),
        Err(failure) => assert!(!failure.to_string().is_empty()),
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(&mut data[..max_size], size, 0, &mut Rng::with_seed(seed.into()), documents::changed)
});

fn write(folder: &Path, input: &str) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("it is a folder");
    }
    fs::create_dir(folder).expect("there is room");
    for (name, text) in documents::files(input) {
        let path = folder.join(name);
        // A file may be where a folder would have to.
        let _ = fs::create_dir_all(path.parent().expect("it is below the folder"));
        let _ = fs::write(path, text);
    }
}

fn generated_well(generated: &Generated, checks: &Diagnostics) {
    for found in [&generated.warnings, checks, &generated.fallbacks] {
        for style in [Style::PLAIN, Style::Lines, Style::Json] {
            render(found, &generated.sources, style);
        }
    }
    for (path, text) in generated.files.iter() {
        if let Err(error) = syn::parse_file(text) {
            panic!("{} is no Rust: {error}\n{text}", path.display());
        }
    }
}
