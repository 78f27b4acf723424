use super::{Sample, SampledEvent, find};
use serde_json::{Value, json};

/// The location that deliveries show; each is made of its number.
fn found(count: u64, delivery: impl Fn(u64) -> (Vec<(&'static str, &'static str)>, Value)) -> Option<String> {
    let mut sample = Sample::default();
    for number in 0..count {
        let (headers, body) = delivery(number);
        let headers: Vec<_> = headers.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        sample.add(|| SampledEvent::of(&headers, &body, None));
    }
    find(&sample).map(|location| location.to_string())
}

/// One of several texts, by a delivery's number.
fn one<'t>(texts: &[&'t str], number: u64) -> &'t str {
    texts[number as usize % texts.len()]
}

#[test]
fn a_header_that_the_shapes_differ_by() {
    let delivery = |number| match number % 2 {
        0 => (
            vec![("x-acme-topic", "orders/paid"), ("content-type", "application/json")],
            json!({"total": 1, "type": "a"}),
        ),
        _ => (
            vec![("x-acme-topic", "users/left"), ("content-type", "application/json")],
            json!({"email": 1, "type": "a"}),
        ),
    };
    assert_eq!(found(12, delivery).unwrap(), "$request.header.x-acme-topic");
}

#[test]
fn a_header_and_the_action_in_the_body() {
    let delivery = |number| {
        let header = one(&["issue", "star"], number);
        let action = one(&["created", "created", "deleted", "deleted"], number);
        (vec![("x-hub-event", header)], json!({"action": action, header: {"id": number}}))
    };
    assert_eq!(found(16, delivery).unwrap(), "[$request.header.x-hub-event, $request.body#/action]");
}

#[test]
fn the_inner_type_where_the_outer_one_is_always_the_same() {
    let delivery = |number| {
        let inner = one(&["message", "reaction_added"], number);
        (Vec::new(), json!({"type": "event_callback", "event": {"type": inner, inner: 1}, "id": number}))
    };
    assert_eq!(found(12, delivery).unwrap(), "$request.body#/event/type");
}

#[test]
fn one_delivery_is_enough_where_the_name_says_it() {
    let delivery = |_| (Vec::new(), json!({"id": "x1", "eventType": "order.paid", "customer": {"type": "person"}}));
    assert_eq!(found(1, delivery).unwrap(), "$request.body#/eventType");
}

#[test]
fn through_json_in_a_text_and_through_arrays() {
    let inner = |number| json!({"eventType": one(&["a_made", "b_made"], number), "n": number}).to_string();
    let delivery = |number| (Vec::new(), json!([{"data": inner(number)}]));
    assert_eq!(found(12, delivery).unwrap(), "$request.body#/data/eventType");
}

#[test]
fn nothing_where_nothing_says_it() {
    let delivery = |number| {
        let body = json!({"id": format!("8f14e45f-ceea-467f-a0e6-00000000{number:04}"), "customer": {"type": "person"}, "url": "https://x.test"});
        (vec![("x-request-id", "a1b2c3d4e5f6"), ("user-agent", "Acme/1")], body)
    };
    assert_eq!(found(12, delivery), None);
}
