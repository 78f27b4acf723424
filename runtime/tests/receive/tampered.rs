//! Standard Webhooks: what must not hold, and what must hold all the same.

use crate::fake::{at, headers_one_bit_off, one_bit_off};
use crate::standard_webhooks::{Svix, VECTORS};
use std::time::Duration;
use webhook_runtime::http::{HeaderMap, HeaderValue};
use webhook_runtime::{Incoming, ReceiveError, Receiver, VerifyError};

pub fn receiver() -> Receiver<Svix> {
    Receiver::new(VECTORS[0].secret).unwrap()
}

/// Whether the first vector holds after a change of its headers.
fn with(change: impl FnOnce(&mut HeaderMap)) -> Result<(), VerifyError> {
    let mut headers = VECTORS[0].headers("svix");
    change(&mut headers);
    verify(&receiver(), &headers, VECTORS[0].timestamp)
}

pub fn verify(receiver: &Receiver<Svix>, headers: &HeaderMap, now: u64) -> Result<(), VerifyError> {
    let body = VECTORS[0].body.as_bytes();
    let now = at(now);
    match receiver.verify(Incoming::new(headers, body).at(now)) {
        Ok(verified) => {
            assert_eq!(&*verified.payload, body);
            Ok(())
        }
        Err(ReceiveError::Unverified(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

fn set(name: &'static str, value: &str) -> impl FnOnce(&mut HeaderMap) {
    let value = HeaderValue::from_str(value).unwrap();
    move |headers| _ = headers.insert(name, value)
}

#[test]
fn each_header_may_come_under_the_other_name() {
    let mixed = with(|headers| {
        let id = headers.remove("svix-id").unwrap();
        headers.insert("webhook-id", id);
    });
    assert_eq!(mixed, Ok(()));
    let preferred = with(|headers| _ = headers.insert("webhook-id", HeaderValue::from_static("msg_other")));
    assert_eq!(preferred, Ok(()));
}

#[test]
fn one_match_among_decoys_is_enough() {
    let good = VECTORS[0].signature;
    let other = VECTORS[1].signature;
    for signatures in [
        format!("{other} {good}"),
        format!("{good} {other}"),
        format!("v2,{} {good}", &good[3..]),
        format!("v1a,{} v1, v1 , {good} v0,x", &good[3..]),
        format!(" {good} "),
        format!("{good} v1,{}", "A".repeat(200)),
    ] {
        assert_eq!(with(set("svix-signature", &signatures)), Ok(()), "{signatures}");
    }
}

#[test]
fn decoys_alone_are_refused() {
    let good = VECTORS[0].signature;
    for signatures in [
        VECTORS[1].signature.to_owned(),
        format!("v2,{}", &good[3..]),
        format!("v1a,{}", &good[3..]),
        format!("V1,{}", &good[3..]),
        good[3..].to_owned(),
        "v1,".to_owned(),
        "v1".to_owned(),
        ",".to_owned(),
        good[..8].to_owned(),
        good[..good.len() - 1].to_owned(),
        format!("{good}="),
        good.replace(',', ", "),
        good.replace('+', "-").replace('/', "_"),
        // The same 32 bytes, with other unused bits in the last character.
        good.replace("OE=", "OF="),
        format!("{} {good}", "v1,x ".repeat(40)),
    ] {
        let refused = with(set("svix-signature", &signatures)).unwrap_err();
        assert!(
            matches!(refused, VerifyError::NoMatch | VerifyError::MalformedHeader { .. }),
            "{signatures}: {refused}"
        );
    }
}

#[test]
fn the_timestamp_must_be_the_number_that_was_signed() {
    for (timestamp, refused) in [
        ("1614265329", true),
        ("1614265331", true),
        ("01614265330", false),
        ("+1614265330", false),
        ("-1614265330", false),
        ("1614265330.0", false),
        ("1614265330 ", false),
        ("16142653300000000000000000", false),
        ("18446744073709551616", false),
        ("1614265330,1614265330", false),
        ("1_614_265_330", false),
        ("1.61426533e9", false),
        ("0x6037a6b2", false),
        ("1614265330Z", false),
        ("2021-02-25T15:02:10Z", false),
        ("soon", false),
    ] {
        let error = with(set("svix-timestamp", timestamp)).unwrap_err();
        assert_eq!(error == VerifyError::NoMatch, refused, "{timestamp}: {error}");
    }
}

#[test]
fn the_tolerance_is_inclusive_in_both_directions() {
    let (headers, signed) = (VECTORS[0].headers("svix"), VECTORS[0].timestamp);
    let strict = receiver().tolerance(Duration::ZERO);
    for (receiver, tolerance) in [(receiver(), 300), (strict, 0)] {
        assert_eq!(verify(&receiver, &headers, signed + tolerance), Ok(()));
        assert_eq!(verify(&receiver, &headers, signed - tolerance), Ok(()));
        let old = verify(&receiver, &headers, signed + tolerance + 1);
        assert!(matches!(old, Err(VerifyError::TooOld { age, .. }) if age.as_secs() == tolerance + 1));
        let new = verify(&receiver, &headers, signed - tolerance - 1);
        assert!(matches!(new, Err(VerifyError::TooNew { ahead, .. }) if ahead.as_secs() == tolerance + 1));
    }
    let endless = receiver().tolerance(Duration::MAX);
    let mut far = headers.clone();
    set("svix-timestamp", &u64::MAX.to_string())(&mut far);
    assert_eq!(verify(&endless, &far, 0), Err(VerifyError::NoMatch));
}

#[test]
fn every_header_is_needed_once_and_in_ascii() {
    for name in ["svix-id", "svix-timestamp", "svix-signature"] {
        let missing = with(|headers| _ = headers.remove(name)).unwrap_err();
        assert_eq!(missing.to_string(), format!("the header `{name}` is missing"));
        let repeated = with(|headers| {
            let value = headers[name].clone();
            headers.append(name, value);
        });
        assert_eq!(repeated.unwrap_err().to_string(), format!("the header `{name}` is repeated"));
        for value in [&b""[..], b"\xff"] {
            let value = HeaderValue::from_bytes(value).unwrap();
            let malformed = with(|headers| _ = headers.insert(name, value)).unwrap_err();
            assert!(matches!(malformed, VerifyError::MalformedHeader { .. }), "{malformed}");
        }
    }
}

#[test]
fn every_change_of_one_bit_is_refused() {
    let vector = &VECTORS[0];
    let (headers, body, now) = (vector.headers("svix"), vector.body.as_bytes(), at(vector.timestamp));
    let receiver = receiver();
    let holds = |headers: &HeaderMap, body: &[u8]| receiver.receive_at((headers, body), now).is_ok();
    assert!(holds(&headers, body));
    for changed in headers_one_bit_off(&headers) {
        assert!(!holds(&changed, body), "{changed:?}");
    }
    for changed in one_bit_off(body) {
        assert!(!holds(&headers, &changed), "{changed:?}");
    }
    assert!(!holds(&headers, &body[..body.len() - 1]));
    assert!(!holds(&headers, &[body, b" "].concat()));
}
