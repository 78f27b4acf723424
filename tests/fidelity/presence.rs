//! Null, absent and empty are different things, and stay so.

use crate::bodies::{provider, round_trips, typed, with, without};
use serde_json::json;
use webhook_events::{Event, Nullable, Provider, Value, askelephant, superoffice};

/// What may be left out in the specs, with the values beside null that are as good as nothing.
const OPTIONAL: &[(&str, &str, &[&str])] = &[
    ("askelephant/contact.created.json", "/data/object/description", &["\"\""]),
    ("askelephant/contact.created.json", "/data/object/emails", &["[]"]),
    ("askelephant/contact.updated.json", "/data/previous_attributes", &["{}", r#"{"a":null,"b":[],"c":{},"d":""}"#]),
    ("askelephant/company.created.json", "/data/object/number_of_employees", &["0"]),
    ("iclosed/call-booked.production.json", "/event", &["{}"]),
    ("iclosed/call-booked.documented.json", "/0/invitee", &["{}"]),
    ("superoffice/contact.deleted.json", "/Values", &["{}"]),
    ("superoffice/contact.changed.json", "/FieldValues", &["{}", r#"{"a":null,"x_b":"","y":[]}"#]),
    ("superoffice/contact.changed.json", "/EventId", &["\"\""]),
    ("wix/contact_created.objects.json", "/iat", &["0"]),
    ("wix/contact_created.objects.json", "/data/identity", &["{}"]),
    ("wix/contact_created.objects.json", "/data/data/createdEvent", &["{}"]),
    ("wix/contact_created.objects.json", "/data/data/createdEvent/entity/info", &["{}"]),
    ("wix/contact_created.objects.json", "/data/data/createdEvent/entity/info/emails/items", &["[]"]),
];

/// What may be left out and also be null.
const NULLABLE: &[(&str, &str, &[&str])] = &[
    ("askelephant/contact.created.json", "/data/object/first_name", &["\"\""]),
    ("askelephant/engagement.created.json", "/data/object/is_internal", &["false"]),
    ("iclosed/contact-created.production.json", "/status", &["\"\""]),
    ("iclosed/contact-created.production.json", "/id", &["\"\"", "0"]),
    ("iclosed/contact-created.production.json", "/questionsAndAnswers", &["{}", r#"{"a":null,"b":"","c":[]}"#]),
    ("iclosed/contact-created.production.json", "/tracking", &["{}", r#"{"utm_source":null}"#]),
    ("iclosed/contact-created.production.json", "/updatedAttributes", &["[]", "[null]"]),
    ("iclosed/contact-created.production.json", "/disqualifyingGroup", &["[]", "{}"]),
    ("iclosed/contact-updated.documented.json", "/0/latestCall", &["{}"]),
    ("iclosed/call-booked.production.json", "/questions_and_answers", &["[]", "[{}]"]),
    ("superoffice/contact.changed.json", "/Changes", &["[]", "[\"\"]"]),
    ("superoffice/contact.changed.json", "/ContextIdentifier", &["\"\""]),
    ("wix/contact_created.objects.json", "/data/instanceId", &["\"\""]),
    ("wix/contact_created.objects.json", "/data/data/createdEvent/entity/createdDate", &["\"\""]),
];

/// The example with the key, and without it if it has it.
fn absent(file: &str, pointer: &str) -> Value {
    without_if_there(with(file, pointer, Value::Null), pointer)
}

fn without_if_there(mut body: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer begins with a slash");
    let parent = body.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    parent.remove(key);
    body
}

#[test]
fn absent_and_empty_come_back_as_they_were() {
    for (file, pointer, empties) in OPTIONAL.iter().chain(NULLABLE) {
        round_trips(provider(file), &absent(file, pointer));
        for empty in *empties {
            round_trips(provider(file), &with(file, pointer, crate::json(empty)));
        }
    }
}

#[test]
fn null_comes_back_where_the_spec_allows_it() {
    for (file, pointer, _) in NULLABLE {
        round_trips(provider(file), &with(file, pointer, Value::Null));
    }
}

#[test]
fn null_where_the_document_allows_absence_only_comes_back_and_is_declared() {
    for (file, pointer, _) in OPTIONAL {
        let body = with(file, pointer, Value::Null);
        round_trips(provider(file), &body);
        let additional = typed(provider(file), &body.to_string()).additional_properties();
        assert!(!additional.iter().any(|found| found == pointer), "{file} {pointer}");
    }
}

#[test]
fn a_value_takes_the_place_of_a_null_that_came() {
    let file = "askelephant/contact.created.json";
    let mut event = match typed(Provider::AskElephant, &with(file, "/data/object/emails", Value::Null).to_string()) {
        Event::AskElephant(askelephant::Event::ContactCreated(event)) => event,
        other => panic!("{other:?}"),
    };
    assert_eq!((&event.data.object.emails, event.data.object.extra.get("emails")), (&None, Some(&Value::Null)));
    event.data.object.emails = Some(Vec::new());
    let text = serde_json::to_string(&event).expect("it can be written");
    assert_eq!(text.matches("\"emails\"").count(), 1, "{text}");
    assert_eq!(crate::json(&text).pointer("/data/object/emails"), Some(&json!([])));
}

#[test]
fn the_types_tell_null_absent_and_empty_apart() {
    let file = "askelephant/contact.created.json";
    let contact = |body: Value| match typed(Provider::AskElephant, &body.to_string()) {
        Event::AskElephant(askelephant::Event::ContactCreated(event)) => event.data.object,
        other => panic!("{other:?}"),
    };
    assert_eq!(contact(with(file, "/data/object/last_name", Value::Null)).last_name, Nullable::Null);
    assert_eq!(contact(without(file, "/data/object/last_name")).last_name, Nullable::Absent);
    assert_eq!(contact(with(file, "/data/object/last_name", "")).last_name, Nullable::Value(String::new()));
    assert_eq!(contact(with(file, "/data/object/emails", json!([]))).emails, Some(Vec::new()));
    assert_eq!(contact(without(file, "/data/object/emails")).emails, None);
    assert_eq!(contact(with(file, "/data/object/emails", Value::Null)).emails, None);

    let changes = |body: Value| match typed(Provider::SuperOffice, &body.to_string()) {
        Event::SuperOffice(superoffice::Event::ContactChanged(event)) => event.changes,
        other => panic!("{other:?}"),
    };
    let file = "superoffice/contact.changed.json";
    assert_eq!(changes(with(file, "/Changes", Value::Null)), Nullable::Null);
    assert_eq!(changes(with(file, "/Changes", json!([]))), Nullable::Value(Vec::new()));
    assert_eq!(changes(without(file, "/Changes")), Nullable::Absent);
}
