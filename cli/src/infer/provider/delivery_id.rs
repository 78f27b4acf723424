//! What stays the same when a delivery is tried again.

use super::guess::Guess;
use crate::infer::events::EventTypeLocation;
use crate::infer::headers::{Headers, Texts};
use webhook_codegen::documents::provider::Expression;
use webhook_codegen::source::pointer::unescape;
use webhook_codegen::words::words;

/// The id in a header, or else in the body, or else a digest.
pub(super) fn guess(headers: &Headers, event_type: Option<&EventTypeLocation>) -> Guess {
    let own = headers.own().filter(|(_, texts)| is_id(headers.count, texts));
    let own = own.filter_map(|(name, texts)| Some((header_rank(name)?, format!("$request.header.{name}"), texts)));
    let holders = holders(event_type);
    let body = headers.body.iter().filter(|(_, texts)| is_id(headers.bodies, texts));
    let body = body.filter_map(|(pointer, texts)| {
        let (holder, key) = pointer.rsplit_once('/')?;
        let rank = key_rank(&unescape(key)).filter(|_| holders.contains(&holder))?;
        Some((rank, format!("$request.body#{pointer}"), texts))
    });
    match own.chain(body).min_by_key(|(rank, ..)| *rank) {
        Some((_, location, texts)) => Guess {
            yaml: format!("delivery_id: {location}"),
            reason: format!("guessed from its name; another one in each of {} deliveries, or nearly", texts.count),
        },
        None => Guess {
            yaml: "delivery_id: [digest: $request.body]".to_owned(),
            reason: "no header and no key has an id of its own in each delivery, so that a digest of the body is one"
                .to_owned(),
        },
    }
}

/// The objects that an event's id is in: the body, and what says the event type.
fn holders(event_type: Option<&EventTypeLocation>) -> Vec<&str> {
    let expressions = event_type.into_iter().flat_map(|location| &location.expressions);
    let pointers = expressions.filter_map(|expression| match expression {
        Expression::Body(pointer) => pointer.rsplit_once('/').map(|(holder, _)| holder),
        Expression::Header(_) => None,
    });
    std::iter::once("").chain(pointers).collect()
}

/// Whether each of so many has it, and another one.
fn is_id(count: u64, texts: &Texts) -> bool {
    texts.count == count && texts.are_ids()
}

/// How much a header is called like a delivery's id; less is more.
fn header_rank(name: &str) -> Option<u8> {
    let words = words(name);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let is_id = matches!(words.last().map(String::as_str), Some("id" | "guid" | "uuid" | "delivery" | "key"));
    match () {
        () if !is_id || has(&["public", "signature", "hook", "account", "app"]) => None,
        () if has(&["delivery", "idempotency"]) => Some(0),
        () if has(&["webhook", "svix", "event", "message", "notification"]) => Some(1),
        () if has(&["request", "trace", "correlation"]) => Some(4),
        () => Some(3),
    }
}

fn key_rank(key: &str) -> Option<u8> {
    let words = words(key);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["event" | "delivery" | "webhook" | "message" | "notification", "id" | "uuid"] => Some(2),
        ["id" | "uuid" | "guid"] => Some(3),
        _ => None,
    }
}
