//! Diagnostics as the lines that cargo reads from a build script.

use super::diagnostic::{Diagnostics, Severity};
use super::render::{Style, render, summarize};
use crate::source::file::Source;

/// A `cargo::warning` for each kind of warning and for each note, and `cargo::error` for every line about an error: the
/// build fails by these, without a panic, which cargo would print a second time.
pub fn cargo_lines(diagnostics: &Diagnostics, sources: &[Source]) -> String {
    let (errors, others): (Diagnostics, _) =
        diagnostics.iter().cloned().partition(|found| found.severity == Severity::Error);
    let warnings = summarize(&others, sources, Style::Lines);
    let warnings = warnings.lines().map(|line| format!("cargo::warning={line}\n"));
    let errors = render(&errors, sources, Style::PLAIN);
    warnings.chain(errors.lines().map(|line| format!("cargo::error={line}\n"))).collect()
}
