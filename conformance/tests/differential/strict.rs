//! A document in which the types are written that the generator sees without.

use serde_json::Value;

/// The document with `type: object` in every schema that has `properties` and no type.
pub fn typed(document: &Value) -> Value {
    let mut typed = document.clone();
    write_types(&mut typed, false);
    typed
}

/// `is_names` where the keys are names that the document's author gave.
fn write_types(value: &mut Value, is_names: bool) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| write_types(item, false)),
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                match key.as_str() {
                    "enum" | "const" | "default" | "example" | "examples" if !is_names => {}
                    "properties" | "schemas" | "$defs" | "content" => write_types(value, !is_names),
                    _ => write_types(value, false),
                }
            }
            let says = |key: &str| members.contains_key(key);
            if !is_names && says("properties") && !["type", "enum", "const", "oneOf", "anyOf"].into_iter().any(says) {
                members.insert("type".to_owned(), "object".into());
            }
        }
        _ => {}
    }
}
