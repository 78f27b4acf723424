//! Text to values, remembering where every node stands.

mod document;
mod edits;
mod folder;
mod overlay;
mod places;
mod source;
mod span;
mod syntax;
mod tree;

pub(crate) use edits::Origin;
pub use folder::{Folder, load};
pub use source::Source;
pub use span::{Part, Span};

#[cfg(test)]
mod tests;
