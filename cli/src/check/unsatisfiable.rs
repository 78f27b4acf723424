//! Schemas that no value fits. Only what is certain is reported: what is not understood is taken to be fine.

use super::bounds::{fits_nothing, unsatisfiable_types};
use super::effort::is_bearable;
use super::validators::Validators;
use super::walk::Merger;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use webhook_codegen::keywords::{is_annotation, is_reference, leads_on};
use webhook_codegen::schema::{Node, References};
use webhook_codegen::source::{Diagnostic, Diagnostics, WarningKind};

const HELP: &str = "no valid payload can contain this value; correct the schema here or in overlay.yaml";

/// The schemas that contradict themselves, each where it does: not again in those that hold it.
pub(super) fn contradictions<'a>(
    merger: &mut Merger<'_, 'a>,
    schemas: &[Node<'a>],
    validators: &mut Validators,
    already_reported: &Diagnostics,
    references: &References<'a>,
) -> Vec<Diagnostic> {
    let reported: HashSet<_> = already_reported.iter().map(|one| (one.file.as_path(), one.pointer.as_str())).collect();
    let mut check = Check { references, merger, validators, contradicting: HashMap::new() };
    let mut found = Vec::new();
    for schema in schemas {
        let file = references.sources[schema.document].path.as_path();
        if reported.contains(&(file, schema.pointer.as_str())) {
            continue;
        }
        let message = check.reason(schema);
        found.extend(
            message.map(|message| {
                Diagnostic::warning(WarningKind::Contradiction, file, &schema.pointer, message).help(HELP)
            }),
        );
    }
    found
}

struct Check<'c, 'r, 'a> {
    references: &'c References<'a>,
    merger: &'c mut Merger<'r, 'a>,
    validators: &'c mut Validators,
    /// Whether a schema goes wrong by itself, by its address.
    contradicting: HashMap<usize, bool>,
}

impl<'a> Check<'_, '_, 'a> {
    fn reason(&mut self, schema: &Node<'a>) -> Option<String> {
        // What a lone reference leads to speaks for itself.
        let is_alone = schema.keys().all(|key| is_reference(key) || is_annotation(key));
        if is_alone || schema.value.is_boolean() {
            return None;
        }
        let parts = self.merger.flat(vec![schema.clone()])?;
        for part in parts.iter().filter(|part| !part.is(schema)) {
            if self.contradicts(part)? {
                return None;
            }
        }
        if let Some((kind, reason)) = unsatisfiable_types(self.references, &parts).into_iter().next() {
            return Some(format!("no {kind} is valid: {reason}"));
        }
        for keyword in ["oneOf", "anyOf"] {
            if self.has_no_valid_variant(schema, &parts, keyword)? {
                let message =
                    format!("no value is valid: each schema of `{keyword}` contradicts the keywords beside it");
                return Some(message);
            }
        }
        let values = enum_values(schema).filter(|_| parts.iter().any(says_more))?;
        let validator = self.validators.get(schema).ok()?;
        let fits = |value: &Value| !is_bearable(self.references, schema, value) || validator.is_valid(value);
        let is_dead = !values.is_empty() && !values.into_iter().any(fits);
        is_dead.then(|| "no value is valid: all values of `enum` contradict the keywords beside it".to_owned())
    }

    /// Whether a part of a schema is where it goes wrong.
    fn contradicts(&mut self, part: &Node<'a>) -> Option<bool> {
        if let Some(known) = self.contradicting.get(&part.address()) {
            return Some(*known);
        }
        let parts = self.merger.flat(vec![part.clone()])?;
        let contradicts = !unsatisfiable_types(self.references, &parts).is_empty();
        self.contradicting.insert(part.address(), contradicts);
        Some(contradicts)
    }

    fn has_no_valid_variant(&mut self, schema: &Node<'a>, parts: &[Node<'a>], keyword: &str) -> Option<bool> {
        let variants = schema.items(keyword);
        for variant in &variants {
            let mut all = self.merger.flat(vec![variant.clone()])?;
            let is_dead_alone = fits_nothing(self.references, &all);
            self.merger.spend(parts.len())?;
            all.extend(parts.iter().cloned());
            if is_dead_alone || !fits_nothing(self.references, &all) {
                return Some(false);
            }
        }
        Some(!variants.is_empty())
    }
}

/// Whether more than its type restricts a listed value: lowering compares the two.
fn says_more(part: &Node<'_>) -> bool {
    part.keys().any(|key| !matches!(key, "type" | "const" | "enum") && !leads_on(key) && !is_annotation(key))
}

/// The values of `const` or `enum`.
fn enum_values<'a>(schema: &Node<'a>) -> Option<Vec<&'a Value>> {
    let constant = schema.value.get("const").map(|value| vec![value]);
    constant.or_else(|| Some(schema.value.get("enum")?.as_array()?.iter().collect()))
}
