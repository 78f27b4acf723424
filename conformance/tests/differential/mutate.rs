//! Instances with one thing changed.

use fastrand::Rng;
use serde_json::{Value, json};

/// The instance without a key, with a value of another type, or with another value, anywhere in it.
pub fn mutant(instance: &Value, random: &mut Rng) -> Value {
    let mut mutant = instance.clone();
    let count = count(&mutant);
    let mut at = random.usize(0..count);
    change(node(&mut mutant, &mut at).expect("it is one of those counted"), random);
    mutant
}

/// The values in a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// The value at a place, counted from the beginning.
fn node<'v>(value: &'v mut Value, at: &mut usize) -> Option<&'v mut Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| node(item, at)),
        Value::Object(members) => members.values_mut().find_map(|member| node(member, at)),
        _ => None,
    }
}

fn change(value: &mut Value, random: &mut Rng) {
    match value {
        Value::Object(members) if !members.is_empty() && random.u8(0..10) < 7 => {
            let key = random.choice(members.keys()).expect("it is not empty").clone();
            members.shift_remove(&key);
        }
        Value::Array(items) if random.u8(0..10) < 3 => items.push(json!({"unexpected": true})),
        Value::String(text) if random.bool() => text.push_str(" of tomorrow"),
        Value::Number(number) if random.bool() => *value = json!(number.as_f64().unwrap_or_default() / 2.0 - 0.25),
        _ => {
            let others = [json!(null), json!(true), json!(7), json!("7"), json!(0.5), json!([]), json!({})];
            *value = random.choice(others).expect("it is not empty");
        }
    }
}
