//! Schemas that refer to themselves with nothing in between: who reads a value by them goes round for ever.

use super::{Lowered, file_name};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::load::Source;
use openapiv3::{ReferenceOr, Schema, SchemaKind};
use std::collections::{HashMap, HashSet};

/// Reports each circle once, at the first of its schemas.
pub(super) fn report(sources: &[Source], lowered: &[Lowered], found: &mut Diagnostics) {
    let components = || {
        let documents = sources.iter().zip(lowered);
        documents.flat_map(|(source, lowered)| {
            let schemas = lowered.api.components.iter().flat_map(|components| &components.schemas);
            schemas.map(move |(pointer, schema)| (source, pointer, schema))
        })
    };
    let named = components().map(|(source, pointer, schema)| (format!("{}#{pointer}", file_name(source)), schema));
    let named: HashMap<String, &ReferenceOr<Schema>> = named.collect();
    let mut told = HashSet::new();
    for (source, pointer, schema) in components() {
        let name = format!("{}#{pointer}", file_name(source));
        let reached = reached(schema, &named);
        if !reached.contains(name.as_str()) || told.contains(name.as_str()) {
            continue;
        }
        told.extend(reached);
        let error = Diagnostic::error(&source.path, pointer, "this schema refers to itself, with nothing in between");
        found.push(error.help("let one of the references lead to something else"));
    }
}

/// The components that a value of this schema is a value of, too, or may be.
fn reached<'s>(schema: &'s ReferenceOr<Schema>, named: &HashMap<String, &'s ReferenceOr<Schema>>) -> HashSet<&'s str> {
    let mut reached = HashSet::new();
    let mut queue = vec![schema];
    while let Some(schema) = queue.pop() {
        match schema {
            ReferenceOr::Reference { reference } if reached.insert(reference.as_str()) => {
                queue.extend(named.get(reference));
            }
            ReferenceOr::Reference { .. } => {}
            ReferenceOr::Item(schema) => match &schema.schema_kind {
                SchemaKind::AllOf { all_of: inner } | SchemaKind::OneOf { one_of: inner } => queue.extend(inner),
                _ => {}
            },
        }
    }
    reached
}
