//! For a CHANGELOG.

use super::Diff;
use super::markdown::code;
use crate::diff::{Action, Change, Verdict};
use std::fmt::Write;

/// Sections as in <https://keepachangelog.com/en/1.1.0/>, without a heading for the version. What only documentation
/// says is left out. Nothing if nothing else changed.
pub fn changelog(diff: &Diff) -> String {
    let mut text = String::new();
    let shown: Vec<_> = diff.changes.iter().filter(|change| change.action != Action::Documented).collect();
    for title in ["Changed", "Deprecated", "Removed", "Added"] {
        let of: Vec<_> = shown.iter().filter(|change| section(change) == title).collect();
        if of.is_empty() {
            continue;
        }
        _ = writeln!(text, "### {title}\n");
        for change in of {
            let breaking = if change.verdict() != Verdict::Compatible { "**Breaking** " } else { "" };
            let note = change.note().map(|note| format!(" ({note})")).unwrap_or_default();
            let (path, what) = (code(&change.path), code(&change.what()));
            _ = writeln!(text, "- {breaking}{}: {path}: {what}{note}", change.provider);
        }
        text.push('\n');
    }
    text
}

fn section(change: &Change) -> &'static str {
    match change.action {
        Action::Deprecated | Action::Undeprecated => "Deprecated",
        Action::Removed(_) => "Removed",
        Action::Added(_) => "Added",
        _ => "Changed",
    }
}
