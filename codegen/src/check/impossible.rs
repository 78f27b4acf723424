//! Schemas that no value fits. Only what is certain is reported: what is not understood is taken to be fine.

use super::bounds::{dead_kinds, fits_nothing};
use super::validators::Validators;
use super::walk::flat;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::lower::{Node, References, is_annotation};
use serde_json::Value;

const HELP: &str = "a body that holds it is never what the document says; correct it here or in overlay.yaml";

/// The schemas that contradict themselves, each where it does: not again in those that hold it.
pub(super) fn contradictions<'a>(
    references: &References<'a>,
    schemas: &[Node<'a>],
    validators: &mut Validators,
    said: &Diagnostics,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for schema in schemas {
        let file = &references.sources[schema.document].path;
        if said.iter().any(|said| said.file == *file && said.pointer == schema.pointer) {
            continue;
        }
        let message = reason(references, schema, validators);
        found.extend(message.map(|message| Diagnostic::warning(file, &schema.pointer, message).help(HELP)));
    }
    found
}

fn reason<'a>(references: &References<'a>, schema: &Node<'a>, validators: &mut Validators) -> Option<String> {
    // What a lone reference leads to speaks for itself.
    let is_alone = schema.keys().all(|key| key == "$ref" || is_annotation(key));
    if is_alone || schema.value.is_boolean() {
        return None;
    }
    let parts = flat(references, vec![schema.clone()]);
    let is_elsewhere = parts.iter().any(|part| !part.is(schema) && contradicts(references, part));
    if is_elsewhere {
        return None;
    }
    if let Some((kind, reason)) = dead_kinds(references, &parts).into_iter().next() {
        return Some(format!("no {kind} fits: {reason}"));
    }
    if let Some(keyword) =
        ["oneOf", "anyOf"].into_iter().find(|keyword| has_no_way(references, schema, &parts, keyword))
    {
        return Some(format!("no value fits: each schema of `{keyword}` contradicts what stands beside it"));
    }
    let values = listed(schema).filter(|_| parts.iter().any(says_more))?;
    let validator = validators.get(schema).ok()?;
    let is_dead = !values.is_empty() && values.iter().all(|value| !validator.is_valid(value));
    is_dead.then(|| "no value fits: those that are listed contradict what stands beside them".to_owned())
}

/// Whether a part of a schema is where it goes wrong.
fn contradicts<'a>(references: &References<'a>, part: &Node<'a>) -> bool {
    !dead_kinds(references, &flat(references, vec![part.clone()])).is_empty()
}

fn has_no_way<'a>(references: &References<'a>, schema: &Node<'a>, parts: &[Node<'a>], keyword: &str) -> bool {
    let branches = schema.items(keyword);
    let is_dead = |branch: Node<'a>| {
        let mut all = flat(references, vec![branch]);
        let is_dead_alone = fits_nothing(references, &all);
        all.extend(parts.iter().cloned());
        !is_dead_alone && fits_nothing(references, &all)
    };
    !branches.is_empty() && branches.into_iter().all(is_dead)
}

/// Whether more than its type restricts a listed value: lowering compares the two.
fn says_more(part: &Node<'_>) -> bool {
    part.keys().any(|key| !matches!(key, "type" | "const" | "enum" | "$ref" | "allOf") && !is_annotation(key))
}

/// The values of `const` or `enum`.
fn listed<'a>(schema: &Node<'a>) -> Option<Vec<&'a Value>> {
    let constant = schema.value.get("const").map(|value| vec![value]);
    constant.or_else(|| Some(schema.value.get("enum")?.as_array()?.iter().collect()))
}
