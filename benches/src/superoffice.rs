//! SuperOffice's contact: HMAC-SHA256 of the body in a header.

use crate::{AnyError, Contender};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::time::SystemTime;
use webhook_events::superoffice::Receiver;
use webhook_runtime::http::HeaderMap;

/// The documentation's example of `contact.created`, with its two mistakes mended.
pub const DOCUMENTED: &str = include_str!("../../tests/examples/superoffice/contact.created.json");

const SECRET: &str = "what the subscriber chose";
const HEADER: &str = "x-superoffice-signature";

/// What a user writes by hand. Additional properties are lost.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EntityEvent {
    pub event_id: Option<String>,
    pub timestamp: String,
    pub changes: Option<Vec<String>>,
    pub values: Option<BTreeMap<String, i64>>,
    pub event: String,
    pub primary_key: i64,
    pub entity: Option<String>,
    pub context_identifier: Option<String>,
    pub changed_by_associate_id: i64,
    pub webhook_name: String,
    pub field_values: Option<Map<String, Value>>,
}

/// What it is chosen from.
pub enum Event {
    ContactCreated(EntityEvent),
    ContactChanged(EntityEvent),
    ContactDeleted(EntityEvent),
    Other(Value),
}

impl Event {
    fn from_value(body: &[u8]) -> serde_json::Result<Self> {
        let body: Value = serde_json::from_slice(body)?;
        Ok(match body["Event"].as_str() {
            Some("contact.created") => Self::ContactCreated(serde_json::from_value(body)?),
            Some("contact.changed") => Self::ContactChanged(serde_json::from_value(body)?),
            Some("contact.deleted") => Self::ContactDeleted(serde_json::from_value(body)?),
            _ => Self::Other(body),
        })
    }
}

/// Ours, a peer and the floors.
#[must_use]
pub fn contenders() -> Vec<Contender> {
    let receiver = Receiver::new(SECRET).expect("a secret");
    let headers = receiver.sign("", SystemTime::now(), DOCUMENTED.as_bytes()).expect("it can sign").headers;
    let prepared = Hmac::new_from_slice(SECRET.as_bytes()).expect("a key of any length");
    let (by_hand, per_call, once) = (headers.clone(), headers.clone(), headers.clone());
    vec![
        Contender::new("webhook-events", move || receiver.receive((&headers, DOCUMENTED.as_bytes()))),
        Contender::new("hmac, Value, from_value", move || -> Result<_, AnyError> {
            check(Hmac::new_from_slice(SECRET.as_bytes())?, &by_hand)?;
            Ok(Event::from_value(DOCUMENTED.as_bytes())?)
        }),
        Contender::new("floor: HMAC-SHA256, key set up per call", move || {
            check(Hmac::new_from_slice(SECRET.as_bytes())?, &per_call)
        }),
        Contender::new("floor: HMAC-SHA256, key prepared", move || check(prepared.clone(), &once)),
        Contender::new("floor: from_slice, lossy, type known", || {
            serde_json::from_slice::<EntityEvent>(DOCUMENTED.as_bytes())
        }),
    ]
}

fn check(mut mac: Hmac<Sha256>, headers: &HeaderMap) -> Result<(), AnyError> {
    let signature = STANDARD.decode(headers.get(HEADER).ok_or("no signature")?)?;
    mac.update(DOCUMENTED.as_bytes());
    Ok(mac.verify_slice(&signature)?)
}
