//! What a receiver says of bodies that have more than their documents declare.

use http::HeaderMap;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use webhook_events::Drift;
use webhook_events::iclosed::Receiver;

const BODY: &str = include_str!("../../examples/iclosed/outcome-added.documented.json");

/// What is said of a body.
fn drift(body: &Value) -> Vec<Drift> {
    let found: Arc<Mutex<Vec<Drift>>> = Arc::default();
    let kept = Arc::clone(&found);
    let receiver =
        Receiver::unverified().on_drift(move |drift| kept.lock().expect("nothing panics").push(drift.clone()));
    receiver.receive((&HeaderMap::new(), body.to_string().as_bytes())).expect("it is read all the same");
    let found = found.lock().expect("nothing panics");
    found.clone()
}

fn outcome() -> Value {
    let body: Value = serde_json::from_str(BODY).expect("it is JSON");
    body[0].clone()
}

#[test]
fn nothing_is_said_of_a_body_that_is_as_documented() {
    assert_eq!(drift(&outcome()), []);
}

#[test]
fn each_thing_is_named_by_its_pointer_and_never_by_its_value() {
    let mut body = outcome();
    body["callOutcome"] = json!("4111 1111");
    body["deal"]["rebate"] = json!("s3cret");
    body["vip"] = json!(true);
    let [found] = &drift(&body)[..] else { panic!("one event, one report") };
    assert_eq!((found.event_type.as_str(), found.is_unknown_event), ("Outcome added", false));
    assert_eq!(found.additional_properties, ["/deal/rebate", "/vip"]);
    assert_eq!(found.unlisted_values, ["/callOutcome"]);
    assert!(!format!("{found:?}").contains("4111") && !format!("{found:?}").contains("s3cret"));
}

#[test]
fn an_event_that_no_document_declares_is_named() {
    let [found] = &drift(&json!({"hookType": "Call dreamt"}))[..] else { panic!("one event, one report") };
    assert_eq!((found.event_type.as_str(), found.is_unknown_event), ("Call dreamt", true));
}

#[test]
fn of_a_batch_each_event_is_looked_at() {
    let mut other = outcome();
    other["vip"] = json!(1);
    let found = drift(&json!([outcome(), other]));
    assert_eq!(found.iter().map(|drift| &drift.additional_properties[..]).collect::<Vec<_>>(), [["/vip".to_owned()]]);
}
