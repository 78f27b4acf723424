//! Providers that sign nothing.

use crate::fake::{at, provider};
use std::time::SystemTime;
use webhook_runtime::http::HeaderMap;
use webhook_runtime::{
    DeliveryId, Expression, Incoming, ReceiveError, Receiver, Respond, SecretError, Verify, VerifyError,
};

provider!(IClosed, Expression::Body(&["hookType"]), {
    const VERIFY: Verify = Verify::NONE;
    const DELIVERY_ID: &'static [DeliveryId] =
        &[DeliveryId::At(Expression::Body(&["event", "callPreviewId"])), DeliveryId::BodyDigest];
    const RESPOND: Respond = Respond { status: 200, within_ms: Some(5_000) };
});

const BODY: &[u8] = br#"[{"hookType":"Call booked"}]"#;
const SECRET: &str = "dGhpcyBpcyBub3Qgb25l";

fn verify(receiver: &Receiver<IClosed>, path: &str) -> bool {
    let headers = HeaderMap::new();
    let uri = path.parse().unwrap();
    let incoming = Incoming { uri: &uri, ..Incoming::new(&headers, BODY) };
    match receiver.receive(incoming) {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error, ReceiveError::Unverified(VerifyError::PathSecret));
            false
        }
    }
}

#[test]
fn unverified_takes_all() {
    let receiver = Receiver::<IClosed>::unverified();
    let delivery = receiver.receive((&HeaderMap::new(), BODY)).unwrap();
    assert_eq!(delivery.timestamp, None);
    assert!(verify(&receiver, "/hooks/anything"));
}

#[test]
fn a_secret_must_be_the_last_segment_of_the_path() {
    let receiver = Receiver::<IClosed>::new(SECRET).unwrap();
    for path in ["/hooks/iclosed/{}", "/{}", "https://x.example/{}", "/hooks/{}/"] {
        assert!(verify(&receiver, &path.replace("{}", SECRET)), "{path}");
    }
    for path in ["/", "/hooks/", "/{}x", "/x{}", "/{}/more", "/hooks?{}", "/{}{}"] {
        assert!(!verify(&receiver, &path.replace("{}", SECRET)), "{path}");
    }
    assert!(!verify(&receiver, &format!("/{}", SECRET.to_lowercase())));
    assert!(!verify(&receiver, &format!("/{}", &SECRET[..SECRET.len() - 1])));
    let without_path = receiver.receive_at((&HeaderMap::new(), BODY), SystemTime::now());
    assert_eq!(without_path, Err(ReceiveError::Unverified(VerifyError::PathSecret)));
}

#[test]
fn a_secret_may_be_a_value_of_the_query() {
    let receiver = Receiver::<IClosed>::new(SECRET).unwrap();
    for path in ["/hooks?s={}", "/hooks/iclosed/?a=b&s={}", "/?key={}&a=b", "/?s=&s={}"] {
        assert!(verify(&receiver, &path.replace("{}", SECRET)), "{path}");
    }
    for path in ["/hooks?{}", "/hooks?s={}x", "/hooks?s=x{}", "/hooks?{}=s", "/hooks?s=={}", "/hooks#s={}", "/s={}"] {
        assert!(!verify(&receiver, &path.replace("{}", SECRET)), "{path}");
    }
}

#[test]
fn the_id_is_the_first_that_is_there() {
    let id = |body: &str| Receiver::<IClosed>::unverified().receive((&HeaderMap::new(), body.as_bytes())).unwrap().id;
    assert_eq!(id(r#"[{"event":{"callPreviewId":"call_1"}}]"#).as_deref(), Some("call_1"));
    // FIPS 180-4 names the digest; this one is of the text `{}`.
    let of_nothing = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert_eq!(id("{}").as_deref(), Some(of_nothing));
    let digests = [
        r#"{"event":{"callPreviewId":""}}"#,
        r#"{"event":{"callPreviewId":null}}"#,
        r#"{"event":{"callPreviewId":{}}}"#,
        r#"{"event":{"callPreviewId":null}} "#,
    ];
    let ids: std::collections::HashSet<_> = digests.map(id).into_iter().flatten().collect();
    assert_eq!(ids.len(), 4, "{ids:?}");
    assert!(ids.iter().all(|id| id.len() == 64), "{ids:?}");
}

#[test]
fn several_secrets_hold_during_a_rotation() {
    let other = "another-one_of.them~";
    let receiver = Receiver::<IClosed>::with_secrets([SECRET, other]).unwrap();
    assert!(verify(&receiver, &format!("/{SECRET}")) && verify(&receiver, &format!("/{other}")));
    assert!(!verify(&receiver, "/a-third-one-of-them"));
}

#[test]
fn a_secret_must_be_hard_to_guess_and_fit_into_a_path() {
    for (secret, expected) in [
        ("", SecretError::Missing),
        ("fifteen-letters", SecretError::TooShort { least: 16 }),
        ("with/two/segments/", SecretError::NotForPaths),
        ("a%20b-with-an-escape", SecretError::NotForPaths),
        ("sixteen-or-more-ø", SecretError::NotForPaths),
    ] {
        assert_eq!(Receiver::<IClosed>::new(secret).unwrap_err(), expected, "{secret}");
    }
}

#[test]
fn signing_changes_nothing() {
    let signed = Receiver::<IClosed>::unverified().sign("id", at(5), BODY).unwrap();
    assert!(signed.headers.is_empty() && signed.body == BODY);
}

#[test]
fn debug_shows_no_secret() {
    let shown = format!("{:?}", Receiver::<IClosed>::new(SECRET).unwrap());
    assert!(shown.contains("secrets: 1") && !shown.contains(SECRET), "{shown}");
}
