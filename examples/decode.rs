//! Decodes webhook bodies and prints what they say.
//!
//! Without arguments: the documentation's examples. With arguments: the files given.
//!
//! ```sh
//! cargo run --example decode
//! cargo run --example decode -- --provider wix body.json
//! ```

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use webhook_events::{Event, Provider, Value};

/// How many fields of a body are printed.
const FIELDS: usize = 10;

fn main() -> ExitCode {
    match run() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}\nusage: decode [--provider NAME FILE...]");
            ExitCode::from(2)
        }
    }
}

/// Prints every body; returns how many whole events were refused.
fn run() -> Result<usize, Box<dyn Error>> {
    let mut refused = 0;
    for (provider, file) in bodies()? {
        let body = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        println!("{}", file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&file).display());
        match Event::from_slice(provider, &body) {
            Ok(event) => print(&event),
            Err(error) => {
                println!("  refused      {error}");
                refused += usize::from(!is_broken(&file));
            }
        }
        println!();
    }
    Ok(refused)
}

fn bodies() -> Result<Vec<(Provider, PathBuf)>, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        None => examples(),
        Some((flag, [name, files @ ..])) if flag == "--provider" && !files.is_empty() => {
            let provider = name.parse::<Provider>()?;
            Ok(files.iter().map(|file| (provider, PathBuf::from(file))).collect())
        }
        Some(_) => Err("a body does not say who sent it".into()),
    }
}

fn examples() -> Result<Vec<(Provider, PathBuf)>, Box<dyn Error>> {
    let mut bodies = Vec::new();
    for provider in Provider::ALL.iter().copied() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples").join(provider.as_str());
        for entry in fs::read_dir(folder)? {
            bodies.push((provider, entry?.path()));
        }
    }
    bodies.retain(|(_, file)| file.extension().is_some_and(|extension| extension == "json") && !is_part(file));
    bodies.sort_by_key(|(provider, file)| (provider.as_str(), file.clone()));
    Ok(bodies)
}

/// Printed in the documentation with a mistake or with parts left out; see the READMEs beside the examples.
fn is_broken(file: &Path) -> bool {
    file.to_string_lossy().contains(".as-printed.")
}

/// Only what is inside an event.
fn is_part(file: &Path) -> bool {
    let name = file.to_string_lossy();
    [".resource.", ".domain-event."].iter().any(|mark| name.contains(mark))
}

fn print(event: &Event) {
    println!("  provider     {}", event.provider());
    println!("  event type   {}", event.event_type());
    println!("  Rust value   {}", variant(event));
    let additional = event.additional_properties();
    let mut fields = Vec::new();
    leaves(&event.to_expanded(), "", &mut fields);
    fields.retain(|(pointer, _)| !additional.iter().any(|unknown| pointer.starts_with(unknown)));
    for (pointer, value) in fields.iter().take(FIELDS) {
        println!("  {pointer:<40} {value}");
    }
    if fields.len() > FIELDS {
        println!("  … and {} more fields", fields.len() - FIELDS);
    }
    for pointer in additional {
        println!("  additional   {pointer}");
    }
}

/// The variants around the payload, as a `match` would name them.
fn variant(event: &Event) -> String {
    let debug = format!("{event:?}");
    debug.splitn(3, '(').take(2).collect::<Vec<_>>().join("::")
}

/// The strings, numbers and booleans of a value, each with its place.
fn leaves(value: &Value, pointer: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| leaves(value, &format!("{pointer}/{key}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| leaves(item, &format!("{pointer}/{index}"), found));
        }
        scalar => found.push((pointer.to_owned(), scalar.to_string())),
    }
}
