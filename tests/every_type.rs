//! Every generated type: an arbitrary value that fits its schema is read and comes back equal.

#[path = "support/instance.rs"]
mod instance;

use instance::instance;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Debug;

type RoundTrip = fn(&str) -> Result<Value, String>;

/// Type, document, pointer to its schema, and how to round-trip it; written by build.rs.
const TYPES: &[(&str, &str, &str, RoundTrip)] = &include!(concat!(env!("OUT_DIR"), "/types.rs"));

fn round_trip<T: DeserializeOwned + Serialize + PartialEq + Debug>(body: &str) -> Result<Value, String> {
    let value: T = serde_json::from_str(body).map_err(|error| error.to_string())?;
    let written = serde_json::to_string(&value).map_err(|error| error.to_string())?;
    let again: T = serde_json::from_str(&written).map_err(|error| error.to_string())?;
    if again != value {
        return Err(format!("{again:?} is not {value:?}"));
    }
    serde_json::from_str(&written).map_err(|error| error.to_string())
}

fn documents() -> BTreeMap<&'static str, Value> {
    let files = TYPES.iter().map(|(_, file, _, _)| *file);
    files
        .map(|file| {
            let text = std::fs::read_to_string(format!("specs/{file}")).expect("a type's document can be read");
            (file, serde_yaml::from_str(&text).expect("it was read before"))
        })
        .collect()
}

#[test]
fn what_fits_its_schema_comes_back_equal() {
    let documents = documents();
    assert!(TYPES.len() > 100, "the four senders have many types, not {}", TYPES.len());
    for (name, file, pointer, round_trip) in TYPES {
        let mut runner = TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
        let instances = instance(&documents[file], pointer);
        let outcome = runner.run(&instances, |value| {
            let back = round_trip(&value.to_string()).map_err(proptest::test_runner::TestCaseError::fail)?;
            proptest::prop_assert_eq!(back, value);
            Ok(())
        });
        if let Err(failure) = outcome {
            panic!("{name} ({file}#{pointer}): {failure}");
        }
    }
}
