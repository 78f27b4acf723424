//! What a value holds beyond its document.

use crate::Value;
use crate::misfit::join;
use serde::ser::Serialize;
use std::cell::Cell;

/// How values write themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    /// As they came.
    Wire,
    /// With JSON texts as the values they hold.
    Unfolded,
    /// Unfolded, and without the keys that no document declares.
    Declared,
}

thread_local! {
    static VIEW: Cell<View> = const { Cell::new(View::Wire) };
}

/// Whether JSON texts are to be written as the values they hold.
pub(crate) fn unfolds() -> bool {
    VIEW.get() != View::Wire
}

/// Whether undeclared keys are to be left out.
pub(crate) fn hides_undeclared() -> bool {
    VIEW.get() == View::Declared
}

/// A value as JSON, with every JSON text unfolded to the value it holds; for showing it to people.
pub fn unfolded<T: Serialize>(value: &T) -> Value {
    seen(value, View::Unfolded)
}

/// The keys of a value that its document does not declare, as JSON pointers (RFC 6901); tokens go on
/// into JSON held in strings.
///
/// A sender that begins to send something new shows here first.
pub fn undeclared<T: Serialize>(value: &T) -> Vec<String> {
    let mut found = Vec::new();
    compare(&unfolded(value), &seen(value, View::Declared), String::new(), &mut found);
    found
}

fn seen<T: Serialize>(value: &T, view: View) -> Value {
    struct Reset;
    impl Drop for Reset {
        fn drop(&mut self) {
            VIEW.set(View::Wire);
        }
    }
    let _reset = Reset;
    VIEW.set(view);
    serde_json::to_value(value).unwrap_or_default()
}

fn compare(all: &Value, declared: &Value, pointer: String, found: &mut Vec<String>) {
    match (all, declared) {
        (Value::Object(all), Value::Object(declared)) => {
            for (key, value) in all {
                let pointer = join(&pointer, key);
                match declared.get(key) {
                    Some(declared) => compare(value, declared, pointer, found),
                    None => found.push(pointer),
                }
            }
        }
        (Value::Array(all), Value::Array(declared)) => {
            for (index, (all, declared)) in all.iter().zip(declared).enumerate() {
                compare(all, declared, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}
