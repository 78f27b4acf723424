//! Finding every place of a body that does not fit a type.
//!
//! The type is read from the body's [`Value`] by a deserializer that knows where it is. Each
//! failure is noted, the place is left out, and the type is read again, until nothing fails.

use super::{Problem, duplicates, join};
use crate::{Value, de::IMPLIED, json_text, one_or_many};
use failure::{Failure, Reason};
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::collections::BTreeSet;

mod failure;
#[cfg(test)]
mod tests;

/// Past so many a list helps nobody, and each costs a pass.
const MOST_PROBLEMS: usize = 100;

/// What is in the way of reading `body` as a `T`.
pub(crate) fn search<T: DeserializeOwned>(body: &Value) -> Search {
    let mut search = Search::default();
    while search.problems.len() + search.untyped < MOST_PROBLEMS {
        let place = Place { value: body, pointer: String::new(), search: &search };
        match T::deserialize(place) {
            Ok(_) => break,
            Err(failure) => {
                if !search.note(failure) {
                    break;
                }
            }
        }
    }
    search
}

/// What is in the way of reading a body as a type.
#[derive(Default)]
pub(crate) struct Search {
    /// The places that do not fit.
    pub(crate) problems: Vec<Problem>,
    /// How many places fit their schema, which has no `type`, and not the type that was made of it.
    pub(crate) untyped: usize,
    /// Places to leave out: what is wrong there is noted.
    left_out: BTreeSet<String>,
    /// Objects whose missing keys are noted.
    incomplete: BTreeSet<String>,
    /// Strings with JSON whose keys that stand there twice are noted.
    twice: BTreeSet<String>,
}

impl Search {
    /// Takes a failure in; false where there is nothing left to look at.
    fn note(&mut self, failure: Failure) -> bool {
        let pointer = failure.pointer.unwrap_or_default();
        match failure.reason {
            Reason::Missing(keys) => {
                self.problems.extend(keys.into_iter().map(|key| Problem {
                    pointer: join(&pointer, key),
                    expected: "a value".to_owned(),
                    found: "nothing".to_owned(),
                }));
                return self.incomplete.insert(pointer);
            }
            Reason::Twice(problems) => {
                self.problems.extend(
                    problems
                        .into_iter()
                        .map(|problem| Problem { pointer: pointer.clone() + &problem.pointer, ..problem }),
                );
                return self.twice.insert(pointer);
            }
            // The object lacks a key because it was left out or noted as missing before.
            Reason::Field(_) if self.incomplete.contains(&pointer) || self.left_out_below(&pointer) => {}
            Reason::Field(key) => self.problems.push(Problem {
                pointer: join(&pointer, key),
                expected: "a value".to_owned(),
                found: "nothing".to_owned(),
            }),
            Reason::Untyped => self.untyped += 1,
            Reason::Other { expected, found } => {
                self.problems.push(Problem { pointer: pointer.clone(), expected, found });
            }
        }
        !pointer.is_empty() && self.left_out.insert(pointer)
    }

    fn left_out_below(&self, pointer: &str) -> bool {
        let below = format!("{pointer}/");
        self.left_out.range(below.clone()..).next().is_some_and(|place| place.starts_with(&below))
    }
}

/// A value, with the place it stands at.
#[derive(Clone)]
struct Place<'v> {
    value: &'v Value,
    pointer: String,
    search: &'v Search,
}

impl<'v> Place<'v> {
    fn at(&self, value: &'v Value, pointer: String) -> Option<Self> {
        let left_out = self.search.left_out.contains(&pointer);
        (!left_out).then_some(Self { value, pointer, search: self.search })
    }

    fn missing(&self, required: &'static [&'static str]) -> Vec<&'static str> {
        let Value::Object(members) = self.value else {
            return Vec::new();
        };
        required.iter().copied().filter(|key| !members.contains_key(*key)).collect()
    }

    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), _, _) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (_, _, value) => visitor.visit_f64(value.unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(items) => {
                let places = items.iter().enumerate();
                visitor.visit_seq(SeqDeserializer::new(
                    places.filter_map(|(index, item)| self.at(item, format!("{}/{index}", self.pointer))),
                ))
            }
            Value::Object(members) => visitor.visit_map(MapDeserializer::new(
                members
                    .iter()
                    .filter_map(|(key, value)| Some((key.as_str(), self.at(value, join(&self.pointer, key))?))),
            )),
        }
    }

    /// Goes on inside a string, as if what it holds stood there itself.
    fn visit_text<'de, V: Visitor<'de>>(self, text: &str, visitor: V) -> Result<V::Value, Failure> {
        let value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => return Self::placed(self.pointer, Err(de::Error::custom(error))),
        };
        // The value has lost them.
        let twice = duplicates(text);
        if twice.is_empty() || self.search.twice.contains(&self.pointer) {
            return visitor.visit_some(Place { value: &value, ..self });
        }
        Err(Failure { pointer: Some(self.pointer), reason: Reason::Twice(twice) })
    }

    /// A failure that has no place yet happened here.
    fn placed<T>(pointer: String, result: Result<T, Failure>) -> Result<T, Failure> {
        result.map_err(|failure| Failure { pointer: failure.pointer.or(Some(pointer)), ..failure })
    }
}

impl<'de> Deserializer<'de> for Place<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        Self::placed(self.pointer.clone(), self.visit(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        required: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if name == IMPLIED && !self.value.is_object() {
            return Err(Failure { pointer: Some(self.pointer), reason: Reason::Untyped });
        }
        let missing = self.missing(required);
        if missing.is_empty() || self.search.incomplete.contains(&self.pointer) {
            return self.deserialize_any(visitor);
        }
        Err(Failure { pointer: Some(self.pointer), reason: Reason::Missing(missing) })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        match (name, self.value) {
            (json_text::NAME, Value::String(text)) => self.visit_text(text, visitor),
            (json_text::NAME, Value::Object(_) | Value::Array(_)) => visitor.visit_some(self),
            (one_or_many::NAME, Value::Array(_)) => visitor.visit_newtype_struct(self),
            (one_or_many::NAME, _) => visitor.visit_some(self),
            (IMPLIED, _) => {
                let pointer = self.pointer.clone();
                visitor.visit_newtype_struct(self).map_err(|failure| failure.untyped(&pointer))
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Failure> for Place<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
