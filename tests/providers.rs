//! The list of providers and of their event types.

#[path = "support/bodies.rs"]
mod bodies;

use bodies::{json, provider, text, typed, value, with};
use serde_json::json;
use std::collections::{BTreeSet, HashSet};
use webhook_events::{
    DateTime, Event, Nullable, OneOrMany, Provider, UnknownProvider, Value, askelephant, iclosed, superoffice, wix,
};

#[test]
fn providers_are_found_by_the_name_they_show() {
    let names: Vec<_> = Provider::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["askelephant", "iclosed", "superoffice", "wix"]);
    for (provider, name) in Provider::ALL.iter().zip(&names) {
        assert_eq!((name.parse(), provider.as_str()), (Ok(*provider), &**name));
    }
    for name in ["", "Wix", "wix ", "github"] {
        assert_eq!(name.parse::<Provider>(), Err(UnknownProvider), "{name}");
    }
    assert_eq!(UnknownProvider.to_string(), "no such provider; the known ones are askelephant iclosed superoffice wix");
}

#[test]
fn events_know_their_provider_and_type() {
    for (provider, body) in [
        (Provider::AskElephant, r#"{"type": "new"}"#),
        (Provider::IClosed, r#"[{"hookType": "new"}]"#),
        (Provider::SuperOffice, r#"{"Event": "new"}"#),
        (Provider::Wix, r#"{"data": "{\"eventType\": \"new\"}"}"#),
    ] {
        let event = Event::from_slice(provider, body.as_bytes()).expect("an unknown event is no error");
        assert_eq!((event.provider(), event.event_type()), (provider, "new"));
    }
}

#[test]
fn every_documented_event_type_is_listed_once() {
    assert_eq!(
        askelephant::Event::EVENT_TYPES.iter().copied().collect::<BTreeSet<_>>(),
        BTreeSet::from([
            "v1.company.created",
            "v1.company.deleted",
            "v1.company.updated",
            "v1.contact.created",
            "v1.contact.deleted",
            "v1.contact.updated",
            "v1.engagement.created",
            "v1.engagement.deleted",
            "v1.engagement.transcript_timeline.completed",
            "v1.engagement.updated",
            "v1.tag.created",
            "v1.tag.deleted",
            "v1.tag.updated",
        ])
    );
    for (event_types, count) in [
        (askelephant::Event::EVENT_TYPES, 13),
        (iclosed::Event::EVENT_TYPES, 7),
        (superoffice::Event::EVENT_TYPES, 222),
        (wix::Event::EVENT_TYPES, 10),
    ] {
        assert_eq!(event_types.len(), count, "{event_types:?}");
        assert_eq!(event_types.iter().collect::<BTreeSet<_>>().len(), count, "{event_types:?}");
    }
}

#[test]
fn the_contact_events_of_superoffice_are_all_there() {
    let contact: Vec<_> = superoffice::Event::EVENT_TYPES.iter().filter(|name| name.starts_with("contact.")).collect();
    assert_eq!(contact, [&"contact.created", &"contact.changed", &"contact.softdeleted", &"contact.deleted"]);
}

/// The keys of an example that no document declares.
fn additional(file: &str) -> Vec<String> {
    typed(provider(file), &text(file)).additional_properties()
}

#[test]
fn what_receivers_of_iclosed_report_is_declared() {
    for file in ["contact-created", "contact-by-status", "call-booked"] {
        assert_eq!(additional(&format!("iclosed/{file}.production.json")), Vec::<String>::new(), "{file}");
    }
    let Event::IClosed(iclosed::Event::CallBooked(call)) =
        typed(Provider::IClosed, &text("iclosed/call-booked.production.json"))
    else {
        panic!("another variant")
    };
    let call = call.first().expect("one call");
    let event = call.event.as_ref().expect("the call");
    assert_eq!(event.call_preview_id, Nullable::Value("call_b7Tq2LmXw9Rz".to_owned()));
}

#[test]
fn the_membership_of_a_wix_contact_is_declared_in_full() {
    assert_eq!(additional("wix/contact_updated.json"), Vec::<String>::new());
}

#[test]
fn labels_and_extended_fields_of_wix_contacts_are_events() {
    let file = "wix/label_updated.json";
    let Event::Wix(wix::Event::LabelUpdated(claims)) = typed(Provider::Wix, &text(file)) else {
        panic!("another variant")
    };
    let label = claims.data.data.updated_event.as_ref().and_then(|event| event.current_entity.as_ref());
    assert_eq!(label.and_then(|label| label.display_name.as_deref()), Some("Green tea"));

    let file = "wix/extended-field_created.json";
    assert_eq!(additional(file), Vec::<String>::new());
    let Event::Wix(wix::Event::ExtendedFieldCreated(claims)) = typed(Provider::Wix, &text(file)) else {
        panic!("another variant")
    };
    let field = claims.data.data.created_event.as_ref().and_then(|event| event.entity.as_ref());
    assert_eq!(field.and_then(|field| field.data_type.as_ref()), Some(&wix::extended_fields::FieldDataType::Text));
}

#[test]
fn superoffice_declares_the_headers_of_its_deliveries() {
    let headers = superoffice::Headers::read(|name| match name {
        "x-superoffice-event" => Some("test"),
        "x-superoffice-eventid" => Some("4b5ce038-50f2-4796-bdb2-f96908cf31c2"),
        "x-superoffice-signature" => Some("X1FmmRIXuzH8o0MDanva1lnuNZXoix6M0US1S64s+e8="),
        "x-superoffice-retry" => Some("2"),
        "x-hook-test" => Some("true"),
        _ => None,
    });
    assert_eq!(headers.x_superoffice_event.as_deref(), Some("test"));
    assert_eq!(headers.x_superoffice_eventid.as_deref(), Some("4b5ce038-50f2-4796-bdb2-f96908cf31c2"));
    assert!(headers.x_superoffice_signature.is_some());
    assert_eq!((headers.x_superoffice_retry, headers.x_hook_test), (Some(Ok(2.into())), Some(Ok(true))));
}

#[test]
fn a_custom_event_of_superoffice_is_unknown_and_keeps_its_name() {
    let body = with("superoffice/contact.changed.json", "/Event", "foo.bar");
    let event = superoffice::Event::from_slice(body.to_string().as_bytes()).expect("an unknown event is no error");
    let superoffice::Event::Unknown(event) = event else { panic!("{event:?}") };
    assert_eq!((event.event_type.as_str(), &event.body), ("foo.bar", &body));
}

#[test]
fn one_method_gives_the_contact_of_a_wix_event_wherever_it_stands() {
    let read = |body: &Value| wix::Event::from_slice(body.to_string().as_bytes()).expect("it fits");
    let with_data = |event: &str, slug: &str, data: Value| {
        let mut inner = json!({"id": "1", "entityFqdn": "wix.contacts.v4.contact", "slug": slug, "entityId": "2",
            "eventTime": "2020-10-18T13:40:58.304800Z"});
        inner.as_object_mut().expect("an object").extend(data.as_object().expect("an object").clone());
        let envelope = json!({"eventType": format!("wix.contacts.v4.contact_{event}"), "data": inner.to_string()});
        json!({"data": envelope.to_string()})
    };
    let contact = json!({"id": "the contact"});
    let text = contact.to_string();
    for (event, slug, data) in [
        ("created", "created", json!({"createdEvent": {"entity": contact}})),
        ("created", "created", json!({"createdEvent": {"entityAsJson": text}})),
        ("updated", "updated", json!({"updatedEvent": {"currentEntity": contact}})),
        ("updated", "updated", json!({"updatedEvent": {"currentEntityAsJson": text}})),
        ("deleted", "deleted", json!({"deletedEvent": {"deletedEntity": contact}})),
        ("deleted", "deleted", json!({"deletedEvent": {"deletedEntityAsJson": text}})),
        ("merged", "merged", json!({"actionEvent": {"body": {"targetContact": contact}}})),
        ("merged", "merge", json!({"actionEvent": {"bodyAsJson": json!({"targetContact": contact}).to_string()}})),
    ] {
        let event = read(&with_data(event, slug, data.clone()));
        assert_eq!(event.contact().and_then(|contact| contact.id.as_deref()), Some("the contact"), "{data}");
    }
    let deleted = read(&with_data("deleted", "deleted", json!({"deletedEvent": {}})));
    assert_eq!(deleted.contact(), None);
    assert_eq!(read(&value("wix/label_created.json")).contact(), None, "a label is no contact");
}

#[test]
fn a_wix_event_says_whether_privacy_law_caused_it() {
    for (flag, expected) in [(json!(true), Some(true)), (json!(false), Some(false)), (Value::Null, None)] {
        let body = with("wix/contact_created.objects.json", "/data/data/triggeredByAnonymizeRequest", flag);
        let event = wix::Event::from_slice(body.to_string().as_bytes()).expect("it fits");
        assert_eq!(event.triggered_by_anonymize_request(), expected);
    }
    let label = wix::Event::from_slice(text("wix/label_created.json").as_bytes()).expect("it fits");
    assert_eq!(label.triggered_by_anonymize_request(), Some(false));
}

#[test]
fn what_the_events_of_a_provider_share_is_had_without_naming_the_event() {
    for file in ["company.created", "contact.updated", "engagement.created", "tag.deleted"] {
        let body = value(&format!("askelephant/{file}.json"));
        let event = askelephant::Event::from_slice(body.to_string().as_bytes()).expect("it fits");
        let created_at = event.created_at().map(DateTime::as_str);
        let shared = [event.id(), created_at, event.workspace_id()];
        assert_eq!(shared, ["/id", "/created_at", "/workspace_id"].map(|key| body.pointer(key)?.as_str()), "{file}");
        assert!(shared.iter().all(Option::is_some), "{file}");
    }
    let label = wix::Event::from_slice(text("wix/label_created.json").as_bytes()).expect("it fits");
    assert!(label.entity_id().is_some() && label.event_time().is_some() && label.instance_id().is_some());
    let unknown = askelephant::Event::from_slice(br#"{"type": "v9", "id": "evt_1"}"#).expect("it is unknown");
    assert_eq!(unknown.id(), None);
}

#[test]
fn the_payload_is_had_without_naming_the_event() {
    for file in ["contact.created", "contact.deleted"] {
        let event = superoffice::Event::from_slice(text(&format!("superoffice/{file}.json")).as_bytes());
        let event = event.expect("it fits");
        assert!(event.payload().is_some_and(|payload| payload.primary_key == 994_863), "{file}");
    }
    let custom = with("superoffice/contact.changed.json", "/Event", "foo.bar");
    let custom = superoffice::Event::from_slice(custom.to_string().as_bytes()).expect("it is unknown");
    assert_eq!(custom.payload(), None);

    let event = askelephant::Event::from_slice(text("askelephant/contact.deleted.json").as_bytes()).expect("it fits");
    assert!(event.as_webhook_contact_payload().is_some());
    assert!(event.as_webhook_company_payload().is_none());
}

#[test]
fn an_id_of_iclosed_is_of_one_type_in_all_documents_and_can_be_shown_and_looked_up() {
    use iclosed::common::NumberOrText;
    let contact = with("iclosed/contact-created.production.json", "/id", 912_345);
    let contact = iclosed::Event::from_slice(contact.to_string().as_bytes()).expect("it fits");
    let contact = contact.as_contact_event_body().and_then(OneOrMany::first).expect("one contact");
    let outcome = typed(Provider::IClosed, &text("iclosed/outcome-added.production.json"));
    let Event::IClosed(iclosed::Event::OutcomeAdded(outcome)) = &outcome else { panic!("another variant") };
    let outcome = outcome.first().expect("one outcome");
    assert_eq!(contact.id.value(), outcome.contact_id.value());

    let ids: HashSet<NumberOrText> =
        [&contact.id, &outcome.contact_id].iter().filter_map(|id| id.value()).cloned().collect();
    let shown: Vec<_> = ids.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["912345"]);
    assert_eq!(NumberOrText::String("123".to_owned()).to_string(), "123");
    assert_eq!(NumberOrText::Other(json!([1, "a"])).to_string(), r#"[1,"a"]"#);
}

#[test]
fn an_empty_identity_of_a_wix_event_is_none_and_comes_back() {
    let event = json!({"id": "1", "entityFqdn": "wix.contacts.v4.contact", "slug": "deleted", "entityId": "2",
        "deletedEvent": {}, "eventTime": "2020-10-18T13:40:58.304800Z"});
    let envelope =
        json!({"eventType": "wix.contacts.v4.contact_deleted", "data": event.to_string(), "identity": ""}).to_string();
    for body in [json!({"data": envelope}), json!({"data": json(&envelope)})] {
        let event = typed(Provider::Wix, &body.to_string());
        assert_eq!(serde_json::to_value(&event).expect("it can be written"), body);
        let Event::Wix(wix::Event::ContactDeleted(claims)) = event else { panic!("another variant") };
        assert_eq!(claims.data.identity, None);
    }
}
