//! What a rule allows, however it is written.

use crate::documents::Folder;
use crate::model::{Constraint, Rule};
use crate::schema::{Node, References, is_annotation};
use serde_json::{Map, Number, Value};
use std::cmp::Ordering;

/// So many nodes of a schema are looked at to see what it says; what lies beyond is compared as it is written.
const MOST_NODES: usize = 2_000;

/// Reads what the rules of one side mean.
pub struct Meanings<'f> {
    references: References<'f>,
    left: usize,
}

impl<'f> Meanings<'f> {
    pub fn new(folder: &'f Folder) -> Self {
        Self { references: References::new(&folder.documents), left: MOST_NODES }
    }

    /// What a rule says, in one spelling.
    pub fn of(&mut self, constraint: &Constraint) -> Value {
        match &constraint.rule {
            Rule::MultipleOf(number) => plain(&Value::Number(number.clone())),
            Rule::Pattern(text) | Rule::Format(text) | Rule::Key(text) => text.as_str().into(),
            Rule::KeyPatterns(patterns) => sorted(patterns.iter().map(|pattern| pattern.as_str().into()).collect()),
            Rule::Values(values) => sorted(values.iter().map(plain).collect()),
            Rule::Other { value, .. } => {
                let at = &constraint.location;
                self.left = MOST_NODES;
                let there = self.references.at(at);
                there.map_or_else(|| value.clone(), |node| self.expanded(&node))
            }
            Rule::Least(_) | Rule::Greatest(_) | Rule::NoOtherKeys | Rule::NotNull => Value::Null,
        }
    }

    /// A schema with what its references lead to in their place, and without notes.
    fn expanded(&mut self, node: &Node<'f>) -> Value {
        if self.left == 0 {
            return node.value.clone();
        }
        self.left -= 1;
        match node.value {
            Value::Object(members) => {
                let target = self.references.target(node);
                let mut meant: Map<String, Value> = Map::new();
                if let Some(Value::Object(target)) = target.as_ref().map(|target| self.expanded(target)) {
                    meant.extend(target);
                }
                for key in members.keys().filter(|key| !is_annotation(key) && (*key != "$ref" || target.is_none())) {
                    let inner = node.get(key).map(|inner| self.expanded(&inner));
                    let is_set = matches!(key.as_str(), "required" | "enum" | "type");
                    meant.extend(inner.map(|inner| match inner {
                        Value::Array(items) if is_set => (key.clone(), sorted(items)),
                        inner => (key.clone(), inner),
                    }));
                }
                Value::Object(meant)
            }
            Value::Array(items) => {
                let inner: Vec<_> = (0..items.len()).filter_map(|index| node.item(index)).collect();
                inner.iter().map(|node| self.expanded(node)).collect()
            }
            other => plain(other),
        }
    }
}

/// The values that all of some rules list; none where none lists any.
pub fn values(constraints: &[Constraint]) -> Option<Vec<Value>> {
    let lists = constraints.iter().filter_map(|one| match &one.rule {
        Rule::Values(values) => Some(values.iter().map(plain).collect::<Vec<_>>()),
        _ => None,
    });
    lists.reduce(|all, list| all.into_iter().filter(|value| list.contains(value)).collect())
}

/// A number without fraction is an integer, however it is spelled (JSON Schema 2020-12 Core, section 4.2.2).
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => match integer(number) {
            Some(integer) => integer.to_string().parse().map_or_else(|_| value.clone(), Value::Number),
            None => value.clone(),
        },
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

/// A limit as what it allows: the least or greatest value that is not beyond it.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    value: f64,
    exact: Option<i128>,
    /// By how much less than any number the limit is within, or beyond, the value.
    nudge: i8,
}

/// What a limit comes to.
pub fn size(rule: &Rule) -> Size {
    let (limit, up) = match rule {
        Rule::Least(limit) => (limit, 1),
        Rule::Greatest(limit) => (limit, -1),
        _ => return Size { value: 0.0, exact: None, nudge: 0 },
    };
    let nudge = if limit.excludes { up } else { 0 };
    let value = limit.value.as_f64().unwrap_or_default();
    let exact = integer(&limit.value);
    match (limit.is_integer, exact) {
        (false, exact) => Size { value, exact, nudge },
        // Of integers, those beyond an excluded integer begin with the next one.
        (true, Some(exact)) => {
            let next = exact + i128::from(nudge);
            Size { value: value + f64::from(nudge), exact: Some(next), nudge: 0 }
        }
        (true, None) => {
            let next = if up == 1 { value.ceil() } else { value.floor() };
            Size { value: next, exact: number(next), nudge: 0 }
        }
    }
}

impl Size {
    fn key(&self, other: &Self) -> Ordering {
        let values = match (self.exact, other.exact) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ => self.value.total_cmp(&other.value),
        };
        values.then(self.nudge.cmp(&other.nudge))
    }
}

impl PartialEq for Size {
    fn eq(&self, other: &Self) -> bool {
        self.key(other) == Ordering::Equal
    }
}

impl Eq for Size {}

impl PartialOrd for Size {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Size {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key(other)
    }
}

fn integer(number_: &Number) -> Option<i128> {
    number_.as_i128().or_else(|| number(number_.as_f64()?))
}

/// A number without fraction; so large a one that it has none is left as it is.
#[allow(clippy::cast_possible_truncation, reason = "it is in the range")]
fn number(value: f64) -> Option<i128> {
    (value.fract() == 0.0 && value.abs() < 1e18).then_some(value as i128)
}

#[cfg(test)]
mod tests {
    use super::size;
    use crate::model::{Limit, Measure, Rule};

    fn least(value: &str, excludes: bool, is_integer: bool) -> Rule {
        let value = value.parse().expect("it is a number");
        Rule::Least(Limit { measure: Measure::Value, value, excludes, is_integer })
    }

    #[test]
    fn limits_are_what_they_allow() {
        let same = [
            (least("0", true, true), least("1", false, true)),
            (least("1.0", false, false), least("1", false, false)),
            (least("0.5", false, true), least("1", false, true)),
            (least("0.5", true, true), least("1", false, true)),
        ];
        for (one, other) in same {
            assert_eq!(size(&one), size(&other), "{one:?} {other:?}");
        }
        assert!(size(&least("0", true, false)) > size(&least("0", false, false)));
        assert!(size(&least("9007199254740993", false, true)) > size(&least("9007199254740992", false, true)));
    }
}
