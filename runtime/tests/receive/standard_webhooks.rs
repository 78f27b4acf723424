//! Standard Webhooks and Svix.

use crate::fake::{Content, at, headers, provider, standard};
use crate::tampered::{receiver, verify};
use std::time::Duration;
use webhook_runtime::http::{HeaderMap, HeaderValue};
use webhook_runtime::{DeliveryId, Expression, Receiver, Respond, SecretError, SignError, Verify};

provider!(Svix, Expression::Body(&["type"]), {
    const VERIFY: Verify = standard!("svix", "webhook");
    const DELIVERY_ID: &'static [DeliveryId] = &[DeliveryId::At(Expression::Header("svix-id"))];
    const RESPOND: Respond = Respond { status: 200, within_ms: Some(15_000) };
});

provider!(Standard, Expression::Body(&["type"]), {
    const VERIFY: Verify = standard!("webhook", "svix");
    const RESPOND: Respond = Respond { status: 200, within_ms: None };
});

/// Published by Svix and Standard Webhooks, for their libraries.
pub struct Vector {
    pub secret: &'static str,
    pub id: &'static str,
    pub timestamp: u64,
    pub body: &'static str,
    pub signature: &'static str,
}

pub const VECTORS: [Vector; 3] = [
    Vector {
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp: 1_614_265_330,
        body: r#"{"test": 2432232314}"#,
        signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
    Vector {
        secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        id: "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        timestamp: 1_649_367_553,
        body: r#"{"email":"test@example.com","username":"test_user"}"#,
        signature: "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
    },
    Vector {
        secret: "whsec_plJ3nmyCDGBKInavdOK15jsl",
        id: "msg_loFOjxBNrRLzqYUf",
        timestamp: 1_731_705_121,
        body: r#"{"event_type":"ping","data":{"success":true}}"#,
        signature: "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
    },
];

impl Vector {
    pub fn headers(&self, family: &str) -> HeaderMap {
        headers(&[
            (&format!("{family}-id"), self.id),
            (&format!("{family}-timestamp"), &self.timestamp.to_string()),
            (&format!("{family}-signature"), self.signature),
        ])
    }
}

#[test]
fn published_vectors_hold_under_both_names() {
    for vector in &VECTORS {
        for family in ["svix", "webhook"] {
            let (headers, body, now) = (vector.headers(family), vector.body.as_bytes(), at(vector.timestamp));
            let svix = Receiver::<Svix>::new(vector.secret).unwrap();
            let delivery = svix.receive_at((&headers, body), now).unwrap();
            assert_eq!(delivery.id.as_deref(), Some(vector.id));
            assert_eq!(delivery.timestamp, Some(now));
            assert!(!delivery.is_test);
            assert!(matches!(delivery.event.0, Content::Unknown(_)));
            let standard = Receiver::<Standard>::new(vector.secret).unwrap();
            assert_eq!(standard.receive_at((&headers, body), now).unwrap().id.as_deref(), Some(vector.id));
        }
    }
}

#[test]
fn signs_as_the_vectors_are_signed() {
    for vector in &VECTORS {
        let receiver = Receiver::<Svix>::new(vector.secret).unwrap();
        let signed = receiver.sign(vector.id, at(vector.timestamp), vector.body.as_bytes()).unwrap();
        assert_eq!(signed.headers, vector.headers("svix"));
        assert_eq!(signed.body, vector.body.as_bytes());
    }
}

#[test]
fn the_id_of_a_delivery_is_the_signed_one() {
    let mut headers = VECTORS[0].headers("webhook");
    headers.insert("svix-id", HeaderValue::from_static("msg_made_up"));
    let standard = Receiver::<Standard>::new(VECTORS[0].secret).unwrap();
    let delivery = standard.receive_at((&headers, VECTORS[0].body.as_bytes()), at(VECTORS[0].timestamp)).unwrap();
    assert_eq!(delivery.id.as_deref(), Some(VECTORS[0].id));
}

#[test]
fn old_and_new_secret_hold_during_a_rotation() {
    let secrets = [VECTORS[1].secret, VECTORS[0].secret];
    let both = Receiver::<Svix>::with_secrets(secrets).unwrap();
    for vector in &VECTORS[..2] {
        let delivery = both.receive_at((&vector.headers("svix"), vector.body.as_bytes()), at(vector.timestamp));
        assert!(delivery.is_ok());
    }
    let third = &VECTORS[2];
    assert!(both.receive_at((&third.headers("svix"), third.body.as_bytes()), at(third.timestamp)).is_err());

    let signed = both.sign("msg_1", at(5), b"{}").unwrap();
    assert_eq!(signed.headers["svix-signature"].to_str().unwrap().split(' ').count(), 2);
    for secret in secrets {
        let one = Receiver::<Svix>::new(secret).unwrap();
        assert!(one.receive_at((&signed.headers, &signed.body), at(5)).is_ok());
    }
}

#[test]
fn a_secret_needs_no_prefix_but_must_be_base64() {
    let bare = Receiver::<Svix>::new("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    assert_eq!(verify(&bare, &VECTORS[0].headers("svix"), VECTORS[0].timestamp), Ok(()));
    for (secret, expected) in [
        ("", SecretError::Missing),
        ("whsec_", SecretError::Missing),
        ("whpk_", SecretError::Missing),
        ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", SecretError::NotBase64),
        ("whsec_not base64", SecretError::NotBase64),
    ] {
        assert_eq!(Receiver::<Svix>::new(secret).unwrap_err(), expected, "{secret:?}");
    }
    assert_eq!(Receiver::<Svix>::with_secrets([""; 0]).unwrap_err(), SecretError::Missing);
    assert_eq!(Receiver::<Svix>::with_secrets(["AAAA", ""]).unwrap_err(), SecretError::Missing);
}

#[test]
fn what_cannot_stand_in_a_header_is_not_signed() {
    assert_eq!(receiver().sign("", at(5), b""), Err(SignError::Id));
    assert_eq!(receiver().sign("two\nlines", at(5), b""), Err(SignError::Id));
    let before_1970 = at(0) - Duration::from_secs(1);
    assert_eq!(receiver().sign("msg_1", before_1970, b""), Err(SignError::Time));
}

#[test]
fn debug_shows_no_key() {
    let shown = format!("{:?}", receiver());
    assert!(shown.contains("secrets: 1"), "{shown}");
    for part in ["MfKQ", "whsec", "49", "0x31"] {
        assert!(!shown.contains(part), "{shown}");
    }
}
