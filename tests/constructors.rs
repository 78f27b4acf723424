//! Payloads that an application makes itself, in its tests: they fit the documents, and come back equal.

use serde_json::{Value, json};
use webhook_events::askelephant::contact::{Contact, WebhookContactPayload, WebhookContactPayloadData};
use webhook_events::iclosed::contacts::ContactEvent;
use webhook_events::superoffice::events::EntityEvent;
use webhook_events::wix::contacts::{Claims, ContactEvent as WixContactEvent, DeletedEvent, Envelope};
use webhook_events::{Event, Nullable, OneOrMany, Provider, askelephant, iclosed, superoffice, wix};

/// Writes an event as a body, and reads it as its provider's.
fn comes_back_equal(provider: Provider, event: Event, body: &Value) {
    let written = serde_json::to_vec(&event).expect("it can be written");
    assert_eq!(serde_json::from_slice::<Value>(&written).expect("it is JSON"), *body);
    let read = Event::from_slice(provider, &written).expect("it fits");
    assert_eq!(read, event);
    assert_eq!(read.additional_properties(), [] as [&str; 0]);
}

#[test]
fn a_new_payload_holds_what_it_is_given_and_the_constants() {
    let contact = Contact::new("2026-01-05T09:00:00Z", "cnt_1", "2026-01-05T09:00:00Z");
    let data = WebhookContactPayloadData::new(contact);
    let payload =
        WebhookContactPayload::new("v1", "2026-01-05T09:00:01Z", data, "evt_1", "v1.contact.created", "wrk_1");
    let body = json!({
        "id": "evt_1",
        "type": "v1.contact.created",
        "api_version": "v1",
        "created_at": "2026-01-05T09:00:01Z",
        "workspace_id": "wrk_1",
        "data": {
            "object": {
                "object": "contact",
                "id": "cnt_1",
                "created_at": "2026-01-05T09:00:00Z",
                "updated_at": "2026-01-05T09:00:00Z",
            },
        },
    });
    let event = askelephant::Event::ContactCreated(Box::new(payload));
    comes_back_equal(Provider::AskElephant, Event::AskElephant(event), &body);
}

#[test]
fn numbers_and_lists_are_taken_as_they_are_at_hand() {
    let mut payload = EntityEvent::new(u64::MAX, "contact.created", 5, "2026-01-05T09:00:00Z", "created");
    payload.changes = vec!["name".to_owned()].into();
    let body = json!({
        "Timestamp": "2026-01-05T09:00:00Z",
        "Event": "contact.created",
        "PrimaryKey": 5,
        "ChangedByAssociateId": u64::MAX,
        "WebhookName": "created",
        "Changes": ["name"],
    });
    let event = superoffice::Event::ContactCreated(Box::new(payload));
    comes_back_equal(Provider::SuperOffice, Event::SuperOffice(event), &body);
}

#[test]
fn json_inside_a_string_is_made_of_the_value() {
    let mut deleted =
        WixContactEvent::new("wix.contacts.v4.contact", "cnt_1", "2026-01-05T09:00:00Z", "evt_1", "deleted");
    deleted.deleted_event = Some(DeletedEvent::default());
    let payload = Claims::new(Envelope::new(deleted, "wix.contacts.v4.contact_deleted"));
    let inner = r#"{"id":"evt_1","entityFqdn":"wix.contacts.v4.contact","slug":"deleted","entityId":"cnt_1","eventTime":"2026-01-05T09:00:00Z","deletedEvent":{}}"#;
    let event = wix::Event::ContactDeleted(Box::new(payload));
    let written = serde_json::to_value(&event).expect("it can be written");
    let envelope: Value = serde_json::from_str(written["data"].as_str().expect("a text")).expect("it is JSON");
    assert_eq!(envelope["eventType"], "wix.contacts.v4.contact_deleted");
    let fields = serde_json::from_str::<Value>(envelope["data"].as_str().expect("a text")).expect("it is JSON");
    assert_eq!(fields, serde_json::from_str::<Value>(inner).expect("it is JSON"));
    comes_back_equal(Provider::Wix, Event::Wix(event), &written);
}

#[test]
fn what_needs_no_field_has_a_default() {
    let mut contact = ContactEvent::default();
    assert_eq!(serde_json::to_value(&contact).expect("it can be written"), json!({}));
    assert!(matches!(contact.email, Nullable::Absent));
    contact.email = Nullable::from("ada@example.com".to_owned());
    contact.hook_type = Some("Contact created".into());
    let event = iclosed::Event::ContactCreated(Box::new(OneOrMany::from(contact)));
    let body = json!({"email": "ada@example.com", "hookType": "Contact created"});
    comes_back_equal(Provider::IClosed, Event::IClosed(event), &body);
}
