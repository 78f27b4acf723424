//! The generated files, and the only place that writes any.

mod single;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Stands in the first line of every generated file: what lacks it is somebody's own work.
pub const MARKER: &str = "@generated";

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

    /// Makes `dir` hold these files: writes what differs, and removes generated `.rs` files that are no longer among
    /// them, with the folders that become empty.
    ///
    /// # Errors
    /// A file cannot be read or written, or one in the way is not generated (an empty one may be). The error names
    /// the file; nothing was changed then unless the very last step, the renaming, failed.
    pub fn sync(&self, dir: &Path) -> io::Result<Vec<Change>> {
        let changes = self.changes(dir)?;
        self.stage(dir, &changes)?.commit()?;
        for change in &changes {
            if let Change::Removed(path) = change {
                remove(dir, path)?;
            }
        }
        Ok(changes)
    }

    /// Writes what differs and removes nothing, for a folder that others' files stand in too.
    ///
    /// # Errors
    /// As with [`Files::sync`].
    pub fn write(&self, dir: &Path) -> io::Result<Vec<Change>> {
        let changes = self.differing(dir)?;
        self.stage(dir, &changes)?.commit()?;
        Ok(changes)
    }

    /// What [`Files::sync`] would do, in the order of the paths.
    ///
    /// # Errors
    /// A file cannot be read, or one in the way is not generated.
    pub fn changes(&self, dir: &Path) -> io::Result<Vec<Change>> {
        let mut changes = self.differing(dir)?;
        for path in rust_files(dir)? {
            let inside = path.strip_prefix(dir).expect("found under this folder").to_owned();
            if !self.0.contains_key(&inside) && fs::read(&path).is_ok_and(|old| is_generated(&old)) {
                changes.push(Change::Removed(inside));
            }
        }
        Ok(changes)
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
            match fs::read(&target) {
                Ok(old) if old == text.as_bytes() => {}
                Ok(old) if old.is_empty() || is_generated(&old) => changes.push(Change::Changed(path.clone())),
                Ok(_) => return Err(not_generated(&target)),
                Err(error) if error.kind() == ErrorKind::NotFound => changes.push(Change::Added(path.clone())),
                Err(error) => return Err(named(&target, &error)),
            }
        }
        Ok(changes)
    }
}

fn is_generated(text: &[u8]) -> bool {
    let first = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    first.windows(MARKER.len()).any(|part| part == MARKER.as_bytes())
}

fn not_generated(path: &Path) -> io::Error {
    let message = format!(
        "{}: not written over, its first line lacks {MARKER}: move the file away, or generate into another folder",
        path.display()
    );
    io::Error::new(ErrorKind::AlreadyExists, message)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// The `.rs` files in and below a folder, sorted; none if there is no such folder.
fn rust_files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            entries => entries.map_err(|error| named(&folder, &error))?,
        };
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn remove(dir: &Path, path: &Path) -> io::Result<()> {
    let target = dir.join(path);
    fs::remove_file(&target).map_err(|error| named(&target, &error))?;
    for parent in path.ancestors().skip(1).filter(|parent| parent.parent().is_some()) {
        // Fails for the first one that still holds something.
        if fs::remove_dir(dir.join(parent)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Texts written beside their targets: a failure halfway leaves all targets as they were.
#[derive(Default)]
struct Staged(Vec<(PathBuf, PathBuf)>);

impl Staged {
    fn write(&mut self, target: &Path, text: &str) -> io::Result<()> {
        let mut name = std::ffi::OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        // Two builds may run at once.
        name.push(format!(".{}.tmp", std::process::id()));
        let staged = target.with_file_name(name);
        let folder = target.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder).map_err(|error| named(folder, &error))?;
        self.0.push((staged, target.to_owned()));
        fs::write(&self.0[self.0.len() - 1].0, text).map_err(|error| named(target, &error))
    }

    fn commit(mut self) -> io::Result<()> {
        for (staged, target) in &self.0 {
            fs::rename(staged, target).map_err(|error| named(target, &error))?;
        }
        self.0.clear();
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (staged, _) in &self.0 {
            // It may not have come to be; there is nobody left to tell.
            let _ = fs::remove_file(staged);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Files};
    use std::fs;
    use std::io::ErrorKind;
    use std::path::Path;

    fn files(files: &[(&str, &str)]) -> Files {
        let mut all = Files::new();
        for (path, text) in files {
            all.insert(path, format!("// @generated\n{text}\n"));
        }
        all
    }

    fn entries(dir: &Path) -> Vec<String> {
        let entries = fs::read_dir(dir).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn writes_what_differs_and_prunes_what_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("new/src");
        let first = files(&[("a/b/x.rs", "x"), ("a/y.rs", "y"), ("lib.rs", "1")]);
        let added = ["a/b/x.rs", "a/y.rs", "lib.rs"].map(|path| Change::Added(path.into()));
        assert_eq!(first.changes(&out).unwrap(), added);
        assert!(!out.exists());
        assert_eq!(first.sync(&out).unwrap(), added);
        assert_eq!(first.sync(&out).unwrap(), []);

        fs::write(out.join("own.rs"), "// mine\n").unwrap();
        fs::write(out.join("a/notes.md"), "@generated\n").unwrap();
        let untouched = fs::metadata(out.join("a/y.rs")).unwrap().modified().unwrap();
        let second = files(&[("a/y.rs", "y"), ("lib.rs", "2")]);
        let changes = [Change::Changed("lib.rs".into()), Change::Removed("a/b/x.rs".into())];
        assert_eq!(second.changes(&out).unwrap(), changes);
        assert_eq!(second.sync(&out).unwrap(), changes);
        assert_eq!(entries(&out), ["a", "lib.rs", "own.rs"]);
        assert_eq!(entries(&out.join("a")), ["notes.md", "y.rs"]);
        assert_eq!(fs::read_to_string(out.join("lib.rs")).unwrap(), "// @generated\n2\n");
        assert_eq!(fs::metadata(out.join("a/y.rs")).unwrap().modified().unwrap(), untouched);
    }

    #[test]
    fn somebodys_own_file_is_not_written_over_and_an_empty_one_is() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.rs"), "").unwrap();
        fs::write(dir.path().join("lib.rs"), "fn mine() {}\n// @generated\n").unwrap();
        let error = files(&[("a.rs", ""), ("lib.rs", "")]).sync(dir.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert!(error.to_string().contains("lib.rs"), "{error}");
        assert_eq!(fs::read_to_string(dir.path().join("a.rs")).unwrap(), "");
        fs::remove_file(dir.path().join("lib.rs")).unwrap();
        assert_eq!(files(&[("a.rs", "")]).sync(dir.path()).unwrap().len(), 1);
    }

    #[test]
    fn a_failure_halfway_changes_nothing_and_names_the_path() {
        let dir = tempfile::tempdir().unwrap();
        files(&[("a.rs", "old")]).sync(dir.path()).unwrap();
        fs::write(dir.path().join("b"), "a file where a folder must be").unwrap();
        let mut new = files(&[("a.rs", "new")]);
        new.insert("b/c/d.rs", "");
        let error = new.sync(dir.path()).unwrap_err();
        assert!(error.to_string().contains("b/c"), "{error}");
        assert_eq!(entries(dir.path()), ["a.rs", "b"]);
        assert!(fs::read_to_string(dir.path().join("a.rs")).unwrap().contains("old"));
    }
}
