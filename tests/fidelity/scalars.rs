//! Dates and numbers come back as they were written.

use crate::bodies::{provider, round_trips, typed, with, without};
use webhook_events::iclosed::common;
use webhook_events::{Event, Nullable, Number, Provider, Value, iclosed, superoffice};

const DATE_TIMES: &[&str] = &[
    "2026-03-09T12:00:00Z",
    "2026-03-09T12:00:00.1Z",
    "2026-03-09T12:00:00.10Z",
    "2026-03-09T12:00:00.000Z",
    "2026-03-09T12:00:00.1234Z",
    "2026-03-09T12:00:00.12345Z",
    "2026-03-09T12:00:00.123450Z",
    "2018-04-24T07:50:50.6812131Z",
    "2026-03-09T12:00:00.12345678Z",
    "2026-03-09T12:00:00.123456789Z",
    "2023-02-15T16:00:00+01:00",
    "2025-05-14T16:04:09.1213772+02:00",
    "2023-02-15T16:00:00-00:00",
    "2023-02-15T16:00:00+0100",
    "0001-01-01T00:00:00",
    "2026-03-09 12:00:00.5",
    "2016-12-31t23:59:60z",
    "2026-03-09",
    "",
];

#[test]
fn date_times_keep_every_letter() {
    for text in DATE_TIMES {
        for (file, pointer) in [
            ("askelephant/contact.created.json", "/created_at"),
            ("iclosed/call-canceled.documented.json", "/0/event/canceled_at"),
            ("superoffice/contact.changed.json", "/Timestamp"),
            ("wix/contact_created.objects.json", "/data/data/createdEvent/entity/createdDate"),
        ] {
            round_trips(provider(file), &with(file, pointer, *text));
        }
        let body = with("superoffice/contact.changed.json", "/Timestamp", *text).to_string();
        let Event::SuperOffice(superoffice::Event::ContactChanged(event)) = typed(Provider::SuperOffice, &body) else {
            panic!("another variant")
        };
        assert_eq!((event.timestamp.as_str(), event.timestamp.to_string()), (*text, (*text).to_owned()));
    }
}

/// The duration of a booked call, and the event written again.
fn duration(number: &str) -> (Nullable<common::AmountOrText>, String) {
    let body = with("iclosed/call-booked.production.json", "/event_type/duration", crate::json(number));
    round_trips(Provider::IClosed, &body);
    let event = typed(Provider::IClosed, &body.to_string());
    let written = serde_json::to_string(&event).expect("it can be written");
    let Event::IClosed(iclosed::Event::CallBooked(calls)) = event else { panic!("another variant") };
    let call = calls.first().expect("one call");
    (call.event_type.clone().expect("the call has an event type").duration, written)
}

#[test]
fn whole_and_broken_numbers_stay_what_they_are() {
    for number in ["5000", "5000.0", "0", "0.0", "-0.5", "0.1", "45.25", "9007199254740993", "18446744073709551615"] {
        let (typed, written) = duration(number);
        let expected: Number = serde_json::from_str(number).expect("a number");
        assert_eq!(typed, Nullable::Value(common::AmountOrText::Number(expected)));
        assert!(written.contains(&format!(r#""duration":{number},"#)), "{number} is not in {written}");
    }
}

#[test]
fn integers_are_exact_and_stay_as_they_are_spelled() {
    let spelled =
        "9007199254740993 -9007199254740993 9223372036854775807 -9223372036854775808 18446744073709551615 7.0 1e300";
    for integer in spelled.split(' ') {
        let integer: Number = serde_json::from_str(integer).expect("a number");
        for (file, pointer) in [
            ("askelephant/company.created.json", "/data/object/number_of_employees"),
            ("askelephant/contact.updated.json", "/data/previous_attributes/anything"),
            ("iclosed/contact-created.production.json", "/id"),
            ("iclosed/contact-created.production.json", "/undeclared"),
            ("superoffice/contact.deleted.json", "/PrimaryKey"),
            ("superoffice/contact.deleted.json", "/Values/contact_id"),
            ("wix/contact_created.objects.json", "/exp"),
        ] {
            round_trips(provider(file), &with(file, pointer, integer.clone()));
        }
    }
    let body = with("superoffice/contact.changed.json", "/PrimaryKey", i64::MAX).to_string();
    let Event::SuperOffice(superoffice::Event::ContactChanged(event)) = typed(Provider::SuperOffice, &body) else {
        panic!("another variant")
    };
    assert_eq!(event.primary_key, 9_223_372_036_854_775_807);
}

#[test]
fn ids_are_numbers_or_text_as_they_came() {
    for (file, pointer) in [
        ("iclosed/contact-created.production.json", "/id"),
        ("iclosed/contact-created.production.json", "/event/id"),
        ("iclosed/contact-updated.documented.json", "/0/latestCall/user/id"),
        ("iclosed/call-booked.production.json", "/event_type/uuid"),
        ("iclosed/call-booked.production.json", "/event_type/duration"),
        ("iclosed/call-booked.production.json", "/event/extended_assigned_to/1/primary"),
        ("iclosed/outcome-added.production.json", "/dealValue"),
    ] {
        for new in ["5", "\"5\"", "\"007\"", "\"\"", "\"true\"", "null"] {
            round_trips(Provider::IClosed, &with(file, pointer, crate::json(new)));
        }
        round_trips(Provider::IClosed, &without(file, pointer));
    }
}

#[test]
fn the_types_tell_number_text_and_surprise_apart() {
    let amount = |number: &str| duration(number).0.into_option();
    assert_eq!(amount("15"), Some(common::AmountOrText::Number(15.into())));
    assert_eq!(amount("\"15\""), Some(common::AmountOrText::String("15".to_owned())));
    assert_eq!(amount("[15]"), Some(common::AmountOrText::Other(Value::from(vec![15]))));
    assert_eq!(amount("null"), None);
}

#[test]
fn a_string_enum_is_its_text() {
    use webhook_events::askelephant::tag::WebhookTagEventType as Kind;
    for (text, kind) in [("v1.tag.created", Kind::TagCreated), ("v9", Kind::Other("v9".to_owned()))] {
        assert_eq!((text.parse::<Kind>(), Kind::from(text.to_owned())), (Ok(kind.clone()), kind.clone()));
        assert_eq!(
            (kind.to_string().as_str(), kind.as_ref(), format!("{kind:>20}")),
            (text, text, format!("{text:>20}"))
        );
        assert!(kind == text && kind == *text);
    }
}
