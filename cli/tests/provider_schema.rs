//! `docs/provider.schema.json` completes and checks `provider.yaml` in editors: it says what the generator says.
#![allow(clippy::unwrap_used)]

use jsonschema::Validator;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use webhook_codegen::documents::provider::Settings;
use webhook_codegen::source::{Source, WarningKind};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn schema() -> Validator {
    let text = fs::read_to_string(root().join("docs/provider.schema.json")).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

/// Each `provider.yaml` that is in one of the folders of `home`.
fn providers(home: &str) -> Vec<(PathBuf, Value)> {
    let entries = fs::read_dir(root().join(home)).unwrap().map(|entry| entry.unwrap().path().join("provider.yaml"));
    let read = |path: PathBuf| {
        let value = serde_yaml::from_str(&fs::read_to_string(&path).ok()?).unwrap();
        Some((path, value))
    };
    let found: Vec<_> = entries.filter_map(read).collect();
    assert!(!found.is_empty(), "{home} holds no provider.yaml");
    found
}

fn accepts(value: &Value) -> bool {
    let text = serde_yaml::to_string(value).unwrap();
    Source::parse("provider.yaml", &text).is_ok_and(|source| Settings::read(&source).is_ok())
}

#[test]
fn what_is_used_fits_the_schema() {
    let schema = schema();
    for (path, value) in ["specs", "docs/signatures", "codegen/tests/cases"].into_iter().flat_map(providers) {
        assert!(accepts(&value), "{}", path.display());
        let errors: Vec<_> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    }
}

/// A key more, a key less: the schema accepts what the generator accepts, and no unknown key that it refuses. What keys mean
/// together (a signed time that is nowhere) only the generator knows.
#[test]
fn the_schema_knows_the_keys_of_the_generator() {
    let schema = schema();
    let mut refused = 0;
    for (path, value) in ["specs", "docs/signatures"].into_iter().flat_map(providers) {
        for (is_unknown, changed) in changed(&value) {
            let (fits, accepted) = (schema.is_valid(&changed), accepts(&changed));
            let agrees = if is_unknown { fits == accepted } else { fits || !accepted };
            assert!(agrees, "{}: fits: {fits}, accepted: {accepted}: {changed}", path.display());
            refused += u32::from(!accepted);
        }
    }
    assert!(refused > 200, "{refused}");
}

/// Every kind of warning is in the schema, and no other.
#[test]
fn the_schema_knows_the_kinds_of_warnings() {
    let schema = schema();
    let kinds = WarningKind::names().chain(["unenforced:pattern", "unenforced:", "unenforcd", ""]);
    for kind in kinds {
        for value in [json!({"allow": kind}), json!({"allow": ["unused", kind]})] {
            assert_eq!(schema.is_valid(&value), accepts(&value), "{value}");
        }
    }
}

/// The value with an unknown key in each of its objects in turn, and without each of their keys; whether a key is unknown.
fn changed(value: &Value) -> Vec<(bool, Value)> {
    let children: Vec<(usize, Vec<(bool, Value)>)> = match value {
        Value::Object(members) => members.values().map(changed).enumerate().collect(),
        Value::Array(items) => items.iter().map(changed).enumerate().collect(),
        _ => Vec::new(),
    };
    let below = children.into_iter().flat_map(|(index, all)| all.into_iter().map(move |changed| (index, changed)));
    let within = below.map(|(index, (is_unknown, child))| {
        let mut with = value.clone();
        match &mut with {
            Value::Object(members) => *members.values_mut().nth(index).unwrap() = child,
            Value::Array(items) => items[index] = child,
            _ => unreachable!("it has no children"),
        }
        (is_unknown, with)
    });
    let mut all: Vec<_> = within.collect();
    if let Value::Object(members) = value {
        let mut more = members.clone();
        more.insert("unknown".to_owned(), Value::Null);
        all.push((true, Value::Object(more)));
        all.extend(members.keys().map(|key| {
            let mut less = members.clone();
            less.shift_remove(key);
            (false, Value::Object(less))
        }));
    }
    all
}
