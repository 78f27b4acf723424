//! Looking one value up in a body without reading the rest of it.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The string, number or boolean that a JSON pointer leads to, as text. The pointer goes on into JSON held in strings,
/// and through an array without naming an index, where all items have the same value.
///
/// What comes after the value is not looked at. Of a body that is not JSON, anything or nothing may be found: parsing
/// refuses it either way.
pub(crate) fn peek<'b>(body: &'b str, tokens: &[&str]) -> Option<Cow<'b, str>> {
    let mut found = None;
    // The value is found before the error that ends the search early.
    let _ =
        Peek { tokens, is_item: false, found: &mut found }.deserialize(&mut serde_json::Deserializer::from_str(body));
    found
}

struct Peek<'t, 'f, 'b> {
    /// The way that is left.
    tokens: &'t [&'t str],
    /// Whether other items come after it, so that the search may not end early.
    is_item: bool,
    found: &'f mut Option<Cow<'b, str>>,
}

impl<'b> DeserializeSeed<'b> for Peek<'_, '_, 'b> {
    type Value = ();

    fn deserialize<D: Deserializer<'b>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'b> Peek<'_, '_, 'b> {
    /// What all items have; of several, none may speak for the others.
    fn all<A: SeqAccess<'b>>(self, mut items: A) -> Result<(), A::Error> {
        items.next_element_seed(Peek { tokens: self.tokens, is_item: true, found: self.found })?;
        let mut other = None;
        while items.next_element_seed(Peek { tokens: self.tokens, is_item: true, found: &mut other })?.is_some() {
            if other.take() != *self.found {
                *self.found = None;
            }
        }
        Ok(())
    }

    fn scalar<E>(self, text: impl FnOnce() -> Cow<'b, str>) -> Result<(), E> {
        if self.tokens.is_empty() {
            *self.found = Some(text());
        }
        Ok(())
    }
}

impl<'b> Visitor<'b> for Peek<'_, '_, 'b> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut members: A) -> Result<(), A::Error> {
        let Some((token, tokens)) = self.tokens.split_first() else { return Ok(()) };
        while let Some(is_wanted) = members.next_key_seed(IsKey(token))? {
            if is_wanted {
                members.next_value_seed(Peek { tokens, is_item: self.is_item, found: self.found })?;
                while self.is_item && members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                return Ok(());
            }
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'b>>(self, mut items: A) -> Result<(), A::Error> {
        let Some((token, tokens)) = self.tokens.split_first() else { return Ok(()) };
        let Ok(index) = token.parse::<usize>() else {
            return self.all(items);
        };
        for _ in 0..index {
            items.next_element::<IgnoredAny>()?;
        }
        items.next_element_seed(Peek { tokens, is_item: self.is_item, found: self.found })?;
        while self.is_item && items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_borrowed_str<E: Error>(self, text: &'b str) -> Result<(), E> {
        match self.tokens {
            [] => *self.found = Some(Cow::Borrowed(text)),
            tokens => *self.found = peek(text, tokens),
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let found = match self.tokens {
            [] => Some(Cow::Borrowed(text)),
            tokens => peek(text, tokens),
        };
        *self.found = found.map(|found| Cow::Owned(found.into_owned()));
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(|| Cow::Borrowed(if value { "true" } else { "false" }))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(|| Cow::Owned(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(|| Cow::Owned(value.to_string()))
    }

    /// However a fraction is written, it is the same number.
    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(|| Cow::Owned(value.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Whether a key is this one.
struct IsKey<'k>(&'k str);

impl<'b> DeserializeSeed<'b> for IsKey<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'b>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for IsKey<'_> {
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
            (r#"[{"hookType":"in all"},{"hookType":"in all"}]"#, &["hookType"], Some("in all")),
            (r#"[{"hookType":"one of several"},{"hookType":"another"}]"#, &["hookType"], None),
            (r#"[{"hookType":"one of several","id":1},{"hookType":"another"}]"#, &["hookType"], None),
            (r#"[{"hookType":"in all","id":1},{"id":2,"hookType":"in all"}]"#, &["hookType"], Some("in all")),
            (r#"[{"a":[{"b":"x"},{}],"id":1},{"a":[{"b":"y"}]}]"#, &["a", "0", "b"], None),
            (r#"[{"hookType":"one of several"},{}]"#, &["hookType"], None),
            (r#"[{},{"hookType":"one of several"}]"#, &["hookType"], None),
            (r#"{"items":[{"a":1},{"code":"x"}]}"#, &["items", "1", "code"], Some("x")),
            (r#"{"a":[[]," \"]}{\\",-1.5e3,{"type":0}],"type":"skipped to"}"#, &["type"], Some("skipped to")),
            ("\n{\t\"a\" : {} ,\r\n \"type\" : \"between white space\" }", &["type"], Some("between white space")),
            (r#"{"data":"{\"type\":\"\u00e4 by number\"}"}"#, &["data", "type"], Some("\u{e4} by number")),
            (r#"{"a":"\ud800","type":"after a lone surrogate"}"#, &["type"], Some("after a lone surrogate")),
            (r#"{"a":1e999,"type":"after a number out of range"}"#, &["type"], Some("after a number out of range")),
            (r#"{"version":2}"#, &["version"], Some("2")),
            (r#"{"version":2.0}"#, &["version"], Some("2")),
            (r#"{"live":true}"#, &["live"], Some("true")),
            (r#"{"type":null}"#, &["type"], None),
            (r#"{"type":{}}"#, &["type"], None),
            (r#"{"other":"a"}"#, &["type"], None),
            (r#"{"data":"not JSON"}"#, &["data", "type"], None),
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
