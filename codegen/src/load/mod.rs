//! Text to values, remembering where every node stands.

mod folder;
mod places;
mod source;
mod span;
mod syntax;
mod tree;

pub use folder::{Folder, load};
pub use source::Source;
pub use span::{Part, Span};

#[cfg(test)]
mod tests;
