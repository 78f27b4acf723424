//! A program of the crate that the corpus becomes: receives the deliveries in a file of JSON lines, each in all the ways
//! it could arrive, and writes a line for each that says what came of it. Without a file, how many variants there are.
//!
//! Of the ways, `key` is the webhook's key, `body` the body alone, and `request` a signed request with its headers. What
//! comes of them is an event (`{event, equal, enums, unions}`), a misfit (`{misfit, places, whole}`) or an `error`.

use corpus::{ParseError, ReceiveError, github};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Debug;
use std::time::SystemTime;
use webhook_runtime::event::{Event, from_slice, from_slice_as};
use webhook_runtime::http::{HeaderMap, HeaderValue};

/// A function that finds a delivery's provider, and one that describes them all.
macro_rules! providers {
    ($($provider:ident)*) => {
        fn arrive(delivery: &Value) -> Value {
            match text(&delivery["provider"]) {
                $(stringify!($provider) => ways::<corpus::$provider::Event>(delivery),)*
                other => panic!("the crate has no {other}"),
            }
        }

        /// The number of each one's variants, without that for unknown events.
        fn variants() -> Value {
            [$((stringify!($provider), corpus::$provider::Event::EVENT_TYPES.len())),*].into_iter().collect()
        }
    };
}

include!("providers.rs");

fn main() {
    let Some(file) = std::env::args().nth(1) else {
        return println!("{}", variants());
    };
    for line in std::fs::read_to_string(file).expect("a file of deliveries").lines() {
        println!("{}", arrive(&serde_json::from_str(line).expect("a delivery is JSON")));
    }
}

fn ways<E: Event + Debug>(delivery: &Value) -> Value {
    let body = delivery["payload"].to_string();
    let mut ways = json!({"key": fate(from_slice_as::<E>(text(&delivery["webhook"]), body.as_bytes()), delivery)});
    if !E::EVENT_TYPE_LOCATION.is_empty() || E::EVENT_TYPES.len() == 1 {
        ways["body"] = fate(from_slice::<E>(body.as_bytes()), delivery);
    }
    if let Some(header) = delivery["x-github-event"].as_str() {
        ways["request"] = fate(request(header, body.as_bytes()), delivery);
    }
    ways
}

fn request(event: &str, body: &[u8]) -> Result<github::Event, ParseError> {
    let receiver = github::Receiver::new("It's a Secret to Everybody").expect("any text is a secret");
    let signed = receiver.sign("", SystemTime::now(), body).expect("a secret can sign");
    let mut headers: HeaderMap = signed.headers;
    headers.insert("x-github-event", HeaderValue::from_str(event).expect("it came as a header"));
    headers.insert("x-github-delivery", HeaderValue::from_static("72d3162e"));
    match receiver.receive((&headers, &signed.body)) {
        Ok(delivery) => {
            assert_eq!(delivery.id.as_deref(), Some("72d3162e"));
            Ok(delivery.event)
        }
        Err(ReceiveError::InvalidPayload(invalid)) => Err(ParseError::InvalidPayload(invalid)),
        Err(error) => panic!("a signed body that is JSON: {error}"),
    }
}

fn fate<E: Serialize + Debug>(arrived: Result<E, ParseError>, delivery: &Value) -> Value {
    match arrived {
        Ok(event) => {
            let shown = format!("{event:?}");
            let written = serde_json::to_string(&event).expect("an event can be written");
            let back: Value = serde_json::from_str(&written).expect("it is written as JSON");
            let (enums, unions) = catch_alls(&shown);
            let variant = shown.split('(').next();
            json!({"event": variant, "equal": back == delivery["payload"], "enums": enums, "unions": unions})
        }
        Err(ParseError::InvalidPayload(invalid)) => {
            let places: Vec<_> = invalid.violations.iter().map(|violation| &violation.pointer).collect();
            let whole = invalid.value().ok() == Some(delivery["payload"].clone());
            json!({"misfit": invalid.event_type, "places": places, "whole": whole})
        }
        Err(error) => json!({"error": error.to_string()}),
    }
}

/// How often the catch-all is in a value, of enums and of unions: that of an enum holds a text.
fn catch_alls(shown: &str) -> (usize, usize) {
    let (mut enums, mut unions) = (0, 0);
    let without_escapes = shown.replace("\\\\", "").replace("\\\"", "");
    // Every second part is between quotation marks: what a body says is not what the value is.
    for outside in without_escapes.split('"').step_by(2) {
        let whole_word = |at: usize| !outside[..at].ends_with(char::is_alphanumeric);
        let found = outside.match_indices("Other(").filter(|(at, _)| whole_word(*at)).count();
        let is_text = usize::from(found > 0 && outside.ends_with("Other("));
        enums += is_text;
        unions += found - is_text;
    }
    (enums, unions)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
