//! What holds of every body, whatever is in it.

use crate::meter::Limits;
use crate::tree::Tree;
use std::fmt::Debug;
use std::time::Duration;
use webhook_runtime::event::{self, Event};
use webhook_runtime::{InvalidPayload, ParseError, Value};

/// Far above what reading takes, so that only what grows faster than the body is found.
const READING: Limits = Limits {
    time: Duration::from_millis(20),
    time_per_byte: Duration::from_micros(5),
    memory: 1 << 16,
    memory_per_byte: 400,
};

/// What [`Event`] lacks.
pub type EventType<E> = fn(&E) -> &str;

/// Reads a body as the event of a webhook, or finds out its event, and sees that all is right with the outcome.
///
/// # Panics
/// When it is not.
pub fn read<E: Event + Debug + PartialEq>(
    name: Option<&str>,
    body: &[u8],
    event_type: EventType<E>,
) -> Result<E, ParseError> {
    let read = READING.run(body.len(), || match name {
        Some(name) => event::from_slice_as::<E>(name, body),
        None => event::from_slice::<E>(body),
    });
    let text = match std::str::from_utf8(body) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            assert_eq!(read, Err(ParseError::NotUtf8 { offset: error.valid_up_to() }));
            return read;
        }
    };
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    match &read {
        Ok(event) => {
            assert!(is_json, "accepted what is not JSON: {event:?}");
            accepted(event, event_type(event), text);
        }
        Err(ParseError::InvalidPayload(invalid)) => {
            assert!(is_json, "no JSON, and called an invalid payload: {invalid}");
            refused(invalid, body);
        }
        Err(error @ ParseError::NotJson { .. }) => assert!(!is_json, "{error}: it is JSON"),
        Err(error) => panic!("{error}: it is UTF-8"),
    }
    read
}

fn accepted<E: Event + Debug + PartialEq>(event: &E, event_type: &str, text: &str) {
    let came = Tree::parse(text).expect("serde_json reads 127 levels");
    assert!(!came.has_duplicate(), "a key twice, and accepted: {event:?}");
    let written = serde_json::to_string(event).expect("what was read can be written");
    let went = Tree::parse(&written).expect("it is JSON");
    assert!(came.is_same(&went), "came back as {written}");

    let again = event::from_slice_as::<E>(event_type, text.as_bytes());
    assert_eq!(again.as_ref(), Ok(event), "by its event type it is another event");
    let (_, _) = READING
        .run(text.len(), || (event::additional_properties(event, event_type), event::expanded(event, event_type)));
}

fn refused(invalid: &InvalidPayload, body: &[u8]) {
    assert_eq!(invalid.body, body, "the body is kept");
    assert!((1..=100).contains(&invalid.violations.len()), "{} violations", invalid.violations.len());
    let shown = READING.run(body.len(), || invalid.to_string());
    assert!(shown.len() <= 2 * body.len() + (1 << 17), "an error of {} bytes", shown.len());
    let Ok(value) = invalid.value() else { return };
    for violation in &invalid.violations {
        let found = find(&value, &violation.pointer);
        assert!(is_true(&violation.found, found.as_ref()), "{violation}: {found:?}");
    }
}

/// Whether what a violation says of a value is so; or of the JSON that the value holds.
fn is_true(said: &str, found: Option<&Value>) -> bool {
    match (said, found) {
        ("nothing", found) => found.is_none(),
        ("null", Some(Value::Null)) | ("a boolean", Some(Value::Bool(_))) => true,
        ("an integer" | "a number", Some(Value::Number(_))) | ("a string", Some(Value::String(_))) => true,
        ("an array", Some(Value::Array(_))) | ("an object", Some(Value::Object(_))) => true,
        ("null" | "a boolean" | "an integer" | "a number" | "a string" | "an array" | "an object", found) => {
            let text = found.and_then(Value::as_str).unwrap_or_default();
            serde_json::from_str(text).is_ok_and(|held| is_true(said, Some(&held)))
        }
        // What no value can hold.
        _ => true,
    }
}

/// What a pointer leads to, that goes on into JSON held in strings.
fn find(value: &Value, pointer: &str) -> Option<Value> {
    let Some(pointer) = pointer.strip_prefix('/') else { return Some(value.clone()) };
    let (token, rest) = pointer.find('/').map_or((pointer, ""), |at| pointer.split_at(at));
    let token = token.replace("~1", "/").replace("~0", "~");
    match value {
        Value::Object(members) => find(members.get(&token)?, rest),
        Value::Array(items) => find(items.get(token.parse::<usize>().ok()?)?, rest),
        Value::String(text) => find(&serde_json::from_str(text).ok()?, &format!("/{pointer}")),
        _ => None,
    }
}
