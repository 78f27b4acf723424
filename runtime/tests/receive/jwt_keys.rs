//! The forms that RSA keys come in.

use crate::jwt::{CLAIMS, NOW, PRIVATE, PUBLIC, Wix, receiver, token, verify};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use webhook_runtime::{Algorithm, JwtSigner, Receiver, SecretError, VerifyError};

const PUBLIC_PKCS1: &str = include_str!("keys/test-only-public-pkcs1.pem");
const PRIVATE_PKCS1: &str = include_str!("keys/test-only-private-pkcs1.pem");
const OTHER_PUBLIC: &str = include_str!("keys/test-only-other-public.pem");
const OTHER_PRIVATE: &str = include_str!("keys/test-only-other-private.pem");

#[test]
fn the_key_may_come_in_every_usual_form() {
    let body = token(CLAIMS);
    let with_crlf = PUBLIC.replace('\n', "\r\n");
    let on_one_line = STANDARD.encode(PUBLIC);
    for key in [PUBLIC, PUBLIC_PKCS1, &with_crlf, &on_one_line, &format!("{on_one_line}\n")] {
        let receiver = Receiver::<Wix>::new(key).unwrap();
        assert!(verify(&receiver, &body, NOW).is_ok(), "{key}");
    }
    let on_one_line = STANDARD.encode(PRIVATE);
    for key in [PRIVATE, PRIVATE_PKCS1, &on_one_line] {
        let signed = JwtSigner::new(Algorithm::Rs256, key).unwrap().sign(CLAIMS.as_bytes()).unwrap();
        assert_eq!(signed.body, body);
    }
}

#[test]
fn other_texts_are_no_key() {
    let weak = include_str!("keys/test-only-1024-bits-public.pem");
    let elliptic = include_str!("keys/test-only-p256-public.pem");
    let broken = PUBLIC.replace("MIIB", "MIIC");
    let cut = PUBLIC.replace("-----END", "-----");
    let empty = "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n";
    for key in [weak, elliptic, PRIVATE, &broken, &cut, empty] {
        let error = Receiver::<Wix>::new(key).unwrap_err();
        assert!(matches!(error, SecretError::NotAKey { .. }), "{key}");
    }
    assert!(matches!(JwtSigner::new(Algorithm::Rs256, PUBLIC), Err(SecretError::NotAKey { .. })));
    assert_eq!(Receiver::<Wix>::new("").unwrap_err(), SecretError::Missing);
    assert_eq!(Receiver::<Wix>::new(" \n").unwrap_err(), SecretError::Missing);
    assert_eq!(Receiver::<Wix>::new("a secret").unwrap_err(), SecretError::NotBase64);
}

#[test]
fn old_and_new_key_hold_during_a_rotation() {
    let both = Receiver::<Wix>::with_secrets([OTHER_PUBLIC, PUBLIC]).unwrap();
    let other = JwtSigner::new(Algorithm::Rs256, OTHER_PRIVATE).unwrap().sign(CLAIMS.as_bytes()).unwrap();
    assert!(verify(&both, &token(CLAIMS), NOW).is_ok());
    assert!(verify(&both, &other.body, NOW).is_ok());
    assert_eq!(verify(&receiver(), &other.body, NOW), Err(VerifyError::NoMatch));
}

#[test]
fn debug_shows_no_key() {
    let shown = format!("{:?}", JwtSigner::new(Algorithm::Rs256, PRIVATE).unwrap());
    assert_eq!(shown, "JwtSigner { algorithm: Rs256, .. }");
    assert!(format!("{:?}", receiver()).contains("keys: 1"));
}
