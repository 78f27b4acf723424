use serde_json::{Number, Value};

/// Whether two values are equal as JSON Schema sees it (2020-12 Core, section 4.2.2): `1.0` is `1`.
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => equal_numbers(left, right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let finds = |(key, left)| right.get(key).is_some_and(|right| equal(left, right));
            left.len() == right.len() && left.iter().all(finds)
        }
        _ => left == right,
    }
}

/// Whether what came back is what was sent, but for keys with null: those may be read as absent.
pub fn equal_but_nulls(again: &Value, sent: &Value) -> bool {
    match (again, sent) {
        (Value::Array(again), Value::Array(sent)) => {
            again.len() == sent.len() && again.iter().zip(sent).all(|(again, sent)| equal_but_nulls(again, sent))
        }
        (Value::Object(again), Value::Object(sent)) => {
            again.keys().all(|key| sent.contains_key(key))
                && sent.iter().all(|(key, sent)| match again.get(key) {
                    Some(again) => equal_but_nulls(again, sent),
                    None => sent.is_null(),
                })
        }
        _ => equal(again, sent),
    }
}

fn equal_numbers(left: &Number, right: &Number) -> bool {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => left == right,
        (None, None) => left.as_f64() == right.as_f64(),
        (Some(integer), None) => is_exactly(right, integer),
        (None, Some(integer)) => is_exactly(left, integer),
    }
}

/// Integers of JSON have 64 bits here, and every float of that size without a fraction is an `i128`.
#[allow(clippy::cast_possible_truncation, reason = "the cast saturates, and so equals no integer of 64 bits")]
fn is_exactly(float: &Number, integer: i128) -> bool {
    float.as_f64().is_some_and(|float| float.fract() == 0.0 && float as i128 == integer)
}
