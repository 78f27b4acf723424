//! What no document declares: event types, enum values, keys.

use crate::bodies::{is_unknown, json, provider, round_trips, typed, value, with};
use webhook_events::askelephant::engagement::EngagementProcessingStatus;
use webhook_events::iclosed::outcomes::{NoSaleReason, OutcomeHookType};
use webhook_events::{Event, Provider, Value, askelephant, iclosed, superoffice, wix};

#[test]
fn an_unknown_event_is_kept_whole_with_its_type() {
    for (provider, event_type, body) in [
        (Provider::AskElephant, "v2.contact.created", r#"{"data":[1,{"a":null}],"type":"v2.contact.created"}"#),
        (Provider::AskElephant, "", r#"{"type":null,"id":"evt_1"}"#),
        (Provider::AskElephant, "", "[]"),
        (Provider::AskElephant, "", "null"),
        (Provider::AskElephant, "7", r#"{"type":7}"#),
        (Provider::IClosed, "Deal won", r#"[{"hookType":"Deal won","value":5000.0}]"#),
        (Provider::IClosed, "Deal won", r#"{"hookType":"Deal won","value":5000}"#),
        (Provider::SuperOffice, "list.110.created", r#"{"Event":"list.110.created","PrimaryKey":9007199254740993}"#),
        (
            Provider::Wix,
            "wix.contacts.v4.contact_labelled",
            r#"{"data":"{\"eventType\": \"wix.contacts.v4.contact_labelled\"}"}"#,
        ),
        (Provider::Wix, "wix.other", r#"{"data":{"eventType":"wix.other"},"iat":1}"#),
        (Provider::Wix, "", r#"{"data":"no JSON"}"#),
    ] {
        let event = Event::from_slice(provider, body.as_bytes()).expect("an unknown event is no error");
        assert!(is_unknown(&event), "{body}");
        assert_eq!(event.event_type(), event_type, "{body}");
        assert_eq!(serde_json::to_value(&event).expect("it can be written"), json(body));
    }
    let Ok(superoffice::Event::Unknown(event)) = superoffice::Event::from_slice(br#"{"Event":"a.b","x":[]}"#) else {
        panic!("a variant")
    };
    assert_eq!((event.event_type.as_str(), event.body), ("a.b", serde_json::json!({"Event": "a.b", "x": []})));
}

#[test]
fn unknown_enum_values_survive() {
    for (file, pointer) in [
        ("askelephant/contact.created.json", "/data/object/object"),
        ("askelephant/engagement.created.json", "/data/object/engagement_type"),
        ("iclosed/contact-created.production.json", "/status"),
        ("iclosed/call-booked.production.json", "/event_type/durationUnit"),
        ("iclosed/call-booked.documented.json", "/0/event_type/owner/type"),
        ("iclosed/outcome-added.production.json", "/callOutcome"),
        ("wix/contact_created.objects.json", "/data/identity/identityType"),
        ("wix/contact_created.objects.json", "/data/data/slug"),
        ("wix/contact_created.objects.json", "/data/data/createdEvent/entity/primaryEmail/subscriptionStatus"),
    ] {
        for new in ["BRAND_NEW", "", "Other", "other", " contact", "Ж"] {
            round_trips(provider(file), &with(file, pointer, new));
        }
    }
}

#[test]
fn unknown_enum_values_are_seen_as_other_and_known_ones_never() {
    let status = |text: &str| {
        let body = with("askelephant/engagement.created.json", "/data/object/processing_status", text);
        match typed(Provider::AskElephant, &body.to_string()) {
            Event::AskElephant(askelephant::Event::EngagementCreated(event)) => event.data.object.processing_status,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(status("COMPLETED"), EngagementProcessingStatus::Completed);
    assert_eq!(status("Completed"), EngagementProcessingStatus::Other("Completed".to_owned()));
    assert_eq!(status("ARCHIVED").as_str(), "ARCHIVED");

    // A document may itself list the value `OTHER`.
    let body = with("iclosed/outcome-added.production.json", "/noSaleReason", "OTHER");
    let event = typed(Provider::IClosed, &body.to_string());
    let Event::IClosed(iclosed::Event::OutcomeAdded(outcomes)) = &event else { panic!("{event:?}") };
    let outcome = outcomes.first().expect("one outcome");
    assert_eq!(outcome.no_sale_reason.value(), Some(&NoSaleReason::OtherValue));
    assert_eq!(outcome.hook_type, Some(OutcomeHookType::OutcomeAdded));
}

/// Puts a key that no document declares to every object, those in strings included. Its value is
/// that of a neighbour, which fits also where the object is a map.
fn add_properties(value: &mut Value) -> usize {
    match value {
        Value::Object(members) => {
            let added: usize = members.values_mut().map(add_properties).sum();
            let neighbour = members.values().next_back().cloned().unwrap_or(Value::from(7));
            members.insert("x_additional".to_owned(), neighbour);
            added + 1
        }
        Value::Array(items) => items.iter_mut().map(add_properties).sum(),
        Value::String(text) if text.starts_with('{') => {
            let mut inner = json(text);
            let added = add_properties(&mut inner);
            *text = inner.to_string();
            added
        }
        _ => 0,
    }
}

#[test]
fn additional_properties_survive_at_every_depth() {
    let mut added = 0;
    for file in crate::EXAMPLES {
        let mut body = value(file);
        added += add_properties(&mut body);
        round_trips(provider(file), &body);
    }
    assert!(added > 150, "only {added} objects were tried");
}

#[test]
fn additional_properties_are_seen_in_extra_at_their_depth() {
    let mut body = value("wix/contact_updated.json");
    add_properties(&mut body);
    let event = typed(Provider::Wix, &body.to_string());
    let Event::Wix(wix::Event::ContactUpdated(claims)) = event else { panic!("{event:?}") };
    let contact = claims.data.data.updated_event.as_ref().and_then(|updated| updated.current_entity.as_ref());
    let contact = contact.expect("the update holds the contact");
    let info = contact.info.as_ref().expect("the contact has details");
    for extra in [&claims.extra, &claims.data.extra, &claims.data.data.extra, &contact.extra, &info.extra] {
        assert_eq!(extra.keys().collect::<Vec<_>>(), ["x_additional"]);
    }

    let body = with("superoffice/contact.changed.json", "/MyKey", serde_json::json!({"of": ["a subscriber"]}));
    let event = typed(Provider::SuperOffice, &body.to_string());
    let Event::SuperOffice(superoffice::Event::ContactChanged(event)) = event else { panic!("{event:?}") };
    assert_eq!(event.extra["MyKey"]["of"][0], "a subscriber");
}
