//! Golden files: texts that are checked in, and compared with what a test makes.
//!
//! A golden that differs or is missing fails the test, which shows what differs. `UPDATE_GOLDENS=1` writes it instead.
#![warn(missing_docs)]

use similar::TextDiff;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs};

/// Of a text that has little in common with its golden, so many lines are shown.
const MOST: usize = 200;

/// Whether goldens are to be written.
pub fn are_updated() -> bool {
    env::var_os("UPDATE_GOLDENS").is_some_and(|value| !value.is_empty() && value != "0")
}

/// The goldens of a test, compared one after the other: all that differ are shown.
pub struct Goldens {
    update: bool,
    differences: String,
}

impl Goldens {
    /// None compared yet.
    #[expect(clippy::new_without_default, reason = "what it does depends on the environment")]
    pub fn new() -> Self {
        Self { update: are_updated(), differences: String::new() }
    }

    /// Compares a text with the golden at `path`.
    pub fn compare(&mut self, path: impl AsRef<Path>, actual: &str) {
        let path = path.as_ref();
        let golden = fs::read(path).ok();
        if golden.as_deref() == Some(actual.as_bytes()) {
            return;
        }
        if self.update {
            let written = fs::create_dir_all(path.parent().unwrap_or(path)).and_then(|()| fs::write(path, actual));
            return written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        match golden {
            Some(golden) => self.differences += &difference(path, &String::from_utf8_lossy(&golden), actual),
            None => _ = writeln!(self.differences, "{} is missing", path.display()),
        }
    }

    /// A golden that nothing is compared with any more.
    pub fn superfluous(&mut self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        match self.update {
            true => fs::remove_file(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            false => _ = writeln!(self.differences, "{} is superfluous", path.display()),
        }
    }

    /// Fails the test if any golden differs.
    ///
    /// # Panics
    /// With what differs.
    pub fn assert(self) {
        assert!(self.differences.is_empty(), "{}UPDATE_GOLDENS=1 takes what came out", self.differences);
    }
}

/// Compares one text with one golden.
///
/// # Panics
/// If they differ.
pub fn compare(path: impl AsRef<Path>, actual: &str) {
    let mut goldens = Goldens::new();
    goldens.compare(path, actual);
    goldens.assert();
}

/// Says on stderr that a test was skipped, and why.
pub fn skipped(why: &str) {
    // Not `eprintln`, which a test that passes keeps to itself.
    std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes()).expect("stderr is there");
}

fn difference(path: &Path, golden: &str, actual: &str) -> String {
    let path = path.display().to_string();
    let diff = TextDiff::from_lines(golden, actual);
    let text = diff.unified_diff().context_radius(3).header(&path, "what came out").to_string();
    let mut shown: String = text.lines().take(MOST).flat_map(|line| [line, "\n"]).collect();
    let left = text.lines().count().saturating_sub(MOST);
    if left > 0 {
        _ = writeln!(shown, "… and {left} more lines");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::Goldens;
    use std::fs;

    #[test]
    fn a_golden_is_written_only_when_asked() {
        let folder = tempfile::tempdir().expect("there is room");
        let (path, missing) = (folder.path().join("a.txt"), folder.path().join("b/c.txt"));
        fs::write(&path, "one\ntwo\n").expect("it is there");
        let compare = |update| {
            let mut goldens = Goldens { update, differences: String::new() };
            goldens.compare(&path, "one\nthree\n");
            goldens.compare(&missing, "new\n");
            goldens.differences
        };
        let differences = compare(false);
        assert!(differences.contains("-two\n+three\n") && differences.contains("c.txt is missing"), "{differences}");
        assert!(!missing.exists() && compare(false) == differences);
        assert_eq!(compare(true), "");
        assert_eq!(compare(false), "");
        assert_eq!(fs::read_to_string(&missing).expect("it was asked for"), "new\n");
    }
}
