//! A provider's endpoint: what a request is to it.

use super::super::send::scheme;
use crate::capture;
use crate::drift::{Walk, event_of};
use serde_json::Value;
use std::fmt::Write;
use webhook_codegen::documents::provider::{DeliveryId, Expression};
use webhook_codegen::model::{Event, Provider, text_at, violations};
use webhook_codegen::source::pointer::tokens;
use webhook_runtime::http::Response;
use webhook_runtime::{Captured, Checked, Incoming, SecretError, Verifier};

/// Where the deliveries of a provider come.
pub(super) struct Endpoint {
    pub provider: Provider,
    verifier: Verifier,
    has_secret: bool,
}

/// What a request is.
pub(super) enum Outcome {
    Handshake(Response<Vec<u8>>),
    /// Its signature is wrong, or it has none.
    Refused(String),
    Delivery(Described),
}

/// A delivery, in words for people.
pub(super) struct Described {
    /// The event type, if a document declares it.
    pub event_type: Option<String>,
    /// Event type, id, whether it was verified, and what no document declares.
    pub text: String,
    /// The JSON of the body, or of the token that the body is.
    pub payload: Option<Value>,
}

impl Endpoint {
    pub fn new(provider: Provider, secret: Option<&str>) -> Result<Self, SecretError> {
        let verify = &provider.settings.verify;
        let handshakes = scheme::handshakes(&provider.settings.handshakes);
        let has_secret = secret.is_some() && !verify.is_none();
        let verifier = Verifier::new(scheme::scheme(verify), handshakes, secret.filter(|_| has_secret))?;
        Ok(Self { provider, verifier, has_secret })
    }

    /// Whether deliveries are verified, or why not.
    pub fn trust(&self) -> &'static str {
        match (self.has_secret, self.provider.settings.verify.is_none()) {
            (true, _) => "verified",
            (false, false) => "not verified: no secret",
            (false, true) => "not signed",
        }
    }

    pub fn outcome(&self, captured: &Captured) -> Outcome {
        match self.verifier.check(&Incoming::from(captured)) {
            Ok(Checked::Handshake(response)) => Outcome::Handshake(response),
            Err(error) => Outcome::Refused(error.to_string()),
            Ok(Checked::Delivery(verified)) => Outcome::Delivery(self.described(captured, &verified.payload)),
        }
    }

    fn described(&self, captured: &Captured, payload: &[u8]) -> Described {
        let trust = self.trust();
        let Ok(payload) = serde_json::from_slice(payload) else {
            return Described { event_type: None, text: format!("{trust}, the body is not JSON"), payload: None };
        };
        let captured = capture::Captured::from(captured.clone());
        let id = self.id(&captured, &payload).map(|id| format!(" {id}")).unwrap_or_default();
        let (event_type, text) = match event_of(&self.provider, &captured.headers, &payload) {
            Err(said) => (None, format!("`{said}`{id} {trust}, no document declares this event")),
            Ok(event) => {
                let differences = self.differences(event, &payload);
                (Some(event.event_type.clone()), format!("{}{id} {trust}{differences}", event.event_type))
            }
        };
        Described { event_type, text, payload: Some(payload) }
    }

    /// What the document of an event does not declare, a line each.
    fn differences(&self, event: &Event, payload: &Value) -> String {
        let types = &self.provider.types;
        let mut text = String::new();
        for (pointer, message) in violations(types, &event.payload, payload, "") {
            _ = write!(text, "\n    {}", format!("{pointer} {}", message.trim()).trim());
        }
        for (kind, path, _) in Walk::of(types, &event.payload, payload).found {
            _ = write!(text, "\n    {kind} {}", path.pointer);
        }
        text
    }

    fn id(&self, captured: &capture::Captured, payload: &Value) -> Option<String> {
        self.provider.settings.delivery_id.iter().find_map(|id| match id {
            DeliveryId::At(Expression::Header(name)) => captured.header(name).map(str::to_owned),
            DeliveryId::At(Expression::Body(pointer)) => text_at(payload, &tokens(pointer)),
            DeliveryId::BodyDigest => None,
        })
    }
}
