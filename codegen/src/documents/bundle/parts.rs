//! The files that a document takes parts from.

use super::library::Library;
use super::spot::Spot;
use crate::source::Source;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a document took from other files, over all that was done to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// The files.
    pub(super) sources: Vec<Arc<Source>>,
    /// Their paths from the provider's folder.
    names: Vec<String>,
    /// Where the parts stand in the document that have a place of their own.
    pub(super) slots: BTreeMap<Spot, String>,
}

impl Parts {
    /// The index of a file, which is read if it is not among them yet.
    pub(super) fn index(&mut self, file: &str, library: &mut Library) -> Option<usize> {
        if let Some(index) = self.names.iter().position(|name| name == file) {
            return Some(index);
        }
        self.sources.push(library.file(file)?);
        self.names.push(file.to_owned());
        Some(self.names.len() - 1)
    }
}
