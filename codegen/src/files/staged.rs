//! Writing several files so that a failure halfway leaves all of them as they were.

use super::found::{named, staging};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Texts written beside their targets.
#[derive(Default)]
pub(super) struct Staged(Vec<(PathBuf, PathBuf)>);

impl Staged {
    pub(super) fn write(&mut self, target: &Path, text: &str) -> io::Result<()> {
        // Two builds may run at once.
        let staged = staging(target, std::process::id());
        let folder = target.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder).map_err(|error| named(folder, &error))?;
        self.0.push((staged, target.to_owned()));
        fs::write(&self.0[self.0.len() - 1].0, text).map_err(|error| named(target, &error))
    }

    pub(super) fn commit(mut self) -> io::Result<()> {
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
