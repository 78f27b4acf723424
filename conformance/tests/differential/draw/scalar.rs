//! Values without parts.

use super::{Draw, Parts};
use serde_json::{Value, json};

/// Texts that are awkward to carry: escapes, characters of two UTF-16 units, nothing at all.
const AWKWARD: [&str; 8] = ["", " ", "a\"b\\c", "line\nline\u{0}", "ünïcödé", "𝄞 🦀", "</script>", "null"];
const INTEGERS: [i64; 12] = [
    0,
    1,
    -1,
    127,
    i32::MAX as i64,
    i32::MIN as i64,
    1 << 32,
    1_700_000_000_000,
    (1 << 53) + 1,
    -(1 << 53) - 1,
    i64::MAX,
    i64::MIN,
];
const NUMBERS: [f64; 10] = [0.0, -0.0, 1.0, 0.1, -2.5, 5000.0, 1e21, 1.5e-9, f64::MAX, 123_456_789.012_345_67];

impl<'d> Draw<'d> {
    pub(super) fn scalar(&mut self, name: &str, parts: &Parts<'d>) -> Value {
        match name {
            "boolean" => self.random.bool().into(),
            "integer" => self.integer(parts),
            "number" if self.percent(50) => self.integer(parts),
            "number" => within(parts, *self.pick(&NUMBERS)).into(),
            "string" => self.string(parts).into(),
            _ => Value::Null,
        }
    }

    fn integer(&mut self, parts: &Parts<'d>) -> Value {
        let any = self.random.i64(-1000..1000);
        let drawn = if self.percent(50) { any } else { *self.pick(&INTEGERS) };
        let factor = parts.first("multipleOf").and_then(Value::as_i64).unwrap_or(1);
        let integer = whole_within(parts, drawn - drawn % factor);
        if self.unusual && self.percent(5) {
            let spelled = [json!(1_u64 << 63), json!((integer % 1_000_000) as f64), json!(1e300)];
            return self.pick(&spelled).clone();
        }
        integer.into()
    }

    fn string(&mut self, parts: &Parts<'d>) -> String {
        // No format refuses a value, so that a part of them does not fit it.
        let text = match parts.first("format").and_then(Value::as_str) {
            Some(format) if self.percent(75) => self.formatted(format),
            _ => self.text(),
        };
        // Only patterns that are plain text are drawn from; others are left to chance.
        let text = parts.first("pattern").and_then(Value::as_str).map_or(text, str::to_owned);
        let least = parts.number("minLength").unwrap_or(0) as usize;
        let most = parts.number("maxLength").map_or(usize::MAX, |most| most as usize);
        let padding = "x".repeat(least.saturating_sub(text.chars().count()));
        text.chars().chain(padding.chars()).take(most).collect()
    }

    pub(super) fn text(&mut self) -> String {
        if self.percent(20) {
            return (*self.pick(&AWKWARD)).to_owned();
        }
        let length = self.random.usize(1..12);
        (0..length).map(|_| self.random.alphanumeric()).collect()
    }

    fn formatted(&mut self, format: &str) -> String {
        let examples: &[&str] = match format {
            "date-time" => &[
                "2024-02-29T12:34:56Z",
                "2024-02-29T12:34:56.123456789+01:00",
                "1969-12-31T23:59:60Z",
                "2024-02-29t12:34:56z",
                "2024-02-29 12:34:56",
                "0000-01-01T00:00:00-23:59",
            ],
            "date" => &["2024-02-29", "0001-01-01"],
            "time" => &["12:34:56Z", "12:34"],
            "uri" | "uri-reference" => &["https://example.com/a%20b?c=d#e", "http://example.com", "urn:a:b", "/x"],
            "uri-template" => &["https://example.com/{owner}{/repo}", "https://example.com"],
            "uuid" => &["6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8"],
            "email" => &["a@example.com", "\"a b\"@example.com"],
            _ => return self.text(),
        };
        (*self.pick(examples)).to_owned()
    }
}

fn whole_within(parts: &Parts<'_>, drawn: i64) -> i64 {
    let (least, most) = (parts.first("minimum"), parts.first("maximum"));
    let least = least.and_then(Value::as_f64).map_or(i64::MIN, |least| least.ceil() as i64);
    let most = most.and_then(Value::as_f64).map_or(i64::MAX, |most| most.floor() as i64);
    drawn.max(least).min(most)
}

fn within(parts: &Parts<'_>, drawn: f64) -> f64 {
    let (least, most) = (parts.first("minimum"), parts.first("maximum"));
    let least = least.and_then(Value::as_f64).unwrap_or(f64::MIN);
    drawn.max(least).min(most.and_then(Value::as_f64).unwrap_or(f64::MAX))
}
