//! Whether the documents' own examples are what their schemas and the generated types say.

use super::address;
use super::effort::{MOST_STEPS, is_bearable};
use super::validators::Validators;
use super::violation::{self, Violation};
use super::walk::Content;
use serde_json::Value;
use webhook_codegen::keywords::DYNAMIC_REF;
use webhook_codegen::model::{Provider, Type, Webhook, violations};
use webhook_codegen::schema::{Node, References};
use webhook_codegen::source::{Diagnostic, WarningKind};

/// What in the examples does not fit.
pub(super) fn invalid<'a>(
    provider: &Provider,
    references: &References<'a>,
    contents: &[Content<'a>],
    schemas: &[Node<'a>],
    validators: &mut Validators,
) -> Vec<Diagnostic> {
    let mut check = Check { provider, references, validators, found: Vec::new() };
    for content in contents {
        let Some(schema) = content.node.get("schema") else { continue };
        let payload = payload(provider, content);
        for example in references.examples(&content.node) {
            if content.is_body || !check.fits_as_text(&schema, &example) {
                check.example(&schema, &example, payload.as_ref());
            }
        }
    }
    for schema in schemas {
        check.unfollowed(schema);
        let examples = references.examples(schema).into_iter();
        examples.for_each(|example| check.example(schema, &example, None));
    }
    check.found
}

/// The type that is generated for a body.
fn payload(provider: &Provider, content: &Content<'_>) -> Option<Type> {
    let (document, pointer) = &content.operation;
    let is_its = |webhook: &&Webhook| webhook.document == *document && webhook.pointer == *pointer;
    provider.webhooks.iter().find(is_its).filter(|_| content.is_body).map(|webhook| webhook.body(&webhook.payload))
}

struct Check<'c, 'a> {
    provider: &'c Provider,
    references: &'c References<'a>,
    validators: &'c mut Validators,
    found: Vec<Diagnostic>,
}

impl<'a> Check<'_, 'a> {
    /// Headers are text on their way: a number may stand for its text, and a text for its number.
    fn fits_as_text(&mut self, schema: &Node<'a>, example: &Node<'a>) -> bool {
        let Ok(validator) = self.validators.get(schema) else { return false };
        let fits = |value: &Value| is_bearable(self.references, schema, value) && validator.is_valid(value);
        match example.value {
            Value::String(text) => serde_json::from_str(text).is_ok_and(|value: Value| fits(&value)),
            value => fits(&value.to_string().into()),
        }
    }

    fn example(&mut self, schema: &Node<'a>, example: &Node<'a>, payload: Option<&Type>) {
        if !is_bearable(self.references, schema, example.value) {
            let file = &self.references.sources[example.document].path;
            let message = "this example is not compared with its schema";
            let help = format!("unions within unions would make it more than {MOST_STEPS} steps");
            return self.found.push(Diagnostic::note(file, &example.pointer, message).help(help));
        }
        let (says, help): (Vec<_>, _) = match self.validators.get(schema) {
            Ok(validator) => {
                let says =
                    validator.iter_errors(example.value).flat_map(|error| violation::violations(&error)).collect();
                (says, "it is valid against the JSON Schema, but the generated type refuses it")
            }
            Err(unusable) => {
                self.found.push(unusable.report(self.references, schema));
                (Vec::new(), "correct the example or its schema, here or in overlay.yaml")
            }
        };
        // What the schema refuses, the type made of it may refuse, too.
        if let Some(payload) = payload.filter(|_| says.is_empty()) {
            self.typed(example, payload, help);
        }
        says.into_iter().for_each(|violation| self.report(example, violation));
    }

    /// Where a `$dynamicRef` leads depends on the way to it, which references spelled out no longer show.
    fn unfollowed(&mut self, schema: &Node<'a>) {
        if let Some(reference) = schema.get(DYNAMIC_REF) {
            let file = &self.references.sources[schema.document].path;
            let message = "`$dynamicRef` is not followed where examples are compared with schemas";
            self.found.push(Diagnostic::note(file, reference.pointer, message));
        }
    }

    fn report(&mut self, example: &Node<'a>, violation: Violation) {
        let file = &self.references.sources[example.document].path;
        let pointer = format!("{}{}", example.pointer, violation.pointer);
        let location = violation
            .location
            .map(|(document, pointer)| address::display(self.references, document, &pointer))
            .unwrap_or_default();
        let found = match violation.is_unsure {
            true => Diagnostic::note(file, pointer, "the example could not be checked")
                .help(format!("`{}` at {location} takes the validator too long", violation.keyword)),
            false => {
                Diagnostic::warning(WarningKind::Example, file, pointer, format!("the example {}", violation.message))
                    .help(format!(
                        "required by `{}` at {location}; correct the example or the schema, here or in overlay.yaml",
                        violation.keyword
                    ))
            }
        };
        self.found.push(found);
    }

    fn typed(&mut self, example: &Node<'a>, payload: &Type, help: &str) {
        let file = &self.references.sources[example.document].path;
        for (pointer, message) in violations(&self.provider.types, payload, example.value, &example.pointer) {
            let warning = Diagnostic::warning(WarningKind::Example, file, pointer, format!("the example {message}"));
            self.found.push(warning.help(help));
        }
    }
}
