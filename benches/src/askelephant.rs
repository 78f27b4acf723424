//! AskElephant's contact: Standard Webhooks around JSON.

use crate::{AnyError, Contender};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::time::{SystemTime, UNIX_EPOCH};
use webhook_events::askelephant::Receiver;
use webhook_runtime::http::HeaderMap;

pub mod plain;
pub mod tagged;

/// The documentation's example of `v1.contact.created`, as printed.
pub const DOCUMENTED: &str = include_str!("../../tests/examples/askelephant/contact.created.json");

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// The documented body without white space, and with so many more e-mail addresses that it is close
/// to `bytes` long. Keys stay in their order: the event type is where it is in a delivery.
#[must_use]
pub fn dense(bytes: usize) -> String {
    let dense: String = DOCUMENTED.split_ascii_whitespace().collect();
    let email = r#"{"email":"jane.0000@example.com","is_primary":false},"#;
    let more = email.repeat(bytes.saturating_sub(dense.len()) / email.len());
    dense.replacen(r#""emails":["#, &format!(r#""emails":[{more}"#), 1)
}

/// Ours, three peers and the floors.
#[must_use]
pub fn contenders(body: &str) -> Vec<Contender> {
    let delivery = Delivery::new(body);
    vec![
        ours(delivery.clone()),
        svix(delivery.clone()),
        tagged(delivery.clone()),
        standard_webhooks(delivery.clone()),
        hmac_per_call(delivery.clone()),
        hmac_prepared(delivery.clone()),
        parse(delivery),
    ]
}

/// Ours, the first peer and the floors that grow with the body.
#[must_use]
pub fn growing(body: &str) -> Vec<Contender> {
    let delivery = Delivery::new(body);
    vec![ours(delivery.clone()), svix(delivery.clone()), hmac_prepared(delivery.clone()), parse(delivery)]
}

#[derive(Clone)]
struct Delivery {
    body: Vec<u8>,
    /// With the names of Svix, and with those of Standard Webhooks.
    svix: HeaderMap,
    standard: HeaderMap,
    timestamp: String,
    signature: [u8; 32],
}

const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";

impl Delivery {
    fn new(body: &str) -> Self {
        let now = SystemTime::now();
        let receiver = Receiver::new(SECRET).expect("a well-formed secret");
        let svix = receiver.sign(ID, now, body.as_bytes()).expect("a well-formed id").headers;
        let mut standard = HeaderMap::new();
        for part in ["id", "timestamp", "signature"] {
            let name: webhook_runtime::http::HeaderName = format!("webhook-{part}").parse().expect("a header's name");
            standard.insert(name, svix[format!("svix-{part}")].clone());
        }
        let timestamp = now.duration_since(UNIX_EPOCH).expect("after 1970").as_secs().to_string();
        let signature = svix["svix-signature"].as_bytes().strip_prefix(b"v1,").expect("one signature");
        let signature = STANDARD.decode(signature).expect("base64").try_into().expect("32 bytes");
        Self { body: body.as_bytes().to_vec(), svix, standard, timestamp, signature }
    }

    /// The signature's check, without looking for headers or at the clock.
    fn check(&self, mut mac: Hmac<Sha256>) -> Result<(), AnyError> {
        for part in [ID.as_bytes(), b".", self.timestamp.as_bytes(), b".", &self.body] {
            mac.update(part);
        }
        Ok(mac.verify_slice(&self.signature)?)
    }
}

fn ours(delivery: Delivery) -> Contender {
    let receiver = Receiver::new(SECRET).expect("a well-formed secret");
    Contender::new("webhook-events", move || receiver.receive((&delivery.svix, &delivery.body)))
}

fn svix(delivery: Delivery) -> Contender {
    let webhook = svix::webhooks::Webhook::new(SECRET).expect("a well-formed secret");
    Contender::new("svix, Value, from_value", move || -> Result<_, AnyError> {
        webhook.verify(&delivery.body, &delivery.svix)?;
        Ok(plain::Event::from_value(&delivery.body)?)
    })
}

fn standard_webhooks(delivery: Delivery) -> Contender {
    let webhook = standardwebhooks::Webhook::new(SECRET).expect("a well-formed secret");
    Contender::new("standardwebhooks, Value, from_value", move || -> Result<_, AnyError> {
        webhook.verify(&delivery.body, &delivery.standard)?;
        Ok(plain::Event::from_value(&delivery.body)?)
    })
}

fn tagged(delivery: Delivery) -> Contender {
    let webhook = svix::webhooks::Webhook::new(SECRET).expect("a well-formed secret");
    Contender::new("svix, tagged enum with flatten", move || -> Result<tagged::Event, AnyError> {
        webhook.verify(&delivery.body, &delivery.svix)?;
        Ok(serde_json::from_slice(&delivery.body)?)
    })
}

fn key() -> Vec<u8> {
    STANDARD.decode(SECRET.trim_start_matches("whsec_")).expect("base64")
}

fn hmac_per_call(delivery: Delivery) -> Contender {
    let key = key();
    Contender::new("floor: HMAC-SHA256, key set up per call", move || delivery.check(Hmac::new_from_slice(&key)?))
}

fn hmac_prepared(delivery: Delivery) -> Contender {
    let mac = Hmac::new_from_slice(&key()).expect("a key of any length");
    Contender::new("floor: HMAC-SHA256, key prepared", move || delivery.check(mac.clone()))
}

fn parse(delivery: Delivery) -> Contender {
    Contender::new("floor: from_slice, lossy, type known", move || {
        serde_json::from_slice::<plain::ContactPayload>(&delivery.body)
    })
}
