//! Schemas that refer to themselves with nothing in between: who reads a value by them goes round for ever.

use super::{Lowered, file_name};
use crate::scc;
use crate::source::{Diagnostic, Diagnostics, Source};
use openapiv3::{ReferenceOr, Schema, SchemaKind};
use std::collections::{HashMap, HashSet};

/// Reports each circle once, at the first of its schemas.
pub(super) fn report(sources: &[Source], lowered: &[Lowered], found: &mut Diagnostics) {
    let documents = sources.iter().zip(lowered);
    let components = documents.flat_map(|(source, lowered)| {
        let schemas = lowered.api.components.iter().flat_map(|components| &components.schemas);
        schemas.map(move |(pointer, schema)| (source, pointer, schema))
    });
    let components: Vec<_> = components.collect();
    let name = |(source, pointer): (&Source, &String)| format!("{}#{pointer}", file_name(source));
    let named = components.iter().enumerate().map(|(index, (source, pointer, _))| (name((source, pointer)), index));
    let named: HashMap<String, usize> = named.collect();
    let ways: Vec<_> = components.iter().map(|(_, _, schema)| ways(schema, &named)).collect();
    let circles = scc::components(&ways);
    let mut told = HashSet::new();
    let mut known = HashSet::new();
    let is_repeated = circles.iter().copied().filter(|circle| !known.insert(*circle)).collect::<HashSet<_>>();
    for (index, (source, pointer, _)) in components.into_iter().enumerate() {
        let is_circle = is_repeated.contains(&circles[index]) || ways[index].contains(&index);
        if is_circle && told.insert(circles[index]) {
            let message = "this schema refers to itself, with nothing in between";
            let error = Diagnostic::error(&source.path, pointer, message);
            found.push(error.help("let one of the references lead to something else"));
        }
    }
}

/// The components that a value of this schema is a value of, too, or may be.
fn ways(schema: &ReferenceOr<Schema>, named: &HashMap<String, usize>) -> Vec<usize> {
    let mut ways = Vec::new();
    let mut queue = vec![schema];
    while let Some(schema) = queue.pop() {
        match schema {
            ReferenceOr::Reference { reference } => ways.extend(named.get(reference)),
            ReferenceOr::Item(schema) => match &schema.schema_kind {
                SchemaKind::AllOf { all_of: inner } | SchemaKind::OneOf { one_of: inner } => queue.extend(inner),
                _ => {}
            },
        }
    }
    ways
}
