//! Each provider's `Receiver`, as a user has it: from a request to the right variant, and nothing forged.

use http::{HeaderMap, HeaderValue};
use std::time::{Duration, SystemTime};
use webhook_events::{BatchItem, Incoming, ReceiveError, Signed, askelephant, iclosed, superoffice, wix};
use webhook_runtime::Respond;

const SVIX_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER_SVIX_SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

fn example(file: &str) -> Vec<u8> {
    let path = format!("{}/../examples/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn key(file: &str) -> String {
    let path = format!("{}/../../runtime/tests/receive/keys/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn askelephant_is_received_by_standard_webhooks() {
    let receiver = askelephant::Receiver::new(SVIX_SECRET).unwrap();
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_057_600);
    let Signed { headers, body, .. } =
        receiver.sign("msg_1", now, &example("askelephant/contact.created.json")).unwrap();
    assert!(headers.contains_key("svix-signature"), "provider.yaml says svix: {headers:?}");

    let delivery = receiver.receive_at((&headers, &body), now).unwrap();
    assert_eq!((delivery.id.as_deref(), delivery.timestamp), (Some("msg_1"), Some(now)));
    assert_eq!(askelephant::Headers::from(&headers).svix_timestamp.as_deref(), Some("1773057600"));
    let askelephant::Event::ContactCreated(event) = delivery.event else { panic!("{:?}", delivery.event) };
    assert_eq!(event.data.object.id, "cnt_01JWAS...");

    let rotated = askelephant::Receiver::with_secrets([OTHER_SVIX_SECRET, SVIX_SECRET]).unwrap();
    assert!(rotated.receive_at((&headers, &body), now).is_ok());
    let other = askelephant::Receiver::new(OTHER_SVIX_SECRET).unwrap();
    assert_eq!(other.receive_at((&headers, &body), now).unwrap_err().status(), 401);
    assert_eq!(receiver.receive_at((&headers, &body), now + Duration::from_secs(301)).unwrap_err().status(), 401);
}

#[test]
fn superoffice_is_received_by_hmac() {
    let receiver = superoffice::Receiver::new("Hunter's secret").unwrap();
    let body = example("superoffice/contact.changed.json");
    let Signed { mut headers, .. } = receiver.sign("", SystemTime::now(), &body).unwrap();
    let delivery = receiver.receive((&headers, &body)).unwrap();
    assert_eq!(delivery.id.as_deref(), Some("8337ae4a-1dd6-40fd-8dc7-a050664a0af7"));
    assert!(!delivery.is_test);
    let mut value: serde_json::Value = serde_json::from_slice(&body).unwrap();
    value.as_object_mut().unwrap().remove("EventId");
    let without = value.to_string().into_bytes();
    let Signed { headers: mut signed, .. } = receiver.sign("", SystemTime::now(), &without).unwrap();
    signed.insert("x-superoffice-eventid", HeaderValue::from_static("from-the-header"));
    assert_eq!(receiver.receive((&signed, &without)).unwrap().id.as_deref(), Some("from-the-header"));
    assert!(matches!(delivery.event, superoffice::Event::ContactChanged(_)), "{:?}", delivery.event);

    headers.insert("x-hook-test", HeaderValue::from_static("true"));
    assert!(receiver.receive((&headers, &body)).unwrap().is_test);
    headers.remove("x-superoffice-signature");
    assert_eq!(receiver.receive((&headers, &body)).unwrap_err().status(), 401, "a test must be signed, too");
}

#[test]
fn wix_is_received_as_a_token() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_640_788_600);
    let mut claims: serde_json::Value = serde_json::from_slice(&example("wix/contact_created.json")).unwrap();
    claims["iat"] = 1_640_788_554.into();
    claims["exp"] = 1_644_388_554.into();
    let signer = wix::Receiver::signer(&key("test-only-private.pem")).unwrap();
    let claims = claims.to_string();
    let token = signer.sign("", &Incoming::new(&HeaderMap::new(), claims.as_bytes())).unwrap().body;

    let receiver = wix::Receiver::new(&key("test-only-public.pem")).unwrap();
    let delivery = receiver.receive_at((&HeaderMap::new(), &token), now).unwrap();
    assert_eq!(delivery.id.as_deref(), Some("52269077-05f2-4b59-ba4f-36ef8c4c1e11"));
    let wix::Event::ContactCreated(event) = delivery.event else { panic!("{:?}", delivery.event) };
    assert_eq!(event.data.data.entity_id, "4b0133d5-7903-4411-bcc0-1817d1394028");

    let late = now + Duration::from_secs(5_000_000);
    assert_eq!(receiver.receive_at((&HeaderMap::new(), &token), late).unwrap_err().status(), 401);
    assert!(receiver.accept_expired().receive_at((&HeaderMap::new(), &token), late).is_ok());
    let other = wix::Receiver::new(&key("test-only-other-public.pem")).unwrap();
    assert_eq!(other.receive_at((&HeaderMap::new(), &token), now).unwrap_err().status(), 401);
}

