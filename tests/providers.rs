//! The list of providers and of their event types.

use std::collections::BTreeSet;
use webhook_events::{Event, Provider, UnknownProvider, askelephant, iclosed, superoffice, wix};

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
        (iclosed::Event::EVENT_TYPES, 6),
        (superoffice::Event::EVENT_TYPES, 222),
        (wix::Event::EVENT_TYPES, 4),
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
