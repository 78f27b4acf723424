//! Requests by which a provider tests an endpoint, and what it wants to hear.

use super::engine::Engine;
use super::key::Secret;
use super::message::{Context, needs_url};
use super::{Incoming, Part, VerifyError};
use crate::event::Expression;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, StatusCode};

/// A request that is no event, and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handshake {
    /// By what it is recognised; all must hold.
    pub when: &'static [(Expression, Condition)],
    /// Whether it is signed as deliveries are. Then it is verified before it is looked at.
    pub is_signed: bool,
    /// What to answer.
    pub reply: Reply,
}

/// What a value of a request must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Condition {
    /// This text.
    Is(&'static str),
    /// Anything.
    Present,
    /// The secret. It does not tell a handshake from others: one with another secret is refused.
    Secret,
}

/// An answer, made of values of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The type of the body.
    pub content_type: Option<&'static str>,
    /// Headers.
    pub headers: &'static [(&'static str, &'static [Part])],
    /// The body.
    pub body: &'static [Part],
    /// Whether the body is JSON and the values are in strings of it.
    pub is_json: bool,
}

impl Engine {
    /// The answer to a handshake; `verified` holds the secret by which the request is verified.
    pub(super) fn handshake(
        &self,
        handshakes: &[Handshake],
        incoming: &Incoming<'_>,
        verified: Option<Option<&Secret>>,
    ) -> Result<Option<Response<Vec<u8>>>, VerifyError> {
        let applicable = handshakes.iter().filter(|handshake| handshake.is_signed == verified.is_some());
        for handshake in applicable {
            if handshake.matches(incoming) {
                let secret = self.known(handshake, incoming)?;
                let secret = secret.or(verified.flatten()).or(self.secrets.first());
                return self.reply(&handshake.reply, incoming, secret).map(Some);
            }
        }
        Ok(None)
    }

    /// The secret that the request names, where it must name one.
    fn known(&self, handshake: &Handshake, incoming: &Incoming<'_>) -> Result<Option<&Secret>, VerifyError> {
        let mut named = handshake.when.iter().filter(|(_, condition)| *condition == Condition::Secret);
        let Some((at, _)) = named.next() else { return Ok(None) };
        let text = incoming.text(at).unwrap_or_default();
        let secret = self.secrets.iter().find(|secret| secret.is(&text));
        secret.map(Some).ok_or(VerifyError::NoMatch)
    }

    fn reply(
        &self,
        reply: &Reply,
        incoming: &Incoming<'_>,
        secret: Option<&Secret>,
    ) -> Result<Response<Vec<u8>>, VerifyError> {
        let mut parts = reply.headers.iter().map(|(_, parts)| *parts).chain([reply.body]);
        let url = if parts.any(needs_url) { self.called(incoming)? } else { String::new() };
        let context = Context { incoming, url: &url, id: "", timestamp: "", secret };
        let mut response = Response::new(Vec::new());
        *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
        if let Some(content_type) = reply.content_type {
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        for (name, parts) in reply.headers {
            context.check(parts)?;
            // A value that no header can hold is not echoed.
            let value = HeaderValue::from_bytes(&context.bytes(parts)).map_err(|_| VerifyError::NoMatch)?;
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
        context.check(reply.body)?;
        *response.body_mut() = if reply.is_json { context.json(reply.body) } else { context.bytes(reply.body) };
        Ok(response)
    }
}

impl Handshake {
    fn matches(&self, incoming: &Incoming<'_>) -> bool {
        self.when.iter().all(|(at, condition)| match condition {
            Condition::Is(text) => incoming.text(at).is_some_and(|value| value == *text),
            Condition::Present => incoming.text(at).is_some(),
            Condition::Secret => true,
        })
    }
}

impl Context<'_> {
    fn bytes(&self, parts: &[Part]) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.feed(parts, &mut |part| bytes.extend_from_slice(part));
        bytes
    }

    /// JSON with values in its strings.
    fn json(&self, parts: &[Part]) -> Vec<u8> {
        let mut json = Vec::new();
        for part in parts {
            let value = self.bytes(std::slice::from_ref(part));
            match part {
                Part::Text(_) => json.extend_from_slice(&value),
                _ => {
                    let quoted = serde_json::Value::from(String::from_utf8_lossy(&value)).to_string();
                    // Without its quotation marks.
                    json.extend_from_slice(&quoted.as_bytes()[1..quoted.len() - 1]);
                }
            }
        }
        json
    }
}
