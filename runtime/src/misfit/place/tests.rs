use super::search;
use crate::{JsonText, OneOrMany, de};
use serde::de::{Deserialize, Deserializer, MapAccess};
use std::collections::BTreeMap;

struct Pair;

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::object(deserializer)
    }
}

impl<'de> de::Object<'de> for Pair {
    const REQUIRED: &'static [&'static str] = &["a", "b"];

    fn read<A: MapAccess<'de>>(mut members: de::Members<A>) -> Result<Self, A::Error> {
        let (mut a, mut b) = (None::<bool>, None::<bool>);
        while let Some(key) = members.next_key()? {
            match &*key {
                "a" => members.value(&mut a),
                "b" => members.value(&mut b),
                _ => members.keep(key, &mut crate::Map::new()),
            }?;
        }
        let Some(_) = a else { return Err(de::missing("a")) };
        let Some(_) = b else { return Err(de::missing("b")) };
        Ok(Self)
    }
}

/// All of this is wrong in whichever form a pair comes.
#[test]
fn places_in_text_and_in_arrays_are_as_complete_as_elsewhere() {
    type Body = BTreeMap<String, OneOrMany<JsonText<Pair>>>;
    for (body, pointers) in [
        (r#"{"x":{}}"#, &["/x/a", "/x/b"][..]),
        (r#"{"x":"{\"a\":1}"}"#, &["/x/b", "/x/a"]),
        (r#"{"x":{"b":null},"y":"{}"}"#, &["/x/a", "/x/b", "/y/a", "/y/b"]),
        (r#"{"x":["{}",{"a":true}]}"#, &["/x/0/a", "/x/0/b", "/x/1/b"]),
        (r#"{"x":5,"y":["{",null]}"#, &["/x", "/y/0", "/y/1"]),
        (r#"{"x":"{\"a\":true,\"b\":true,\"a\":true}"}"#, &["/x/a"]),
        (r#"{"x":"{\"c/d\":{\"e\":1,\"e\":1},\"a\":true}"}"#, &["/x/c~1d/e", "/x/b"]),
    ] {
        let problems = search::<Body>(&serde_json::from_str(body).unwrap()).problems;
        let found: Vec<_> = problems.iter().map(|problem| &*problem.pointer).collect();
        assert_eq!(found, pointers, "{body}");
    }
}
