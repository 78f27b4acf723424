//! Diagnostics for programs. [`Style::Json`](super::Style::Json) says what the keys mean.

use super::diagnostic::{Diagnostic, Severity};
use super::location::Location;

use serde_json::json;

pub(super) fn line(location: &Location<'_>, found: &Diagnostic) -> String {
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let span = location.line.map(|(span, _)| span);
    // A width past the end of the line means up to it.
    let end = location.line.map(|(span, line)| {
        let last = line.map_or(0, |line| line.len()).max(span.column);
        span.column.saturating_add(span.width).min(last + 1)
    });
    let object = json!({
        "severity": severity,
        "file": location.file.to_string_lossy(),
        "line": span.map(|span| span.line),
        "column": span.map(|span| span.column),
        "end_line": span.map(|span| span.line),
        "end_column": end,
        "pointer": location.pointer,
        "document": location.is_patch.then(|| format!("{}#{}", found.file.display(), found.pointer)),
        "message": found.message,
        "help": found.help,
    });
    format!("{object}\n")
}
