//! Examples without what says who they are about.

use super::draft::keys::Keys;
use super::draft::vocabulary;
use super::events::is_id;
use super::evidence::{Format, Graph, NodeId};
use serde_json::{Number, Value};
use webhook_codegen::words::words;

/// The example with other values in it, of the same types and forms: what stays is what the provider chose itself, such
/// as the words of a list, and what `kept` lists.
pub fn anonymized(keys: &Keys<'_>, node: NodeId, example: &Value, kept: &[Option<String>]) -> Value {
    let kept = kept.iter().flatten().map(String::as_str).collect();
    Anonymizer { graph: keys.graph, keys, kept }.value(Some(node), "", example)
}

struct Anonymizer<'g> {
    graph: &'g Graph,
    keys: &'g Keys<'g>,
    kept: Vec<&'g str>,
}

impl Anonymizer<'_> {
    fn value(&self, node: Option<NodeId>, key: &str, value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let objects = node.map(|node| self.graph.objects_at(node)).unwrap_or_default();
                let objects = objects.into_iter().map(|object| self.graph.get_object(object));
                let vocabulary: Vec<_> =
                    objects.filter_map(|object| vocabulary::of_siblings(self.graph, object)).flatten().collect();
                let member = |(name, value): (&String, &Value)| {
                    let below = node.and_then(|node| self.below(node, name));
                    let is_of_list = value.as_str().is_some_and(|text| vocabulary.contains(&text));
                    let value = if is_of_list { value.clone() } else { self.value(below, name, value) };
                    (self.key(node, name), value)
                };
                members.iter().map(member).collect()
            }
            Value::Array(items) => {
                let below = node.and_then(|node| self.graph.get(node).items);
                items.iter().map(|item| self.value(below, key, item)).collect()
            }
            Value::String(text) => self.text(node, key, text).into(),
            Value::Number(number) => Value::Number(self.number(key, number)),
            other => other.clone(),
        }
    }

    /// The node under a key.
    fn below(&self, node: NodeId, key: &str) -> Option<NodeId> {
        self.graph.objects_at(node).into_iter().find_map(|object| {
            let object = self.graph.get_object(object);
            object.map.as_ref().map(|map| map.values).or_else(|| Some(object.fields.get(key)?.node))
        })
    }

    /// A key that is data says as much as a value does.
    fn key(&self, node: Option<NodeId>, key: &str) -> String {
        let objects = node.map(|node| self.graph.objects_at(node)).unwrap_or_default();
        let is_map = objects.into_iter().any(|object| self.graph.get_object(object).map.is_some());
        if is_map && (is_id(key) || Format::Email.fits(key)) { masked(key) } else { key.to_owned() }
    }

    fn text(&self, node: Option<NodeId>, key: &str, text: &str) -> String {
        let held = node.and_then(|node| self.graph.get(node).text);
        if let (Some(held), Ok(value)) = (held, serde_json::from_str::<Value>(text)) {
            return self.value(Some(held), key, &value).to_string();
        }
        let is_kept = self.kept.contains(&text)
            || text.is_empty()
            || is_kind(key, text)
            || node.is_some_and(|node| vocabulary::values(self.keys, self.graph.get(node), key).is_some());
        if is_kept { text.to_owned() } else { replaced(key, text) }
    }

    /// Numbers of several digits are ids and amounts.
    fn number(&self, key: &str, number: &Number) -> Number {
        let is_flag = number.as_i64().is_some_and(|number| (-1000..1000).contains(&number));
        if is_flag && !names(key, &PERSONAL) { number.clone() } else { masked_number(number) }
    }
}

/// Words of keys whose values are about people.
const PERSONAL: [&str; 12] =
    ["phone", "mobile", "fax", "ssn", "latitude", "longitude", "lat", "lng", "lon", "zip", "postal", "birthday"];

fn names(key: &str, list: &[&str]) -> bool {
    words(key).iter().any(|word| list.contains(&word.as_str()))
}

/// Whether a text says what kind of thing something is, and nothing of whose.
fn is_kind(key: &str, text: &str) -> bool {
    let words = words(key);
    let is_kind =
        matches!(words.last().map(String::as_str), Some("type" | "kind" | "object" | "status" | "state" | "currency"));
    is_kind && text.len() <= 40 && !is_id(text) && !text.contains(char::is_whitespace)
}

/// Another text of the same form.
fn replaced(key: &str, text: &str) -> String {
    if Format::Email.fits(text) {
        return "someone@example.com".to_owned();
    }
    if Format::UriTemplate.fits(text) {
        return url(text);
    }
    if Format::DateTime.fits(text) || Format::Date.fits(text) {
        return date(text);
    }
    if Format::Uuid.fits(text) {
        return masked(text);
    }
    if is_phone(text) {
        return "+15550100".to_owned();
    }
    let has_digits = text.bytes().any(|byte| byte.is_ascii_digit());
    if is_id(text) || (has_digits && !text.contains(char::is_whitespace)) || text.len() > 20 && !text.contains(' ') {
        return masked(text);
    }
    // What it is there for says as much as an example has to.
    words(key).join(" ")
}

/// Letters are `x` and digits `0`, but for a prefix that says what kind of id it is, such as `evt_`.
fn masked(text: &str) -> String {
    let is_prefix = |prefix: &str| prefix.len() <= 6 && prefix.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (prefix, rest) = match text.split_once('_') {
        Some((prefix, _)) if is_prefix(prefix) => text.split_at(prefix.len() + 1),
        _ => ("", text),
    };
    let is_hex = rest.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let mask = |c: char| match c {
        c if c.is_ascii_digit() => '0',
        c if c.is_alphabetic() && is_hex => 'a',
        c if c.is_alphabetic() => 'x',
        c => c,
    };
    format!("{prefix}{}", rest.chars().map(mask).collect::<String>())
}

/// A day that nothing happened on, written as the other one.
fn date(text: &str) -> String {
    let mut digits = "20260101120000".chars();
    let digit = |c: char| if c.is_ascii_digit() { digits.next().unwrap_or('0') } else { c };
    text.chars().map(digit).collect()
}

fn url(text: &str) -> String {
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let steps = path.split(['/', '?', '#']).filter(|step| !step.is_empty()).count().min(2);
    format!("{scheme}://example.com{}", ["", "/a", "/a/b"][steps])
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7
        && text.chars().all(|c| c.is_ascii_digit() || " +-()./x".contains(c))
        && text.contains(['+', ' ', '-', '('])
}

/// As many digits, in the order of counting.
fn masked_number(number: &Number) -> Number {
    let mut digits = "1234567890".chars().cycle();
    let text = number.to_string();
    let mantissa = text.split(['e', 'E']).next().unwrap_or(&text);
    let digit = |c: char| if c.is_ascii_digit() { digits.next().unwrap_or('1') } else { c };
    let masked: String = mantissa.chars().map(digit).collect();
    serde_json::from_str(&masked).unwrap_or_else(|_| number.clone())
}
