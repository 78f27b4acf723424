//! Schemas whose values would have to hold themselves, without end.

use super::walk::{allows, flat, required, target, values};
use crate::diagnostics::Diagnostic;
use crate::lower::{Node, References};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

const HELP: &str = "let one of the keys on the way be missing or null";

/// One in each circle of schemas that no finite value fits.
pub(super) fn circles<'a>(references: &References<'a>, schemas: &[Node<'a>]) -> Vec<Diagnostic> {
    let needs = Needs::of(references, schemas);
    let is_finite = needs.finite(|index| turns(references, &schemas[index]));
    let mut reported = BTreeSet::new();
    let mut found = Vec::new();
    for start in (0..schemas.len()).filter(|index| !is_finite[*index]) {
        let circle = needs.circle(start, &is_finite);
        // Of what stands in the circle, the component is what people know by name.
        let slashes = |index: &usize| schemas[*index].pointer.matches('/').count();
        let Some(first) = circle.iter().min_by_key(|index| (slashes(index), **index)) else { continue };
        if reported.insert(*first) {
            let schema = &schemas[*first];
            let file = &references.sources[schema.document].path;
            let message = "no value fits: it would have to hold itself, without end";
            found.push(Diagnostic::warning(file, &schema.pointer, message).help(HELP));
        }
    }
    found
}

/// For each schema the lists of others of which one each must have a value, for it to have one.
struct Needs(Vec<Vec<Vec<usize>>>);

impl Needs {
    fn of<'a>(references: &References<'a>, schemas: &[Node<'a>]) -> Self {
        let places = schemas.iter().enumerate().map(|(index, node)| ((node.document, node.pointer.as_str()), index));
        let places: HashMap<_, _> = places.collect();
        let find = |node: &Node<'a>| places.get(&(node.document, node.pointer.as_str())).copied();
        let needs = schemas.iter().map(|schema| {
            let clauses = clauses(references, schema).into_iter();
            // What is not among the schemas is taken to have a value.
            clauses.filter_map(|clause| clause.iter().map(find).collect::<Option<Vec<_>>>()).collect()
        });
        Self(needs.collect())
    }

    /// Which schemas have a value of finite size, where some are taken to have one.
    fn finite(&self, is_granted: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut is_finite: Vec<_> = (0..self.0.len()).map(is_granted).collect();
        loop {
            let mut has_changed = false;
            for (index, clauses) in self.0.iter().enumerate().rev() {
                let is_met = !is_finite[index] && clauses.iter().all(|clause| clause.iter().any(|one| is_finite[*one]));
                is_finite[index] |= is_met;
                has_changed |= is_met;
            }
            if !has_changed {
                return is_finite;
            }
        }
    }

    /// The circle that a schema without such a value leads into.
    fn circle(&self, start: usize, is_finite: &[bool]) -> Vec<usize> {
        let mut way = vec![start];
        loop {
            let last = way[way.len() - 1];
            let unmet = self.0[last].iter().find(|clause| clause.iter().all(|one| !is_finite[*one]));
            let Some(next) = unmet.and_then(|clause| clause.first()) else { return Vec::new() };
            if let Some(first) = way.iter().position(|one| one == next) {
                return way.split_off(first);
            }
            way.push(*next);
        }
    }
}

/// Whether a schema comes back to itself without a step into the value, as a base does whose `oneOf` names what extends
/// it by `allOf`. JSON Schema has no meaning for that, but people have.
fn turns<'a>(references: &References<'a>, schema: &Node<'a>) -> bool {
    let ways = |node: &Node<'a>| {
        let listed =
            ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|keyword| node.items(keyword)).collect::<Vec<_>>();
        listed.into_iter().chain(target(references, node))
    };
    let mut seen = HashSet::new();
    let mut stack: Vec<_> = ways(schema).collect();
    while let Some(node) = stack.pop() {
        if node.is(schema) {
            return true;
        }
        if seen.insert((node.document, node.pointer.clone())) {
            stack.extend(ways(&node));
        }
    }
    false
}

fn clauses<'a>(references: &References<'a>, schema: &Node<'a>) -> Vec<Vec<Node<'a>>> {
    let mut clauses: Vec<Vec<_>> = target(references, schema).into_iter().map(|target| vec![target]).collect();
    clauses.extend(schema.items("allOf").into_iter().map(|part| vec![part]));
    let groups = ["oneOf", "anyOf"].into_iter().map(|keyword| schema.items(keyword));
    clauses.extend(groups.filter(|branches| !branches.is_empty()));
    let parts = flat(references, vec![schema.clone()]);
    let is_listed = parts.iter().any(|part| part.value.get("const").or(part.value.get("enum")).is_some());
    let allowed: Vec<_> = ["null", "boolean", "number", "string", "array", "object"]
        .into_iter()
        .filter(|kind| allows(&parts, kind))
        .collect();
    match allowed.as_slice() {
        ["object"] if !is_listed => clauses.extend(members(&parts)),
        ["array"] if !is_listed => clauses.extend(items(&parts)),
        _ => {}
    }
    clauses
}

fn members<'a>(parts: &[Node<'a>]) -> Vec<Vec<Node<'a>>> {
    let declared = |key: &str| {
        let key = key.to_owned();
        parts.iter().filter_map(move |part| part.get("properties")?.get(&key))
    };
    required(parts).into_iter().flat_map(declared).map(|property| vec![property]).collect()
}

fn items<'a>(parts: &[Node<'a>]) -> Vec<Vec<Node<'a>>> {
    let least = values(parts, "minItems").into_iter().filter_map(Value::as_f64).fold(0.0, f64::max);
    let is_tuple = !values(parts, "prefixItems").is_empty();
    let items = parts.iter().filter_map(|part| part.get("items")).filter(|items| items.value.is_object());
    if least < 1.0 || is_tuple { Vec::new() } else { items.map(|items| vec![items]).collect() }
}
