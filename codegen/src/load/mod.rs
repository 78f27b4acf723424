//! Text to values, remembering where every node stands.

mod any;
mod bundle;
mod document;
mod edits;
mod folder;
pub(crate) mod fragment;
mod lines;
mod overlay;
mod places;
mod read;
mod source;
mod span;
mod syntax;
mod tree;
mod unquoted;

pub use any::{Extent, load_any};
pub(crate) use edits::Origin;
pub use folder::{Folder, load};
pub(crate) use lines::Line;
pub use source::Source;
pub use span::{Part, Span};
use std::borrow::Cow;
use std::path::Path;

/// The last part of a path, as text.
fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

#[cfg(test)]
mod tests;
