//! Bodies that hold several events.

use crate::axum::{request, send};
use crate::fake::{Content, at, one_bit_off, provider};
use axum::Router;
use webhook_runtime::axum::route;
use webhook_runtime::{
    Algorithm, Batch, BatchItem, Delivery, DeliveryId, Expression, Hash, InvalidPayload, Receiver, Respond, Verify,
};

provider!(Mails, Expression::Body(&["event"]), {
    const VERIFY: Verify = Verify {
        algorithm: Algorithm::Hmac(Hash::Sha256),
        signature: &[Expression::Header("x-signature")],
        ..Verify::NONE
    };
    const DELIVERY_ID: &'static [DeliveryId] =
        &[DeliveryId::At(Expression::Header("x-delivery")), DeliveryId::At(Expression::Body(&["sg_event_id"]))];
    const RESPOND: Respond = Respond { status: 202, within_ms: None };
});

const BODY: &[u8] = br#"[
    {"event": "ping", "sg_event_id": "1", "data": 1},
    {"event": "ping", "sg_event_id": "2"},
    {"event": "opened", "sg_event_id": "3"},
    {"event": "ping", "sg_event_id": "4", "data": 4, "data": 5}
]"#;

fn receiver() -> Receiver<Batch<Mails>> {
    Receiver::new("a secret of a provider").unwrap()
}

/// Of each item its id, its event type, and where it does not fit.
fn outcome(item: &BatchItem<Mails>) -> (Option<&str>, &str, Vec<&str>) {
    let (event_type, violations) = match &item.event {
        Ok(Mails(Content::Ping(_))) => ("ping", Vec::new()),
        Ok(Mails(Content::Unknown(unknown))) => (&*unknown.event_type, Vec::new()),
        Err(invalid) => (&*invalid.event_type, pointers(invalid)),
    };
    (item.id.as_deref(), event_type, violations)
}

fn pointers(invalid: &InvalidPayload) -> Vec<&str> {
    invalid.violations.iter().map(|violation| &*violation.pointer).collect()
}

#[test]
fn each_event_has_its_type_and_id_and_one_that_does_not_fit_leaves_the_others() {
    let receiver = receiver();
    let mut headers = receiver.sign("", at(0), BODY).unwrap().headers;
    headers.insert("x-delivery", "d-1".parse().unwrap());
    let delivery = receiver.receive((&headers, BODY)).unwrap();
    assert_eq!((delivery.id.as_deref(), delivery.invalid), (Some("d-1"), None));
    assert!(delivery.event.is_array);
    let outcomes: Vec<_> = delivery.event.iter().map(outcome).collect();
    assert_eq!(
        outcomes,
        [
            (Some("1"), "ping", vec![]),
            (Some("2"), "ping", vec!["/data"]),
            (Some("3"), "opened", vec![]),
            (Some("4"), "ping", vec!["/data"]),
        ]
    );
}

#[test]
fn one_event_without_an_array_is_a_batch_of_one() {
    let receiver = receiver();
    let body = br#"{"event": "opened", "sg_event_id": "1"}"#;
    let headers = receiver.sign("", at(0), body).unwrap().headers;
    let delivery = receiver.receive((&headers, &body[..])).unwrap();
    assert_eq!(delivery.id.as_deref(), Some("1"));
    assert_eq!(delivery.event.iter().map(outcome).collect::<Vec<_>>(), [(Some("1"), "opened", vec![])]);
    assert_eq!(serde_json::to_string(&delivery.event).unwrap(), r#"{"event":"opened","sg_event_id":"1"}"#);
}

#[test]
fn nothing_of_a_batch_is_read_unless_all_of_it_is_signed() {
    let receiver = receiver();
    let headers = receiver.sign("", at(0), BODY).unwrap().headers;
    for body in one_bit_off(BODY) {
        let refused = receiver.receive((&headers, &body[..]));
        assert_eq!(refused.unwrap_err().status(), 401);
    }
    let body = br#"[{"event": "ping", "data": 1},"#;
    let headers = receiver.sign("", at(0), body).unwrap().headers;
    let refused = receiver.receive((&headers, &body[..]));
    assert_eq!(refused.unwrap_err().status(), 400);
}

#[test]
fn a_handler_gets_all_events_and_the_provider_its_answer() {
    let handler = async |delivery: Delivery<Batch<Mails>>| {
        delivery.event.into_iter().filter(|item| item.event.is_ok()).count().to_string()
    };
    let app = Router::new().route("/", route(receiver(), handler));
    let headers = receiver().sign("", at(0), BODY).unwrap().headers;
    let (status, answer) = send(app, request("/", headers, BODY));
    assert_eq!((status.as_u16(), &*answer), (202, "2"));
}
