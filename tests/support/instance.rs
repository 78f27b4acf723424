//! Arbitrary JSON that fits a schema (JSON Schema 2020-12, as far as specs/ use it).

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Number, Value, json};

/// Below this depth optional keys, items and branches that refer on are left out.
const DEEPEST: usize = 6;

/// Instances of the schema at `pointer`.
pub fn instance(document: &Value, pointer: &str) -> BoxedStrategy<Value> {
    let schema = document.pointer(pointer).unwrap_or_else(|| panic!("no schema at {pointer}"));
    of(document, schema, 0)
}

fn of(document: &Value, schema: &Value, depth: usize) -> BoxedStrategy<Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#')).expect("specs refer within the document");
        return of(document, target, depth + 1);
    }
    if let Some(values) = schema["enum"].as_array() {
        return select(values.clone()).boxed();
    }
    if let Some(branches) = schema["oneOf"].as_array() {
        let branches: Vec<_> = branches.iter().map(|branch| of(document, branch, depth)).collect();
        return proptest::strategy::Union::new(branches).boxed();
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return anything(),
    };
    let types = types.into_iter().map(|name| typed(document, schema, name, depth));
    proptest::strategy::Union::new(types).boxed()
}

fn typed(document: &Value, schema: &Value, name: &str, depth: usize) -> BoxedStrategy<Value> {
    match name {
        "null" => Just(Value::Null).boxed(),
        "boolean" => any::<bool>().prop_map(Value::Bool).boxed(),
        "integer" => integer(),
        "number" => number(),
        "string" => text(document, schema, depth),
        "array" => {
            let most = schema["maxItems"].as_u64().map_or(3, |most| most as usize);
            let least = schema["minItems"].as_u64().map_or(0, |least| least as usize);
            let most = if depth > DEEPEST { least } else { most };
            prop::collection::vec(of(document, &schema["items"], depth + 1), least..=most)
                .prop_map(Value::Array)
                .boxed()
        }
        "object" => object(document, schema, depth),
        other => panic!("no type: {other}"),
    }
}

/// With any spelling: `7.0` is one, too.
fn integer() -> BoxedStrategy<Value> {
    let float = any::<i32>().prop_map(|whole| Value::from(f64::from(whole)));
    prop_oneof![4 => any::<i64>().prop_map(Value::from), 1 => any::<u64>().prop_map(Value::from), 1 => float].boxed()
}

fn number() -> BoxedStrategy<Value> {
    let float =
        any::<f64>().prop_filter_map("JSON has no infinities", |value| Number::from_f64(value).map(Value::Number));
    prop_oneof![any::<i64>().prop_map(Value::from), any::<u64>().prop_map(Value::from), float].boxed()
}

fn text(document: &Value, schema: &Value, depth: usize) -> BoxedStrategy<Value> {
    if let Some(content) = schema.get("contentSchema") {
        // Written with spaces: the text must come back letter for letter, not only its value.
        return of(document, content, depth + 1).prop_map(|value| Value::String(format!(" {value:#}"))).boxed();
    }
    any::<String>().prop_map(Value::String).boxed()
}

fn object(document: &Value, schema: &Value, depth: usize) -> BoxedStrategy<Value> {
    let required: Vec<_> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let members: Vec<_> = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| depth <= DEEPEST || required.contains(&key.as_str()))
        .map(|(key, schema)| {
            let value = of(document, schema, depth + 1);
            let value = if required.contains(&key.as_str()) {
                value.prop_map(Some).boxed()
            } else {
                prop::option::weighted(0.4, value).boxed()
            };
            (Just(key.clone()), value)
        })
        .collect();
    (undeclared(document, schema, depth), members)
        .prop_map(|(mut object, members)| {
            let present = members.into_iter().filter_map(|(key, value)| Some((key, value?)));
            object.extend(present);
            Value::Object(object)
        })
        .boxed()
}

/// Keys that `properties` does not name.
fn undeclared(document: &Value, schema: &Value, depth: usize) -> BoxedStrategy<Map<String, Value>> {
    let value = match &schema["additionalProperties"] {
        additional @ Value::Object(_) if depth <= DEEPEST => of(document, additional, depth + 1),
        Value::Object(_) => return Just(Map::new()).boxed(),
        _ => anything(),
    };
    let any_key = prop::collection::vec((any::<String>(), value), 0..3).boxed();
    let patterns = schema["patternProperties"].as_object().into_iter().flatten();
    patterns
        .map(|(pattern, schema)| {
            let key = prop::string::string_regex(pattern.trim_matches(['^', '$'])).expect("a pattern of specs/");
            prop::collection::vec((key, of(document, schema, depth + 1)), 0..2).boxed()
        })
        .fold(any_key, |all, some| {
            (all, some)
                .prop_map(|(mut all, some)| {
                    all.extend(some);
                    all
                })
                .boxed()
        })
        .prop_map(|members| members.into_iter().collect())
        .boxed()
}

fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        any::<String>().prop_map(Value::from),
        Just(json!({})),
        Just(json!([])),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}
