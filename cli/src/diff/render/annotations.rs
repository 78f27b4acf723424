//! For tools that show a change beside its line.

use super::Diff;
use crate::annotations::{Annotation, Severity};
use crate::diff::{Change, Verdict};

/// The changes: what breaks is an error, as it makes `diff` fail.
pub(crate) fn annotations(diff: &Diff) -> Vec<Annotation> {
    diff.changes.iter().map(annotation).collect()
}

fn annotation(change: &Change) -> Annotation {
    // What is gone is shown where it was.
    let at = change.new.as_ref().or(change.old.as_ref());
    let events = super::events_in_words(&change.events);
    Annotation {
        severity: if change.verdict() == Verdict::Compatible { Severity::Note } else { Severity::Error },
        kind: Some(format!("{}:{}", change.verdicts().join("-"), change.kind())),
        message: format!("{}: {} ({events})", change.path, change.what()),
        help: change.note().map(|note| note.to_string()),
        file: at.map(|at| at.file.display().to_string()).unwrap_or_default(),
        line: at.map(|at| at.line),
        column: at.map(|at| at.column),
        end_column: None,
    }
}
