//! JSON in strings and arrays around a single value keep their form.

use crate::bodies::{json, round_trips, text, typed, value, with};
use webhook_events::{Event, Nullable, OneOrMany, Provider, iclosed, wix};

fn contact_updated(body: &str) -> Box<wix::contacts::Claims> {
    match typed(Provider::Wix, body) {
        Event::Wix(wix::Event::ContactUpdated(claims)) => claims,
        other => panic!("{other:?}"),
    }
}

#[test]
fn json_text_is_kept_letter_for_letter() {
    let claims = contact_updated(&text("wix/contact_updated.json"));
    let body = value("wix/contact_updated.json");
    let envelope = body["data"].as_str().expect("text");
    assert_eq!(claims.data.text(), Some(envelope));
    assert_eq!(claims.data.data.text(), json(envelope)["data"].as_str());
    assert_eq!(claims.data.event_type.as_str(), "wix.contacts.v4.contact_updated");
    assert_eq!(serde_json::to_value(&claims).expect("it can be written"), body);
}

#[test]
fn json_text_is_written_anew_once_the_value_is_changed() {
    let mut claims = contact_updated(&text("wix/contact_updated.json"));
    let inner = claims.data.data.text().map(str::to_owned);
    claims.data.instance_id = Nullable::Null;
    assert_eq!(claims.data.text(), None, "the old text no longer says what the value is");

    let written = serde_json::to_value(&claims).expect("it can be written");
    let envelope = json(written["data"].as_str().expect("still JSON in a string"));
    let mut expected = json(value("wix/contact_updated.json")["data"].as_str().expect("text"));
    expected["instanceId"] = serde_json::Value::Null;
    assert_eq!(envelope, expected);
    assert_eq!(envelope["data"].as_str().map(str::to_owned), inner, "what was not touched keeps its text");
}

#[test]
fn json_text_drawn_as_an_object_stays_an_object() {
    let body = value("wix/contact_created.objects.json");
    let Event::Wix(wix::Event::ContactCreated(mut claims)) = typed(Provider::Wix, &body.to_string()) else {
        panic!("another variant")
    };
    assert_eq!(claims.data.text(), None);
    claims.data.data.entity_id = "another".to_owned();
    let written = serde_json::to_value(&claims).expect("it can be written");
    assert_eq!(written, with("wix/contact_created.objects.json", "/data/data/entityId", "another"));
}

#[test]
fn text_inside_text_inside_text_is_reached() {
    let event = typed(Provider::Wix, &text("wix/contact_created.as-json.json"));
    let Event::Wix(wix::Event::ContactCreated(claims)) = &event else { panic!("{event:?}") };
    let created = claims.data.data.created_event.as_ref().expect("the creation");
    let contact = created.entity_as_json.as_ref().expect("the contact as text");
    assert_eq!(contact.id.as_deref(), Some("4b0133d5-7903-4411-bcc0-1817d1394028"));
    assert!(contact.text().is_some_and(|text| text.starts_with(r#"{"id":"#)));
}

#[test]
fn an_array_of_one_and_a_bare_object_stay_what_they_are() {
    for file in ["contact-created.production.json", "call-booked.production.json", "outcome-added.production.json"] {
        let bare = value(&format!("iclosed/{file}"));
        round_trips(Provider::IClosed, &bare);
        round_trips(Provider::IClosed, &serde_json::json!([bare]));
        round_trips(Provider::IClosed, &serde_json::json!([bare, bare]));
    }
}

#[test]
fn the_types_give_the_one_object_in_either_form() {
    let bare = value("iclosed/contact-created.production.json");
    for (body, is_array) in [(bare.clone(), false), (serde_json::json!([bare]), true)] {
        let Event::IClosed(iclosed::Event::ContactCreated(contacts)) = typed(Provider::IClosed, &body.to_string())
        else {
            panic!("another variant")
        };
        assert_eq!(matches!(*contacts, OneOrMany::Many(_)), is_array);
        assert_eq!(contacts.as_slice().len(), 1);
        assert_eq!(
            contacts.first().and_then(|contact| contact.email.value()).map(String::as_str),
            Some("nora@example.org")
        );
    }
}

#[test]
fn an_empty_array_is_not_a_missing_one() {
    let event = iclosed::Event::from_slice_as("Contact created", b"[]").expect("it fits");
    let iclosed::Event::ContactCreated(contacts) = &event else { panic!("{event:?}") };
    assert_eq!(contacts.first(), None);
    assert_eq!(serde_json::to_string(&event).expect("it can be written"), "[]");
}
