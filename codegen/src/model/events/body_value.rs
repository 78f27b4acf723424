//! Values in bodies.

use serde_json::Value;

/// The text in a body that the tokens of a JSON pointer lead to.
pub fn text_at(body: &Value, tokens: &[String]) -> Option<String> {
    match value_at(body, tokens)? {
        Value::String(text) => Some(text),
        value @ (Value::Number(_) | Value::Bool(_)) => Some(value.to_string()),
        _ => None,
    }
}

/// The value in a body as receivers read it: through JSON held in strings, and through an array whose items all
/// have the same there.
pub fn value_at(body: &Value, tokens: &[String]) -> Option<Value> {
    match (body, tokens) {
        (value, []) => Some(value.clone()),
        (Value::Object(members), [token, rest @ ..]) => value_at(members.get(token)?, rest),
        (Value::Array(items), [token, rest @ ..]) => match token.parse::<usize>() {
            Ok(index) => value_at(items.get(index)?, rest),
            Err(_) => {
                let (first, others) = items.split_first()?;
                let value = value_at(first, tokens)?;
                others.iter().all(|item| value_at(item, tokens).as_ref() == Some(&value)).then_some(value)
            }
        },
        (Value::String(text), _) => value_at(&serde_json::from_str(text).ok()?, tokens),
        _ => None,
    }
}
