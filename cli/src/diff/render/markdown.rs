//! For a pull request.

use super::Diff;
use crate::diff::{Bump, Change, Verdict};
use std::fmt::Write;

/// So many changes are shown of each verdict: a comment has a limit (65,536 characters on GitHub).
const MOST: usize = 100;

/// A table for each verdict with the events that a change touches, the compatible changes folded. Nothing if nothing changed.
pub fn markdown(diff: &Diff) -> String {
    let mut text = String::new();
    if diff.changes.is_empty() {
        return text;
    }
    let breaks = match diff.bump() {
        Bump::Major => "This breaks receivers.",
        _ => "This breaks no receiver.",
    };
    _ = writeln!(text, "### Webhooks: {}\n\n{breaks}\n", diff.verdict_line());
    for (provider, changes) in diff.by_provider() {
        for (verdict, title) in [
            (Verdict::Source, "Code that compiles today may not"),
            (Verdict::Wire, "Compiles, but can fail at run time"),
            (Verdict::Compatible, "Compatible"),
        ] {
            let changes = super::by_events(changes).into_values().flatten();
            let changes: Vec<_> = changes.filter(|change| change.verdict() == verdict).collect();
            section(&mut text, &format!("`{provider}`: {title}"), &changes, verdict == Verdict::Compatible);
        }
    }
    text
}

fn section(text: &mut String, title: &str, changes: &[&Change], is_folded: bool) {
    if changes.is_empty() {
        return;
    }
    let count = changes.len();
    if is_folded {
        let title = title.replace('`', "");
        _ = writeln!(text, "<details><summary>{title} ({count})</summary>\n");
    } else {
        _ = writeln!(text, "#### {title} ({count})\n");
    }
    text.push_str("| events | what | change | where |\n|---|---|---|---|\n");
    let mut above = None;
    for change in changes.iter().take(MOST) {
        // A cell like the one above is left empty.
        let events = (above != Some(&change.events)).then(|| cell(&super::events_in_words(&change.events)));
        above = Some(&change.events);
        let aside = change.note().map(|note| format!("<br>{}", cell(&note))).unwrap_or_default();
        let also = if change.source && !change.wire.is_empty() { " (and on the wire)" } else { "" };
        _ = writeln!(
            text,
            "| {} | {} | {}{also}{aside} | {} |",
            events.unwrap_or_default(),
            code(&change.path),
            code(&change.what()),
            code(&change.locations())
        );
    }
    if count > MOST {
        _ = writeln!(text, "\n…and {} more.", count - MOST);
    }
    text.push_str(if is_folded { "\n</details>\n\n" } else { "\n" });
}

/// A code span, also in a cell: GitHub ends a cell at a bar even there.
pub(super) fn code(text: &str) -> String {
    let text = super::one_line(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

/// Text of a document in a cell: nothing of it is Markdown or HTML.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out += "&lt;",
            '&' => out += "&amp;",
            '|' | '*' | '_' | '[' | ']' | '\\' | '#' | '@' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
