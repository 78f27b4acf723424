//! For programs.

use super::Diff;
use crate::diff::{Location, Verdict};
use serde_json::{Value, json as object};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// An object in each line: the changes, and at the end what follows from them all.
pub fn json(diff: &Diff) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        let (from, to) = change.parts();
        let line = object!({
            "provider": change.provider,
            "verdicts": change.verdicts(),
            "kind": change.kind(),
            "path": change.path,
            "what": change.what(),
            "from": from,
            "to": to,
            "wire": change.wire.iter().map(|one| one.deliveries.as_str()).collect::<BTreeSet<_>>(),
            "note": change.note(),
            "old": change.old.as_ref().map(location),
            "new": change.new.as_ref().map(location),
            "events": change.events,
        });
        _ = writeln!(text, "{line}");
    }
    let mut events: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (index, change) in diff.changes.iter().enumerate() {
        for event in &change.events {
            events.entry(&change.provider).or_default().entry(event).or_default().push(index);
        }
    }
    let last = object!({
        "bump": diff.bump().as_str(),
        "source": diff.count(Verdict::Source),
        "wire": diff.count(Verdict::Wire),
        "compatible": diff.count(Verdict::Compatible),
        "events": events,
    });
    _ = writeln!(text, "{last}");
    text
}

fn location(at: &Location) -> Value {
    object!({
        "file": at.file.to_string_lossy(),
        "line": at.line,
        "column": at.column,
        "pointer": at.pointer,
    })
}
