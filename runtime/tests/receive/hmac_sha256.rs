//! HMAC-SHA256 in a header.

use crate::fake::{Content, at, headers, headers_one_bit_off, one_bit_off, provider};
use webhook_runtime::http::{HeaderMap, HeaderName, HeaderValue};
use webhook_runtime::{
    Algorithm, DeliveryId, Encoding, Expression, Format, Hash, ReceiveError, Receiver, Respond, SecretError, Slot,
    Verify, VerifyError,
};

const SIGNATURE: HeaderName = HeaderName::from_static("x-superoffice-signature");

provider!(SuperOffice, Expression::Body(&["Event"]), {
    const VERIFY: Verify = Verify {
        algorithm: Algorithm::Hmac(Hash::Sha256),
        signature: &[Expression::Header("x-superoffice-signature")],
        encoding: Encoding::Base64,
        ..Verify::NONE
    };
    const DELIVERY_ID: &'static [DeliveryId] = &[DeliveryId::At(Expression::Body(&["EventId"]))];
    const TEST_HEADER: Option<HeaderName> = Some(HeaderName::from_static("x-hook-test"));
    const RESPOND: Respond = Respond { status: 200, within_ms: None };
});

provider!(GitHub, Expression::Header("x-github-event"), {
    const VERIFY: Verify = Verify {
        algorithm: Algorithm::Hmac(Hash::Sha256),
        signature: &[Expression::Header("x-hub-signature-256")],
        format: Format { slots: &[Slot { label: "sha256=", ..Slot::SIGNATURE }], ..Format::SIGNATURES },
        ..Verify::NONE
    };
    const DELIVERY_ID: &'static [DeliveryId] = &[DeliveryId::At(Expression::Header("x-github-delivery"))];
    const RESPOND: Respond = Respond { status: 202, within_ms: Some(10_000) };
});

const BODY: &[u8] = br#"{"Event":"ping","EventId":"e-1","data":1}"#;

/// Of RFC 4231 (section 4.3), the test case whose key is text.
const RFC_BODY: &[u8] = b"what do ya want for nothing?";

