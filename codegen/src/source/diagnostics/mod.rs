//! What is wrong with a specification, and where.

mod diagnostic;
mod failure;
mod location;
mod render;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use failure::Failure;
pub use render::{Style, render};