#[test]
fn events_of_iclosed_in_one_array_are_told_apart_and_have_ids_of_their_own() {
    let items = ["call-booked", "outcome-added"].map(|file| example(&format!("iclosed/{file}.production.json")));
    let body = [&b"["[..], &items[0], b",", &items[1], b"]"].concat();
    let delivery = iclosed::Receiver::unverified().receive((&HeaderMap::new(), &body)).unwrap();
    let [call, outcome] = &*delivery.event else { panic!("{:?}", delivery.event) };
    assert!(matches!(call.event, Ok(iclosed::Event::CallBooked(_))), "{call:?}");
    assert!(matches!(outcome.event, Ok(iclosed::Event::OutcomeAdded(_))), "{outcome:?}");
    assert_eq!(call.id.as_deref(), Some("call_b7Tq2LmXw9Rz"));
    assert_eq!(outcome.id.as_ref().map(String::len), Some(64), "the digest of the event");
    let written = serde_json::to_value(&delivery.event).unwrap();
    assert_eq!(written, serde_json::from_slice::<serde_json::Value>(&body).unwrap());
}

#[test]
fn iclosed_is_received_unverified_or_by_a_secret_in_the_url() {
    let body = example("iclosed/outcome-added.production.json");
    let headers = HeaderMap::new();
    let delivery = iclosed::Receiver::unverified().receive((&headers, &body)).unwrap();
    let [BatchItem { event: Ok(iclosed::Event::OutcomeAdded(_)), .. }] = &*delivery.event else {
        panic!("{:?}", delivery.event)
    };

    let receiver = iclosed::Receiver::new("a-long-and-unguessable-word").unwrap();
    for (path, is_fine) in [
        ("/hooks/a-long-and-unguessable-word", true),
        ("/hooks?s=a-long-and-unguessable-word", true),
        ("/hooks/a-long-and-unguessable-worm", false),
        ("/hooks?s=a-long-and-unguessable-worm", false),
        ("/", false),
    ] {
        let uri = path.parse().unwrap();
        let incoming = Incoming { uri: &uri, ..Incoming::new(&headers, &body) };
        assert_eq!(receiver.receive(incoming).is_ok(), is_fine, "{path}");
    }
}

#[test]
fn a_delivery_of_iclosed_is_known_again_by_its_call_or_its_bytes() {
    let id = |body: &[u8]| iclosed::Receiver::unverified().receive((&HeaderMap::new(), body)).unwrap().id;
    let call = id(&example("iclosed/call-booked.production.json"));
    assert_eq!(call.as_deref(), Some("call_b7Tq2LmXw9Rz"));

    let files = ["contact-created.production", "contact-created.documented", "call-booked.documented"];
    let files = files.map(|file| format!("iclosed/{file}.json"));
    let digests: Vec<_> = files.iter().map(|file| id(&example(file)).expect("every delivery has one")).collect();
    assert!(digests.iter().all(|id| id.len() == 64), "{digests:?}");
    assert!(digests[0] != digests[1] && digests[1] != digests[2], "{digests:?}");
    assert_eq!(id(&example(&files[0])).as_ref(), Some(&digests[0]), "the same bytes are the same delivery");
}

#[test]
fn a_verified_body_that_does_not_fit_is_kept() {
    let receiver = askelephant::Receiver::new(SVIX_SECRET).unwrap();
    let now = SystemTime::now();
    let body = br#"{"type": "v1.contact.created", "id": 5}"#;
    let Signed { headers, .. } = receiver.sign("msg_1", now, body).unwrap();
    let error = receiver.receive_at((&headers, body), now).unwrap_err();
    assert_eq!(error.status(), 400);
    let ReceiveError::InvalidPayload(invalid) = error else { panic!("{error}") };
    assert_eq!((invalid.event_type.as_str(), &invalid.value().unwrap()["id"]), ("v1.contact.created", &5.into()));
}

#[test]
fn another_providers_delivery_is_refused() {
    let body = example("superoffice/contact.changed.json");
    let signed = superoffice::Receiver::new("secret").unwrap().sign("", SystemTime::now(), &body).unwrap();
    let error = askelephant::Receiver::new(SVIX_SECRET).unwrap().receive((&signed.headers, &signed.body)).unwrap_err();
    assert_eq!(error.status(), 401);
}

#[test]
fn providers_say_what_they_want_to_hear() {
    use webhook_runtime::Receive;
    assert_eq!(askelephant::Event::RESPOND, Respond { status: 200, within_ms: Some(15_000) });
    assert_eq!(wix::Event::RESPOND, Respond { status: 200, within_ms: Some(1_250) });
    assert_eq!(iclosed::Event::RESPOND, Respond { status: 200, within_ms: Some(5_000) });
    assert_eq!(superoffice::Event::RESPOND, Respond { status: 200, within_ms: None });
}
