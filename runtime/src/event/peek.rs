//! Looking one value up in a body without reading the rest of it.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The string, number or boolean that the pointer leads to, as text.
///
/// Stops as soon as it is found: where the event type stands before the data, the data is not
/// touched.
pub(super) fn peek<'b>(body: &'b str, tokens: &[&str]) -> Option<Cow<'b, str>> {
    let mut found = None;
    let mut deserializer = serde_json::Deserializer::from_str(body);
    // Leaving an object half-way is an error to serde_json; what was found by then stands in `found`.
    let _ = Peek { tokens, found: &mut found }.deserialize(&mut deserializer);
    found
}

struct Peek<'p, 'b> {
    tokens: &'p [&'p str],
    found: &'p mut Option<Cow<'b, str>>,
}

impl<'b> DeserializeSeed<'b> for Peek<'_, 'b> {
    type Value = ();

    fn deserialize<D: Deserializer<'b>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'b> Peek<'_, 'b> {
    /// A string may hold the JSON in which the rest of the pointer leads on.
    fn text(self, text: Cow<'b, str>) {
        match self.tokens {
            [] => *self.found = Some(text),
            tokens => *self.found = peek(&text, tokens).map(|inner| Cow::Owned(inner.into_owned())),
        }
    }

    fn plain(self, value: impl ToString) {
        if self.tokens.is_empty() {
            *self.found = Some(Cow::Owned(value.to_string()));
        }
    }
}

impl<'b> Visitor<'b> for Peek<'_, 'b> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut members: A) -> Result<(), A::Error> {
        let Some((wanted, tokens)) = self.tokens.split_first() else {
            return Ok(());
        };
        while let Some(is_wanted) = members.next_key_seed(KeyIs(wanted))? {
            if is_wanted {
                return members.next_value_seed(Peek { tokens, found: self.found });
            }
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'b>>(self, mut items: A) -> Result<(), A::Error> {
        let (skipped, tokens) = match self.tokens {
            [] => return Ok(()),
            [first, rest @ ..] => first.parse::<usize>().map_or((0, self.tokens), |index| (index, rest)),
        };
        for _ in 0..skipped {
            if items.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
        }
        items.next_element_seed(Peek { tokens, found: self.found }).map(|_| ())
    }

    fn visit_borrowed_str<E: Error>(self, text: &'b str) -> Result<(), E> {
        self.text(Cow::Borrowed(text));
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.text(Cow::Owned(text.to_owned()));
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.plain(value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.plain(value);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.plain(value);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.plain(value);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Whether a key is the wanted one.
struct KeyIs<'p>(&'p str);

impl<'de> DeserializeSeed<'de> for KeyIs<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyIs<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        Ok(key == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::peek;

    #[test]
    fn finds_what_the_pointer_names() {
        for (body, tokens, found) in [
            (r#"{"type":"a"}"#, &["type"][..], Some("a")),
            (r#"{"data":{"x":[1,{}]},"type":"late"}"#, &["type"], Some("late")),
            (r#"{"ty\u0070e":"escaped\n"}"#, &["type"], Some("escaped\n")),
            (r#"{"data":"{\"eventType\":\"in text\"}"}"#, &["data", "eventType"], Some("in text")),
            (r#"{"data":{"eventType":"inline"}}"#, &["data", "eventType"], Some("inline")),
            (r#"[{"hookType":"in an array of one"}]"#, &["hookType"], Some("in an array of one")),
            (r#"{"items":[{"a":1},{"code":"x"}]}"#, &["items", "1", "code"], Some("x")),
            (r#"{"version":2}"#, &["version"], Some("2")),
            (r#"{"type":null}"#, &["type"], None),
            (r#"{"type":{}}"#, &["type"], None),
            (r#"{"other":"a"}"#, &["type"], None),
            (r#"{"data":"no JSON"}"#, &["data", "type"], None),
            ("[]", &["type"], None),
            ("5", &["type"], None),
            ("{", &["type"], None),
            (r#"{"data":5}"#, &["data", "type"], None),
            (r#"{"data":"\"\\\"5\\\"\""}"#, &["data", "type"], None),
        ] {
            assert_eq!(peek(body, tokens).as_deref(), found, "{tokens:?} in {body}");
        }
    }
}
