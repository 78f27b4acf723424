//! A provider's endpoint: what a request is to it.

use super::super::send::scheme;
use crate::capture::Captured;
use crate::drift::{Walk, event_of};
use std::time::SystemTime;
use webhook_codegen::documents::provider::{DeliveryId, Expression};
use webhook_codegen::model::{Provider, text_at, violations};
use webhook_codegen::source::pointer::tokens;
use webhook_runtime::http::{HeaderMap, Method, Response, Uri};
use webhook_runtime::{Checked, Incoming, SecretError, Verifier};

/// Where the deliveries of a provider come.
pub(super) struct Endpoint {
    pub provider: Provider,
    verifier: Verifier,
    has_secret: bool,
}

/// What a request is.
pub(super) enum Outcome {
    Handshake(Response<Vec<u8>>),
    /// It is not from the provider, or cannot be told to be.
    Refused(String),
    /// In words for people: event type, id, whether it was verified, and what no document declares.
    Delivery(String),
}

impl Endpoint {
    pub fn new(provider: Provider, secret: Option<&str>) -> Result<Self, SecretError> {
        let verify = &provider.settings.verify;
        let handshakes = scheme::handshakes(&provider.settings.handshakes);
        let has_secret = secret.is_some() && !verify.is_none();
        let verifier = Verifier::new(scheme::scheme(verify), handshakes, secret.filter(|_| has_secret))?;
        Ok(Self { provider, verifier, has_secret })
    }

    pub fn outcome(&self, captured: &Captured, method: &Method, uri: &Uri, headers: &HeaderMap) -> Outcome {
        let incoming = Incoming { method, uri, headers, body: &captured.body, now: SystemTime::now() };
        match self.verifier.check(&incoming) {
            Ok(Checked::Handshake(response)) => Outcome::Handshake(response),
            Err(error) => Outcome::Refused(error.to_string()),
            Ok(Checked::Delivery(verified)) => Outcome::Delivery(self.described(captured, &verified.payload)),
        }
    }

    fn described(&self, captured: &Captured, payload: &[u8]) -> String {
        let verified = if self.has_secret { "verified" } else { "not verified" };
        let Ok(value) = serde_json::from_slice(payload) else { return format!("{verified}, not JSON") };
        let id = self.id(captured, &value).map(|id| format!(" {id}")).unwrap_or_default();
        match event_of(&self.provider, &captured.headers, &value) {
            Err(said) => format!("`{said}`{id} {verified}, no document declares this event"),
            Ok(event) => {
                let types = &self.provider.types;
                let found = Walk::of(types, &event.payload, &value).found;
                let found = found.into_iter().map(|(kind, path, _)| format!("{kind} {}", path.pointer));
                let wrong = violations(types, &event.payload, &value, "");
                let wrong = wrong.into_iter().map(|(pointer, message)| format!("{pointer} {}", message.trim()));
                let all: Vec<_> = wrong.chain(found).map(|what| format!("\n    {}", what.trim())).collect();
                format!("{}{id} {verified}{}", event.event_type, all.concat())
            }
        }
    }

    fn id(&self, captured: &Captured, payload: &serde_json::Value) -> Option<String> {
        self.provider.settings.delivery_id.iter().find_map(|id| match id {
            DeliveryId::At(Expression::Header(name)) => captured.header(name).map(str::to_owned),
            DeliveryId::At(Expression::Body(pointer)) => text_at(payload, &tokens(pointer)),
            DeliveryId::BodyDigest => None,
        })
    }
}
