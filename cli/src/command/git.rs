//! `git:REV:PATH`: files as they were committed, by way of the `git` command.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use webhook_codegen::documents::refers_to_files;
use webhook_codegen::source::Source;

/// What is at a path, on disk or in a commit.
pub(super) struct Tree {
    /// Where it can be read.
    pub(super) path: PathBuf,
    /// The copy of what was committed, gone when this is; and how it is called.
    copy: Option<(TempDir, String)>,
}

impl Tree {
    /// Finds `argument`: a path, or `git:REV:PATH` with a path from the repository's root.
    ///
    /// # Errors
    /// In words for the user: nothing is there, or git cannot say.
    pub(super) fn find(argument: &str) -> Result<Self, String> {
        let Some(committed) = argument.strip_prefix("git:") else {
            let path = PathBuf::from(argument);
            return match path.exists() {
                true => Ok(Self { path, copy: None }),
                false => Err(format!("error: there is no {argument}\n")),
            };
        };
        let (revision, path) = committed.split_once(':').ok_or_else(|| {
            format!("error: {argument} names no path\n  help: write git:REV:PATH, for example git:HEAD:specs\n")
        })?;
        let path = path.trim_start_matches("./").trim_matches('/');
        let folder = tempfile::tempdir().map_err(|error| format!("error: no folder for a copy: {error}\n"))?;
        let path = check_out(revision, path, folder.path())?;
        Ok(Self { path, copy: Some((folder, format!("git:{revision}:"))) })
    }

    /// A path in the copy, as the user would name it.
    pub(super) fn shown(&self, path: &Path) -> PathBuf {
        let Some((folder, name)) = &self.copy else { return path.to_owned() };
        match path.strip_prefix(folder.path()) {
            Ok(inside) => PathBuf::from(format!("{name}{}", inside.display())),
            Err(_) => path.to_owned(),
        }
    }

    /// A text about the copy, likewise.
    pub(super) fn shown_in(&self, text: &str) -> String {
        match &self.copy {
            Some((folder, name)) => text.replace(&format!("{}/", folder.path().display()), name),
            None => text.to_owned(),
        }
    }
}

/// Writes what a commit has at `path` below `folder`, and says where.
fn check_out(revision: &str, path: &str, folder: &Path) -> Result<PathBuf, String> {
    let no_revision = || format!("error: git knows no commit called {revision}\n");
    let commit = format!("{revision}^{{commit}}");
    let commit = git(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?.ok_or_else(no_revision)?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    // Empty is the repository's root, which is no path to git.
    let wanted = if path.is_empty() { "." } else { path };
    let names = list(&commit, wanted)?;
    if names.is_empty() {
        return Err(format!("error: {revision} has no {path}\n  help: the path starts at the repository's root\n"));
    }
    if !names.iter().any(|name| is_read(name)) {
        return Err(format!("error: {revision}:{path} holds no document\n  help: one ends in .yaml, .yml or .json\n"));
    }
    write(&commit, &names, folder)?;
    // A document alone may have parts in other files; one that cannot be read is reported later.
    let refers_to_files = || Source::read(&folder.join(path)).is_ok_and(|document| refers_to_files(&document));
    if names == [path] && refers_to_files() {
        let beside = path.rsplit_once('/').map_or(".", |(beside, _)| beside);
        write(&commit, &list(&commit, beside)?, folder)?;
    }
    Ok(folder.join(path))
}

/// The files that a commit has at a path.
fn list(commit: &str, path: &str) -> Result<Vec<String>, String> {
    let listed = git(["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit, "--", path])?.unwrap_or_default();
    let names = listed.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
}

/// Copies those of the files that are read.
fn write(commit: &str, names: &[String], folder: &Path) -> Result<(), String> {
    for name in names.iter().filter(|name| is_read(name)) {
        let content = git(["cat-file", "blob", &format!("{commit}:{name}")])?.unwrap_or_default();
        let target = folder.join(name);
        let written =
            std::fs::create_dir_all(target.parent().unwrap_or(folder)).and_then(|()| std::fs::write(&target, content));
        written.map_err(|error| format!("error: {}: {error}\n", target.display()))?;
    }
    Ok(())
}

/// Whether the generator reads such a file.
fn is_read(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(OsStr::to_str).unwrap_or_default();
    ["yaml", "yml", "json"].contains(&extension)
}

/// What git prints; none if it says no.
fn git<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Option<Vec<u8>>, String> {
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| format!("error: git cannot be run: {error}\n"))?;
    if output.status.success() {
        return Ok(Some(output.stdout));
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if said.is_empty() { Ok(None) } else { Err(format!("error: git says: {said}\n")) }
}
