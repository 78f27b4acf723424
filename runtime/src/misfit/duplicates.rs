//! Finding keys that stand in one object twice, which a [`Value`](crate::Value) cannot show.

use super::{Problem, join};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// The places of a body that have the same key as one before them.
pub(crate) fn duplicates(body: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let seed = Duplicates { pointer: String::new(), found: &mut found };
    // The caller has read the body as JSON already: this cannot fail before its end.
    let _ = seed.deserialize(&mut serde_json::Deserializer::from_str(body));
    found
}

struct Duplicates<'f> {
    pointer: String,
    found: &'f mut Vec<Problem>,
}

impl<'de> DeserializeSeed<'de> for Duplicates<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Duplicates<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = members.next_key::<String>()? {
            let pointer = join(&self.pointer, &key);
            if !seen.insert(key) {
                self.found.push(Problem {
                    pointer: pointer.clone(),
                    expected: "each key once".to_owned(),
                    found: "the same key again".to_owned(),
                });
            }
            members.next_value_seed(Duplicates { pointer, found: self.found })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0;
        while items
            .next_element_seed(Duplicates { pointer: format!("{}/{index}", self.pointer), found: self.found })?
            .is_some()
        {
            index += 1;
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
