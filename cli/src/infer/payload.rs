//! The JSON of a delivery.

use crate::capture::Captured;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// What a body holds.
#[derive(Debug)]
pub struct Payload {
    /// The JSON.
    pub value: Value,
    /// The header of the token that the body is, if it is one.
    pub token: Option<Value>,
}

/// The payload of a delivery: its body, or what the token that its body is holds.
pub fn payload(captured: &Captured) -> Option<Payload> {
    let text = std::str::from_utf8(&captured.body).ok()?.trim();
    if let Ok(value) = serde_json::from_str(text) {
        // A text alone is JSON too, but no event.
        return matches!(value, Value::Object(_) | Value::Array(_)).then_some(Payload { value, token: None });
    }
    let (header, value) = token(text)?;
    Some(Payload { value, token: Some(header) })
}

impl Payload {
    /// The objects of which each may be an event: the items of an array of objects, or what there is.
    pub fn items(&self) -> &[Value] {
        match &self.value {
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => items,
            value => std::slice::from_ref(value),
        }
    }
}

/// The header and the payload of a JSON Web Token.
pub fn token(text: &str) -> Option<(Value, Value)> {
    let mut parts = text.trim().split('.');
    let (header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    let part = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    let header: Value = part(header).filter(|header: &Value| header.get("alg").is_some())?;
    parts.next().is_none().then_some((header, part(payload)?))
}
