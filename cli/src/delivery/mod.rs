//! Example deliveries: what a provider would send, without a signature, to try a receiver with.

mod event_name;
mod event_type;
mod fresh;
mod headers;
mod samples;
mod synthesize;
#[cfg(test)]
mod tests;

pub(crate) use event_name::{event_named, event_suggestion};
pub(crate) use event_type::is_other;
pub(crate) use samples::Samples;

use serde_json::Value;
use std::path::{Path, PathBuf};
use webhook_codegen::Config;
use webhook_codegen::documents::Folder;
use webhook_codegen::documents::provider::Settings;
use webhook_codegen::model::is_valid;
use webhook_codegen::model::{Batch, Event, Provider, Type, Webhook};
use webhook_codegen::pipeline::Documents;
use webhook_codegen::schema::{References, is_readable};
use webhook_codegen::source::{Diagnostic, Failure, Source};

/// A provider, to take example deliveries from.
pub struct Sender {
    pub(crate) provider: Provider,
    pub(crate) folder: Folder,
    pub(crate) samples: Samples,
    /// The provider's folder, to report with.
    location: PathBuf,
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
    /// Where the body comes from.
    pub source: BodySource,
    /// Whether it says which event it is, where receivers look for that: some documents allow no value that does.
    pub is_identified: bool,
}

/// Where the body of a [`Delivery`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodySource {
    /// It was given.
    Given,
    /// It is an example in the document.
    Example,
    /// It is one that does not fit the document's own schema.
    InvalidExample,
    /// There is no example, and it is made of the schema.
    Schema,
}

/// The providers, to take example deliveries from. What `config` says of events and of code does not concern them.
///
/// # Errors
/// Everything that is wrong with the documents, as with [`Config::generate`].
pub fn senders(config: &Config) -> Result<Vec<Sender>, Failure> {
    let model = Documents::read(config)?.model(config).checked()?;
    let senders = model.providers.into_iter().zip(model.folders);
    Ok(senders.map(|(provider, folder)| Sender::new(provider, folder, config.specs())).collect())
}

impl Sender {
    fn new(provider: Provider, folder: Folder, specs: &Path) -> Self {
        let samples = Samples::collect(&provider, &folder);
        let location = specs.join(&provider.name);
        Self { provider, folder, samples, location }
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
        let is_said = |source: &Source| source.value.pointer("/respond/status").is_some();
        let status = self.provider.settings.respond.status;
        self.folder.provider_source.as_ref().is_some_and(is_said).then_some(status)
    }

    /// All event types.
    pub fn event_types(&self) -> impl Iterator<Item = &str> {
        self.provider.events.iter().map(|event| event.event_type.as_str())
    }

    /// An example of the event `name`: an event type, with or without its prefix, a variant, or the key of a webhook. `body` takes the place
    /// of the document's own.
    ///
    /// # Errors
    /// When there is no such event, or no body can be made for it.
    pub fn delivery(&self, name: &str, body: Option<Vec<u8>>) -> Result<Delivery, Failure> {
        let event = event_named(&self.provider, name).ok_or_else(|| self.unknown(name))?;
        let webhook = &self.provider.webhooks[event.webhook];
        let (body, source) = match body {
            Some(body) => (body, BodySource::Given),
            None => self.body(event, webhook).ok_or_else(|| self.no_body(event))?,
        };
        let value = serde_json::from_slice(&body).unwrap_or_default();
        let headers = self.headers(event, webhook, &body);
        let is_identified = |value: &Value| event_type::is_identified(&self.provider, event, value, &headers);
        Ok(Delivery {
            is_identified: webhook.events_in(&value).iter().all(is_identified),
            event_type: event.event_type.clone(),
            method: webhook.method().to_ascii_uppercase(),
            headers,
            body,
            source,
        })
    }

    fn unknown(&self, name: &str) -> Failure {
        let help = event_suggestion(&self.provider, name);
        Diagnostic::error(&self.location, "", format!("no event is called `{name}`")).help(help).into()
    }

    fn no_body(&self, event: &Event) -> Failure {
        let message = format!("there is no example of `{}`, and none can be made of its schema", event.event_type);
        Diagnostic::error(&self.location, "", message).help("give a body of your own").into()
    }

    /// The document's example that fits best, or a body made of the schema.
    fn body(&self, event: &Event, webhook: &Webhook) -> Option<(Vec<u8>, BodySource)> {
        let provider = &self.provider;
        let references = References::new(&self.folder.documents);
        let examples = |wanted| references.body_examples(webhook.content.as_ref(), wanted).into_iter();
        if event.payload == Type::Raw {
            return examples(|_| true)
                .find_map(|text| Some((text.value.as_str()?.as_bytes().to_vec(), BodySource::Example)));
        }
        let fits = |body: &Value| is_valid(&provider.types, &event.payload, body);
        let json = |body: Value| match webhook.batch {
            Batch::Always => Value::Array(vec![body]).to_string().into_bytes(),
            Batch::Never | Batch::Sometimes => body.to_string().into_bytes(),
        };
        let best = examples(is_readable).flat_map(|example| webhook.events_in(example.value));
        let best = best.min_by_key(|body| (!event_type::is_own(provider, event, body), !fits(body)));
        if let Some(body) = best.and_then(|body| event_type::put(provider, event, body.clone())) {
            let source = if fits(&body) { BodySource::Example } else { BodySource::InvalidExample };
            return Some((json(body), source));
        }
        let made = synthesize::body(provider, &self.samples, event)?;
        let body = event_type::put(provider, event, made)?;
        Some((json(body), BodySource::Schema))
    }

    fn headers(&self, event: &Event, webhook: &Webhook, body: &[u8]) -> Vec<(String, String)> {
        let references = References::new(&self.folder.documents);
        let media_type = media_type(&references, webhook);
        let mut headers = vec![("content-type".to_owned(), media_type.unwrap_or("application/json").to_owned())];
        headers.extend(headers::declared(&references, webhook));
        headers.extend(headers::of_event_type(&self.provider, event, &references, webhook));
        for (name, value) in event_type::headers(&self.provider, event, body, &headers) {
            headers.retain(|(other, _)| *other != name);
            headers.push((name, value));
        }
        headers
    }
}

/// The media type that a webhook's body is sent in: of several, one that can be read. A range such as `text/*` names none.
fn media_type<'a>(references: &References<'a>, webhook: &Webhook) -> Option<&'a str> {
    let media_types = webhook.content.iter().flat_map(|content| references.media_types(content));
    let named = media_types.map(|(name, _)| name).filter(|name| !name.contains('*'));
    named.min_by_key(|name| !is_readable(name))
}
