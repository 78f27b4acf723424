//! Requests that are stored.

use crate::fake::{Content, provider, standard};
use serde_json::json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use webhook_runtime::http::{HeaderMap, Request};
use webhook_runtime::{
    Captured, Delivery, DeliveryId, Expression, Incoming, ReceiveError, Receiver, Respond, Unknown, Verify,
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const CAME: SystemTime = UNIX_EPOCH;

provider!(Stored, Expression::Header("x-event"), {
    const VERIFY: Verify = standard!("webhook", "svix");
    const DELIVERY_ID: &'static [DeliveryId] = &[DeliveryId::At(Expression::Header("webhook-id"))];
    const RESPOND: Respond = Respond { status: 200, within_ms: None };
});

fn captured(event_type: &str, body: &[u8]) -> Captured {
    let receiver = Receiver::<Stored>::new(SECRET).unwrap();
    let came = CAME + Duration::from_millis(1_764_072_000_125);
    let signed = receiver.sign_request("msg_1", Incoming::new(&HeaderMap::new(), body).at(came)).unwrap();
    let mut request = Request::post("/hooks/stored?a=%2F").header("x-event", event_type).body(signed.body).unwrap();
    request.headers_mut().extend(signed.headers);
    Captured::new(Incoming::from(&request).at(came))
}

fn stored_and_read(captured: &Captured) -> Captured {
    serde_json::from_str(&serde_json::to_string(captured).unwrap()).unwrap()
}

#[test]
fn what_is_stored_comes_back_equal() {
    for body in [&b"{\"data\":1}\n"[..], b"", b"\xff\x00", "\u{feff}\u{0}\u{1F600}".as_bytes()] {
        let mut captured = captured("ping", body);
        captured.headers.append("x-twice", "1".parse().unwrap());
        captured.headers.append("x-twice", "\u{e9}".parse().unwrap());
        assert_eq!(stored_and_read(&captured), captured);
    }
}

#[test]
fn the_line_is_the_format_of_captured_deliveries() {
    let came = CAME + Duration::from_secs(1_764_072_000);
    let request = Request::put("/hooks").header("X-Id", "1").body([0xff]).unwrap();
    let line = json!({
        "received_at": "2025-11-25T12:00:00Z",
        "method": "PUT",
        "url": "/hooks",
        "headers": [["x-id", "1"]],
        "body_base64": "/w==",
    });
    assert_eq!(serde_json::to_value(Captured::new(Incoming::from(&request).at(came))).unwrap(), line);
}

#[test]
fn a_line_that_is_no_request_is_refused() {
    let line = json!({"received_at": "2025-11-25T12:00:00Z", "method": "POST", "url": "/", "headers": []});
    let read = |key: &str, value: serde_json::Value| {
        let mut line = line.clone();
        line[key] = value;
        serde_json::from_value::<Captured>(line)
    };
    assert_eq!(read("body", json!("")).unwrap(), serde_json::from_value(line.clone()).unwrap());
    for (key, value) in [
        ("received_at", json!("yesterday")),
        ("method", json!("A B")),
        ("url", json!("a b")),
        ("headers", json!([["a b", ""]])),
        ("headers", json!([["a", "\n"]])),
        ("body_base64", json!("?")),
    ] {
        assert!(read(key, value.clone()).is_err(), "{key}: {value}");
    }
    let mut both = line;
    (both["body"], both["body_base64"]) = (json!(""), json!(""));
    assert!(serde_json::from_value::<Captured>(both).is_err());
}

#[test]
fn its_signature_is_judged_by_the_time_at_which_it_came() {
    let mut captured = stored_and_read(&captured("ping", br#"{"data":1}"#));
    let receiver = Receiver::<Stored>::new(SECRET).unwrap();
    assert!(receiver.receive(&captured).is_ok());
    captured.received_at += Duration::from_secs(3600);
    assert!(matches!(receiver.receive(&captured), Err(ReceiveError::Unverified(_))));
}

#[test]
fn from_captured_reads_what_was_verified_before() {
    let delivery = Delivery::<Stored>::from_captured(&captured("ping", br#"{"data":1}"#)).unwrap();
    assert!(matches!(delivery.event, Stored(Content::Ping(_))));
    assert_eq!((delivery.id.as_deref(), delivery.invalid), (Some("msg_1"), None));

    let delivery = Delivery::<Stored>::from_captured(&captured("pong", b"{}")).unwrap();
    let unknown = |event_type: &str| Unknown::new(event_type, json!({}));
    assert_eq!(delivery.event, Stored(Content::Unknown(unknown("pong"))));

    let delivery = Delivery::<Stored>::from_captured(&captured("ping", b"{}")).unwrap();
    assert_eq!(delivery.event, Stored(Content::Unknown(unknown("ping"))));
    assert_eq!(delivery.invalid.map(|invalid| invalid.violations.len()), Some(1));

    let failed = Delivery::<Stored>::from_captured(&captured("ping", b"{"));
    assert!(matches!(failed, Err(ReceiveError::Parse(_))));
}
