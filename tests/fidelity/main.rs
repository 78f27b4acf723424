//! A body that fits its spec comes back equal, whatever in it the spec does not foresee.

mod additional;
#[path = "../support/bodies.rs"]
mod bodies;
mod forms;
mod presence;
mod scalars;

use bodies::{json, provider, text, typed, value};
use webhook_events::{Event, Provider, Value, askelephant};

/// Whole events of every provider, small and large, in strings and not, bare and in arrays.
const EXAMPLES: &[&str] = &[
    "askelephant/company.updated.json",
    "askelephant/contact.created.json",
    "askelephant/engagement.transcript_timeline.completed.json",
    "askelephant/tag.updated.json",
    "iclosed/call-booked.documented.json",
    "iclosed/call-booked.production.json",
    "iclosed/contact-updated.documented.json",
    "iclosed/outcome-added.production.json",
    "superoffice/contact.deleted.json",
    "wix/contact_created.json",
    "wix/contact_created.as-json.json",
    "wix/contact_created.objects.json",
    "wix/contact_deleted.json",
    "wix/contact_merged.json",
    "wix/contact_updated.json",
];

/// The value as text, the keys of every object in the reverse of their alphabetical order.
fn backwards(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|left, right| right.0.cmp(left.0));
            let members: Vec<_> = members
                .iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), backwards(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(backwards).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

#[test]
fn the_order_of_keys_does_not_matter() {
    for file in EXAMPLES {
        let backwards = typed(provider(file), &backwards(&value(file)));
        assert_eq!(backwards, typed(provider(file), &text(file)), "{file}");
    }
}

#[test]
fn the_event_type_is_found_after_the_data_and_behind_escapes() {
    let body = value("askelephant/contact.created.json");
    let data = &body["data"];
    for event_type in [
        r#""type":"v1.contact.created""#,
        r#""\u0074ype":"v1.contact.created""#,
        r#""type":"v1.contact\u002ecreated""#,
        "\"type\"\n:\t\"v1.contact.created\"  ",
    ] {
        let late = format!(
            r#"{{"data":{data},"id":"evt_01JWAS...","api_version":"v1","created_at":"2026-03-09T12:00:00.000Z",
            "workspace_id":"wrks_01JWAS...",{event_type}}}"#
        );
        let event = typed(Provider::AskElephant, &late);
        assert!(matches!(&event, Event::AskElephant(askelephant::Event::ContactCreated(_))), "{event_type}");
        assert_eq!(serde_json::to_value(&event).expect("it can be written"), json(&late));
        assert_eq!(json(&late), body);
    }
}

#[test]
fn text_of_any_kind_comes_back() {
    for name in ["\"quoted\" \\ \n\t\u{0}", "Жанна 💚 e\u{301}", "\u{2028}\u{feff}", "</script>"] {
        let body = bodies::with("askelephant/contact.created.json", "/data/object/first_name", name);
        bodies::round_trips(Provider::AskElephant, &body);
        let escaped = text("askelephant/contact.created.json").replace("\"Jane\"", r#""\u004aane\ud83d\udc9a\/""#);
        let Event::AskElephant(askelephant::Event::ContactCreated(event)) = typed(Provider::AskElephant, &escaped)
        else {
            panic!("another variant")
        };
        assert_eq!(event.data.object.first_name.value().map(String::as_str), Some("Jane💚/"));
    }
}
