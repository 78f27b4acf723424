//! How much it takes to compare a value with a schema: unions within unions may double it at each level.

use serde_json::Value;
use std::collections::HashMap;
use webhook_codegen::keywords::Keyword;
use webhook_codegen::schema::{Node, References};

/// More schemas than these are not tried on one value and what is in it.
pub(super) const MOST_STEPS: u64 = 100_000;
/// A schema that leads on over more than these is not followed.
const DEEPEST: usize = 500;

/// Whether a validator comes to an end with a value in reasonable time.
pub(super) fn is_bearable<'a>(references: &References<'a>, schema: &Node<'a>, value: &Value) -> bool {
    let mut effort = Effort { references, known: HashMap::new(), depth: 0 };
    effort.steps(schema, value) <= MOST_STEPS
}

struct Effort<'r, 'a> {
    references: &'r References<'a>,
    /// The steps that a schema takes with a value, by their addresses.
    known: HashMap<(usize, usize), u64>,
    depth: usize,
}

impl<'a> Effort<'_, 'a> {
    fn steps(&mut self, schema: &Node<'a>, value: &Value) -> u64 {
        let pair = (schema.address(), std::ptr::from_ref(value).addr());
        if let Some(known) = self.known.get(&pair) {
            return *known;
        }
        if self.depth == DEEPEST || self.known.len() as u64 > MOST_STEPS {
            return MOST_STEPS + 1;
        }
        // For a circle of references.
        self.known.insert(pair, 1);
        self.depth += 1;
        let steps = 1_u64.saturating_add(self.of_same(schema, value)).saturating_add(self.of_parts(schema, value));
        self.depth -= 1;
        self.known.insert(pair, steps);
        steps
    }

    /// Those of the schemas that apply to the value itself.
    fn of_same(&mut self, schema: &Node<'a>, value: &Value) -> u64 {
        let mut all = schema.inner(Keyword::is_in_place);
        all.extend(self.references.target(schema));
        self.sum(all.iter().map(|schema| (schema, value)))
    }

    /// Those of the schemas that apply to what is in the value.
    fn of_parts(&mut self, schema: &Node<'a>, value: &Value) -> u64 {
        match value {
            Value::Object(members) => {
                let others = ["additionalProperties", "unevaluatedProperties"];
                let others: Vec<_> = others.into_iter().filter_map(|keyword| schema.get(keyword)).collect();
                let patterns: Vec<_> = schema.members("patternProperties").into_iter().map(|(_, of)| of).collect();
                let properties = schema.get("properties");
                members.iter().fold(0, |sum: u64, (key, value)| {
                    let own = properties.as_ref().and_then(|properties| properties.get(key));
                    let all: Vec<_> = own.iter().chain(&patterns).chain(&others).collect();
                    sum.saturating_add(self.sum(all.into_iter().map(|schema| (schema, value))))
                })
            }
            Value::Array(items) => {
                let others = ["items", "contains", "unevaluatedItems"];
                let others: Vec<_> = others.into_iter().filter_map(|keyword| schema.get(keyword)).collect();
                let first = schema.items("prefixItems");
                items.iter().enumerate().fold(0, |sum: u64, (index, value)| {
                    let all: Vec<_> = first.get(index).into_iter().chain(&others).collect();
                    sum.saturating_add(self.sum(all.into_iter().map(|schema| (schema, value))))
                })
            }
            _ => 0,
        }
    }

    fn sum<'s>(&mut self, pairs: impl Iterator<Item = (&'s Node<'a>, &'s Value)>) -> u64
    where
        'a: 's,
    {
        pairs.fold(0, |sum: u64, (schema, value)| sum.saturating_add(self.steps(schema, value)))
    }
}
