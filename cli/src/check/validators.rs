//! The validators of JSON Schema for schemas of a provider, each made when it is first asked for.

use super::address::{BASE, address, location};
use super::inline_refs;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, Validator};
use serde_json::Value;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use webhook_codegen::keywords::reference_to;
use webhook_codegen::schema::{Node, References};
use webhook_codegen::source::{Diagnostic, WarningKind};

pub(super) struct Validators {
    registry: Result<Registry<'static>, String>,
    built: HashMap<(usize, String), Result<Validator, Unusable>>,
}

/// Why there is no validator for a schema.
pub(super) struct Unusable {
    message: String,
    /// The keyword that the validator cannot read: document and pointer.
    location: Option<(usize, String)>,
}

impl Validators {
    pub(super) fn of(references: &References<'_>) -> Self {
        let documents = (0..references.sources.len()).map(|index| {
            let document = inline_refs::document(references, index);
            (format!("{BASE}{index}"), Draft::Draft202012.create_resource(document))
        });
        let registry = Registry::new().extend(documents).and_then(jsonschema::RegistryBuilder::prepare);
        Self { registry: registry.map_err(|error| error.to_string()), built: HashMap::new() }
    }

    /// The validator of the schema at a node.
    pub(super) fn get(&mut self, schema: &Node<'_>) -> Result<&Validator, &Unusable> {
        let built = match self.built.entry((schema.document, schema.pointer.clone())) {
            Entry::Occupied(built) => built.into_mut(),
            Entry::Vacant(entry) => entry.insert(build(&self.registry, schema)),
        };
        built.as_ref()
    }
}

fn build(registry: &Result<Registry<'static>, String>, schema: &Node<'_>) -> Result<Validator, Unusable> {
    let registry = registry.as_ref().map_err(|message| Unusable { message: message.clone(), location: None })?;
    let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(registry).offline();
    options.build(&reference_to(&address(schema))).map_err(|error| {
        let message = match error.kind() {
            ValidationErrorKind::Format { .. } => "it takes it for no regular expression".to_owned(),
            _ => error.masked_with("the value").to_string(),
        };
        // While it is built, a validator knows the pointer, but not the document.
        let within = Some(error.schema_path().as_str().to_owned()).filter(|pointer| !pointer.is_empty());
        Unusable { message, location: location(&error).or_else(|| Some((schema.document, within?))) }
    })
}

impl Unusable {
    /// Says what is not checked, at the keyword that is in the way: a mistake where JSON Schema does not allow it,
    /// and else for information.
    pub(super) fn report(&self, references: &References<'_>, schema: &Node<'_>) -> Diagnostic {
        let is_there =
            |location: &&(usize, String)| references.sources[location.0].value.pointer(&location.1).is_some();
        let whole = (schema.document, schema.pointer.clone());
        let (document, pointer) = self.location.as_ref().filter(is_there).unwrap_or(&whole).clone();
        let source = &references.sources[document];
        let holder = pointer.rsplit_once('/').and_then(|(holder, _)| source.value.pointer(holder));
        let is_valid = [holder, source.value.pointer(&pointer)].into_iter().flatten().all(is_valid_schema);
        let help = "examples of the schemas that hold it are not compared with them";
        let found = match is_valid {
            true => {
                Diagnostic::note(&source.path, pointer, format!("the validator cannot read this: {}", self.message))
            }
            false => Diagnostic::warning(
                WarningKind::Malformed,
                &source.path,
                pointer,
                format!("this is not JSON Schema: {}", self.message),
            ),
        };
        found.help(help)
    }
}

/// Whether JSON Schema's own schema allows it; a value that is no schema passes.
fn is_valid_schema(value: &Value) -> bool {
    !value.is_object() || jsonschema::draft202012::meta::is_valid(value)
}
