//! What is answered to what, over all schemes.

use crate::fake::at;
use crate::hmac_sha256::SuperOffice;
use crate::jwt::{self, Wix};
use crate::standard_webhooks::Svix;
use crate::unsigned::IClosed;
use webhook_runtime::http::{HeaderMap, HeaderValue, StatusCode};
use webhook_runtime::{Receive, ReceiveError, Receiver};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NOW: u64 = 1_614_265_330;
const PING: &[u8] = br#"{"type":"ping","data":1}"#;

/// A delivery to the Svix receiver, and what becomes of it.
struct Row {
    name: &'static str,
    /// Signed by the sender, at this time.
    body: &'static [u8],
    signed_at: u64,
    /// What happens on the way.
    change: fn(&mut HeaderMap, &mut Vec<u8>),
    status: u16,
    /// The error, whole; empty for success.
    text: &'static str,
}

const ROW: Row = Row { name: "", body: PING, signed_at: NOW, change: |_, _| {}, status: 200, text: "" };

const ROWS: &[Row] = &[
    Row { name: "as sent", ..ROW },
    Row { name: "another content type", change: |headers, _| set(headers, "content-type", "text/plain"), ..ROW },
    Row { name: "an event of another provider", body: br#"{"Event":"contact.created"}"#, ..ROW },
    Row {
        name: "forged",
        change: |_, body| *body = br#"{"type":"ping","data":2}"#.to_vec(),
        status: 401,
        text: "no signature matches",
        ..ROW
    },
    Row {
        name: "signed with another secret",
        change: |headers, body| *headers = another().sign("msg_1", at(NOW), body).unwrap().headers,
        status: 401,
        text: "no signature matches",
        ..ROW
    },
    Row { name: "truncated", change: |_, body| body.truncate(10), status: 401, text: "no signature matches", ..ROW },
    Row { name: "lengthened", change: |_, body| body.push(b'\n'), status: 401, text: "no signature matches", ..ROW },
    Row { name: "stale", signed_at: NOW - 301, status: 401, text: "signed 301 s ago, more than 300 s", ..ROW },
    Row {
        name: "from the future",
        signed_at: NOW + 301,
        status: 401,
        text: "signed 301 s in the future, more than 300 s",
        ..ROW
    },
    Row {
        name: "made fresh by changing the time",
        signed_at: NOW - 301,
        change: |headers, _| set(headers, "svix-timestamp", "1614265330"),
        status: 401,
        text: "no signature matches",
        ..ROW
    },
    Row {
        name: "given another id",
        change: |headers, _| set(headers, "svix-id", "msg_2"),
        status: 401,
        text: "no signature matches",
        ..ROW
    },
    Row {
        name: "without headers",
        change: |headers, _| headers.clear(),
        status: 401,
        text: "the header `svix-id` is missing",
        ..ROW
    },
    Row {
        name: "without signature",
        change: |headers, _| _ = headers.remove("svix-signature"),
        status: 401,
        text: "the header `svix-signature` is missing",
        ..ROW
    },
    Row {
        name: "with an empty signature",
        change: |headers, _| set(headers, "svix-signature", ""),
        status: 401,
        text: "the header `svix-signature` is not text in visible ASCII",
        ..ROW
    },
    Row {
        name: "with the header twice",
        change: |headers, _| _ = headers.append("svix-signature", headers["svix-signature"].clone()),
        status: 401,
        text: "the header `svix-signature` is repeated",
        ..ROW
    },
    Row {
        name: "with a time that is no number",
        change: |headers, _| set(headers, "svix-timestamp", "now"),
        status: 401,
        text: "the header `svix-timestamp` is not a whole number of seconds",
        ..ROW
    },
    Row {
        name: "oversized, and not even looked at",
        change: |headers, body| {
            headers.clear();
            body.resize(1001, b' ');
        },
        status: 413,
        text: "the body is longer than 1000 bytes",
        ..ROW
    },
    Row {
        name: "signed bytes that are not UTF-8",
        body: b"{\"type\":\"p\xff\"}",
        status: 400,
        text: "the body is not UTF-8 from byte 10 on",
        ..ROW
    },
    Row {
        name: "signed nothing",
        body: b"",
        status: 400,
        text: "the body is not JSON: EOF while parsing a value at line 1 column 0",
        ..ROW
    },
    Row {
        name: "signed text that is not JSON",
        body: b"type=ping",
        status: 400,
        text: "the body is not JSON: expected ident at line 1 column 2",
        ..ROW
    },
    Row {
        name: "a known event that does not fit",
        body: br#"{"type":"ping"}"#,
        status: 400,
        text: "the body does not fit the event `ping`: at `/data` expected a value, found nothing",
        ..ROW
    },
];

fn another() -> Receiver<Svix> {
    Receiver::new("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD").unwrap()
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

#[test]
fn each_row_is_answered_as_the_table_says() {
    let receiver = Receiver::<Svix>::new(SECRET).unwrap().max_body(1000);
    for row in ROWS {
        let signed = receiver.sign("msg_1", at(row.signed_at), row.body).unwrap();
        let (mut headers, mut body) = (signed.headers, signed.body);
        (row.change)(&mut headers, &mut body);
        let answer = answer(receiver.receive_at((&headers, &body), at(NOW)));
        assert_eq!(answer, (row.status, row.text.to_owned()), "{}", row.name);
    }
}

fn answer<T>(result: Result<T, ReceiveError>) -> (u16, String) {
    match result {
        Ok(_) => (Svix::RESPOND.status, String::new()),
        Err(error) => (error.status().as_u16(), error.to_string()),
    }
}

/// A second delivery cannot be told from the provider's own retry, except by the id that it shares
/// with the first.
#[test]
fn a_replayed_delivery_is_received_again_under_the_same_id() {
    let receiver = Receiver::<Svix>::new(SECRET).unwrap();
    let signed = receiver.sign("msg_1", at(NOW), PING).unwrap();
    let first = receiver.receive_at((&signed.headers, &signed.body), at(NOW)).unwrap();
    let second = receiver.receive_at((&signed.headers, &signed.body), at(NOW + 300)).unwrap();
    assert_eq!(first, second);
    assert_eq!(first.id.as_deref(), Some("msg_1"));
}

/// Headers and body of a true delivery of each provider, at each provider's receiver.
#[test]
fn another_providers_delivery_is_refused() {
    let svix = Receiver::<Svix>::new(SECRET).unwrap();
    let superoffice = Receiver::<SuperOffice>::new("Jefe").unwrap();
    let wix = Receiver::<Wix>::new(jwt::PUBLIC).unwrap();
    let iclosed = Receiver::<IClosed>::new("dGhpcyBpcyBub3Qgb25l").unwrap();
    let by_svix = svix.sign("msg_1", at(jwt::NOW), PING).unwrap();
    let by_superoffice = superoffice.sign("", at(jwt::NOW), PING).unwrap();
    let by_wix = (HeaderMap::new(), jwt::token(jwt::CLAIMS));
    let deliveries = [(by_svix.headers, by_svix.body), (by_superoffice.headers, by_superoffice.body), by_wix];
    for (sender, (headers, body)) in deliveries.iter().enumerate() {
        let now = at(jwt::NOW);
        let statuses = [
            answer(svix.receive_at((headers, body), now)).0,
            answer(superoffice.receive_at((headers, body), now)).0,
            answer(wix.receive_at((headers, body), now)).0,
            answer(iclosed.receive_at((headers, body), now)).0,
        ];
        let mut expected = [401; 4];
        expected[sender] = 200;
        assert_eq!(statuses, expected);
    }
}

#[test]
fn an_invalid_payload_keeps_its_event_type_and_its_body() {
    let receiver = Receiver::<Svix>::new(SECRET).unwrap();
    let signed = receiver.sign("msg_1", at(NOW), br#"{"type":"ping","dato":1}"#).unwrap();
    match receiver.receive_at((&signed.headers, &signed.body), at(NOW)) {
        Err(ReceiveError::InvalidPayload(invalid)) => {
            assert_eq!(invalid.event_type, "ping");
            assert_eq!(invalid.value().unwrap()["dato"], 1);
        }
        other => panic!("{other:?}"),
    }
}

/// What a token, a path and a signature without a time can be refused for.
#[test]
fn the_other_schemes_say_why() {
    let wix = Receiver::<Wix>::new(jwt::PUBLIC).unwrap();
    let none = HeaderMap::new();
    for (body, now, text) in [
        (jwt::token(jwt::CLAIMS), 1_644_388_554 + 300, "the token has expired"),
        (jwt::token(r#"{"exp":1640799999,"nbf":1640788855}"#), jwt::NOW, "the token is not valid yet"),
        (jwt::token(r#"{"exp":1640799999,"iat":1640788855}"#), jwt::NOW, "signed 301 s in the future, more than 300 s"),
        (jwt::token("{}"), jwt::NOW, "the token's claims cannot be read, or lack `exp` and `iat`"),
        (PING.to_vec(), jwt::NOW, "there is no JSON Web Signature in compact form"),
        (jwt::token(jwt::CLAIMS)[1..].to_vec(), jwt::NOW, "no signature matches"),
    ] {
        assert_eq!(answer(wix.receive_at((&none, &body), at(now))), (401, text.to_owned()));
    }
    let superoffice = Receiver::<SuperOffice>::new("Jefe").unwrap();
    let unsigned = (401, "the header `x-superoffice-signature` is missing".to_owned());
    assert_eq!(answer(superoffice.receive_at((&none, PING), at(NOW))), unsigned);
    let iclosed = Receiver::<IClosed>::new("dGhpcyBpcyBub3Qgb25l").unwrap();
    let elsewhere = (401, "neither the path nor the query of the URL holds the secret".to_owned());
    assert_eq!(answer(iclosed.receive_at((&none, PING), at(NOW))), elsewhere);
}

#[test]
fn the_longest_body_has_1_mib_unless_the_receiver_says_otherwise() {
    let receiver = Receiver::<IClosed>::unverified();
    for (length, status) in [(1 << 20, 400), ((1 << 20) + 1, 413)] {
        let body = vec![b' '; length];
        assert_eq!(answer(receiver.receive_at((&HeaderMap::new(), &body), at(NOW))).0, status);
    }
}

#[test]
fn a_body_that_does_not_come_has_a_status() {
    assert_eq!(ReceiveError::Incomplete.status(), StatusCode::BAD_REQUEST);
    let limit = std::time::Duration::from_secs(30);
    assert_eq!(ReceiveError::TooSlow { limit }.status(), StatusCode::REQUEST_TIMEOUT);
    assert_eq!(ReceiveError::TooSlow { limit }.to_string(), "the body took longer than 30s to arrive");
}

#[test]
fn a_body_of_exactly_the_limit_is_taken() {
    let receiver = Receiver::<Svix>::new(SECRET).unwrap().max_body(PING.len());
    let signed = receiver.sign("msg_1", at(NOW), PING).unwrap();
    assert!(receiver.receive_at((&signed.headers, &signed.body), at(NOW)).is_ok());
    assert_eq!(receiver.max_body_size(), PING.len());
}
