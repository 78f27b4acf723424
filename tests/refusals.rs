//! What does not fit is refused with the places, and nothing of it is lost.

#[path = "support/bodies.rs"]
mod bodies;

use bodies::{json, put, text, value};
use webhook_events::{Event, InvalidPayload, ParseError, Provider, Value};

fn refusal(provider: Provider, body: impl AsRef<[u8]>) -> ParseError {
    let body = body.as_ref();
    match Event::from_slice(provider, body) {
        Err(error) => error,
        Ok(event) => panic!("{provider} takes {}: {event:?}", String::from_utf8_lossy(body)),
    }
}

fn invalid(provider: Provider, body: &str) -> InvalidPayload {
    match refusal(provider, body) {
        ParseError::InvalidPayload(invalid) => *invalid,
        other => panic!("{provider} refuses {body} in another way: {other}"),
    }
}

/// An example with changes in many places at once; null takes the member away.
fn changed(file: &str, changes: &Value) -> Value {
    let mut body = value(file);
    for (pointer, new) in changes.as_object().expect("pointers and values") {
        put(&mut body, pointer, new.clone());
    }
    body
}

#[test]
fn what_is_no_json_is_refused_with_line_and_column() {
    let contact = text("askelephant/contact.created.json");
    let cut = &contact[..contact.rfind('}').expect("an object")];
    for (body, line, column, message) in [
        ("", 1, 0, "EOF while parsing a value at line 1 column 0"),
        (" \n ", 2, 1, "EOF while parsing a value at line 2 column 1"),
        ("type=v1.contact.created", 1, 2, "expected ident at line 1 column 2"),
        ("{} {}", 1, 4, "trailing characters at line 1 column 4"),
        ("{\"type\":\n 'v1.contact.created'}", 2, 2, "expected value at line 2 column 2"),
        ("{\"type\":\"v1.contact.created\",\n\"id\": NaN}", 2, 7, "expected value at line 2 column 7"),
        (cut, 34, 0, "EOF while parsing an object at line 34 column 0"),
    ] {
        let error = refusal(Provider::AskElephant, body);
        let expected = ParseError::NotJson { line, column, message: message.to_owned() };
        assert_eq!(error, expected, "{body}");
        assert_eq!(error.to_string(), format!("the body is not JSON: {message}"));
    }
}

#[test]
fn what_is_not_utf_8_is_refused_with_the_place() {
    for (body, offset) in [
        (&b"\xff"[..], 0),
        (b"{\"type\":\"\xc3\x28\"}", 9),
        (b"{\"type\":\"v1.contact.created\",\"id\":\"caf\xe9\"}", 38),
        (b"\xff\xfe{\0}\0", 0),
        (b"{}\xed\xa0\x80", 2),
    ] {
        for provider in Provider::ALL.iter().copied() {
            let error = refusal(provider, body);
            assert_eq!(error, ParseError::NotUtf8 { offset });
            assert_eq!(error.to_string(), format!("the body is not UTF-8 from byte {offset} on"));
        }
    }
}

/// An example, the changes made to it, and the places that must be named.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str, &'static str)]);

