//! Changes in words.

use super::one_line;
use crate::diff::{Action, Cause, Change, Deliveries, Item, Limit, Measure, Mismatch, Rule, Verdict};
use serde_json::Value;

impl Change {
    /// What kind of change it is, as it is written for programs: `field_added`.
    pub fn kind(&self) -> String {
        let item = format!("{:?}", self.item).to_lowercase();
        match self.action {
            Action::Added(_) => format!("{item}_added"),
            Action::Removed(_) => format!("{item}_removed"),
            Action::Renamed(..) => format!("{item}_renamed"),
            Action::Moved(..) => format!("{item}_moved"),
            Action::Changed(..) | Action::Replaced(..) => format!("{item}_changed"),
            Action::Narrowed(..) => "narrowed".to_owned(),
            Action::Widened(..) => "widened".to_owned(),
            Action::Deprecated | Action::Undeprecated => "deprecation".to_owned(),
            Action::Documented => "documentation".to_owned(),
        }
    }

    /// What it was, and what it is.
    pub fn parts(&self) -> (Option<String>, Option<String>) {
        match &self.action {
            Action::Added(now) => (None, now.clone()),
            Action::Removed(was) => (was.clone(), None),
            Action::Renamed(was, now) | Action::Moved(was, now) | Action::Changed(was, now) => {
                (Some(was.clone()), Some(now.clone()))
            }
            Action::Narrowed(was, now) | Action::Widened(was, now) | Action::Replaced(was, now) => {
                (Some(rules(was, now)), Some(rules(now, was)))
            }
            Action::Deprecated | Action::Undeprecated | Action::Documented => (None, None),
        }
    }

    /// What happened to the path: `String → Option<String>`.
    pub fn what(&self) -> String {
        let (from, to) = self.parts();
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        let is_named = self.path.ends_with(&to);
        one_line(&match self.action {
            Action::Added(None) => "new".to_owned(),
            Action::Added(_) => format!("new, {to}"),
            Action::Removed(None) => "removed".to_owned(),
            Action::Removed(_) => format!("removed, was {from}"),
            Action::Renamed(..) if is_named => format!("renamed, was {from}"),
            Action::Moved(..) if is_named => format!("moved, was {from}"),
            Action::Deprecated => "deprecated now: using it warns".to_owned(),
            Action::Undeprecated => "no longer deprecated".to_owned(),
            Action::Documented => "other documentation".to_owned(),
            _ => format!("{from} → {to}"),
        })
    }

    /// What follows from it, if that does not go without saying.
    pub fn note(&self) -> Option<String> {
        if !self.wire.is_empty() {
            return Some(mismatches(&self.wire));
        }
        Some(match (self.item, &self.action) {
            (Item::Provider, _) => "the whole provider".to_owned(),
            (Item::Document, Action::Renamed(..)) => "the module has the file's name".to_owned(),
            (Item::Webhook, Action::Renamed(..)) => "`from_slice_as` knows it by the new key only".to_owned(),
            (Item::Value | Item::Variant, Action::Added(_)) => "it arrived as `Other`".to_owned(),
            (Item::Value | Item::Variant, Action::Removed(_)) => "it arrives as `Other`".to_owned(),
            (_, Action::Widened(was, _)) => format!("{} may come", values(was.first()?)),
            (_, Action::Narrowed(_, now)) if now.first() == Some(&Rule::NotNull) => "null no longer comes".to_owned(),
            (_, Action::Narrowed(_, now)) => format!("{} no longer come", values(now.first()?)),
            (_, Action::Replaced(was, now)) => match (was.first(), now.first()) {
                (Some(Rule::Format(_)), _) | (_, Some(Rule::Format(_))) => return None,
                (Some(Rule::Values(_)), _) => "other values may come, and some no longer come".to_owned(),
                _ => "more or fewer values may come".to_owned(),
            },
            _ => return None,
        })
    }

    /// All verdicts that hold, the most severe first.
    pub(super) fn verdicts(&self) -> Vec<&'static str> {
        match (self.source, self.wire.is_empty()) {
            (true, false) => vec![Verdict::Source.as_str(), Verdict::Wire.as_str()],
            _ => vec![self.verdict().as_str()],
        }
    }
}

