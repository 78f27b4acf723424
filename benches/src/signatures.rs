//! Schemes of which no provider is in `specs/`: Stripe's header and Plaid's token, from their `provider.yaml` in
//! `docs/signatures`. The body is an object of which nothing is declared.

use crate::{AnyError, Contender};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use ring::rand::SystemRandom;
use ring::signature::UnparsedPublicKey;
use ring::signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::time::{SystemTime, UNIX_EPOCH};
use webhook_runtime::http::HeaderMap;
use webhook_runtime::{Incoming, Receiver};
use webhook_signatures_tests::webhooks::{plaid, stripe};

/// The body of both.
pub const BODY: &str = crate::askelephant::DOCUMENTED;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const TOLERANCE: u64 = 300;

/// A `SubjectPublicKeyInfo` of P-256, up to the point.
const INFO: &[u8] =
    b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00";

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, AnyError> {
    Ok(headers.get(name).ok_or("no signature")?.to_str()?)
}

fn parse() -> Contender {
    Contender::new("floor: from_slice, a Value", || serde_json::from_slice::<Value>(BODY.as_bytes()))
}

/// `t=…,v1=…`, an HMAC-SHA256 in hexadecimal.
#[must_use]
pub fn stripe() -> Vec<Contender> {
    let receiver = Receiver::<stripe::Event>::new(SECRET).expect("a secret");
    let headers = receiver.sign("", SystemTime::now(), BODY.as_bytes()).expect("it can sign").headers;
    let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key of any length");
    let (by_hand, once, prepared) = (headers.clone(), headers.clone(), mac.clone());
    vec![
        Contender::new("webhook-events", move || receiver.receive((&headers, BODY.as_bytes()))),
        Contender::new("hmac, hex, Value", move || -> Result<Value, AnyError> {
            check_header(mac.clone(), text(&by_hand, "stripe-signature")?)?;
            Ok(serde_json::from_slice(BODY.as_bytes())?)
        }),
        Contender::new("floor: the header and HMAC-SHA256, key prepared", move || {
            check_header(prepared.clone(), text(&once, "stripe-signature")?)
        }),
        parse(),
    ]
}

fn check_header(mac: Hmac<Sha256>, header: &str) -> Result<(), AnyError> {
    let parts = || header.split(',').filter_map(|part| part.split_once('='));
    let (_, time) = parts().find(|(name, _)| *name == "t").ok_or("no time")?;
    if now().abs_diff(time.parse()?) > TOLERANCE {
        return Err("too old or too new".into());
    }
    let mac = [time.as_bytes(), b".", BODY.as_bytes()].into_iter().fold(mac, |mac, part| mac.chain_update(part));
    for (_, signature) in parts().filter(|(name, _)| *name == "v1") {
        if mac.clone().verify_slice(&hex::decode(signature)?).is_ok() {
            return Ok(());
        }
    }
    Err("no match".into())
}

/// A token in a header, signed by ES256, with a digest of the body.
#[must_use]
pub fn plaid() -> Vec<Contender> {
    let random = SystemRandom::new();
    let private = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("it can be made");
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, private.as_ref(), &random).expect("a key");
    let point = pair.public_key().as_ref().to_vec();
    let receiver = Receiver::<plaid::Event>::new(&STANDARD.encode([INFO, &point].concat())).expect("a public key");
    let signer = Receiver::<plaid::Event>::signer(&STANDARD.encode(private)).expect("a private key");
    let none = HeaderMap::new();
    let headers = signer.sign("", &Incoming::new(&none, BODY.as_bytes())).expect("it can sign").headers;
    let token = headers["plaid-verification"].to_str().expect("a token").to_owned();
    let [x, y] = [&point[1..33], &point[33..]].map(|number| URL_SAFE_NO_PAD.encode(number));
    let key = DecodingKey::from_ec_components(&x, &y).expect("a public key");
    let by_hand = headers.clone();
    vec![
        Contender::new("webhook-events", move || receiver.receive((&headers, BODY.as_bytes()))),
        Contender::new("jsonwebtoken, sha2, hex, Value", move || -> Result<Value, AnyError> {
            check_token(text(&by_hand, "plaid-verification")?, &key)?;
            Ok(serde_json::from_slice(BODY.as_bytes())?)
        }),
        signature(&token, point),
        parse(),
    ]
}

#[derive(Deserialize)]
struct Claims {
    iat: u64,
    request_body_sha256: String,
}

fn check_token(token: &str, key: &DecodingKey) -> Result<(), AnyError> {
    let claims = decode::<Claims>(token, key, &Validation::new(Algorithm::ES256))?.claims;
    if now().abs_diff(claims.iat) > TOLERANCE {
        return Err("too old or too new".into());
    }
    let digest = Sha256::digest(BODY);
    if hex::decode(claims.request_body_sha256)? == digest[..] { Ok(()) } else { Err("another body".into()) }
}

/// The signature alone, with the token taken apart beforehand, and the digest.
fn signature(token: &str, point: Vec<u8>) -> Contender {
    let (signed, signature) = token.rsplit_once('.').expect("three parts");
    let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64");
    let signed = signed.to_owned();
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
    Contender::new("floor: ES256 by ring, and SHA-256 of the body", move || {
        let digest = Sha256::digest(BODY);
        key.verify(signed.as_bytes(), &signature).map(|()| digest)
    })
}