const INVALID_PAYLOADS: &[Row] = &[
    (
        "askelephant/contact.created.json",
        r#"{"/id": 7, "/data/object/emails/0/is_primary": "yes", "/data/object/created_at": 1773057600}"#,
        &[
            ("/data/object/created_at", "a string", "an integer"),
            ("/data/object/emails/0/is_primary", "a boolean", "a string"),
            ("/id", "a string", "an integer"),
        ],
    ),
    (
        "askelephant/contact.created.json",
        r#"{"/id": null, "/data": []}"#,
        &[("/data", "an object", "an array"), ("/id", "a string", "null")],
    ),
    (
        "askelephant/contact.created.json",
        r#"{"/data/object/emails": [{}, {"email": "a@b"}, {"email": [], "is_primary": null}], "/data/object/company": {}}"#,
        &[
            ("/data/object/company/id", "a value", "nothing"),
            ("/data/object/company/object", "a value", "nothing"),
            ("/data/object/emails/0/email", "a value", "nothing"),
            ("/data/object/emails/0/is_primary", "a value", "nothing"),
            ("/data/object/emails/1/is_primary", "a value", "nothing"),
            ("/data/object/emails/2/email", "a string", "an array"),
            ("/data/object/emails/2/is_primary", "a boolean", "null"),
        ],
    ),
    (
        "askelephant/contact.created.json",
        r#"{"/data/object": {}, "/api_version": 1}"#,
        &[
            ("/api_version", "a string", "an integer"),
            ("/data/object/created_at", "a value", "nothing"),
            ("/data/object/id", "a value", "nothing"),
            ("/data/object/object", "a value", "nothing"),
            ("/data/object/updated_at", "a value", "nothing"),
        ],
    ),
    (
        "superoffice/contact.deleted.json",
        r#"{"/PrimaryKey": true, "/ChangedByAssociateId": 1.5, "/Values/a~b": "7", "/Changes": ["a", 1, null]}"#,
        &[
            ("/ChangedByAssociateId", "an integer", "a number"),
            ("/Changes/1", "a string", "an integer"),
            ("/Changes/2", "a string", "null"),
            ("/PrimaryKey", "an integer", "a boolean"),
            ("/Values/a~0b", "an integer", "a string"),
        ],
    ),
    (
        "superoffice/contact.changed.json",
        r#"{"/FieldValues": [], "/Entity": {"a": {}}}"#,
        &[("/Entity", "a string", "an object"), ("/FieldValues", "an object", "an array")],
    ),
    (
        "iclosed/call-booked.documented.json",
        r#"{"/0/invitee/name": 5, "/0/event/start_time": false}"#,
        &[("/0/event/start_time", "a string", "a boolean"), ("/0/invitee/name", "a string", "an integer")],
    ),
    (
        "iclosed/call-booked.production.json",
        r#"{"/invitee/name": 5, "/event_type": "Strategy call"}"#,
        &[("/event_type", "an object", "a string"), ("/invitee/name", "a string", "an integer")],
    ),
    (
        "wix/contact_created.objects.json",
        r#"{"/data/data/entityId": 5, "/iat": "now"}"#,
        &[("/data/data/entityId", "a string", "an integer"), ("/iat", "an integer", "a string")],
    ),
];

#[test]
fn all_places_that_do_not_fit_are_listed_at_once() {
    for (file, changes, places) in INVALID_PAYLOADS {
        let body = changed(file, &json(changes));
        let invalid = invalid(bodies::provider(file), &body.to_string());
        let mut found: Vec<_> = invalid
            .violations
            .iter()
            .map(|violation| (&*violation.pointer, &*violation.expected, &*violation.found))
            .collect();
        found.sort_unstable();
        assert_eq!(found, *places, "{file} {changes}");
        assert_eq!(invalid.body, body.to_string().into_bytes(), "the whole body is kept");
    }
}

#[test]
fn places_in_json_text_are_named_through_the_strings() {
    let mut envelope = json(value("wix/contact_deleted.json")["data"].as_str().expect("text"));
    let mut event = json(envelope["data"].as_str().expect("text"));
    event.as_object_mut().expect("an object").remove("entityId");
    put(&mut event, "/eventTime", 5);
    put(&mut envelope, "/data", event.to_string());
    put(&mut envelope, "/identity", r#"{"memberId": {}}"#);
    let body = changed("wix/contact_deleted.json", &serde_json::json!({"/data": envelope.to_string()}));

    let invalid = invalid(Provider::Wix, &body.to_string());
    let mut found: Vec<_> = invalid.violations.iter().map(ToString::to_string).collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "at `/data/data/entityId` expected a value, found nothing",
            "at `/data/data/eventTime` expected a string, found an integer",
            "at `/data/identity/memberId` expected a string, found an object",
        ]
    );
    assert_eq!((&*invalid.event_type, invalid.value().expect("JSON")), ("wix.contacts.v4.contact_deleted", body));
}

#[test]
fn a_string_that_holds_no_json_is_named() {
    let claims = r#"{"data":"{\"eventType\":\"wix.contacts.v4.contact_created\",\"data\":\"{\\\"id\\\":\"}"}"#;
    let invalid = invalid(Provider::Wix, claims);
    let pointers: Vec<_> = invalid.violations.iter().map(|violation| &*violation.pointer).collect();
    assert_eq!(pointers, ["/data/data"]);
}

#[test]
fn the_error_says_it_all_in_one_line_without_the_values() {
    let body =
        changed("askelephant/contact.created.json", &serde_json::json!({"/id": 8675309, "/data/object/object": true}));
    assert_eq!(
        refusal(Provider::AskElephant, body.to_string()).to_string(),
        "the body does not fit the event `v1.contact.created`: at `/id` expected a string, found an integer; \
         at `/data/object/object` expected a string, found a boolean"
    );
}

/// Sees that a body is refused with this place among the problems.
fn refused_at(provider: Provider, body: &str, pointer: &str) {
    let invalid = invalid(provider, body);
    let pointers: Vec<_> = invalid.violations.iter().map(|violation| &*violation.pointer).collect();
    assert_eq!(pointers, [pointer], "{body}");
    assert_eq!(
        (&*invalid.violations[0].expected, &*invalid.violations[0].found),
        ("each key once", "the same key again")
    );
}

