//! Places in the files of a provider's folder.

use crate::source::pointer::join;

/// A place in one of the files: the path from the provider's folder, and a JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Spot {
    pub(super) file: String,
    pub(super) pointer: String,
}

impl Spot {
    pub(super) fn member(&self, key: &str) -> Self {
        Self { file: self.file.clone(), pointer: join(&self.pointer, key) }
    }
}

/// A part that something refers to.
pub(super) struct Target {
    /// The part of `components` for what it is.
    pub(super) section: &'static str,
    /// Where it stands in the document.
    pub(super) slot: Option<String>,
    /// Whether it is not in the document yet.
    pub(super) is_new: bool,
}
