//! The event type of an example: where receivers look for it.

use serde_json::{Map, Value};
use webhook_codegen::documents::provider::Expression;
use webhook_codegen::model::{Event, Provider, allowed, text_at};
use webhook_codegen::source::pointer::tokens;
use webhook_codegen::words::same_words;

/// A location of the event type, and the text that is there in deliveries of an event, where the document says which.
pub struct EventTypeLocation<'p> {
    pub expression: &'p Expression,
    pub text: Option<String>,
}

/// The locations that the event type is looked for; none for bodies that have nothing there.
pub fn locations<'p>(provider: &'p Provider, event: &Event) -> Vec<EventTypeLocation<'p>> {
    let texts = match provider.event_type.as_slice() {
        _ if event.is_key => None,
        _ if event.is_remainder => return Vec::new(),
        [_] => Some(vec![event.event_type.clone()]),
        several => split(provider, event, several, &event.event_type),
    };
    let expressions = &provider.event_type;
    let texts = texts.map_or_else(|| vec![None; expressions.len()], |texts| texts.into_iter().map(Some).collect());
    expressions.iter().zip(texts).map(|(expression, text)| EventTypeLocation { expression, text }).collect()
}

/// The texts at several locations that join to the rest of an event type, of those that are allowed there.
fn split(provider: &Provider, event: &Event, locations: &[Expression], rest: &str) -> Option<Vec<String>> {
    let (location, others) = locations.split_first()?;
    let values = allowed(&provider.types, &provider.webhooks[event.webhook], location);
    values.into_iter().find_map(|value| {
        if others.is_empty() {
            return (value == rest).then(|| vec![value]);
        }
        let after = rest.strip_prefix(&value)?.strip_prefix('.')?;
        Some([vec![value], split(provider, event, others, after)?].concat())
    })
}

/// Whether a body says that it is of this event, or leaves that to headers.
pub fn is_own(provider: &Provider, event: &Event, body: &Value) -> bool {
    let text_at_pointer = |pointer: &str| text_at(body, &tokens(pointer));
    if event.is_remainder {
        let mut text = pointers(provider).into_iter().flatten().filter_map(text_at_pointer);
        return text.all(|text| event.takes_unlisted && is_unlisted(provider, &text));
    }
    if event.is_key {
        let text = |pointers: Vec<&str>| pointers.into_iter().filter_map(text_at_pointer).collect::<Vec<_>>().join(".");
        return pointers(provider).map(text).is_none_or(|text| match text.as_str() {
            "" => event.takes_absent,
            text => names_event(text, event),
        });
    }
    locations(provider, event).iter().all(|location| match (location.expression, &location.text) {
        (Expression::Body(pointer), Some(text)) => text_at_pointer(pointer).as_ref() == Some(text),
        _ => true,
    })
}

/// Whether a body says that it is of another event.
pub fn is_other(provider: &Provider, event: &Event, body: &Value) -> bool {
    let is_said = |location: &Expression| match location {
        Expression::Body(pointer) => text_at(body, &tokens(pointer)).is_some(),
        Expression::Header(_) => false,
    };
    provider.event_type.iter().any(is_said) && !is_own(provider, event, body)
}

/// A body that says it, if there is a location for that.
pub fn put(provider: &Provider, event: &Event, mut body: Value) -> Option<Value> {
    let has_all = !event.is_key || pointers(provider).is_some();
    if has_all && is_own(provider, event, &body) {
        return Some(body);
    }
    if event.is_key {
        return put_key(provider, event, body);
    }
    if event.is_remainder {
        pointers(provider).into_iter().flatten().for_each(|pointer| remove(&mut body, &tokens(pointer)));
    }
    for location in locations(provider, event) {
        if let (Expression::Body(pointer), Some(text)) = (location.expression, &location.text) {
            set(&mut body, &tokens(pointer), &text.as_str().into()).then_some(())?;
        }
    }
    Some(body)
}

