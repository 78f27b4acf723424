//! Which event a delivery is.

use super::{Body, Event, Expression, ParseError, parse};
use crate::schema::additional_property_count;
use serde_json::Value;
use std::borrow::Cow;

/// Reads the body of a request, finding out its event; `header` gives the text of a header by its name in lower case.
///
/// # Errors
/// When the body is not JSON or does not fit its event's type.
pub fn read<'b, E: Event>(body: Body<'b>, header: impl Fn(&str) -> Option<&'b str>) -> Result<E, ParseError> {
    let event_type = event_type::<E>(body, header);
    match E::UNLISTED {
        _ if event_type.is_empty() && (E::ABSENT.is_some() || !E::FALLBACKS.is_empty()) => without_event_type(body),
        Some(unlisted) if !event_type.is_empty() && !E::EVENT_TYPES.contains(&&*event_type) => {
            E::parse(unlisted, body).or_else(|_| parse(&event_type, body))
        }
        _ => parse(&event_type, body),
    }
}

/// The event type of a request; empty where there is none.
///
/// The provider's own values come first, then the keys of webhooks, then the letters of those keys that are all there is.
pub fn event_type<'b, E: Event>(body: Body<'b>, header: impl Fn(&str) -> Option<&'b str>) -> Cow<'b, str> {
    let mut parts = E::EVENT_TYPE_LOCATION.iter().filter_map(|expression| expression.evaluate(body, &header));
    let first = parts.next().unwrap_or_default();
    let joined = parts.fold(first, |joined, part| Cow::Owned(format!("{joined}.{part}")));
    if E::EVENT_TYPES.contains(&&*joined) {
        return joined;
    }
    by_key::<E>(&joined).or_else(|| by_letters(E::KEYS, joined.chars())).map_or(joined, Cow::Borrowed)
}

/// The one event type of the webhook with this key.
fn by_key<E: Event>(key: &str) -> Option<&'static str> {
    match E::WEBHOOKS.iter().find(|(webhook, _)| *webhook == key)? {
        (_, [only]) => Some(only),
        _ => None,
    }
}

/// The one key that has the letters of an event type. Of these, no more is looked at than the longest key has.
fn by_letters(keys: &'static [&'static str], event_type: impl Iterator<Item = char>) -> Option<&'static str> {
    let longest = keys.iter().map(|key| letters(key.chars()).count()).max()?;
    let wanted: Vec<_> = letters(event_type).take(longest + 1).collect();
    if wanted.is_empty() {
        return None;
    }
    let mut matching = keys.iter().copied().filter(|key| letters(key.chars()).eq(wanted.iter().copied()));
    let first = matching.next();
    first.filter(|_| matching.next().is_none())
}

fn letters(name: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    name.filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Reads a body that lacks the event type as the event of the one webhook that has such bodies, or as the default of the
/// payload that it is. What does not fit that is unknown, as nothing in it says that it is this event.
fn without_event_type<E: Event>(body: Body<'_>) -> Result<E, ParseError> {
    let Ok(unknown) = body.unknown("") else { return parse("", body) };
    let is_absent = |expression: &Expression| match expression {
        Expression::Body(tokens) => lacks(&unknown.body, tokens),
        _ => false,
    };
    if !E::EVENT_TYPE_LOCATION.iter().all(is_absent) {
        return Ok(E::unknown(unknown));
    }
    let event = E::ABSENT.or_else(|| fallback::<E>(&unknown.body)).map(|absent| E::parse(absent, body));
    Ok(event.and_then(Result::ok).unwrap_or_else(|| E::unknown(unknown)))
}

/// The default of the one payload that has the fewest additional properties, if it has a default.
fn fallback<E: Event>(body: &Value) -> Option<&'static str> {
    let counted = |(event_type, is_default): &(&'static str, bool)| {
        Some((additional_property_count(&E::payload_schema(event_type), body)?, *event_type, *is_default))
    };
    let mut payloads: Vec<_> = E::FALLBACKS.iter().filter_map(counted).collect();
    payloads.sort_by_key(|(count, ..)| *count);
    match *payloads {
        [(fewest, _, _), (next, _, _), ..] if fewest == next => None,
        [(_, event_type, true), ..] => Some(event_type),
        _ => None,
    }
}

