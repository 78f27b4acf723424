//! Wix's contact: a signed token around JSON in a string in a string.

use crate::{AnyError, Contender};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use serde::Deserialize;
use serde_json::Value;
use webhook_events::wix::Receiver;
use webhook_runtime::Incoming;
use webhook_runtime::http::HeaderMap;

pub mod plain;

/// The claims of the documentation's example of `contact_created`.
pub const DOCUMENTED: &str = include_str!("../../tests/examples/wix/contact_created.json");

const PRIVATE: &str = include_str!("../../runtime/tests/receive/keys/test-only-private.pem");
const PUBLIC: &str = include_str!("../../runtime/tests/receive/keys/test-only-public.pem");

/// The claims, signed, with an end in 2100.
#[must_use]
pub fn token() -> String {
    let claims = DOCUMENTED.replace("1606628458", "4102444800");
    assert_ne!(claims, DOCUMENTED);
    let signer = Receiver::signer(PRIVATE).expect("a private key");
    let headers = HeaderMap::new();
    let body = signer.sign("", &Incoming::new(&headers, claims.as_bytes())).expect("it can sign").body;
    String::from_utf8(body).expect("base64 and full stops")
}

/// Ours, a peer and the floors.
#[must_use]
pub fn contenders() -> Vec<Contender> {
    vec![ours(token()), by_hand(token()), verify(&token()), parse()]
}

fn ours(token: String) -> Contender {
    let receiver = Receiver::new(PUBLIC).expect("a public key");
    Contender::new("webhook-events", move || receiver.receive((&HeaderMap::new(), token.as_bytes())))
}

#[derive(Deserialize)]
struct Claims {
    data: String,
}

fn by_hand(token: String) -> Contender {
    let key = DecodingKey::from_rsa_pem(PUBLIC.as_bytes()).expect("a public key");
    let validation = Validation::new(Algorithm::RS256);
    Contender::new("jsonwebtoken, Value, from_value", move || -> Result<_, AnyError> {
        let claims = decode::<Claims>(&token, &key, &validation)?.claims;
        let envelope: Value = serde_json::from_str(&claims.data)?;
        Ok(plain::Event::from_envelope(envelope)?)
    })
}

/// The signature alone, with the token taken apart beforehand.
fn verify(token: &str) -> Contender {
    let (signed, signature) = token.rsplit_once('.').expect("three parts");
    let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64");
    let signed = signed.to_owned();
    let key = key();
    Contender::new("floor: RS256, key prepared", move || {
        key.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature)
    })
}

fn key() -> RsaPublicKeyComponents<Vec<u8>> {
    let inside = PRIVATE.split("-----").nth(2).expect("between two lines");
    let dense: String = inside.split_ascii_whitespace().collect();
    let der = STANDARD.decode(dense).expect("base64");
    RsaKeyPair::from_pkcs8(&der).expect("a private key").public().into()
}

/// The claims, and what is in their two strings.
fn parse() -> Contender {
    Contender::new("floor: from_slice thrice, lossy, type known", || {
        let claims: Claims = serde_json::from_slice(DOCUMENTED.as_bytes())?;
        let envelope: plain::Envelope = serde_json::from_str(&claims.data)?;
        serde_json::from_str::<plain::ContactEvent>(&envelope.data)
    })
}
