//! A run that came to nothing.

use super::diagnostic::{Diagnostic, Diagnostics};
use super::render::{Style, render};
use crate::source::file::Source;
use std::error::Error;
use std::fmt;

/// Why nothing was generated: all findings of the run, at least one of them an error, and the files to show them with.
///
/// Its `Display` is the plain rendering.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What was found.
    pub diagnostics: Diagnostics,
    /// Where it was found.
    pub sources: Vec<Source>,
}

impl From<Diagnostic> for Failure {
    fn from(only: Diagnostic) -> Self {
        Self { diagnostics: only.into(), sources: Vec::new() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render(&self.diagnostics, &self.sources, Style::PLAIN))
    }
}

impl Error for Failure {}
