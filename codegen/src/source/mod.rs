//! Text to values that know where every node is, and diagnostics that point there.

mod anchors;
pub mod diagnostics;
mod edits;
mod file;
pub mod fragment;
mod lines;
mod parse;

pub mod pointer;
mod span;
mod spans;
mod suggest;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;
mod unquoted;
mod walk;

pub(crate) use anchors::Anchors;
pub use diagnostics::{Diagnostic, Diagnostics, Failure, Severity, Style, WarningKind, render, summarize};
pub use edits::{Edits, Origin};
pub use file::Source;
pub use span::{Part, Span};
pub use suggest::{closest, one_of, suggestion};
pub use syntax::Syntax;
pub use walk::walk;
