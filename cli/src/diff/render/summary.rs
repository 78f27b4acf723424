//! For documents with thousands of changes.

use super::Diff;
use crate::diff::{Change, Verdict};
use indexmap::IndexMap;
use std::fmt::Write;

/// So many paths are named of each group.
const MOST: usize = 3;

/// The changes of one kind in a line, counted, the most severe first; the last line is the version that follows.
/// Nothing if nothing changed.
pub fn summary(diff: &Diff) -> String {
    let mut text = String::new();
    if diff.changes.is_empty() {
        return text;
    }
    let several = diff.by_provider().count() > 1;
    for (provider, changes) in diff.by_provider() {
        if several {
            _ = writeln!(text, "{provider}\n");
        }
        provider_lines(&mut text, changes);
        text.push('\n');
    }
    _ = writeln!(text, "{}", diff.verdict_line());
    text
}

fn provider_lines(text: &mut String, changes: &[Change]) {
    let mut groups: IndexMap<(Verdict, bool, String), Vec<&Change>> = IndexMap::new();
    for change in changes {
        groups.entry((change.verdict(), change.wire.is_empty(), change.kind())).or_default().push(change);
    }
    groups.sort_by(|left, of_left, right, of_right| {
        (left.0, left.1)
            .cmp(&(right.0, right.1))
            .then(of_right.len().cmp(&of_left.len()))
            .then_with(|| left.2.cmp(&right.2))
    });
    let width = changes.iter().map(|change| change.verdicts().join(", ").len()).max().unwrap_or(0);
    for ((_, _, kind), changes) in groups {
        let verdicts = changes[0].verdicts().join(", ");
        let paths: Vec<_> = changes.iter().take(MOST).map(|change| super::one_line(&change.path)).collect();
        let more = if changes.len() > MOST { ", …" } else { "" };
        let kind = kind.replace('_', " ");
        _ = writeln!(text, "{verdicts:width$}  {:>5}  {kind:20}  {}{more}", changes.len(), paths.join(", "));
    }
}
