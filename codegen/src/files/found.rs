//! What stands in the output folder already, and whose it is.

use super::{MARKER, named};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What stands where a file is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    /// The same text, perhaps with the line ends of another system.
    Same,
    /// A text that this generator wrote, or none.
    Stale,
    /// Somebody's own work.
    Foreign,
}

impl Found {
    pub(super) fn at(path: &Path, text: &str) -> io::Result<Self> {
        if regular(path)?.is_none() {
            return Ok(Self::Nothing);
        }
        let old = fs::read(path).map_err(|error| named(path, &error))?;
        Ok(match old {
            old if old == text.as_bytes() || without_carriage_returns(&old) == text.as_bytes() => Self::Same,
            old if old.is_empty() || has_mark(&old) => Self::Stale,
            _ => Self::Foreign,
        })
    }
}

/// What git writes for a line feed on some systems is no difference.
fn without_carriage_returns(text: &[u8]) -> Vec<u8> {
    let ends = |at: usize| text[at] == b'\r' && text.get(at + 1) == Some(&b'\n');
    (0..text.len()).filter(|at| !ends(*at)).map(|at| text[at]).collect()
}

/// The regular file at a path, or behind a link there; none where nothing is. Reading a pipe or a device may never end.
fn regular(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata)),
        Ok(_) => {
            let message = "not a regular file: move it away, or generate into another folder";
            Err(named(path, &io::Error::new(ErrorKind::InvalidInput, message)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(named(path, &error)),
    }
}

fn has_mark(text: &[u8]) -> bool {
    let first = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    first.windows(MARKER.len()).any(|part| part == MARKER.as_bytes())
}

/// Whether this generator wrote a file, by its first line. What cannot be read is somebody else's.
fn is_ours(path: &Path) -> bool {
    const LONGEST: u64 = 4096;
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut start));
    read.is_ok() && has_mark(&start)
}

/// What this generator wrote into a folder and below it: `.rs` files, and what runs left that were cut short. Sorted; none
/// if there is no such folder.
pub(super) fn ours(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for (path, is_folder) in entries(&folder)? {
            let is_rust = path.extension().is_some_and(|extension| extension == "rs");
            if is_folder {
                folders.push(path);
            } else if is_abandoned(&path) || (is_rust && !path.is_dir() && regular(&path)?.is_some() && is_ours(&path))
            {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// What runs left in a folder itself that were cut short.
pub(super) fn abandoned(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let files = entries(folder)?.into_iter().filter(|(path, is_folder)| !is_folder && is_abandoned(path));
    Ok(files.map(|(path, _)| path).collect())
}

/// What a folder holds, and whether each is a folder; links are none.
fn entries(folder: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| named(folder, &error))?,
    };
    entries.map(|entry| entry.and_then(|entry| Ok((entry.path(), entry.file_type()?.is_dir())))).collect()
}

/// Where a file's text is written first, by the process `id`.
pub(super) fn staging(target: &Path, id: u32) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{id}.tmp"));
    target.with_file_name(name)
}

/// Whether a file is a text that was to be renamed, by a process that is gone.
fn is_abandoned(path: &Path) -> bool {
    let id = || {
        let name = path.file_name()?.to_str()?.strip_prefix('.')?.strip_suffix(".tmp")?;
        let (target, id) = name.rsplit_once('.')?;
        [".rs", ".md", ".html"].iter().any(|end| target.ends_with(end)).then_some(id)?.parse::<u32>().ok()
    };
    let Some(id) = id() else { return false };
    let Ok(metadata) = fs::symlink_metadata(path) else { return false };
    metadata.is_file() && !is_running(id, &metadata) && (metadata.len() == 0 || is_ours(path))
}

/// Whether a process may still be at work on a file. Where processes cannot be listed, its age has to tell.
fn is_running(id: u32, file: &Metadata) -> bool {
    const LONGEST: Duration = Duration::from_secs(3600);
    let is_recent = file.modified().is_ok_and(|written| written.elapsed().is_ok_and(|age| age < LONGEST));
    let processes = Path::new("/proc");
    is_recent && (!processes.join("self").exists() || processes.join(id.to_string()).exists())
}
