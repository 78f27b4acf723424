//! For people at a terminal.

use super::Diff;
use crate::diff::{Change, Verdict};
use std::fmt::Write;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const YELLOW: &str = "\u{1b}[33m";
const GREEN: &str = "\u{1b}[32m";
const PLAIN: &str = "\u{1b}[0m";

/// Each change with its locations, aligned; the last line is the version that follows. Nothing if nothing changed.
pub fn text(diff: &Diff, color: bool) -> String {
    let mut text = String::new();
    if diff.changes.is_empty() {
        return text;
    }
    let paint = Paint { color };
    let width = diff.changes.iter().map(|change| change.verdicts().join(", ").len()).max().unwrap_or(0);
    let several = diff.by_provider().count() > 1;
    for (provider, changes) in diff.by_provider() {
        if several {
            _ = writeln!(text, "{}\n", paint.with(BOLD, provider));
        }
        for change in changes {
            paint.change(&mut text, change, width);
        }
        text.push('\n');
    }
    _ = writeln!(text, "{}", paint.with(BOLD, &diff.verdict_line()));
    text
}

struct Paint {
    color: bool,
}

impl Paint {
    fn with(&self, style: &str, text: &str) -> String {
        if self.color { format!("{style}{text}{PLAIN}") } else { text.to_owned() }
    }

    fn change(&self, text: &mut String, change: &Change, width: usize) {
        let style = match change.verdict() {
            Verdict::Source => RED,
            Verdict::Wire => YELLOW,
            Verdict::Compatible => GREEN,
        };
        let verdicts = change.verdicts().join(", ");
        let gap = " ".repeat(width - verdicts.len());
        let path = super::one_line(&change.path);
        let (verdicts, path) = (self.with(style, &verdicts), self.with(BOLD, &path));
        _ = writeln!(text, "{verdicts}{gap}  {path}: {}", change.what());
        let aside = [change.note().unwrap_or_default(), change.events_in_words(), change.locations()];
        let aside: Vec<_> = aside.into_iter().filter(|part| !part.is_empty()).collect();
        let gap = " ".repeat(width);
        _ = writeln!(text, "{gap}  {}", self.with(DIM, &aside.join("; ")));
    }
}
