//! Reading a file, however large it is and whatever it is.

use super::diagnostics::Diagnostic;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Larger files are not read: 64 MiB, some five times the largest documents of webhooks that are known.
const LARGEST: u64 = 64 << 20;

/// The content of a regular file. Others, such as pipes and devices, may never end.
pub(super) fn content(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: io::Error| Diagnostic::error(path, "", format!("the file cannot be read: {error}"));
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a folder" } else { "no regular file" };
        let help = "put a file in its place, or give it another name";
        return Err(Diagnostic::error(path, "", format!("this is {what}, and cannot be read as a document")).help(help));
    }
    let mut content = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut content));
    read.map_err(unreadable)?;
    if content.len() as u64 > LARGEST {
        let message = format!("the file is larger than {} MiB", LARGEST >> 20);
        return Err(Diagnostic::error(path, "", message).help("split it, or leave out what no webhook needs"));
    }
    Ok(content)
}
