//! `from_slice_as`, for bodies whose event is known from elsewhere: the URL, a header.

#[path = "support/bodies.rs"]
mod bodies;

use bodies::{value, with, without};
use serde::Serialize;
use serde_json::json;
use webhook_events::{ParseError, Value, askelephant, iclosed, superoffice, wix};

fn written(event: &impl Serialize) -> Value {
    serde_json::to_value(event).expect("an event can be written")
}

#[test]
fn an_event_type_is_taken_at_its_word() {
    let body = without("iclosed/contact-created.production.json", "/hookType");
    let named = iclosed::Event::from_slice_as("Contact updated", body.to_string().as_bytes()).expect("it fits");
    assert!(matches!(named, iclosed::Event::ContactUpdated(_)), "{named:?}");
    assert_eq!((named.event_type(), written(&named)), ("Contact updated", body));

    let body = value("askelephant/contact.created.json");
    let named = askelephant::Event::from_slice_as("v1.contact.updated", body.to_string().as_bytes()).expect("it fits");
    assert!(matches!(named, askelephant::Event::ContactUpdated(_)), "{named:?}");
    assert_eq!(written(&named), body);
}

#[test]
fn the_key_of_a_webhook_with_one_event_type_names_it() {
    let contact = without("iclosed/contact-created.production.json", "/hookType").to_string();
    let call = without("iclosed/call-booked.production.json", "/hookType").to_string();
    let outcome = without("iclosed/outcome-added.production.json", "/hookType").to_string();
    for (key, body, event_type) in [
        ("newContactCreated", &contact, "Contact created"),
        ("contactDetailChanged", &contact, "Contact updated"),
        ("newCallScheduled", &call, "Call booked"),
        ("callCancelled", &call, "Call canceled"),
        ("callRescheduled", &call, "Call rescheduled"),
        ("callOutcome", &outcome, "Outcome added"),
    ] {
        let event = iclosed::Event::from_slice_as(key, body.as_bytes()).expect("it fits");
        assert_eq!(event.event_type(), event_type, "{key}");
        assert!(!matches!(event, iclosed::Event::Unknown(_)), "{key}");
        assert_eq!(written(&event), bodies::json(body));
    }
    let merged = value("wix/contact_merged.json").to_string();
    let event = wix::Event::from_slice_as("contact_merged", merged.as_bytes()).expect("it fits");
    assert!(matches!(event, wix::Event::ContactMerged(_)), "{event:?}");
    let body = without("superoffice/contact.changed.json", "/Entity").to_string();
    let event = superoffice::Event::from_slice_as("contact.softdeleted", body.as_bytes()).expect("it fits");
    assert!(matches!(event, superoffice::Event::ContactSoftdeleted(_)), "{event:?}");
}

#[test]
fn the_key_of_a_webhook_with_several_event_types_leaves_the_choice_to_the_body() {
    let read = |body: &Value| askelephant::Event::from_slice_as("contact-created-webhook", body.to_string().as_bytes());
    let file = "askelephant/contact.created.json";
    let deleted = read(&with(file, "/type", "v1.contact.deleted")).expect("it fits");
    assert!(matches!(deleted, askelephant::Event::ContactDeleted(_)), "{deleted:?}");
    for body in [with(file, "/type", "v1.contact.archived"), value("askelephant/tag.created.json")] {
        let other = read(&body).expect("an unknown event is no error");
        assert!(matches!(&other, askelephant::Event::Unknown(event) if event.body == body), "{other:?}");
    }
}

#[test]
fn a_name_that_no_document_has_is_an_unknown_event() {
    let body = value("askelephant/contact.created.json");
    let event = askelephant::Event::from_slice_as("v9.contact.created", body.to_string().as_bytes());
    let Ok(askelephant::Event::Unknown(event)) = event else { panic!("{event:?}") };
    assert_eq!((&*event.event_type, &event.body), ("v9.contact.created", &body));
}

#[test]
fn refusals_name_the_event_that_was_asked_for() {
    let read = |name: &str, body: &str| askelephant::Event::from_slice_as(name, body.as_bytes());
    match read("v1.tag.created", r#"{"id": 5}"#) {
        Err(ParseError::InvalidPayload(invalid)) => {
            assert_eq!((&*invalid.event_type, &*invalid.body), ("v1.tag.created", &br#"{"id": 5}"#[..]));
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(read("v1.tag.created", "{"), Err(ParseError::NotJson { line: 1, column: 1, .. })));
    assert!(matches!(read("v9.tag.created", "{"), Err(ParseError::NotJson { line: 1, column: 1, .. })));
}

#[test]
fn a_body_that_gives_the_key_of_a_webhook_is_of_its_one_event_type() {
    for (file, key, event_type) in [
        ("contact-created", "newContactCreated", "Contact created"),
        ("contact-created", "contactDetailChanged", "Contact updated"),
        ("contact-by-status", "contactByStatus", "Contact by status"),
        ("call-booked", "newCallScheduled", "Call booked"),
        ("call-booked", "callCancelled", "Call canceled"),
        ("call-booked", "callRescheduled", "Call rescheduled"),
        ("outcome-added", "callOutcome", "Outcome added"),
    ] {
        let body = with(&format!("iclosed/{file}.production.json"), "/hookType", key);
        let event = iclosed::Event::from_slice(body.to_string().as_bytes()).expect("it fits");
        assert_eq!(event.event_type(), event_type, "{key}");
        assert!(!matches!(event, iclosed::Event::Unknown(_)), "{key}");
        assert_eq!(written(&event), body);
    }
    let older = value("wix/extended-field_created.json").to_string().replace("extended-field_", "extended_field_");
    let event = wix::Event::from_slice(older.as_bytes()).expect("it fits");
    assert!(matches!(event, wix::Event::ExtendedFieldCreated(_)), "{event:?}");
}

#[test]
fn a_body_of_iclosed_without_an_event_type_has_the_one_that_its_keys_fit() {
    let contact = without("iclosed/contact-created.production.json", "/hookType");
    let documented = without("iclosed/contact-created.documented.json", "/0/hookType");
    let outcome = without("iclosed/outcome-added.documented.json", "/0/hookType");
    let call = without("iclosed/call-booked.production.json", "/hookType");
    for (body, event_type) in [
        (&with("iclosed/contact-created.production.json", "/hookType", Value::Null), "Contact created"),
        (&contact, "Contact created"),
        (&documented, "Contact created"),
        (&json!({"id": 5, "firstName": "Raya", "status": "NEW", "more": {}}), "Contact created"),
        (&outcome, "Outcome added"),
        // Whether it was booked, moved or called off, it does not say.
        (&call, ""),
        (&json!({}), ""),
        (&json!({"ping": 1}), ""),
    ] {
        let event = iclosed::Event::from_slice(body.to_string().as_bytes()).expect("it fits");
        assert_eq!((event.event_type(), &written(&event)), (event_type, body));
    }
}
