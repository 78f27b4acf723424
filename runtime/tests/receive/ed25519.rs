//! Standard Webhooks with asymmetric keys.

use crate::fake::{at, headers, headers_one_bit_off, one_bit_off};
use crate::standard_webhooks::Svix;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use webhook_runtime::http::HeaderMap;
use webhook_runtime::{Receiver, SecretError, SignError};

const PUBLIC: &str = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const NOW: u64 = 1_614_265_330;

/// Published by Standard Webhooks.
fn vector() -> HeaderMap {
    headers(&[
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        (
            "webhook-signature",
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
        ),
    ])
}

/// A private key, in both forms: the seed, and the seed with its public key.
fn private() -> [String; 2] {
    let seed = [7; 32];
    let pair = ed25519_dalek::SigningKey::from_bytes(&seed).to_keypair_bytes();
    [&seed[..], &pair].map(|bytes| format!("whsk_{}", STANDARD.encode(bytes)))
}

fn public_of_private() -> String {
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
    format!("whpk_{}", STANDARD.encode(key.as_bytes()))
}

#[test]
fn the_published_vector_holds() {
    let receiver = Receiver::<Svix>::new(PUBLIC).unwrap();
    assert!(receiver.receive_at((&vector(), BODY), at(NOW)).is_ok());
    let other = Receiver::<Svix>::new(&public_of_private()).unwrap();
    assert!(other.receive_at((&vector(), BODY), at(NOW)).is_err());
}

#[test]
fn every_change_of_one_bit_is_refused() {
    let receiver = Receiver::<Svix>::new(PUBLIC).unwrap();
    for changed in headers_one_bit_off(&vector()) {
        assert!(receiver.receive_at((&changed, BODY), at(NOW)).is_err(), "{changed:?}");
    }
    for changed in one_bit_off(BODY) {
        assert!(receiver.receive_at((&vector(), &changed), at(NOW)).is_err());
    }
}

#[test]
fn a_private_key_signs_what_the_public_key_verifies() {
    let verifier = Receiver::<Svix>::new(&public_of_private()).unwrap();
    for secret in private() {
        let sender = Receiver::<Svix>::new(&secret).unwrap();
        let signed = sender.sign("msg_1", at(NOW), BODY).unwrap();
        assert!(signed.headers["svix-signature"].to_str().unwrap().starts_with("v1a,"));
        assert!(verifier.receive_at((&signed.headers, &signed.body), at(NOW)).is_ok());
        assert!(sender.receive_at((&signed.headers, &signed.body), at(NOW)).is_ok());
    }
    assert_eq!(verifier.sign("msg_1", at(NOW), BODY), Err(SignError::NoPrivateKey));
}

#[test]
fn both_kinds_of_key_hold_at_once() {
    let shared = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let both = Receiver::<Svix>::with_secrets([shared, &private()[0]]).unwrap();
    let signed = both.sign("msg_1", at(NOW), BODY).unwrap();
    for secret in [shared, &public_of_private()] {
        let one = Receiver::<Svix>::new(secret).unwrap();
        assert!(one.receive_at((&signed.headers, &signed.body), at(NOW)).is_ok());
    }
    assert!(both.receive_at((&vector(), BODY), at(NOW)).is_err());
}

#[test]
fn other_bytes_are_no_key() {
    let mut mismatched = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).to_keypair_bytes();
    mismatched[40] ^= 1;
    // The neutral element: under it, one signature would hold for every message.
    let mut weak = [0; 32];
    weak[0] = 1;
    for (prefix, bytes) in [
        ("whpk_", &[7; 31][..]),
        ("whpk_", &[7; 33]),
        ("whpk_", &weak),
        ("whpk_", &[0; 32]),
        ("whsk_", &[7; 31]),
        ("whsk_", &mismatched),
    ] {
        let secret = format!("{prefix}{}", STANDARD.encode(bytes));
        let error = Receiver::<Svix>::new(&secret).unwrap_err();
        assert!(matches!(error, SecretError::NotAKey { .. }), "{prefix} {bytes:?}: {error}");
    }
}

#[test]
fn debug_shows_no_key() {
    let shown = format!("{:?}", Receiver::<Svix>::new(&private()[0]).unwrap());
    assert!(!shown.contains("7, 7") && !shown.contains("0707"), "{shown}");
}
