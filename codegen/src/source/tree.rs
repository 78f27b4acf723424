//! One visitor for both syntaxes: events of a parser to a value, noting what no value can hold.

use super::pointer::escape;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// What `<<` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MergeKey {
    /// A key like any other, as in JSON.
    Plain,
    /// The members of the object or objects that follow, as in YAML 1.1.
    Merges,
}

/// What a value counts besides its text, in bytes.
const VALUE: usize = 16;
/// What each byte of a text may come to. Without aliases it is less: the shortest value takes two bytes.
pub(super) const LARGEST_GROWTH: usize = 10;
/// What a small text may come to besides.
const FREE: usize = 1 << 20;

/// What came up while a value was read, and where the reader is.
#[derive(Debug)]
pub(super) struct Notes {
    merge_key: MergeKey,
    path: Vec<String>,
    pub(super) problems: Vec<Problem>,
    /// Whether a key of an object is repeated; only the index of spans knows where.
    pub(super) duplicates: bool,
    /// How much more the values may take.
    left: usize,
    /// Where they took more: at a JSON pointer.
    pub(super) exceeded: Option<String>,
}

/// What no JSON value can hold; null takes its place.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) pointer: String,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Notes {
    /// For a text of so many bytes. What is written once always fits; an alias repeats what it names.
    pub(super) fn new(merge_key: MergeKey, bytes: usize) -> Self {
        let left = bytes.saturating_mul(LARGEST_GROWTH).saturating_add(FREE);
        Self { merge_key, path: Vec::new(), problems: Vec::new(), duplicates: false, left, exceeded: None }
    }

    fn pointer(&self) -> String {
        self.path.iter().map(|key| format!("/{}", escape(key))).collect()
    }

    fn problem(&mut self, message: impl Into<String>, help: &'static str) -> Value {
        self.problems.push(Problem { pointer: self.pointer(), message: message.into(), help });
        Value::Null
    }

    /// Takes note of a value with so many bytes of text.
    fn spend<E: Error>(&mut self, text: usize) -> Result<(), E> {
        match self.left.checked_sub(VALUE + text) {
            Some(left) => self.left = left,
            None => {
                self.exceeded = Some(self.pointer());
                return Err(E::custom("the aliases repeat too much"));
            }
        }
        Ok(())
    }
}

/// Reads one node and all below it.
pub(super) struct Tree<'a>(pub(super) &'a mut Notes);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.spend(0)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has too")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok((value as f64).into())
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok((value as f64).into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(match Number::from_f64(value) {
            Some(number) => Value::Number(number),
            None => {
                self.0.problem("JSON has no number for infinity or \"not a number\"", "write it as text, in quotes")
            }
        })
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.spend(value.len())?;
        Ok(value.into())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, content) = tagged.variant::<String>()?;
        serde::de::VariantAccess::newtype_variant::<serde::de::IgnoredAny>(content)?;
        Ok(self.0.problem(
            format!("the YAML tag `!{tag}` means nothing in OpenAPI"),
            "leave it out; a text that starts with `!` must be quoted",
        ))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            self.0.path.push(list.len().to_string());
            let item = items.next_element_seed(Tree(self.0))?;
            self.0.path.pop();
            match item {
                Some(item) => list.push(item),
                None => return Ok(list.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut merged = Vec::new();
        // A key in the letters it is written in: `200` and `true` are not numbers and booleans here.
        while let Some(key) = members.next_key::<String>()? {
            self.0.spend(key.len())?;
            self.0.path.push(key.clone());
            let value = members.next_value_seed(Tree(self.0))?;
            if key == "<<" && self.0.merge_key == MergeKey::Merges {
                merged.extend(mergeable(value, self.0));
            } else {
                self.0.duplicates |= object.insert(key, value).is_some();
            }
            self.0.path.pop();
        }
        for (key, value) in merged {
            object.entry(key).or_insert(value);
        }
        Ok(object.into())
    }
}

/// The members that `<<` brings in; earlier ones win, as the merge key's definition has it.
fn mergeable(value: Value, notes: &mut Notes) -> Vec<(String, Value)> {
    match value {
        Value::Object(members) => members.into_iter().collect(),
        Value::Array(items) => items.into_iter().flat_map(|item| mergeable(item, notes)).collect(),
        _ => {
            notes.problem("`<<` merges objects, and this is none", "give it an alias of an object, or a list of them");
            Vec::new()
        }
    }
}
