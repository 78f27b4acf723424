//! What rules allow, however they are written, and what became of it.

use super::change::Action;
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::mem::{Discriminant, discriminant};
use webhook_codegen::documents::Folder;
use webhook_codegen::keywords::REF;
use webhook_codegen::model::{Constraint, Limit, Measure, Rule};
use webhook_codegen::schema::{Node, References, is_annotation};

/// So many nodes of a schema are looked at to see what it says; what lies beyond is compared as it is written.
const MOST_NODES: usize = 2_000;

/// What some rules are about: those about the same are compared.
pub type Subject = (Discriminant<Rule>, Option<Measure>, String);

/// What a rule is about.
pub fn subject(rule: &Rule) -> Subject {
    let (measure, name) = match rule {
        Rule::Least(limit) | Rule::Greatest(limit) => (Some(limit.measure), ""),
        Rule::Key(name) | Rule::Other { keyword: name, .. } => (None, name.as_str()),
        _ => (None, ""),
    };
    (discriminant(rule), measure, name.to_owned())
}

/// What became of the rules about one subject; nothing where they allow the same.
pub fn compared<'f>(old: &[&Constraint], new: &[&Constraint], meanings: &mut [Meanings<'f>; 2]) -> Option<Action> {
    match old.first().or(new.first())?.rule {
        Rule::Least(_) => limits(old, new, 1),
        Rule::Greatest(_) => limits(old, new, -1),
        Rule::Values(_) => values(old, new),
        _ => by_meaning(meanings[0].of(old), meanings[1].of(new)),
    }
}

/// Other rules allow other values, more rules fewer, and fewer rules more.
fn action(has_new: bool, has_gone: bool, old: Vec<Rule>, new: Vec<Rule>) -> Option<Action> {
    match (has_new, has_gone) {
        (true, true) => Some(Action::Replaced(old, new)),
        (true, false) => Some(Action::Narrowed(old, new)),
        (false, true) => Some(Action::Widened(old, new)),
        (false, false) => None,
    }
}

/// Of several limits the tightest counts, if any value is beyond it. `up` is 1 for the least value and -1 for the greatest.
fn limits(old: &[&Constraint], new: &[&Constraint], up: i8) -> Option<Action> {
    let tightest = |all: &[&Constraint]| -> Option<Limit> {
        let limits = all.iter().filter_map(|one| match &one.rule {
            Rule::Least(limit) | Rule::Greatest(limit) => Some(limit),
            _ => None,
        });
        let is_beyond = |limit: &&Limit| {
            up == -1 || limit.measure == Measure::Value || limit.value.as_f64().is_some_and(|value| value > 0.0)
        };
        limits.filter(is_beyond).max_by(|one, other| order(one, other, up)).cloned()
    };
    let (before, after) = (tightest(old), tightest(new));
    let order = match (&before, &after) {
        (Some(before), Some(after)) => order(after, before, up),
        (before, after) => after.is_some().cmp(&before.is_some()),
    };
    let rule = |limit: Option<Limit>| limit.map(if up == 1 { Rule::Least } else { Rule::Greatest });
    let (before, after) = (rule(before).into_iter().collect(), rule(after).into_iter().collect());
    action(order == Ordering::Greater, order == Ordering::Less, before, after)
}

/// Which of two limits allows less.
fn order(one: &Limit, other: &Limit, up: i8) -> Ordering {
    let ((one, one_nudge, one_exact), (other, other_nudge, other_exact)) = (size(one, up), size(other, up));
    let order = match (one_exact, other_exact) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.total_cmp(&other).then(one_nudge.cmp(&other_nudge)),
    };
    if up == 1 { order } else { order.reverse() }
}

/// The least or greatest value that is not beyond a limit: by how little it is within the number given, and exactly
/// where only integers count.
fn size(limit: &Limit, up: i8) -> (f64, i8, Option<i128>) {
    let (value, nudge) = (limit.value.as_f64().unwrap_or_default(), if limit.excludes { up } else { 0 });
    if !limit.is_integer {
        return (value, nudge, None);
    }
    let nearest = if up == 1 { value.ceil() } else { value.floor() };
    // Of integers, those beyond an excluded integer begin with the next one.
    let nudge = if value.fract() == 0.0 { nudge } else { 0 };
    let exact = limit.value.as_i128().or_else(|| format!("{nearest:.0}").parse().ok());
    (nearest + f64::from(nudge), 0, exact.map(|exact| exact + i128::from(nudge)))
}

/// A longer list allows more; of several only what all of them list.
fn values(old: &[&Constraint], new: &[&Constraint]) -> Option<Action> {
    let listed = |all: &[&Constraint]| -> Option<Vec<Value>> {
        let lists = all.iter().filter_map(|one| match &one.rule {
            Rule::Values(values) => Some(values.iter().map(plain).collect::<Vec<_>>()),
            _ => None,
        });
        lists.reduce(|all, list| all.into_iter().filter(|value| list.contains(value)).collect())
    };
    let rules = |all: &[&Constraint]| all.iter().map(|one| one.rule.clone()).collect();
    let lacks = |some: &[Value], all: &[Value]| some.iter().any(|value| !all.contains(value));
    let (is_new, is_gone) = match (listed(old), listed(new)) {
        (Some(before), Some(after)) => (lacks(&before, &after), lacks(&after, &before)),
        (before, after) => (after.is_some(), before.is_some()),
    };
    action(is_new, is_gone, rules(old), rules(new))
}

