//! Captured deliveries: one format, and the others that people have.
//!
//! The format is that of [`webhook_runtime::Captured`], one in each line. HAR, plain JSON bodies and text files of headers
//! and a body are read as well.

mod error;
mod har;
mod json_lines;
mod record;
#[cfg(test)]
mod tests;
mod text;

pub use error::CaptureError;
pub use record::{Captured, Each, utc};

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Reads the deliveries in files, and in all files of folders, in the order of their names; one at a time is in memory.
///
/// # Errors
/// Where a file cannot be read or holds no delivery, or where `each` fails.
pub fn read(paths: &[PathBuf], each: &mut Each<'_>) -> Result<(), CaptureError> {
    for path in paths {
        for file in files(path)? {
            let event = event_in_name(path, &file);
            let mut named = |mut captured: Captured| {
                captured.event = captured.event.or_else(|| event.clone());
                each(captured)
            };
            read_file(&file, &mut named)?;
        }
    }
    Ok(())
}

/// The files of a folder and those below it; hidden ones are somebody else's.
fn files(path: &Path) -> Result<Vec<PathBuf>, CaptureError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries: Vec<_> =
        entries.map_err(|error| CaptureError::io(path, &error))?.iter().map(std::fs::DirEntry::path).collect();
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let is_prose = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    entries.retain(|path| !is_hidden(path) && !is_prose(path));
    entries.sort();
    let below = entries.iter().map(|entry| files(entry)).collect::<Result<Vec<_>, _>>()?;
    Ok(below.concat())
}

/// What the name of a plain body's file says of its event: that of its folder below `given`, or the file's own, without
/// the number that tells several of one event apart.
fn event_in_name(given: &Path, file: &Path) -> Option<String> {
    let below = file.strip_prefix(given).ok().filter(|below| below.parent().is_some())?;
    let folder = below.parent().and_then(Path::file_name);
    let name = folder.or_else(|| file.file_stem())?.to_string_lossy().into_owned();
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let stem = stem.strip_suffix(['.', '-', '_', '~', ' ']).unwrap_or(&name);
    Some(stem.to_owned()).filter(|stem| !stem.is_empty())
}

fn read_file(path: &Path, each: &mut Each<'_>) -> Result<(), CaptureError> {
    let file = File::open(path).map_err(|error| CaptureError::io(path, &error))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let start = reader.fill_buf().map_err(|error| CaptureError::io(path, &error))?;
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
    match first {
        None => Ok(()),
        Some(b'{' | b'[') if is_lines(path, start) => json_lines::read(path, reader, each),
        Some(b'{') if har::is_har(path, start) => har::read(path, reader, each),
        Some(b'{' | b'[') => json_lines::read_whole(path, reader, each),
        Some(_) => text::read(path, reader, each),
    }
}

/// Whether each line of a file is JSON: by its name, or by a first line that is whole and not the last.
fn is_lines(path: &Path, start: &[u8]) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    if matches!(extension.as_deref(), Some("jsonl" | "ndjson")) {
        return true;
    }
    let Some(end) = start.iter().position(|byte| *byte == b'\n') else { return false };
    let (line, rest) = start.split_at(end);
    serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok() && !rest.trim_ascii().is_empty()
}
