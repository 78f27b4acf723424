//! What is drafted of some bodies, as the generator reads it.

use crate::providers::{Body, Provider};
use jsonschema::{Draft as Dialect, Registry, Validator};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use webhook_codegen::Config;
use webhook_codegen::model::{self, Webhook};
use webhook_codegen::pipeline::Documents;
use webhook_codegen_cli::drift::events_in;
use webhook_codegen_cli::infer::events::EventTypeLocation;
use webhook_codegen_cli::infer::{DOCUMENT as FILE, observe, written};

/// The document's name within a [`Registry`].
const DOCUMENT: &str = "https://draft.example/document";

/// A drafted folder of a provider. Each webhook has the name of its event type.
pub struct Draft {
    pub model: model::Provider,
    location: Option<EventTypeLocation>,
    validators: HashMap<String, Validator>,
    /// Those for which a format is a constraint, and not only an annotation.
    strict: HashMap<String, Validator>,
    files: [(&'static str, String); 2],
}

impl Draft {
    /// Writes the bodies as captured deliveries, infers, and reads what that wrote.
    pub fn of(provider: &Provider, bodies: &[&Body]) -> Self {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let captures = folder.path().join("captures.jsonl");
        let lines: String = bodies.iter().map(|body| captured(body)).collect();
        fs::write(&captures, lines).expect("it can be written");
        let mut observed = observe(&[captures], None).unwrap_or_else(|error| panic!("{error}"));
        observed.find_shapes();
        let files = written(&observed, &provider.name, false).unwrap_or_else(|error| panic!("{error}"));
        Self::read(observed.location, files)
    }

    /// The same events by the schemas of another document.
    pub fn with_document(&self, document: &Value) -> Self {
        let files = [(FILE, document.to_string()), ("provider.yaml", "title: Another\n".to_owned())];
        Self::read(self.location.clone(), files)
    }

    fn read(location: Option<EventTypeLocation>, files: [(&'static str, String); 2]) -> Self {
        let specs = tempfile::tempdir().expect("there is a folder for temporary files");
        write(&files, &specs.path().join("draft"));
        let config = Config::new(specs.path());
        let documents = Documents::read(&config).unwrap_or_else(|failure| panic!("{failure}"));
        let model = documents.model(&config).providers.remove(0);
        let document: Value = serde_yaml::from_str(&files[0].1).expect("the document is YAML");
        let (validators, strict) = (validators(&document, false), validators(&document, true));
        Self { model, location, validators, strict, files }
    }

    /// Writes the files of its folder.
    pub fn write(&self, folder: &Path) {
        write(&self.files, folder);
    }

    /// Where it finds the event type.
    pub fn location(&self) -> String {
        self.location.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// The event type that a body says.
    pub fn event_type(&self, body: &Body) -> Option<String> {
        self.location.as_ref()?.event_type(&body.headers, &body.payload)
    }

    /// The webhook of the event that a body says it is, if it was drafted.
    pub fn webhook(&self, body: &Body) -> Option<&Webhook> {
        let event_type = self.event_type(body)?;
        self.model.webhooks.iter().find(|webhook| webhook.key == event_type)
    }

    /// What the generated type of an event refuses in a body, which may be an array of several.
    pub fn violations(&self, webhook: &Webhook, body: &Body) -> Vec<String> {
        let events = events_in(&self.model, &body.payload).into_iter();
        let violations =
            events.flat_map(|(at, value)| model::violations(&self.model.types, &webhook.payload, value, &at));
        violations.map(|(pointer, message)| format!("{pointer} {message}")).collect()
    }

    /// Whether a body fits the document's schema of an event, and whether it also does where formats are constraints.
    pub fn is_valid(&self, webhook: &Webhook, body: &Body) -> (bool, bool) {
        let is_valid = |validators: &HashMap<String, Validator>| validators[&webhook.key].is_valid(&body.payload);
        (is_valid(&self.validators), is_valid(&self.strict))
    }
}

fn write(files: &[(&'static str, String)], folder: &Path) {
    fs::create_dir_all(folder).expect("it can be made");
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("it can be written");
    }
}

/// A line of the file of captured deliveries.
fn captured(body: &Body) -> String {
    format!("{}\n", json!({"headers": body.headers, "body": body.payload.to_string()}))
}

fn validators(document: &Value, has_formats: bool) -> HashMap<String, Validator> {
    let resource = Dialect::Draft202012.create_resource(document.clone());
    let registry = Registry::new().extend([(DOCUMENT, resource)]).and_then(jsonschema::RegistryBuilder::prepare);
    let registry = registry.expect("a drafted document is a document");
    let keys = document["webhooks"].as_object().expect("it has webhooks").keys();
    let validator = |key: &String| {
        let pointer = key.replace('~', "~0").replace('/', "~1").replace('%', "%25").replace(' ', "%20");
        let schema = format!("{DOCUMENT}#/webhooks/{pointer}/post/requestBody/content/application~1json/schema");
        let options = jsonschema::options()
            .with_draft(Dialect::Draft202012)
            .with_registry(&registry)
            .offline()
            .should_validate_formats(has_formats);
        (key.clone(), options.build(&json!({"$ref": schema})).unwrap_or_else(|error| panic!("{key}: {error}")))
    };
    keys.map(validator).collect()
}
