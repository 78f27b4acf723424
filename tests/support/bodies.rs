//! Bodies made from the documentation's examples.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::path::Path;
use webhook_events::{Event, Provider, Value, askelephant, iclosed, superoffice, wix};

/// The text of an example, letter for letter; `file` is relative to `tests/examples`.
pub fn text(file: &str) -> String {
    let path = Path::new("tests/examples").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn value(file: &str) -> Value {
    json(&text(file))
}

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// The provider whose example this is.
pub fn provider(file: &str) -> Provider {
    let (folder, _) = file.split_once('/').expect("examples are in a folder per provider");
    folder.parse().expect("the folder is named after the provider")
}

/// The example with one member of an object added or exchanged.
pub fn with(file: &str, pointer: &str, new: impl Into<Value>) -> Value {
    let mut body = value(file);
    put(&mut body, pointer, new);
    body
}

/// The example without one member of an object.
pub fn without(file: &str, pointer: &str) -> Value {
    let mut body = value(file);
    let (object, key) = member(&mut body, pointer);
    assert!(object.remove(key).is_some(), "{file} has no {pointer}");
    body
}

pub fn put(body: &mut Value, pointer: &str, new: impl Into<Value>) {
    let (object, key) = member(body, pointer);
    object.insert(key.to_owned(), new.into());
}

fn member<'b, 'p>(body: &'b mut Value, pointer: &'p str) -> (&'b mut serde_json::Map<String, Value>, &'p str) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer begins with a slash");
    let parent = body.pointer_mut(parent).and_then(Value::as_object_mut);
    (parent.unwrap_or_else(|| panic!("no object around {pointer}")), key)
}

/// Reads a body as an event that is documented.
pub fn typed(provider: Provider, body: &str) -> Event {
    let event = Event::from_slice(provider, body.as_bytes());
    let event = event.unwrap_or_else(|error| panic!("{provider}: {error}\n{body}"));
    assert!(!is_unknown(&event), "{provider}: no variant for {body}");
    event
}

pub fn is_unknown(event: &Event) -> bool {
    match event {
        Event::AskElephant(event) => matches!(event, askelephant::Event::Unknown(_)),
        Event::IClosed(event) => matches!(event, iclosed::Event::Unknown(_)),
        Event::SuperOffice(event) => matches!(event, superoffice::Event::Unknown(_)),
        Event::Wix(event) => matches!(event, wix::Event::Unknown(_)),
        _ => panic!("a provider that the tests do not know"),
    }
}

/// Sees that a documented event takes the body, and writes it again as the same JSON value.
pub fn round_trips(provider: Provider, body: &Value) {
    let text = body.to_string();
    let again = serde_json::to_value(typed(provider, &text)).expect("an event can be written");
    assert_eq!(again, *body, "{provider}: {text}");
}
