//! Lists of values without repetition, in time that grows with their length.

use serde_json::Value;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Values, each once, in the order in which they came.
#[derive(Default)]
pub(super) struct Distinct<'v> {
    values: Vec<&'v Value>,
    by_hash: HashMap<u64, Vec<usize>>,
}

impl<'v> Distinct<'v> {
    pub(super) fn of(values: impl IntoIterator<Item = &'v Value>) -> Self {
        let mut distinct = Self::default();
        for value in values {
            if !distinct.contains(value) {
                distinct.by_hash.entry(hash(value)).or_default().push(distinct.values.len());
                distinct.values.push(value);
            }
        }
        distinct
    }

    pub(super) fn contains(&self, value: &Value) -> bool {
        let alike = self.by_hash.get(&hash(value)).into_iter().flatten();
        alike.copied().any(|index| self.values[index] == value)
    }

    pub(super) fn into_values(self) -> Vec<&'v Value> {
        self.values
    }
}

/// Equal values have equal hashes: the order of an object's keys does not matter.
fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    match value {
        Value::Null => {}
        Value::Bool(value) => value.hash(&mut hasher),
        Value::Number(number) => number.hash(&mut hasher),
        Value::String(text) => text.hash(&mut hasher),
        Value::Array(items) => items.iter().for_each(|item| hash(item).hash(&mut hasher)),
        Value::Object(members) => {
            let all = members.iter().map(|(key, value)| {
                let mut hasher = DefaultHasher::new();
                (key, hash(value)).hash(&mut hasher);
                hasher.finish()
            });
            all.fold(0_u64, |sum, member| sum.wrapping_add(member)).hash(&mut hasher);
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::Distinct;
    use serde_json::json;

    #[test]
    fn each_value_once_however_its_keys_are_ordered() {
        let values = [json!(1), json!("1"), json!(1.0), json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1}), json!("1")];
        let distinct = Distinct::of(&values);
        assert!(distinct.contains(&json!({"b": 2, "a": 1})) && !distinct.contains(&json!({"a": 1})));
        assert_eq!(distinct.into_values(), [&values[0], &values[1], &values[2], &values[3]]);
    }
}