/// Causes that hold of the same deliveries, or in both directions, are said once.
fn mismatches(wire: &[Mismatch]) -> String {
    let mut causes: Vec<Cause> = wire.iter().map(|one| one.cause).collect();
    causes.sort();
    causes.dedup();
    let said = causes.into_iter().map(|cause| {
        let ways: Vec<_> = wire.iter().filter(|one| one.cause == cause).map(|one| one.deliveries).collect();
        let which = match ways.as_slice() {
            [Deliveries::New] => "new deliveries",
            [Deliveries::Stored] => "stored deliveries",
            _ => "new and stored deliveries",
        };
        match cause {
            Cause::Null => format!("{which} with null are refused"),
            Cause::Missing => format!("{which} without it are refused"),
            Cause::Type => format!("{which} with other values are refused"),
            Cause::Key => format!("{which} leave it empty: they have another key"),
            Cause::Value => format!("{which} have another value of that name"),
            Cause::Event => format!("{which} arrive as `Unknown`"),
            Cause::Request => format!("{which} are refused or read otherwise"),
        }
    });
    said.collect::<Vec<_>>().join(", ")
}

/// Some rules, or that there is none like the `others`.
fn rules(rules: &[Rule], others: &[Rule]) -> String {
    match (rules, others.first()) {
        ([], Some(Rule::NotNull)) => "null".to_owned(),
        ([], Some(Rule::Values(_))) => "any value".to_owned(),
        ([], Some(other)) => format!("no `{}`", keyword(other)),
        (rules, _) => short(&rules.iter().map(rule).collect::<Vec<_>>().join(", ")),
    }
}

fn rule(rule: &Rule) -> String {
    let value = match rule {
        Rule::NotNull => return "no null".to_owned(),
        Rule::Values(values) => return format!("one of {}", several(values)),
        Rule::Least(limit) | Rule::Greatest(limit) => limit.value.to_string(),
        Rule::MultipleOf(number) => number.to_string(),
        Rule::Pattern(text) | Rule::Key(text) => Value::from(text.as_str()).to_string(),
        Rule::Format(name) => name.clone(),
        Rule::NoOtherKeys => "false".to_owned(),
        Rule::KeyPatterns(patterns) => several(patterns),
        Rule::Other { value, .. } => value.to_string(),
    };
    format!("`{}` {value}", keyword(rule))
}

/// The keyword that says it, of those that may.
fn keyword(rule: &Rule) -> &str {
    match rule {
        Rule::Least(limit) => of_limit(limit, true).0,
        Rule::Greatest(limit) => of_limit(limit, false).0,
        Rule::MultipleOf(_) => "multipleOf",
        Rule::Pattern(_) => "pattern",
        Rule::Format(_) => "format",
        Rule::Values(_) => "enum",
        Rule::NoOtherKeys => "additionalProperties",
        Rule::KeyPatterns(_) => "patternProperties",
        Rule::Key(_) => "required",
        Rule::NotNull => "type",
        Rule::Other { keyword, .. } => keyword,
    }
}

/// The keyword of a limit, and the values that it keeps out.
fn of_limit(limit: &Limit, is_least: bool) -> (&'static str, &'static str) {
    match (limit.measure, is_least, limit.excludes) {
        (Measure::Value, true, false) => ("minimum", "smaller numbers"),
        (Measure::Value, true, true) => ("exclusiveMinimum", "smaller numbers"),
        (Measure::Value, false, false) => ("maximum", "greater numbers"),
        (Measure::Value, false, true) => ("exclusiveMaximum", "greater numbers"),
        (Measure::Length, true, _) => ("minLength", "shorter texts"),
        (Measure::Length, false, _) => ("maxLength", "longer texts"),
        (Measure::Items, true, _) => ("minItems", "shorter lists"),
        (Measure::Items, false, _) => ("maxItems", "longer lists"),
        (Measure::Keys, true, _) => ("minProperties", "objects with fewer keys"),
        (Measure::Keys, false, _) => ("maxProperties", "objects with more keys"),
    }
}

/// The values that a rule keeps out.
fn values(rule: &Rule) -> String {
    match rule {
        Rule::Least(limit) => of_limit(limit, true).1,
        Rule::Greatest(limit) => of_limit(limit, false).1,
        Rule::MultipleOf(_) => "other numbers",
        Rule::Pattern(_) => "other texts",
        Rule::NoOtherKeys | Rule::KeyPatterns(_) => "other keys",
        Rule::Key(key) => return format!("objects without `{key}`"),
        Rule::NotNull => "null",
        Rule::Format(_) | Rule::Values(_) | Rule::Other { .. } => "other values",
    }
    .to_owned()
}

fn several<T: ToString>(values: &[T]) -> String {
    const MOST: usize = 6;
    let shown: Vec<_> = values.iter().take(MOST).map(ToString::to_string).collect();
    let more = if values.len() > MOST { format!(" and {} more", values.len() - MOST) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn short(text: &str) -> String {
    const MOST: usize = 80;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain(['…']).collect() }
}
