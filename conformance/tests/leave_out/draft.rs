//! What is drafted of some bodies, as the generator reads it.

use crate::providers::{Body, Provider};
use jsonschema::{Draft as Dialect, Registry, Validator};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs;
use webhook_codegen::Config;
use webhook_codegen::model::{self, Event};
use webhook_codegen::pipeline::Documents;
use webhook_codegen_cli::drift::events_in;
use webhook_codegen_cli::infer::{observe, written};

/// The document's name within a [`Registry`].
const DOCUMENT: &str = "https://draft.example/document";

/// A drafted folder of a provider.
pub struct Draft {
    pub location: String,
    pub model: model::Provider,
    validators: HashMap<String, Validator>,
    observed: webhook_codegen_cli::infer::Observed,
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
        let specs = folder.path().join("specs");
        fs::create_dir_all(specs.join("draft")).expect("it can be made");
        for (name, text) in &files {
            fs::write(specs.join("draft").join(name), text).expect("it can be written");
        }
        let document: Value = serde_yaml::from_str(&files[0].1).expect("the document is YAML");
        let config = Config::new(&specs);
        let model = Documents::read(&config).and_then(|documents| documents.model(&config).checked());
        let mut model = model.unwrap_or_else(|failure| panic!("{}: {failure}", provider.name));
        let location = observed.location.as_ref().map(ToString::to_string).unwrap_or_default();
        let validators = validators(&document);
        let model = model.providers.remove(0);
        Self { location, model, validators, observed, files }
    }

    /// The files of its folder.
    pub fn files(&self) -> &[(&'static str, String)] {
        &self.files
    }

    /// The event that a body says it is, if it was drafted.
    pub fn event(&self, body: &Body) -> Option<&Event> {
        let event_type = self.observed.location.as_ref()?.event_type(&body.headers, &body.payload)?;
        self.model.events.iter().find(|event| event.event_type == event_type)
    }

    /// What the generated type of an event refuses in a body, which may be an array of several.
    pub fn violations(&self, event: &Event, body: &Body) -> Vec<String> {
        let events = events_in(&self.model, &body.payload).into_iter();
        let violations =
            events.flat_map(|(at, value)| model::violations(&self.model.types, &event.payload, value, &at));
        violations.map(|(pointer, message)| format!("{pointer} {message}")).collect()
    }

    /// Whether a body fits the document's schema of an event.
    pub fn is_valid(&self, event: &Event, body: &Body) -> bool {
        self.validators[&self.model.webhooks[event.webhook].key].is_valid(&body.payload)
    }
}

/// A line of the file of captured deliveries.
fn captured(body: &Body) -> String {
    format!("{}\n", json!({"headers": body.headers, "body": body.payload.to_string()}))
}

fn validators(document: &Value) -> HashMap<String, Validator> {
    let resource = Dialect::Draft202012.create_resource(document.clone());
    let registry = Registry::new().extend([(DOCUMENT, resource)]).and_then(jsonschema::RegistryBuilder::prepare);
    let registry = registry.expect("a drafted document is a document");
    let keys = document["webhooks"].as_object().expect("it has webhooks").keys();
    let validator = |key: &String| {
        let pointer = key.replace('~', "~0").replace('/', "~1").replace('%', "%25").replace(' ', "%20");
        let schema = format!("{DOCUMENT}#/webhooks/{pointer}/post/requestBody/content/application~1json/schema");
        let options = jsonschema::options().with_draft(Dialect::Draft202012).with_registry(&registry).offline();
        (key.clone(), options.build(&json!({"$ref": schema})).unwrap_or_else(|error| panic!("{key}: {error}")))
    };
    keys.map(validator).collect()
}
