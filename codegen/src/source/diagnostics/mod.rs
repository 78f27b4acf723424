//! What is wrong with a specification, and where.

mod diagnostic;
mod failure;
mod json;
mod location;
mod render;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use failure::Failure;
pub use render::{Style, render};