/// Whether there is nothing where a pointer leads; in an array without an index, in none of the items.
fn lacks(value: &Value, tokens: &[&str]) -> bool {
    match (value, tokens) {
        (Value::Null, _) => true,
        (_, []) => false,
        (Value::Object(members), [token, deeper @ ..]) => members.get(*token).is_none_or(|value| lacks(value, deeper)),
        (Value::Array(items), [token, deeper @ ..]) => match token.parse::<usize>() {
            Ok(index) => items.get(index).is_none_or(|item| lacks(item, deeper)),
            Err(_) => !items.is_empty() && items.iter().all(|item| lacks(item, tokens)),
        },
        (Value::String(text), _) => serde_json::from_str(text).map_or(true, |value| lacks(&value, tokens)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Body, Event, Expression, ParseError, ParseFailure, Unknown, from_slice, from_slice_as};
    use super::{by_letters, lacks};
    use crate::schema::Schema;
    use serde::ser::{Serialize, Serializer};
    use serde_json::json;

    /// The event type that a body is read as; of an unknown one, what it carries in brackets.
    #[derive(Debug, PartialEq)]
    struct Read(String);

    impl Serialize for Read {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.0.serialize(serializer)
        }
    }

    impl Event for Read {
        const EVENT_TYPES: &'static [&'static str] = &[
            "contactDeleted",
            "order_paid",
            "order-paid",
            "order.lost",
            "login",
            "login_cancelled",
            "Order lost",
            "any",
            "all",
        ];
        const EVENT_TYPE_LOCATION: &'static [Expression] = &[Expression::Body(&["type"])];
        const KEYS: &'static [&'static str] = &["contactDeleted", "order_paid", "order-paid"];
        const ABSENT: Option<&'static str> = Some("Order lost");
        const REST: &'static [&'static str] = &["all"];
        const WEBHOOKS: &'static [(&'static str, &'static [&'static str])] =
            &[("orderLost", &["order.lost"]), ("login", &["login", "login_cancelled"]), ("all", &["any", "all"])];

        fn parse(event_type: &str, body: Body<'_>) -> Result<Self, ParseFailure> {
            if Self::EVENT_TYPES.contains(&event_type) {
                body.parse::<serde_json::Map<String, serde_json::Value>>()?;
                return Ok(Self(event_type.to_owned()));
            }
            Ok(Self::unknown(body.unknown(event_type)?))
        }

        fn payload_schema(_: &str) -> Schema {
            Schema::Map(&Schema::Any)
        }

        fn unknown(event: Unknown) -> Self {
            Self(format!("({})", event.event_type))
        }
    }

    #[test]
    fn values_are_compared_exactly_and_only_keys_by_their_letters() {
        for (body, read) in [
            (json!({"type": "order.lost"}), "order.lost"),
            (json!({"type": "orderLost"}), "order.lost"),
            (json!({"type": "ORDER_LOST"}), "(ORDER_LOST)"),
            (json!({"type": "contact.deleted"}), "contactDeleted"),
            (json!({"type": "contact.deleted.extra"}), "(contact.deleted.extra)"),
            (json!({"type": "contact"}), "(contact)"),
            (json!({"type": "order_paid"}), "order_paid"),
            (json!({"type": "order.paid"}), "(order.paid)"),
            (json!({"type": "..."}), "(...)"),
        ] {
            assert_eq!(from_slice(body.to_string().as_bytes()), Ok(Read(read.to_owned())), "{body}");
        }
    }

    #[test]
    fn a_key_of_several_event_types_leaves_the_choice_to_the_body() {
        for (name, body, read) in [
            ("login", json!({"type": "login_cancelled"}), "login_cancelled"),
            ("login", json!({"type": "login"}), "login"),
            ("login", json!({"type": "login_delayed"}), "(login_delayed)"),
            ("login", json!({"type": "order.lost"}), "(order.lost)"),
            ("login", json!({}), "login"),
            ("orderLost", json!({"type": "login"}), "order.lost"),
            ("all", json!({"type": "any"}), "any"),
            ("all", json!({"type": "other"}), "all"),
            ("all", json!({}), "all"),
            ("all", json!([{"type": "other"}]), "(other)"),
            ("contactDeleted", json!({"type": "login"}), "contactDeleted"),
        ] {
            let event = from_slice_as(name, body.to_string().as_bytes());
            assert_eq!(event, Ok(Read(read.to_owned())), "{name}: {body}");
        }
    }

    #[test]
    fn a_body_without_an_event_type_is_of_the_webhook_that_has_such_bodies_if_it_fits() {
        for (body, read) in [
            (r#"{"id":1}"#, Ok("Order lost")),
            (r#"{"type":null}"#, Ok("Order lost")),
            (r#"[{"id":1}]"#, Ok("()")),
            (r#"{"type":{}}"#, Ok("()")),
            ("5", Ok("()")),
            ("{", Err(())),
        ] {
            let event: Result<Read, ParseError> = from_slice(body.as_bytes());
            assert_eq!(event.map_err(|_| ()), read.map(|read| Read(read.to_owned())), "{body}");
        }
    }

    #[test]
    fn an_array_lacks_what_none_of_its_items_has() {
        for (value, is_lacking) in [
            (json!([{"id": 1}]), true),
            (json!([{"id": 1}, {"id": 2}]), true),
            (json!([{"id": 1}, {"type": "a"}]), false),
            (json!([]), false),
            (json!({"data": "{}"}), true),
            (json!({"data": "no JSON"}), true),
            (json!({"data": "{\"type\":\"a\"}"}), false),
        ] {
            let tokens: &[&str] = if value.is_array() { &["type"] } else { &["data", "type"] };
            assert_eq!(lacks(&value, tokens), is_lacking, "{value}");
        }
    }

    /// As an iterator goes by once, nothing of an event type is looked at twice.
    #[test]
    fn of_a_long_event_type_no_more_is_looked_at_than_a_key_has() {
        for (long, most) in
            [(".".repeat(1 << 20), 1 << 20), ("a.".repeat(1 << 19), 40), ("contact.".repeat(1 << 17), 40)]
        {
            let mut looked_at = 0;
            assert_eq!(by_letters(Read::KEYS, long.chars().inspect(|_| looked_at += 1)), None);
            assert!(looked_at <= most, "{looked_at} characters");
        }
    }
}
