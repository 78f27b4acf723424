//! Schemas that refer to themselves with nothing in between: who reads a value by them goes round for ever.

use super::lowered::{Lowered, Schema};
use super::node::Location;
use crate::scc;
use crate::source::{Diagnostic, Diagnostics, Source};
use std::collections::{HashMap, HashSet};

/// Reports each circle once, at the first of its schemas.
pub(super) fn report(sources: &[Source], lowered: &[Lowered], found: &mut Diagnostics) {
    let documents = lowered.iter().enumerate();
    let schemas = documents.flat_map(|(document, lowered)| {
        lowered.schemas.iter().map(move |(pointer, schema)| (Location { document, pointer: pointer.clone() }, schema))
    });
    let (locations, schemas): (Vec<_>, Vec<_>) = schemas.unzip();
    let named: HashMap<_, _> = locations.iter().enumerate().map(|(index, location)| (location, index)).collect();
    let ways: Vec<_> = schemas.into_iter().map(|schema| ways(schema, &named)).collect();
    let circles = scc::components(&ways);
    let mut told = HashSet::new();
    let mut known = HashSet::new();
    let is_repeated = circles.iter().copied().filter(|circle| !known.insert(*circle)).collect::<HashSet<_>>();
    for (index, Location { document, pointer }) in locations.iter().enumerate() {
        let is_circle = is_repeated.contains(&circles[index]) || ways[index].contains(&index);
        if is_circle && told.insert(circles[index]) {
            let message = "this schema refers to itself, with nothing in between";
            let error = Diagnostic::error(&sources[*document].path, pointer, message);
            found.push(error.help("let one of the references lead to something else"));
        }
    }
}

/// The components that a value of this schema is a value of, too, or may be.
fn ways(schema: &Schema, named: &HashMap<&Location, usize>) -> Vec<usize> {
    let mut ways = Vec::new();
    let mut queue = vec![schema];
    while let Some(schema) = queue.pop() {
        match schema {
            Schema::Named(location) => ways.extend(named.get(location)),
            schema => queue.extend(schema.ways()),
        }
    }
    ways
}
