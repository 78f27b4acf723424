//! What is counted, and the report.

use crate::draft::Draft;
use crate::providers::Body;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Counts over all seeds.
#[derive(Default)]
pub struct Figures {
    /// Events that were drafted.
    pub events: usize,
    /// Bodies held back.
    pub bodies: usize,
    /// Those whose event was drafted.
    pub seen: usize,
    /// Those of them that fit the generated type, and so come back equal.
    pub typed: usize,
    /// Those that fit the drafted schema.
    pub valid: usize,
    pub fields: Fields,
    pub problems: Vec<String>,
    /// What was refused, for people.
    pub refused: Vec<String>,
}

/// Properties that the provider's own document declares and the draft has as well.
#[derive(Default)]
pub struct Fields {
    pub all: usize,
    pub same_type: usize,
    pub same_optionality: usize,
    pub same_nullability: usize,
    /// Any JSON in the draft, though the document says more.
    pub any: usize,
    /// Enums of the document, and those of them that were found.
    pub enums: usize,
    pub enums_found: usize,
    /// Enums of the draft that are none in the document.
    pub enums_invented: usize,
}

impl Figures {
    /// Counts a body that was held back.
    pub fn body(&mut self, draft: &Draft, body: &Body) {
        self.bodies += 1;
        let Some(event) = draft.event(body) else { return };
        self.seen += 1;
        let violations = draft.violations(event, body);
        self.typed += usize::from(violations.is_empty());
        self.valid += usize::from(draft.is_valid(event, body));
        self.refused.extend(violations.into_iter().map(|violation| format!("{}: {violation}", event.event_type)));
    }

    pub fn add(&mut self, other: &Self) {
        self.events += other.events;
        self.bodies += other.bodies;
        self.seen += other.seen;
        self.typed += other.typed;
        self.valid += other.valid;
        self.refused.extend(other.refused.clone());
        let (fields, more) = (&mut self.fields, &other.fields);
        fields.all += more.all;
        fields.same_type += more.same_type;
        fields.same_optionality += more.same_optionality;
        fields.same_nullability += more.same_nullability;
        fields.any += more.any;
        fields.enums += more.enums;
        fields.enums_found += more.enums_found;
        fields.enums_invented += more.enums_invented;
    }
}

fn share(part: usize, all: usize) -> String {
    if all == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / all as f64) }
}

/// The report, in Markdown.
pub fn report(senders: &BTreeMap<String, Figures>, seeds: u64) -> String {
    let mut text = format!(
        "# What `infer` drafts from one half of the bodies, put to the other half\n\nSums over {seeds} ways to draw the \
         halves, event by event.\n\n\
         | sender | events drafted | bodies held back | of a drafted event | typed and equal | valid by the draft |\n\
         |---|---|---|---|---|---|\n"
    );
    for (sender, figures) in senders {
        let Figures { events, bodies, seen, typed, valid, .. } = figures;
        let (typed, valid) = (share(*typed, *seen), share(*valid, *seen));
        _ = writeln!(text, "| {sender} | {events} | {bodies} | {seen} | {typed} | {valid} |");
    }
    text.push_str(
        "\nProperties that the provider's own document declares too, and what the draft says of them:\n\n\
         | sender | properties | same type | same optionality | same nullability | any JSON instead | enums found | enums invented |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for (sender, Figures { fields, .. }) in senders.iter().filter(|(_, figures)| figures.fields.all > 0) {
        let of_all = |part| share(part, fields.all);
        _ = writeln!(
            text,
            "| {sender} | {} | {} | {} | {} | {} | {} | {} |",
            fields.all,
            of_all(fields.same_type),
            of_all(fields.same_optionality),
            of_all(fields.same_nullability),
            fields.any,
            share(fields.enums_found, fields.enums),
            fields.enums_invented
        );
    }
    text
}
