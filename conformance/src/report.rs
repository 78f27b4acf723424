use std::fs;
use std::io::{Write, stderr};
use std::path::Path;

/// Says that a measurement is left out.
pub fn skipped(variable: &str) {
    // Not `eprintln`, which a test that passes keeps to itself.
    writeln!(stderr(), "skipped: {variable} names no folder").expect("stderr is there");
}

/// Text for a cell of a table.
pub fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Brings a checked-in report up to date, and then says so: the difference shows in the diff, and the next run passes.
///
/// # Errors
/// When the report was another.
pub fn heal(name: &str, text: &str) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("results").join(name);
    if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    Err(format!("results/{name} is brought up to date, look at the diff"))
}
