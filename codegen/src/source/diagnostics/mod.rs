//! What is wrong with a specification, and where.

mod cargo;
mod diagnostic;
mod failure;
mod kind;
mod location;
mod render;

pub use cargo::cargo_lines;
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use failure::Failure;
pub use kind::{WarningKind, parse_label};
pub use render::{Style, render, summarize};
