//! What is counted, and the report.

use super::reason;
use jsonschema::ValidationError;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use webhook_conformance::{Read, cell, equal};

/// The numbers of a sender.
#[derive(Default)]
pub struct Tally {
    pub sender: String,
    pub webhooks: usize,
    valid: usize,
    equal: usize,
    /// Valid instances, accepted and equal, of which a part is kept without a type.
    caught: usize,
    invalid: usize,
    refused: usize,
    /// Valid instances that are not accepted or not equal, by reason.
    excepted: BTreeMap<&'static str, usize>,
    /// Invalid instances that are accepted, by reason.
    accepted: BTreeMap<&'static str, usize>,
    /// Webhooks of which every draw is invalid.
    pub contradictory: Vec<String>,
    /// What must not happen.
    pub problems: Vec<String>,
}

impl Tally {
    pub fn new(sender: &str) -> Self {
        Self { sender: sender.to_owned(), ..Self::default() }
    }

    /// Counts an instance that the validator calls valid; `is_untyped` tells whether that is only for lack of a type.
    pub fn valid(&mut self, webhook: &str, instance: &Value, read: Read, is_untyped: impl FnOnce() -> bool) {
        self.valid += 1;
        let (known, what) = match read {
            Read::Taken { again, caught } if equal(&again, instance) => {
                self.equal += 1;
                self.caught += usize::from(caught);
                return;
            }
            Read::Refused(problems) => (reason::of_refusal(&problems, instance), format!("is refused: {problems:?}")),
            Read::Taken { again, .. } => (None, format!("comes back as {again}")),
            Read::Unknown => (None, "is unknown".to_owned()),
            Read::Panicked => (None, "panics".to_owned()),
        };
        match known.or_else(|| is_untyped().then_some(reason::UNTYPED)) {
            Some(reason) => *self.excepted.entry(reason).or_default() += 1,
            None => self.problems.push(format!("{webhook}: the valid {instance} {what}")),
        }
    }

    /// Counts an instance that the validator calls invalid.
    pub fn invalid(&mut self, webhook: &str, instance: &Value, errors: &[ValidationError<'_>], read: Read) {
        self.invalid += 1;
        match (read, reason::of_acceptance(errors)) {
            (Read::Refused(_), _) => self.refused += 1,
            (Read::Taken { .. }, Some(reason)) => *self.accepted.entry(reason).or_default() += 1,
            (Read::Taken { again, .. }, None) => {
                let errors: Vec<_> = errors.iter().map(|error| format!("{}: {error}", error.instance_path())).collect();
                let errors = errors.join("; ");
                self.problems.push(format!("{webhook}: accepted though {errors}; comes back as {again}"));
            }
            (Read::Unknown, _) => self.problems.push(format!("{webhook}: the invalid {instance} is unknown")),
            (Read::Panicked, _) => self.problems.push(format!("{webhook}: the invalid {instance} panics")),
        }
    }
}

const HEAD: &str = "# Differential test against the `jsonschema` crate

Written by `tests/differential`. Instances are drawn from the schemas of the corpus' webhooks, and mutants from the valid
ones among them. None panics.

| sender | webhooks | valid | accepted and equal | of these with a part in a catch-all | invalid | refused | accepted |
|---|--:|--:|--:|--:|--:|--:|--:|
";

pub fn report(tallies: &[Tally]) -> String {
    let mut text = HEAD.to_owned();
    for Tally { sender, webhooks, valid, equal, caught, invalid, refused, accepted, .. } in tallies {
        let accepted: usize = accepted.values().sum();
        _ = writeln!(
            text,
            "| {sender} | {webhooks} | {valid} | {equal} | {caught} | {invalid} | {refused} | {accepted} |"
        );
    }
    by_reason(&mut text, "Valid, and not accepted and equal", tallies, |tally| &tally.excepted);
    by_reason(&mut text, "Invalid, and accepted all the same", tallies, |tally| &tally.accepted);
    let contradictory: Vec<_> = tallies.iter().flat_map(|tally| &tally.contradictory).map(|name| cell(name)).collect();
    _ = write!(text, "\nOf {} webhooks no draw was valid: {}\n", contradictory.len(), contradictory.join(", "));
    text
}

fn by_reason(text: &mut String, title: &str, tallies: &[Tally], counts: fn(&Tally) -> &BTreeMap<&'static str, usize>) {
    let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
    for (reason, count) in tallies.iter().flat_map(counts) {
        *sums.entry(reason).or_default() += count;
    }
    _ = write!(text, "\n## {title}\n\n| reason | instances |\n|---|--:|\n");
    for (reason, count) in sums {
        _ = writeln!(text, "| {reason} | {count} |");
    }
}
