//! A provider's endpoint: what a request is to it.

use super::super::send::scheme;
use crate::capture;
use crate::drift::{Kind, Path, Walk, event_of, events_in};
use serde_json::Value;
use std::fmt::Write;
use webhook_codegen::documents::provider::{DeliveryId, Expression};
use webhook_codegen::model::{Event, Provider, text_at};
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
    /// The event types that a document declares; a batch has several.
    pub event_types: Vec<String>,
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
            return Described {
                event_types: Vec::new(),
                text: format!("{trust}, the body is not JSON"),
                payload: None,
            };
        };
        let captured = capture::Captured::from(captured.clone());
        let id = self.id(&captured, &payload).map(|id| format!(" {id}")).unwrap_or_default();
        let (mut event_types, mut said, mut notes) = (Vec::new(), Vec::new(), String::new());
        for (pointer, event) in events_in(&self.provider, &payload) {
            match event_of(&self.provider, &captured.headers, event) {
                Err(event_type) => {
                    said.push(format!("`{event_type}`"));
                    _ = write!(notes, "\n    no document declares the event `{event_type}`");
                }
                Ok(known) => {
                    said.push(known.event_type.clone());
                    event_types.push(known.event_type.clone());
                    notes += &self.differences(known, event, &pointer);
                }
            }
        }
        let text = format!("{}{id} {trust}{notes}", said.join(", "));
        Described { event_types, text, payload: Some(payload) }
    }

    /// What an event has that its document does not declare, a line each.
    fn differences(&self, event: &Event, payload: &Value, pointer: &str) -> String {
        let walk = Walk::of(&self.provider.types, &event.payload, payload, pointer);
        let line = |(kind, path, detail): (Kind, Path, String)| match kind {
            Kind::Violation => format!("\n    {}", format!("{} {detail}", path.pointer).trim()),
            kind => format!("\n    {kind} {}", path.pointer),
        };
        walk.found.into_iter().map(line).collect()
    }

    fn id(&self, captured: &capture::Captured, payload: &Value) -> Option<String> {
        self.provider.settings.delivery_id.iter().find_map(|id| match id {
            DeliveryId::At(Expression::Header(name)) => captured.header(name).map(str::to_owned),
            DeliveryId::At(Expression::Body(pointer)) => text_at(payload, &tokens(pointer)),
            DeliveryId::BodyDigest => None,
        })
    }
}