/// The same of an event that goes by its webhook's key.
fn put_key(provider: &Provider, event: &Event, body: Value) -> Option<Value> {
    let with = |pointer: &str, text: &str| {
        let mut changed = body.clone();
        set(&mut changed, &tokens(pointer), &text.into()).then_some(changed)
    };
    if let [Expression::Body(pointer)] = provider.event_type.as_slice() {
        return with(pointer, &event.event_type);
    }
    // Of several locations one may allow the event type, in the provider's own spelling.
    let webhook = &provider.webhooks[event.webhook];
    let spelled = provider.event_type.iter().find_map(|location| match location {
        Expression::Body(pointer) => {
            with(pointer, allowed(&provider.types, webhook, location).iter().find(|value| names_event(value, event))?)
        }
        Expression::Header(_) => None,
    });
    spelled.or_else(|| with_last_word(provider, event, &body)).or(Some(body))
}

/// A body that says the last word of a key, where it may say anything after what headers say.
fn with_last_word(provider: &Provider, event: &Event, body: &Value) -> Option<Value> {
    let location @ Expression::Body(pointer) = provider.event_type.last()? else { return None };
    let text = text_at(body, &tokens(pointer))?;
    let (_, word) = event.event_type.rsplit_once(|between: char| !between.is_alphanumeric())?;
    let is_open = allowed(&provider.types, &provider.webhooks[event.webhook], location).is_empty();
    if !is_open || without_end(&event.event_type, &text) != event.event_type {
        return None;
    }
    let mut changed = body.clone();
    set(&mut changed, &tokens(pointer), &word.into()).then_some(changed)
}

/// The locations of the event type in a body; none where headers have a part in it, or nothing tells it.
fn pointers(provider: &Provider) -> Option<Vec<&str>> {
    let pointers = provider.event_type.iter().map(|expression| match expression {
        Expression::Body(pointer) => Some(pointer.as_str()),
        Expression::Header(_) => None,
    });
    let pointers: Option<Vec<_>> = pointers.collect();
    pointers.filter(|pointers| !pointers.is_empty())
}

/// What headers say of the event type, where the body says the rest of it. `declared` are those that the document gives
/// a value: the provider's own spelling, if it is one of this event.
pub fn headers(
    provider: &Provider,
    event: &Event,
    body: &[u8],
    declared: &[(String, String)],
) -> Vec<(String, String)> {
    let body: Option<Value> = serde_json::from_slice(body).ok();
    let mut rest = event.event_type.as_str();
    let mut headers = Vec::new();
    // Parts are joined in order, and only the first one is left over once the others are taken off the end.
    for (index, EventTypeLocation { expression, text }) in locations(provider, event).into_iter().enumerate().rev() {
        let is_listed = text.is_some();
        let text = match expression {
            _ if is_listed => text,
            Expression::Body(pointer) => body.as_ref().and_then(|body| text_at(body, &tokens(pointer))),
            Expression::Header(name) => {
                declared.iter().find(|(declared, _)| declared == name).map(|(_, value)| value.clone())
            }
        };
        let shorter = text.as_deref().map(|text| without_end(rest, text));
        if let Expression::Header(name) = expression {
            match text {
                Some(text) if is_listed || index > 0 || same_words(&text, rest) => headers.push((name.clone(), text)),
                _ if index == 0 && !rest.is_empty() => headers.push((name.clone(), rest.to_owned())),
                _ => {}
            }
        }
        rest = shorter.filter(|shorter| !shorter.is_empty()).unwrap_or(rest);
    }
    headers
}

/// Whether receivers find that a delivery is of this event.
pub fn is_identified(provider: &Provider, event: &Event, body: &Value, headers: &[(String, String)]) -> bool {
    let part = |expression: &Expression| match expression {
        Expression::Body(pointer) => text_at(body, &tokens(pointer)),
        Expression::Header(name) => headers.iter().find(|(sent, _)| sent == name).map(|(_, text)| text.clone()),
    };
    let parts: Vec<_> = provider.event_type.iter().filter_map(part).collect();
    let found = parts.join(".");
    match found.as_str() {
        _ if provider.event_type.is_empty() => true,
        "" => event.takes_absent,
        found if event.is_remainder => event.takes_unlisted && is_unlisted(provider, found),
        found => found == event.event_type || event.is_key && names_event(found, event),
    }
}

fn is_unlisted(provider: &Provider, text: &str) -> bool {
    !provider.events.iter().any(|event| event.event_type == text)
}

