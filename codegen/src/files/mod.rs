//! The generated files, and the only place that writes any.

mod crate_paths;
mod found;
mod single;
mod staged;

pub use found::MARKER;
use found::{Found, named};
use staged::Staged;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What [`Files::sync`] did to one file, or would do; the path is relative to the folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The file was not there.
    Added(PathBuf),
    /// The file had another text.
    Changed(PathBuf),
    /// The file is no longer generated.
    Removed(PathBuf),
}

/// Generated files: path relative to the output folder, and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<PathBuf, String>);

impl Files {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces the one at `path`.
    pub fn insert(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    /// Adds all files of another set.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.0.iter().map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// Makes `dir` hold these files: writes what differs, and removes `.rs` files of this generator that are no longer
    /// among them, with the folders that become empty.
    ///
    /// # Errors
    /// A file cannot be read or written, or one in the way is somebody else's (an empty one may be). The error names
    /// the file; nothing was changed then unless the very last step, the renaming, failed.
    pub fn sync(&self, dir: &Path) -> io::Result<Vec<Change>> {
        let changes = self.changes(dir)?;
        self.apply(dir, &changes)?;
        Ok(changes)
    }

    /// Writes what differs and removes none of the files, for a folder that others' files are in too.
    ///
    /// # Errors
    /// As with [`Files::sync`].
    pub fn write(&self, dir: &Path) -> io::Result<Vec<Change>> {
        let changes = self.differing(dir)?;
        self.apply(dir, &changes)?;
        let folders: BTreeSet<_> = self.0.keys().filter_map(|path| path.parent()).collect();
        for folder in folders {
            for left in found::abandoned(&dir.join(folder))? {
                remove(dir, left.strip_prefix(dir).unwrap_or(&left))?;
            }
        }
        Ok(changes)
    }

    /// What [`Files::sync`] would do, in the order of the paths.
    ///
    /// # Errors
    /// A file cannot be read, or one in the way is somebody else's.
    pub fn changes(&self, dir: &Path) -> io::Result<Vec<Change>> {
        let mut changes = self.differing(dir)?;
        let ours = found::ours(dir)?;
        let inside = ours.iter().filter_map(|path| path.strip_prefix(dir).ok());
        let gone = inside.filter(|path| !self.0.contains_key(*path));
        changes.extend(gone.map(|path| Change::Removed(path.to_owned())));
        Ok(changes)
    }

    fn apply(&self, dir: &Path, changes: &[Change]) -> io::Result<()> {
        self.stage(dir, changes)?.commit()?;
        let removed = changes.iter().filter_map(|change| match change {
            Change::Removed(path) => Some(path),
            Change::Added(_) | Change::Changed(_) => None,
        });
        removed.into_iter().try_for_each(|path| remove(dir, path))
    }

    fn stage(&self, dir: &Path, changes: &[Change]) -> io::Result<Staged> {
        let mut staged = Staged::default();
        for change in changes {
            if let Change::Added(path) | Change::Changed(path) = change {
                staged.write(&dir.join(path), &self.0[path])?;
            }
        }
        Ok(staged)
    }

    fn differing(&self, dir: &Path) -> io::Result<Vec<Change>> {
        let mut changes = Vec::new();
        for (path, text) in &self.0 {
            let target = dir.join(path);
            match Found::at(&target, text)? {
                Found::Nothing => changes.push(Change::Added(path.clone())),
                Found::Same => {}
                Found::Stale => changes.push(Change::Changed(path.clone())),
                Found::Foreign => return Err(foreign(&target)),
            }
        }
        Ok(changes)
    }
}

fn foreign(path: &Path) -> io::Error {
    let message = format!(
        "{}: not written over, its first line lacks \"{MARKER}\": move the file away, or generate into another folder",
        path.display()
    );
    io::Error::new(ErrorKind::AlreadyExists, message)
}

fn remove(dir: &Path, path: &Path) -> io::Result<()> {
    let target = dir.join(path);
    match fs::remove_file(&target) {
        // Two builds may run at once.
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        removed => removed.map_err(|error| named(&target, &error))?,
    }
    for parent in path.ancestors().skip(1).filter(|parent| parent.parent().is_some()) {
        // Fails for the first one that still holds something.
        if fs::remove_dir(dir.join(parent)).is_err() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
