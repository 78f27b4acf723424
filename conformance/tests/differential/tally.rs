//! What is counted, and the report.

use super::reason;
use jsonschema::ValidationError;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use webhook_conformance::{Held, Read, cell, equal, equal_but_nulls};

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
    /// Valid instances, accepted and equal, that are no typed event: their schemas have no `type`.
    unknown: usize,
    /// Invalid instances that are accepted, by reason and keyword.
    accepted: BTreeMap<(&'static str, String), usize>,
    /// Webhooks of which every draw is invalid.
    pub contradictory: Vec<String>,
    /// What must not happen.
    pub problems: Vec<String>,
}

impl Tally {
    pub fn new(sender: &str) -> Self {
        Self { sender: sender.to_owned(), ..Self::default() }
    }

    fn row(&self) -> String {
        let Self { sender, webhooks, valid, equal, caught, unknown, invalid, refused, accepted, .. } = self;
        let accepted: usize = accepted.values().sum();
        format!(
            "| {sender} | {webhooks} | {valid} | {equal} | {caught} | {unknown} | {invalid} | {refused} | {accepted} |\n"
        )
    }

    /// Counts an instance that the validator calls valid; `is_outside_inferred` tells whether that is only for lack of a type.
    pub fn valid(&mut self, webhook: &str, instance: &Value, read: Read, is_outside_inferred: impl FnOnce() -> bool) {
        self.valid += 1;
        let what = match read {
            Read::Taken { again, held }
                if equal(&again, instance) && (held != Held::Unknown || is_outside_inferred()) =>
            {
                self.equal += 1;
                self.caught += usize::from(held == Held::InPart);
                self.unknown += usize::from(held == Held::Unknown);
                return;
            }
            Read::Taken { held: Held::Unknown, .. } => "is unknown".to_owned(),
            Read::Refused(problems) => format!("is refused: {problems:?}"),
            Read::Taken { again, .. } => format!("comes back as {again}"),
            Read::Panicked => "panics".to_owned(),
        };
        self.problems.push(format!("{webhook}: the valid {instance} {what}"));
    }

    /// Counts an instance that the validator calls invalid.
    pub fn invalid(&mut self, webhook: &str, instance: &Value, errors: &[ValidationError<'_>], read: Read) {
        self.invalid += 1;
        match (read, reason::of_acceptance(errors)) {
            (Read::Refused(_), _) => self.refused += 1,
            (Read::Taken { again, .. }, Some(_)) if !equal_but_nulls(&again, instance) => {
                self.problems.push(format!("{webhook}: the invalid {instance} comes back as {again}"));
            }
            (Read::Taken { .. }, Some((reason, keyword))) => {
                *self.accepted.entry((reason, keyword.to_owned())).or_default() += 1;
            }
            (Read::Taken { again, .. }, None) => {
                let errors: Vec<_> = errors.iter().map(|error| format!("{}: {error}", error.instance_path())).collect();
                let errors = errors.join("; ");
                self.problems.push(format!("{webhook}: accepted though {errors}; comes back as {again}"));
            }
            (Read::Panicked, _) => self.problems.push(format!("{webhook}: the invalid {instance} panics")),
        }
    }
}

const HEAD: &str = "# Differential test against the `jsonschema` crate

Written by `tests/differential`. Instances are drawn from the schemas of the corpus' webhooks, and mutants (a key less,
another type, another value) from the valid ones among them; the same ones in every run. None panics. A valid instance is
`Unknown`, with its event type and its whole body, only where a schema that has `properties` and no `type` allows a value
that is no object.

| sender | webhooks | valid | accepted and equal | of these with a part in a catch-all | of these `Unknown` | invalid | refused | accepted |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
";

const ACCEPTED: &str = "
## Invalid, and accepted all the same

Each comes back equal, but for keys with null, which may be read as absent. By the keyword that the crate names first.

| reason | keyword | instances |
|---|---|--:|
";

pub fn report(tallies: &[Tally]) -> String {
    let mut text = HEAD.to_owned();
    tallies.iter().for_each(|tally| text += &tally.row());
    let mut all = Tally::new("**all**");
    for Tally { webhooks, valid, equal, caught, unknown, invalid, refused, accepted, contradictory, .. } in tallies {
        all.webhooks += webhooks;
        all.valid += valid;
        all.equal += equal;
        all.caught += caught;
        all.invalid += invalid;
        all.refused += refused;
        all.unknown += unknown;
        accepted.iter().for_each(|(reason, count)| *all.accepted.entry(reason.clone()).or_default() += count);
        all.contradictory.extend(contradictory.iter().map(|name| cell(name)));
    }
    text += &all.row();
    text += ACCEPTED;
    all.accepted.iter().for_each(|((reason, keyword), count)| {
        _ = writeln!(text, "| {reason} | `{keyword}` | {count} |");
    });
    let contradictory = all.contradictory;
    _ = write!(text, "\nOf {} webhooks no draw was valid: {}\n", contradictory.len(), contradictory.join(", "));
    text
}
