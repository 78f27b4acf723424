//! The files to show diagnostics with.

use crate::source::file::Source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files of a run by path, to show a diagnostic with its line.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<PathBuf, Source>);

impl Sources {
    /// Adds a file.
    pub fn insert(&mut self, source: Source) {
        self.0.insert(source.path.clone(), source);
    }

    /// The file that was read from `path`, spelled as it was then.
    pub fn get(&self, path: &Path) -> Option<&Source> {
        self.0.get(path)
    }
}

impl IntoIterator for Sources {
    type Item = Source;
    type IntoIter = std::collections::btree_map::IntoValues<PathBuf, Source>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_values()
    }
}

impl Extend<Source> for Sources {
    fn extend<I: IntoIterator<Item = Source>>(&mut self, sources: I) {
        sources.into_iter().for_each(|source| self.insert(source));
    }
}

impl FromIterator<Source> for Sources {
    fn from_iter<I: IntoIterator<Item = Source>>(sources: I) -> Self {
        let mut all = Self::default();
        all.extend(sources);
        all
    }
}
