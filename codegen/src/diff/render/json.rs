//! For programs.

use super::Diff;
use crate::diff::{Place, Verdict};
use serde_json::{Value, json as object};
use std::fmt::Write;

/// An object in each line: the changes, and at the end what follows from them all.
pub fn json(diff: &Diff) -> String {
    let mut text = String::new();
    for change in &diff.changes {
        let verdicts = [("source", change.source), ("wire", change.wire)];
        let mut verdicts: Vec<_> = verdicts.iter().filter(|(_, holds)| *holds).map(|(name, _)| *name).collect();
        if verdicts.is_empty() {
            verdicts.push("compatible");
        }
        let line = object!({
            "provider": change.provider,
            "verdicts": verdicts,
            "kind": change.kind.as_str(),
            "path": change.path,
            "what": change.what(),
            "from": change.from,
            "to": change.to,
            "note": change.note,
            "old": change.old.as_ref().map(place),
            "new": change.new.as_ref().map(place),
            "events": change.events,
        });
        _ = writeln!(text, "{line}");
    }
    let last = object!({
        "bump": diff.bump().as_str(),
        "source": diff.count(Verdict::Source),
        "wire": diff.count(Verdict::Wire),
        "compatible": diff.count(Verdict::Compatible),
    });
    _ = writeln!(text, "{last}");
    text
}

fn place(place: &Place) -> Value {
    object!({
        "file": place.file.to_string_lossy(),
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
    })
}
