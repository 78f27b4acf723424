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
    /// Those that fit the drafted schema, and those that do where formats are constraints.
    pub valid: usize,
    pub strictly_valid: usize,
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
    /// Required by the document and not by the draft, and the other way round.
    pub too_optional: usize,
    pub too_required: usize,
    /// Enums of the document, and those of them that were found.
    pub enums: usize,
    pub enums_found: usize,
    /// The same of those of which the bodies showed two values.
    pub enums_evident: usize,
    pub evident_found: usize,
    /// Enums of the draft that are none in the document.
    pub enums_invented: usize,
}

impl Figures {
    /// Counts a body that was held back.
    pub fn body(&mut self, draft: &Draft, body: &Body) {
        self.bodies += 1;
        let Some(webhook) = draft.webhook(body) else { return };
        self.seen += 1;
        let violations = draft.violations(webhook, body);
        self.typed += usize::from(violations.is_empty());
        let (is_valid, is_strictly_valid) = draft.is_valid(webhook, body);
        self.valid += usize::from(is_valid);
        self.strictly_valid += usize::from(is_strictly_valid);
        self.refused.extend(violations.into_iter().map(|violation| format!("{}: {violation}", webhook.key)));
    }

    pub fn add(&mut self, other: &Self) {
        self.events += other.events;
        self.bodies += other.bodies;
        self.seen += other.seen;
        self.typed += other.typed;
        self.valid += other.valid;
        self.strictly_valid += other.strictly_valid;
        self.refused.extend(other.refused.clone());
        let (fields, more) = (&mut self.fields, &other.fields);
        fields.all += more.all;
        fields.same_type += more.same_type;
        fields.same_optionality += more.same_optionality;
        fields.same_nullability += more.same_nullability;
        fields.any += more.any;
        fields.enums += more.enums;
        fields.too_optional += more.too_optional;
        fields.too_required += more.too_required;
        fields.enums_found += more.enums_found;
        fields.enums_evident += more.enums_evident;
        fields.evident_found += more.evident_found;
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
         | sender | events drafted | bodies held back | of a drafted event | typed and equal | valid by the draft | with \
         formats asserted |\n|---|---|---|---|---|---|---|\n"
    );
    for (sender, figures) in senders {
        let Figures { events, bodies, seen, .. } = figures;
        let (typed, valid) = (share(figures.typed, *seen), share(figures.valid, *seen));
        let strictly_valid = share(figures.strictly_valid, *seen);
        _ = writeln!(text, "| {sender} | {events} | {bodies} | {seen} | {typed} | {valid} | {strictly_valid} |");
    }
    text.push_str(
        "\nProperties that the provider's own document declares too, event by event, and what the draft says of them:\n\n\
         | sender | properties | same type | same optionality | same nullability | any JSON instead | enums found | of those with \
         two values seen | enums invented |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for (sender, Figures { fields, .. }) in senders.iter().filter(|(_, figures)| figures.fields.all > 0) {
        let of_all = |part| share(part, fields.all);
        _ = writeln!(
            text,
            "| {sender} | {} | {} | {} | {} | {} | {} | {} | {} |",
            fields.all,
            of_all(fields.same_type),
            format_args!(
                "{} ({} optional, {} required instead)",
                of_all(fields.same_optionality),
                of_all(fields.too_optional),
                of_all(fields.too_required)
            ),
            of_all(fields.same_nullability),
            fields.any,
            share(fields.enums_found, fields.enums),
            share(fields.evident_found, fields.enums_evident),
            fields.enums_invented
        );
    }
    text
}

/// The report on other tools, in Markdown.
pub fn beside(figures: &BTreeMap<(String, &str), Figures>, seeds: u64) -> String {
    let mut text = format!(
        "# `infer` beside genson and quicktype\n\n`conformance/beside/run` writes this. Shares over {seeds} ways to draw the \
         halves, those of `leave_out.md`. genson and quicktype know no events: each makes a schema of the bodies of one event, \
         in the groups that `infer` found, which are the providers' own.\n\n\
         A body held back is valid if the schema of its event says so; a format is a constraint only in the column that says so. \
         It is accepted if the types do that are generated of the schema. quicktype closes every object \
         (`additionalProperties: false`), so that a new key makes a body invalid. The other columns are of properties that the provider's own document declares too, event by \
         event.\n\n\
         | sender | schemas by | bodies held back | valid | with formats asserted | accepted | properties | same type | same optionality | same \
         nullability | enums found | enums invented |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n"
    );
    for ((sender, tool), figures) in figures.iter().filter(|(_, it)| it.seen > 0) {
        let Figures { seen, fields, .. } = figures;
        let of_all = |part| share(part, fields.all);
        let (valid, typed) = (share(figures.valid, *seen), share(figures.typed, *seen));
        let strictly_valid = share(figures.strictly_valid, *seen);
        let (same_type, same_optionality) = (of_all(fields.same_type), of_all(fields.same_optionality));
        let (same_nullability, found) = (of_all(fields.same_nullability), share(fields.enums_found, fields.enums));
        _ = writeln!(
            text,
            "| {sender} | {tool} | {seen} | {valid} | {strictly_valid} | {typed} | {} | {same_type} | {same_optionality} | {same_nullability} \
             | {found} | {} |",
            fields.all, fields.enums_invented
        );
    }
    text
}

/// What compiled types did with bodies, over all seeds.
#[derive(Default)]
pub struct Compiled {
    /// Bodies held back, and those of them that are typed and come back equal.
    held_back: (usize, usize),
    /// The same of the bodies that were drafted from.
    drafted_from: (usize, usize),
}

impl Compiled {
    pub fn add(&mut self, is_held_back: bool, comes_back: bool) {
        let (all, equal) = if is_held_back { &mut self.held_back } else { &mut self.drafted_from };
        *all += 1;
        *equal += usize::from(comes_back);
    }
}

/// The report on compiled types, in Markdown.
pub fn compiled(senders: &BTreeMap<String, Compiled>, seeds: u64) -> String {
    let mut text = format!(
        "# What compiled types of the drafts do with bodies\n\nSums over {seeds} ways to draw the halves; bodies of drafted \
         events. A body is typed and equal if it is read as its event, and the same JSON is written again.\n\n\
         | sender | bodies held back | typed and equal | bodies drafted from | typed and equal |\n|---|---|---|---|---|\n"
    );
    for (sender, Compiled { held_back, drafted_from }) in senders {
        let (held, from) = (share(held_back.1, held_back.0), share(drafted_from.1, drafted_from.0));
        _ = writeln!(text, "| {sender} | {} | {held} | {} | {from} |", held_back.0, drafted_from.0);
    }
    text
}
