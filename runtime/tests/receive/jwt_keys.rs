//! The forms that RSA keys come in.

use crate::jwt::{CLAIMS, NOW, PRIVATE, PUBLIC, RS256, Wix, receiver, signed, token, verify};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use webhook_runtime::{Receiver, SecretError, Signer, VerifyError};

const PUBLIC_PKCS1: &str = include_str!("keys/test-only-public-pkcs1.pem");
const PRIVATE_PKCS1: &str = include_str!("keys/test-only-private-pkcs1.pem");
const OTHER_PUBLIC: &str = include_str!("keys/test-only-other-public.pem");
const OTHER_PRIVATE: &str = include_str!("keys/test-only-other-private.pem");

/// The base64 inside PEM.
fn der(pem: &str) -> String {
    pem.lines().skip_while(|line| !line.starts_with('-')).filter(|line| !line.starts_with('-')).collect()
}

/// What configuration files, shells and JSON make of a text with several lines.
fn forms(pem: &str) -> Vec<String> {
    let escaped = pem.replace('\n', "\\n");
    let on_one_line = STANDARD.encode(pem);
    vec![
        pem.to_owned(),
        pem.replace('\n', "\r\n"),
        pem.replace('\n', "\n    "),
        pem.replace('\n', " "),
        pem.replace('\n', ""),
        format!("\u{feff}{pem}"),
        escaped.clone(),
        pem.replace('\n', "\\r\\n"),
        pem.replace('\n', "\\\\n"),
        format!("\"{escaped}\""),
        format!("'{escaped}'\n"),
        STANDARD.encode(&escaped),
        format!("{on_one_line}\n"),
        format!("\"{on_one_line}\""),
        on_one_line,
        der(pem),
        der(pem).replace('+', "-").replace('/', "_").replace('=', ""),
    ]
}

#[test]
fn the_key_may_come_in_every_usual_form() {
    let body = token(CLAIMS);
    for key in [PUBLIC, PUBLIC_PKCS1].into_iter().flat_map(forms) {
        let receiver = Receiver::<Wix>::new(&key).unwrap_or_else(|error| panic!("{key:?}: {error}"));
        assert!(verify(&receiver, &body, NOW).is_ok(), "{key:?}");
    }
    for key in [PRIVATE, PRIVATE_PKCS1].into_iter().flat_map(forms) {
        assert_eq!(signed(&key, CLAIMS), body);
    }
}

#[test]
fn the_error_says_what_it_is_that_is_no_key() {
    let weak = include_str!("keys/test-only-1024-bits-public.pem");
    let elliptic = include_str!("keys/test-only-p256-public.pem");
    let cut = PUBLIC.replace("-----END", "-----");
    for (key, expected) in [
        (weak, "an RSA key of fewer than 2048 bits"),
        (&der(weak), "an RSA key of fewer than 2048 bits"),
        (&with_modulus_of(8200), "an RSA key of more than 8192 bits"),
        (elliptic, "a key of an algorithm other than RSA"),
        (&der(elliptic), "a key of an algorithm other than RSA"),
        (PRIVATE, "a private key"),
        (&PRIVATE.replace('\n', "\\n"), "a private key"),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "a certificate"),
        ("-----BEGIN MESSAGE-----", "PEM of something else"),
        (&PUBLIC.replace("MIIB", "MIIC"), "a key that is cut off or damaged"),
        (&cut, "a key that is cut off or damaged"),
        (&cut[..200], "a key that is cut off or damaged"),
        ("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n", "a key that is cut off or damaged"),
        ("c2VjcmV0", "base64 of something else"),
        (&der(PRIVATE), "base64 of something else"),
        ("ssh-rsa AAAAB3NzaC1yc2E= me@here", "a key in the format of OpenSSH"),
        (r#"{"kty":"RSA","e":"AQAB"}"#, "JSON"),
    ] {
        match Receiver::<Wix>::new(key).unwrap_err() {
            SecretError::NotAKey { found, .. } => assert_eq!(found, expected, "{key}"),
            other => panic!("{key}: {other}"),
        }
    }
    let error = Signer::new(RS256, PUBLIC).unwrap_err();
    let text = "the secret is a public key, not an RSA private key of 2048 to 4096 bits in PEM";
    assert_eq!(error.to_string(), text);
    for (text, error) in [
        ("", SecretError::Missing),
        (" \n", SecretError::Missing),
        ("a secret", SecretError::NotBase64),
        ("a\\nsecret", SecretError::NotBase64),
    ] {
        assert_eq!(Receiver::<Wix>::new(text).unwrap_err(), error, "{text}");
    }
}

/// A public key whose modulus has so many bits.
fn with_modulus_of(bits: usize) -> String {
    let modulus = vec![0xff; bits / 8];
    crate::wycheproof::public_pem(&URL_SAFE_NO_PAD.encode(modulus), "AQAB")
}

/// Under such a key no token could be told from a forged one, or ring refuses every token in silence.
#[test]
fn numbers_that_are_no_rsa_key_are_refused_at_start() {
    let modulus = |last: u8| {
        let mut modulus = [0xff; 256];
        modulus[255] = last;
        URL_SAFE_NO_PAD.encode(modulus)
    };
    assert!(Receiver::<Wix>::new(&crate::wycheproof::public_pem(&modulus(1), "Aw")).is_ok());
    for (n, e) in
        [(modulus(0), "AQAB"), (modulus(1), "AQ"), (modulus(1), "AA"), (modulus(1), "BA"), (modulus(1), "AQAAAAE")]
    {
        let error = Receiver::<Wix>::new(&crate::wycheproof::public_pem(&n, e)).unwrap_err();
        assert!(matches!(error, SecretError::NotAKey { .. }), "{e}: {error}");
    }
}

#[test]
fn old_and_new_key_hold_during_a_rotation() {
    let both = Receiver::<Wix>::with_secrets([OTHER_PUBLIC, PUBLIC]).unwrap();
    let other = signed(OTHER_PRIVATE, CLAIMS);
    assert!(verify(&both, &token(CLAIMS), NOW).is_ok());
    assert!(verify(&both, &other, NOW).is_ok());
    assert_eq!(verify(&receiver(), &other, NOW), Err(VerifyError::NoMatch));
}

#[test]
fn debug_shows_no_key() {
    let shown = format!("{:?}", Signer::new(RS256, PRIVATE).unwrap());
    assert_eq!(shown, "Signer { algorithm: RsaPkcs1(Sha256), .. }");
    assert!(format!("{:?}", receiver()).contains("secrets: 1"));
}
