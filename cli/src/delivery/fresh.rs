//! An id of its own for each example: who drops a delivery that came before would drop a second one.

use super::event_type::set;
use super::{BodySource, Delivery, Sender};
use serde_json::Value;
use std::hash::{BuildHasher, RandomState};
use std::time::SystemTime;
use webhook_codegen::documents::provider::{DeliveryId, Expression};
use webhook_codegen::model::value_at;
use webhook_codegen::source::pointer::tokens;

/// So many letters and digits tell ids apart, however many are made.
const ENOUGH: usize = 8;

impl Sender {
    /// Gives a delivery an id of its own, in the body and in headers, where `provider.yaml` says that one is; and
    /// returns it. A body that was given stays as it is, and so does its id.
    pub fn identify(&self, delivery: &mut Delivery) -> String {
        let ids = &self.provider.settings.delivery_id;
        let id = match (in_body(ids, &delivery.body), delivery.source) {
            (Some((_, _, old)), BodySource::Given) => text(&old),
            (Some((mut body, location, old)), _) => {
                let new = like(&old);
                set(&mut body, &location, &new);
                delivery.body = body.to_string().into_bytes();
                text(&new)
            }
            (None, source) => {
                if source != BodySource::Given && ids.contains(&DeliveryId::BodyDigest) {
                    delivery.body.extend(white_space());
                }
                uuid()
            }
        };
        for name in ids.iter().filter_map(header) {
            delivery.headers.retain(|(other, _)| other != name);
            delivery.headers.push((name.to_owned(), id.clone()));
        }
        id
    }
}

fn header(id: &DeliveryId) -> Option<&str> {
    match id {
        DeliveryId::At(Expression::Header(name)) => Some(name),
        _ => None,
    }
}

/// The body as a value, the first location in it that has an id, and the id.
fn in_body(ids: &[DeliveryId], body: &[u8]) -> Option<(Value, Vec<String>, Value)> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let locations = ids.iter().filter_map(|id| match id {
        DeliveryId::At(Expression::Body(pointer)) => Some(tokens(pointer)),
        _ => None,
    });
    let mut found = locations.filter_map(|location| {
        let id =
            value_at(&body, &location).filter(|id| id.is_number() || id.as_str().is_some_and(|id| !id.is_empty()))?;
        Some((location, id))
    });
    let (location, id) = found.next()?;
    Some((body, location, id))
}

fn text(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// Another id of the same form: a number for a number; with the same beginning up to a `_`, and with digits, small and
/// capital letters where the old one has them.
fn like(old: &Value) -> Value {
    let old_text = text(old);
    let (start, rest) = old_text.split_at(old_text.rfind('_').map_or(0, |end| end + 1));
    let is_short = rest.chars().filter(char::is_ascii_alphanumeric).count() < ENOUGH;
    match old {
        Value::Number(_) => (random() >> 33).into(),
        _ if is_short => format!("{start}{}", uuid()).into(),
        _ => {
            let is_hex = rest.contains(['a', 'b', 'c', 'd', 'e', 'f'])
                && rest.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f' | '-'));
            format!("{start}{}", rest.chars().map(|c| another(c, is_hex)).collect::<String>()).into()
        }
    }
}

fn another(character: char, is_hex: bool) -> char {
    let choices: &[u8] = match character {
        '0'..='9' | 'a'..='f' if is_hex => b"0123456789abcdef",
        '0'..='9' => b"0123456789",
        'a'..='z' => b"abcdefghijklmnopqrstuvwxyz",
        'A'..='Z' => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        _ => return character,
    };
    let index = random() % choices.len() as u64;
    usize::try_from(index).map_or(character, |index| choices[index].into())
}

/// What changes a digest of JSON, and nothing else.
fn white_space() -> impl Iterator<Item = u8> {
    let random = random();
    (0..32).map(move |index| b" \t\n\r"[usize::from((random >> (2 * index)) as u8 & 3)])
}

/// A random UUID (RFC 9562, section 5.4).
fn uuid() -> String {
    let bits = u128::from(random()) << 64 | u128::from(random());
    let bits = bits & !(0xf000 << 64) & !(0xc000 << 48) | 0x4000 << 64 | 0x8000 << 48;
    let hex = format!("{bits:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// It tells deliveries apart and keeps nothing secret, so the seeds of hash maps are random enough.
fn random() -> u64 {
    RandomState::new().hash_one(SystemTime::now())
}

#[cfg(test)]
mod tests {
    use super::like;
    use serde_json::{Value, json};

    #[test]
    fn another_id_has_the_same_form() {
        for old in ["4b5ce038-50f2-4796-bdb2-f96908cf31c2", "call_b7Tq2LmXw9Rz", "evt_01JWASC9T3Y5Q8V7KZ2M4N6P0R"] {
            let new = like(&old.into());
            let new = new.as_str().expect("a string");
            let kind = |c: char| (c.is_ascii_alphanumeric(), c.is_ascii_uppercase());
            let is_hex = old.contains('-');
            assert_eq!(new.len(), old.len(), "{new}");
            assert!(old.chars().zip(new.chars()).all(|(old, new)| kind(old) == kind(new)), "{new} for {old}");
            assert!(!is_hex || new.chars().all(|c| c.is_ascii_hexdigit() || c == '-'), "{new}");
            let prefix = &old[..old.find('_').map_or(0, |end| end + 1)];
            assert!(new.starts_with(prefix) && new != old, "{new} for {old}");
        }
        assert!(like(&json!(5)).is_u64());
        assert!(matches!(like(&json!("evt_5")), Value::String(new) if new.starts_with("evt_") && new.len() > 20));
    }
}
