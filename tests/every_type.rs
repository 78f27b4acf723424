//! Every generated type: an arbitrary value that fits its schema is read and comes back equal.

#[path = "support/instance.rs"]
mod instance;

use instance::instance;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::Path;

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
    files.map(|file| (file, whole(file))).collect()
}

fn read(file: &Path) -> Value {
    let text = std::fs::read_to_string(Path::new("specs").join(file)).expect("a type's document can be read");
    serde_yaml::from_str(&text).expect("it was read before")
}

/// A document that holds the parts beside it as well, as `$ref`s within it expect.
fn whole(file: &str) -> Value {
    let mut document = read(Path::new(file));
    let mut parts = BTreeSet::new();
    refer(&mut document, "", &mut parts);
    let folder = Path::new(file).parent().expect("documents are in folders");
    let parts = parts.into_iter().map(|name| {
        let mut part = read(&folder.join(&name));
        refer(&mut part, &name, &mut BTreeSet::new());
        (name, part)
    });
    document["parts"] = parts.collect();
    document
}

/// Makes references of the file `name` lead into `parts`, which notes the files they name.
fn refer(node: &mut Value, name: &str, parts: &mut BTreeSet<String>) {
    if let Some(Value::String(reference)) = node.get_mut("$ref") {
        let (file, pointer) = reference.split_once('#').expect("a reference has a fragment");
        let file = if file.is_empty() { name } else { file }.to_owned();
        if !file.is_empty() {
            *reference = format!("#/parts/{file}{pointer}");
            parts.insert(file);
        }
    }
    let members = node.as_object_mut().into_iter().flat_map(serde_json::Map::values_mut);
    members.for_each(|member| refer(member, name, parts));
    node.as_array_mut().into_iter().flatten().for_each(|item| refer(item, name, parts));
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
