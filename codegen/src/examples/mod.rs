//! Example deliveries: what a provider would send, without a signature, to try a receiver with.

mod bodies;
mod event_type;
mod headers;
mod made;
mod samples;

pub(crate) use bodies::named;
pub(crate) use samples::Samples;

use crate::diagnostics::{Diagnostic, Failure};
use crate::load::Folder;
use crate::lower::is_readable;
use crate::model::fit::is_fit;
use crate::model::{Event, Provider, Type, Webhook};
use crate::provider::Settings;
use crate::select::meant;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A provider, to take example deliveries from.
pub struct Sender {
    provider: Provider,
    folder: Folder,
    samples: Samples,
    /// The provider's folder, to report with.
    place: PathBuf,
}

/// A delivery of an event, without what signs it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The event type.
    pub event_type: String,
    /// The HTTP method, in upper case.
    pub method: String,
    /// The headers, with names in lower case: the content type, and those that the document declares with a value.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Whether the documents give no example of the event, so that the body had to be made of the schema.
    pub is_made: bool,
}

impl Sender {
    pub(crate) fn new(provider: Provider, folder: Folder, specs: &Path) -> Self {
        let samples = Samples::collect(&provider, &folder);
        let place = specs.join(&provider.name);
        Self { provider, folder, samples, place }
    }

    /// The provider's name, that of its folder.
    pub fn name(&self) -> &str {
        &self.provider.name
    }

    /// What `provider.yaml` says.
    pub fn settings(&self) -> &Settings {
        &self.provider.settings
    }

    /// The HTTP status that the provider takes for success, if its `provider.yaml` names one.
    pub fn expected_status(&self) -> Option<u16> {
        let is_said = |source: &crate::load::Source| source.value.pointer("/respond/status").is_some();
        let status = self.provider.settings.respond.status;
        self.folder.provider_source.as_ref().is_some_and(is_said).then_some(status)
    }

    /// All event types.
    pub fn event_types(&self) -> impl Iterator<Item = &str> {
        self.provider.events.iter().map(|event| event.event_type.as_str())
    }

    /// An example of the event `name`: an event type, or the key of a webhook in its document. `body` takes the place
    /// of the document's own.
    ///
    /// # Errors
    /// When there is no such event, or no body can be made for it.
    pub fn delivery(&self, name: &str, body: Option<Vec<u8>>) -> Result<Delivery, Failure> {
        let event = self.event(name).ok_or_else(|| self.unknown(name))?;
        let webhook = &self.provider.webhooks[event.webhook];
        let (body, is_made) = match body {
            Some(body) => (body, false),
            None => self.body(event, webhook).ok_or_else(|| self.no_body(event))?,
        };
        Ok(Delivery {
            event_type: event.event_type.clone(),
            method: bodies::method(webhook).to_ascii_uppercase(),
            headers: self.headers(event, webhook, &body),
            body,
            is_made,
        })
    }

    fn event(&self, name: &str) -> Option<&Event> {
        let mut events = self.provider.events.iter();
        let by_key = |event: &&Event| self.provider.webhooks[event.webhook].key == name;
        events.clone().find(|event| event.event_type == name).or_else(|| events.find(by_key))
    }

    fn unknown(&self, name: &str) -> Failure {
        let keys = self.provider.webhooks.iter().map(|webhook| webhook.key.as_str());
        let help = match crate::diagnostics::closest(name, self.event_types().chain(keys)) {
            Some(name) => format!("did you mean `{name}`?"),
            None => meant(name, self.event_types()),
        };
        Diagnostic::error(&self.place, "", format!("no event is called `{name}`")).help(help).into()
    }

    fn no_body(&self, event: &Event) -> Failure {
        let message = format!("there is no example of `{}`, and none can be made of its schema", event.event_type);
        Diagnostic::error(&self.place, "", message).help("give a body of your own").into()
    }

    /// The document's example that fits best, or one made of the schema, and whether it is made.
    fn body(&self, event: &Event, webhook: &Webhook) -> Option<(Vec<u8>, bool)> {
        let source = &self.folder.documents[webhook.document];
        if event.payload == Type::Raw {
            let mut texts = bodies::examples(source, webhook, |_| true).into_iter();
            return texts.find_map(|(_, text)| Some((text.as_str()?.as_bytes().to_vec(), false)));
        }
        let is_own = |body: &Value| event_type::is_own(&self.provider, event, body);
        let ranked = |body: &&Value| (!is_own(body), !is_fit(&self.provider, &event.payload, body));
        let bodies = bodies::examples(source, webhook, is_readable).into_iter().map(|(_, body)| body);
        let example = bodies.min_by_key(ranked).cloned();
        let example = example.and_then(|body| event_type::put(&self.provider, event, body));
        let is_made = example.is_none();
        let body = example.or_else(|| {
            let made = made::body(&self.provider, &self.samples, &event.payload)?;
            event_type::put(&self.provider, event, made)
        })?;
        Some((body.to_string().into_bytes(), is_made))
    }

    fn headers(&self, event: &Event, webhook: &Webhook, body: &[u8]) -> Vec<(String, String)> {
        let document = &self.folder.documents[webhook.document].value;
        let media_type = bodies::media_type(document, webhook).filter(|media_type| !media_type.contains('*'));
        let mut headers = vec![("content-type".to_owned(), media_type.unwrap_or("application/json").to_owned())];
        headers.extend(headers::declared(document, webhook));
        for (name, value) in event_type::headers(&self.provider, event, body, &headers) {
            headers.retain(|(other, _)| *other != name);
            headers.push((name, value));
        }
        headers
    }
}