/// The example with another text after one of its own.
fn with_text(file: &str, once: &str, again: &str) -> String {
    let text = text(file);
    assert!(text.contains(once), "{once} is not in {file}");
    text.replacen(once, &format!("{once}{again}"), 1)
}

#[test]
fn a_key_that_stands_twice_is_refused_with_its_place() {
    let file = "askelephant/contact.created.json";
    let address = "\"is_primary\": true";
    for (body, pointer) in [
        (with_text(file, "\"id\": \"evt_01JWAS...\",", "\"id\": \"evt_2\","), "/id"),
        (with_text(file, "{", "\"ty\\u0070e\": \"v1.contact.created\","), "/type"),
        (with_text(file, address, ",\"is_primary\": true"), "/data/object/emails/0/is_primary"),
        (with_text(file, "\"object\": {", "\"a/b\": 1, \"a/b\": 1,"), "/data/object/a~1b"),
    ] {
        refused_at(Provider::AskElephant, &body, pointer);
    }
    let claims = with_text("wix/contact_created.objects.json", "{", "\"iat\": 1, \"iat\": 2,");
    refused_at(Provider::Wix, &claims, "/iat");
    let in_text = with_text("wix/contact_deleted.json", "\"{", r#"\"instanceId\":null,"#);
    refused_at(Provider::Wix, &in_text, "/data/instanceId");
}

#[test]
fn a_key_twice_is_refused_in_maps_in_additional_properties_and_in_unknown_events() {
    let contact = "askelephant/contact.created.json";
    let changed = "superoffice/contact.changed.json";
    for (file, once, again, pointer) in [
        (contact, "\"data\": {", "\"previous_attributes\": {\"a\": 1, \"a\": 2},", "/data/previous_attributes/a"),
        (contact, "{", "\"new\": [{\"a\": 1, \"\\u0061\": 2}],", "/new/0/a"),
        (changed, "{", "\"Values\": {\"a\": 1, \"a\": 3},", "/Values/a"),
    ] {
        refused_at(bodies::provider(file), &with_text(file, once, again), pointer);
    }
    refused_at(Provider::AskElephant, r#"{"type":"other","type":"v1.contact.created"}"#, "/type");
    refused_at(Provider::AskElephant, r#"{"type":"other","data":[{"a":1,"a":1}]}"#, "/data/0/a");
}

/// JSON by its grammar that no type here can hold: the provider would send the same bytes again and again.
#[test]
fn valid_json_that_no_type_can_hold_is_an_invalid_payload_with_its_bytes() {
    let deep = format!(r#"{{"type":"v1.contact.created","new":{}{}}}"#, "[".repeat(130), "]".repeat(130));
    for (body, pointer, found) in [
        (r#"{"type":"other","text":"\ud83d"}"#, "/text", "half of a surrogate pair"),
        (r#"{"type":"other","amount":1e400}"#, "/amount", "a larger one"),
        (r#"{"type":"other","id":18446744073709551617}"#, "/id", "a larger one"),
        (&deep, &format!("/new{}", "/0".repeat(126)), "more"),
    ] {
        let invalid = invalid(Provider::AskElephant, body);
        assert!(invalid.violations.iter().any(|one| (&*one.pointer, &*one.found) == (pointer, found)), "{invalid}");
        assert_eq!(invalid.body, body.as_bytes());
    }
    let event = Event::from_slice(Provider::AskElephant, "\u{feff}{\"type\":\"other\"}".as_bytes());
    assert_eq!(event.expect("a byte order mark is not in the way").event_type(), "other");
}

#[test]
fn bodies_of_any_depth_leave_the_stack_alone() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let objects = |depth: usize| r#"{"a":"#.repeat(depth) + "null" + &"}".repeat(depth);
    for depth in [100, 200, 100_000] {
        for inner in [nested(depth), objects(depth)] {
            for body in [
                inner.clone(),
                text("askelephant/contact.created.json").replacen('{', &format!(r#"{{"new":{inner},"#), 1),
                text("askelephant/contact.created.json").replace("\"Jane\"", &inner),
                text("superoffice/contact.changed.json").replacen('{', &format!(r#"{{"FieldValues":{inner},"#), 1),
            ] {
                for provider in Provider::ALL.iter().copied() {
                    match Event::from_slice(provider, body.as_bytes()) {
                        Err(ParseError::InvalidPayload(invalid)) => assert_eq!(invalid.body, body.as_bytes()),
                        Ok(event) => assert_eq!(serde_json::to_value(&event).expect("it can be written"), json(&body)),
                        Err(other) => panic!("{other}"),
                    }
                    assert!(depth == 100 || Event::from_slice(provider, body.as_bytes()).is_err());
                }
            }
        }
    }
}