/// Whether a value in a delivery means an event that goes by its key, which may be spelled otherwise there.
fn names_event(text: &str, event: &Event) -> bool {
    same_words(text, &event.event_type) || event.aliases.iter().any(|alias| alias == text)
}

/// A text without the word at its end, punctuation aside; all of it, if it does not end so.
fn without_end<'t>(text: &'t str, word: &str) -> &'t str {
    let mut starts = text.char_indices().rev().map(|(start, _)| start);
    let start = starts.find(|start| same_words(&text[*start..], word));
    start.map_or(text, |start| text[..start].trim_end_matches(|end: char| !end.is_alphanumeric()))
}

/// Puts a value at such a location, and says whether there was one.
pub(super) fn set(value: &mut Value, tokens: &[String], new: &Value) -> bool {
    match (value, tokens) {
        (value, []) => {
            *value = new.clone();
            true
        }
        (value @ Value::Null, [token, ..]) if token.parse::<usize>().is_err() => {
            *value = Value::Object(Map::new());
            set(value, tokens, new)
        }
        (Value::Object(members), [token, rest @ ..]) => {
            set(members.entry(token.clone()).or_insert(Value::Null), rest, new)
        }
        (Value::Array(items), [token, rest @ ..]) => match token.parse::<usize>() {
            Ok(index) => items.get_mut(index).is_some_and(|item| set(item, rest, new)),
            Err(_) => !items.is_empty() && items.iter_mut().all(|item| set(item, tokens, new)),
        },
        (Value::String(held), _) => {
            let Ok(mut inside) = serde_json::from_str(held) else { return false };
            let is_set = set(&mut inside, tokens, new);
            *held = inside.to_string();
            is_set
        }
        _ => false,
    }
}

/// Takes away what is at such a location.
fn remove(value: &mut Value, tokens: &[String]) {
    match (value, tokens) {
        (Value::Object(members), [last]) => drop(members.shift_remove(last)),
        (Value::Object(members), [token, rest @ ..]) => {
            members.get_mut(token).into_iter().for_each(|value| remove(value, rest))
        }
        (Value::Array(items), [token, rest @ ..]) => match token.parse::<usize>() {
            Ok(index) => items.get_mut(index).into_iter().for_each(|item| remove(item, rest)),
            Err(_) => items.iter_mut().for_each(|item| remove(item, tokens)),
        },
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{set, text_at, tokens, without_end};
    use serde_json::{Value, json};

    #[test]
    fn what_is_put_is_found() {
        for (body, pointer, put) in [
            (json!({"type": "old", "id": 1}), "/type", json!({"type": "new", "id": 1})),
            (json!({"id": 1}), "/meta/type", json!({"id": 1, "meta": {"type": "new"}})),
            (json!([{"type": "old"}]), "/type", json!([{"type": "new"}])),
            (json!([{"type": "old"}, {}]), "/type", json!([{"type": "new"}, {"type": "new"}])),
            (json!({"items": [{}, {"a/b": "old"}]}), "/items/1/a~1b", json!({"items": [{}, {"a/b": "new"}]})),
            (json!({"data": r#"{"type":"old","id":1}"#}), "/data/type", json!({"data": r#"{"type":"new","id":1}"#})),
        ] {
            let mut changed = body.clone();
            assert!(set(&mut changed, &tokens(pointer), &"new".into()), "{body}");
            assert_eq!(changed, put);
            assert_eq!(text_at(&changed, &tokens(pointer)).as_deref(), Some("new"));
        }
    }

    #[test]
    fn some_bodies_have_no_place() {
        for body in [json!(1), json!([]), json!("text"), json!({"type": "text"}), json!({"type": false})] {
            let mut changed: Value = body.clone();
            assert!(!set(&mut changed, &tokens("/type/name"), &"new".into()), "{body}");
        }
    }

    #[test]
    fn words_are_taken_off_the_end() {
        for (text, word, rest) in [
            ("issues-opened", "opened", "issues"),
            ("pull_request.review_requested", "Review-Requested", "pull_request"),
            ("ping", "opened", "ping"),
            ("opened", "opened", ""),
            ("größe", "e", "größ"),
            ("a", "", "a"),
        ] {
            assert_eq!(without_end(text, word), rest, "{text}");
        }
    }
}