fn unverified<T>(result: Result<T, ReceiveError>) -> VerifyError {
    match result {
        Err(ReceiveError::Unverified(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("accepted"),
    }
}

#[test]
fn a_known_digest_holds_in_base64_and_in_hex() {
    let in_base64 = headers(&[("X-SuperOffice-Signature", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=")]);
    let receiver = Receiver::<SuperOffice>::new("Jefe").unwrap();
    assert_eq!(&*receiver.verify((&in_base64, RFC_BODY)).unwrap().payload, RFC_BODY);
    assert_eq!(receiver.sign("", at(0), RFC_BODY).unwrap().headers, in_base64);

    let in_hex =
        headers(&[("X-Hub-Signature-256", "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]);
    let receiver = Receiver::<GitHub>::new("Jefe").unwrap();
    assert_eq!(&*receiver.verify((&in_hex, RFC_BODY)).unwrap().payload, RFC_BODY);
    assert_eq!(receiver.sign("", at(0), RFC_BODY).unwrap().headers, in_hex);
}

/// The example of GitHub's own page on validating deliveries.
#[test]
fn githubs_example_holds() {
    let headers =
        headers(&[("x-hub-signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]);
    let receiver = Receiver::<GitHub>::new("It's a Secret to Everybody").unwrap();
    assert!(receiver.verify((&headers, b"Hello, World!")).is_ok());
}

#[test]
fn a_secret_is_its_utf8_text() {
    let receiver = Receiver::<SuperOffice>::new("hemmelig ordspråk").unwrap();
    let signed = receiver.sign("", at(0), BODY).unwrap();
    let delivery = receiver.receive((&signed.headers, &signed.body)).unwrap();
    assert_eq!(delivery.id.as_deref(), Some("e-1"));
    assert_eq!(delivery.timestamp, None);
    assert!(matches!(delivery.event.0, Content::Ping(_)));
}

#[test]
fn event_type_and_id_may_stand_in_headers() {
    let receiver = Receiver::<GitHub>::new("Jefe").unwrap();
    let mut headers = receiver.sign("", at(0), BODY).unwrap().headers;
    headers.extend(crate::fake::headers(&[("X-GitHub-Event", "ping"), ("X-GitHub-Delivery", "72d3162e")]));
    let delivery = receiver.receive((&headers, BODY)).unwrap();
    assert_eq!(delivery.id.as_deref(), Some("72d3162e"));
    assert!(matches!(delivery.event.0, Content::Ping(_)));

    headers.append("x-github-event", "push".parse().unwrap());
    let ambiguous = receiver.receive((&headers, BODY)).unwrap();
    assert!(matches!(ambiguous.event.0, Content::Unknown(unknown) if unknown.event_type.is_empty()));
}

#[test]
fn a_configured_secret_makes_the_header_mandatory() {
    let receiver = Receiver::<SuperOffice>::new("Jefe").unwrap();
    let error = unverified(receiver.receive((&HeaderMap::new(), BODY)));
    assert_eq!(error.to_string(), "the header `x-superoffice-signature` is missing");
}

#[test]
fn only_an_explicit_choice_accepts_what_is_not_signed() {
    let receiver = Receiver::<SuperOffice>::unverified();
    assert!(receiver.receive((&HeaderMap::new(), BODY)).is_ok());
    assert!(receiver.sign("", at(0), BODY).unwrap().headers.is_empty());
    assert_eq!(Receiver::<SuperOffice>::new("").unwrap_err(), SecretError::Missing);
    assert_eq!(Receiver::<SuperOffice>::with_secrets([""]).unwrap_err(), SecretError::Missing);
}

#[test]
fn a_test_delivery_is_recognised_and_must_be_signed_too() {
    let receiver = Receiver::<SuperOffice>::new("Jefe").unwrap();
    let mut headers = receiver.sign("", at(0), BODY).unwrap().headers;
    for (value, is_test) in [("true", true), ("True", true), ("false", false), ("", false)] {
        headers.insert("X-Hook-Test", value.parse().unwrap());
        assert_eq!(receiver.receive((&headers, BODY)).unwrap().is_test, is_test, "{value}");
    }
    headers.insert("X-Hook-Test", "true".parse().unwrap());
    headers.append("X-Hook-Test", "false".parse().unwrap());
    assert!(!receiver.receive((&headers, BODY)).unwrap().is_test, "it is open which one is meant");
    let unsigned = crate::fake::headers(&[("X-Hook-Test", "true")]);
    unverified(receiver.receive((&unsigned, BODY)));
}

#[test]
fn other_forms_of_a_signature_are_refused() {
    let github = Receiver::<GitHub>::new("Jefe").unwrap();
    let good = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    for value in [
        &good[7..],
        &good[..good.len() - 2],
        &format!("{good}00"),
        &good.to_uppercase(),
        &format!("sha256={}", good[7..].to_uppercase()),
        &good.replace('=', ":"),
        &good.replace("sha256", "sha1"),
        "sha256=",
        "",
    ] {
        let error = unverified(github.verify((&headers(&[("x-hub-signature-256", value)]), RFC_BODY)));
        assert!(matches!(error, VerifyError::MalformedHeader { .. }), "{value}: {error}");
    }
    let twice = headers(&[("x-hub-signature-256", good), ("x-hub-signature-256", good)]);
    assert!(matches!(unverified(github.verify((&twice, RFC_BODY))), VerifyError::RepeatedHeader { .. }));
}

#[test]
fn one_match_among_several_signatures_is_enough() {
    let superoffice = Receiver::<SuperOffice>::new("Jefe").unwrap();
    let good = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";
    let bad = "A".repeat(43) + "=";
    for value in [format!(" {good} "), format!("{bad},{good}"), format!("{good}, {bad}"), format!("x;{good}")] {
        let headers = headers(&[("x-superoffice-signature", &value)]);
        assert!(superoffice.verify((&headers, RFC_BODY)).is_ok(), "{value}");
    }
    for (decoys, is_fine) in [(31, true), (32, false)] {
        let value = format!("{}{good}", format!("{bad},").repeat(decoys));
        let headers = headers(&[("x-superoffice-signature", &value)]);
        assert_eq!(superoffice.verify((&headers, RFC_BODY)).is_ok(), is_fine, "{decoys}");
    }
}

/// RFC 4648 (sections 3 and 4): one form for the same bytes.
#[test]
fn other_forms_of_base64_are_refused() {
    let superoffice = Receiver::<SuperOffice>::new("Jefe").unwrap();
    let good = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";
    for value in [
        good.trim_end_matches('='),
        &format!("{good}="),
        &format!("{}\t{}", &good[..20], &good[20..]),
        &format!("\"{good}\""),
        &format!("sha256={good}"),
        // The same bytes, with other unused bits in the last character.
        &good.replace("EM=", "EN="),
        // In the alphabet for URLs, or shorter and longer digests.
        "-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_A=",
        "3vEjBGZqUrVVm9NbK7LZsjM4XNI=",
        &"A".repeat(88),
        &"A".repeat(100_000),
        "",
    ] {
        let error = unverified(superoffice.verify((&headers(&[("x-superoffice-signature", value)]), RFC_BODY)));
        assert!(matches!(error, VerifyError::MalformedHeader { .. }), "{value}: {error}");
    }
    let latin = HeaderValue::from_bytes(b"W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOE\xe5").unwrap();
    let error = unverified(superoffice.verify((&HeaderMap::from_iter([(SIGNATURE, latin)]), RFC_BODY)));
    assert_eq!(error.to_string(), "the header `x-superoffice-signature` is not text in visible ASCII");
}

#[test]
fn every_change_of_one_bit_is_refused() {
    let superoffice = Receiver::<SuperOffice>::new("Jefe").unwrap();
    let github = Receiver::<GitHub>::new("Jefe").unwrap();
    let in_base64 = superoffice.sign("", at(0), BODY).unwrap().headers;
    let in_hex = github.sign("", at(0), BODY).unwrap().headers;
    for changed in headers_one_bit_off(&in_base64) {
        unverified(superoffice.verify((&changed, BODY)));
    }
    for changed in headers_one_bit_off(&in_hex) {
        unverified(github.verify((&changed, BODY)));
    }
    for changed in one_bit_off(BODY) {
        unverified(superoffice.verify((&in_base64, &changed)));
        unverified(github.verify((&in_hex, &changed)));
    }
}

#[test]
fn old_and_new_secret_hold_during_a_rotation() {
    let both = Receiver::<GitHub>::with_secrets(vec!["old".to_owned(), "new".to_owned()]).unwrap();
    for (secret, holds) in [("old", true), ("new", true), ("other", false)] {
        let signed = Receiver::<GitHub>::new(secret).unwrap().sign("", at(0), BODY).unwrap();
        assert_eq!(both.verify((&signed.headers, BODY)).is_ok(), holds, "{secret}");
    }
}

#[test]
fn debug_shows_no_key() {
    let shown = format!("{:?}", Receiver::<SuperOffice>::new("Jefe").unwrap());
    assert!(shown.contains("secrets: 1") && !shown.contains("Jefe"), "{shown}");
}
