//! For people at a terminal.

use super::Diff;
use crate::diff::{Change, Verdict};
use indexmap::IndexMap;
use std::fmt::Write;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const YELLOW: &str = "\u{1b}[33m";
const GREEN: &str = "\u{1b}[32m";
const PLAIN: &str = "\u{1b}[0m";

/// So many paths are named of each group of a summary.
const MOST: usize = 3;

/// Each change with its locations, under the events that it touches; the last line is the version that follows. Nothing if
/// nothing changed.
pub fn text(diff: &Diff, color: bool) -> String {
    let paint = Paint { color };
    let width = width(&diff.changes);
    by_provider(diff, &paint, |text, changes| {
        for (index, (events, changes)) in super::by_events(changes).into_iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            _ = writeln!(text, "{gap}{}", paint.with(BOLD, &super::events_in_words(events)));
            changes.into_iter().for_each(|change| paint.change(text, change, width));
        }
    })
}

/// The same for documents with thousands of changes: those of one kind in a line, counted, the most severe first.
pub fn summary(diff: &Diff) -> String {
    by_provider(diff, &Paint { color: false }, counted)
}

fn by_provider(diff: &Diff, paint: &Paint, lines: impl Fn(&mut String, &[Change])) -> String {
    let mut text = String::new();
    if diff.changes.is_empty() {
        return text;
    }
    let several = diff.by_provider().count() > 1;
    for (provider, changes) in diff.by_provider() {
        if several {
            _ = writeln!(text, "{}\n", paint.with(BOLD, provider));
        }
        lines(&mut text, changes);
        text.push('\n');
    }
    _ = writeln!(text, "{}", paint.with(BOLD, &diff.verdict_line()));
    text
}

/// Room for the verdicts.
fn width(changes: &[Change]) -> usize {
    changes.iter().map(|change| change.verdicts().join(", ").len()).max().unwrap_or(0)
}

fn counted(text: &mut String, changes: &[Change]) {
    let mut groups: IndexMap<(Verdict, bool, String), Vec<&Change>> = IndexMap::new();
    for change in changes {
        groups.entry((change.verdict(), change.wire.is_empty(), change.kind())).or_default().push(change);
    }
    groups.sort_by_cached_key(|(verdict, is_off_wire, kind), of| {
        (*verdict, *is_off_wire, std::cmp::Reverse(of.len()), kind.clone())
    });
    let width = width(changes);
    for ((_, _, kind), changes) in groups {
        let verdicts = changes[0].verdicts().join(", ");
        let paths: Vec<_> = changes.iter().take(MOST).map(|change| super::one_line(&change.path)).collect();
        let more = if changes.len() > MOST { ", …" } else { "" };
        let kind = kind.replace('_', " ");
        _ = writeln!(text, "{verdicts:width$}  {:>5}  {kind:20}  {}{more}", changes.len(), paths.join(", "));
    }
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
        _ = writeln!(text, "  {verdicts}{gap}  {path}: {}", change.what());
        let gap = " ".repeat(width);
        for line in [change.note().unwrap_or_default(), change.locations()].iter().filter(|line| !line.is_empty()) {
            _ = writeln!(text, "  {gap}  {}", self.with(DIM, line));
        }
    }
}