/// Rules that are compared by what they mean.
fn by_meaning(old: Vec<(Rule, Value)>, new: Vec<(Rule, Value)>) -> Option<Action> {
    let only = |some: &[(Rule, Value)], all: &[(Rule, Value)]| -> Vec<Rule> {
        let own = some.iter().filter(|(_, meaning)| !all.iter().any(|(_, other)| other == meaning));
        own.map(|(rule, _)| rule.clone()).collect()
    };
    let (gone, added) = (only(&old, &new), only(&new, &old));
    match (gone.as_slice(), added.as_slice()) {
        ([], []) => None,
        // A format rules nothing out.
        ([Rule::Format(_), ..], _) | (_, [Rule::Format(_), ..]) => Some(Action::Replaced(gone, added)),
        ([Rule::MultipleOf(before)], [Rule::MultipleOf(after)]) => {
            let ratio = after.as_f64().unwrap_or_default() / before.as_f64().unwrap_or_default();
            // 0.1 is ten times 0.01, but not as binary numbers.
            let is_whole = |ratio: f64| (ratio - ratio.round()).abs() < 1e-9 && ratio.round() != 0.0;
            action(!is_whole(ratio.recip()), !is_whole(ratio), gone, added)
        }
        (before, after) => action(!after.is_empty(), !before.is_empty(), gone, added),
    }
}

/// Reads what the rules of one side mean.
pub struct Meanings<'f> {
    references: References<'f>,
    left: usize,
}

impl<'f> Meanings<'f> {
    pub fn new(folder: &'f Folder) -> Self {
        Self { references: References::new(&folder.documents), left: MOST_NODES }
    }

    /// Rules with what they say, in one spelling.
    fn of(&mut self, constraints: &[&Constraint]) -> Vec<(Rule, Value)> {
        let meaning = |constraint: &&Constraint| match &constraint.rule {
            Rule::MultipleOf(number) => plain(&Value::Number(number.clone())),
            Rule::Pattern(text) | Rule::Format(text) => text.as_str().into(),
            Rule::KeyPatterns(patterns) => sorted(patterns.iter().map(|pattern| pattern.as_str().into()).collect()),
            Rule::Other { value, .. } => {
                self.left = MOST_NODES;
                let there = self.references.at(&constraint.location);
                there.map_or_else(|| value.clone(), |node| self.expanded(&node))
            }
            _ => Value::Null,
        };
        let meanings: Vec<_> = constraints.iter().map(meaning).collect();
        let shown = |(constraint, meaning): (&&Constraint, Value)| match &constraint.rule {
            // It may refer to what it says.
            Rule::Other { keyword, .. } => (Rule::Other { keyword: keyword.clone(), value: meaning.clone() }, meaning),
            rule => (rule.clone(), meaning),
        };
        constraints.iter().zip(meanings).map(shown).collect()
    }

    /// A schema with what its references lead to in place of them, and without notes.
    fn expanded(&mut self, node: &Node<'f>) -> Value {
        if self.left == 0 {
            return node.value.clone();
        }
        self.left -= 1;
        match node.value {
            Value::Object(members) => {
                let target = self.references.target(node);
                let mut expanded: Map<String, Value> = Map::new();
                if let Some(Value::Object(target)) = target.as_ref().map(|target| self.expanded(target)) {
                    expanded.extend(target);
                }
                for key in members.keys().filter(|key| !is_annotation(key) && (*key != REF || target.is_none())) {
                    let inner = node.get(key).map(|inner| self.expanded(&inner));
                    let is_set = matches!(key.as_str(), "required" | "enum" | "type");
                    expanded.extend(inner.map(|inner| match inner {
                        Value::Array(items) if is_set => (key.clone(), sorted(items)),
                        inner => (key.clone(), inner),
                    }));
                }
                Value::Object(expanded)
            }
            Value::Array(items) => {
                let inner: Vec<_> = (0..items.len()).filter_map(|index| node.item(index)).collect();
                inner.iter().map(|node| self.expanded(node)).collect()
            }
            other => plain(other),
        }
    }
}

/// A number without fraction is an integer, however it is spelled (JSON Schema 2020-12 Core, section 4.2.2).
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            let whole = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e18);
            let whole = whole.and_then(|number| format!("{number:.0}").parse().ok());
            whole.map_or_else(|| value.clone(), Value::Number)
        }
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        other => other.clone(),
    }
}

fn sorted(mut values: Vec<Value>) -> Value {
    values.sort_by_cached_key(ToString::to_string);
    values.dedup();
    Value::Array(values)
}

#[cfg(test)]
mod tests {
    use super::order;
    use std::cmp::Ordering::{self, Equal, Greater};
    use webhook_codegen::model::{Limit, Measure};

    #[test]
    fn limits_are_what_they_allow() {
        let limit = |value: &str, excludes: bool, is_integer: bool| {
            let value = value.parse().expect("it is a number");
            Limit { measure: Measure::Value, value, excludes, is_integer }
        };
        let cases: [(Limit, Limit, i8, Ordering); 8] = [
            (limit("0", true, true), limit("1", false, true), 1, Equal),
            (limit("10.0", true, true), limit("9", false, true), -1, Equal),
            (limit("1.0", false, false), limit("1", false, false), 1, Equal),
            (limit("0.5", true, true), limit("1", false, true), 1, Equal),
            (limit("0", true, false), limit("0", false, false), 1, Greater),
            (limit("0", true, false), limit("0", false, false), -1, Greater),
            (limit("3", false, false), limit("4", false, false), -1, Greater),
            (limit("9007199254740993", false, true), limit("9007199254740992", false, true), 1, Greater),
        ];
        for (one, other, up, expected) in cases {
            assert_eq!(order(&one, &other, up), expected, "{one:?} {other:?}");
        }
    }
}
