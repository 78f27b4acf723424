//! Everything in a body that does not fit.

use super::{Property, Schema, is_integer, kind};
use crate::invalid_payload::Violations;
use crate::json::{Fault, faults};
use crate::pointer::Path;
use crate::{Map, Value};

/// What was found in a body that could not be read.
#[derive(Default)]
pub(crate) struct Search {
    pub violations: Violations,
    /// Whether a value is of another type than was inferred for it, which its document allows.
    pub is_outside_inferred: bool,
}

impl Search {
    /// Walks a value once.
    pub fn value(&mut self, schema: &Schema, value: &Value, path: &Path<'_>) {
        let schema = schema.resolved();
        match (schema, value) {
            (Schema::Any | Schema::Union(_) | Schema::Named(_), _) | (Schema::Nullable(_), Value::Null) => {}
            (Schema::Null, value) => self.expect(value.is_null(), schema, value, path),
            (Schema::Boolean, value) => self.expect(value.is_boolean(), schema, value, path),
            (Schema::Integer, value) => self.expect(is_integer(value), schema, value, path),
            (Schema::Number, value) => self.expect(value.is_number(), schema, value, path),
            (Schema::String | Schema::Enum(_), value) => self.expect(value.is_string(), schema, value, path),
            (Schema::List(item) | Schema::OneOrMany(item), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.value(item, value, &path.index(index));
                }
            }
            (Schema::Map(inner), Value::Object(members)) => {
                members.iter().for_each(|(key, value)| self.value(inner, value, &path.key(key)));
            }
            (Schema::Object(properties, extra), Value::Object(members)) => {
                self.object(properties, extra, members, path);
            }
            (Schema::JsonText(inner), Value::String(text)) => self.text(inner, text, path),
            (Schema::JsonText(inner), Value::Object(_) | Value::Array(_)) => self.value(inner, value, path),
            (Schema::List(_) | Schema::Map(_) | Schema::Object(..) | Schema::JsonText(_), _) => {
                self.expect(false, schema, value, path);
            }
            (Schema::Inferred(inner), value) if is_other_type(inner, value) => self.is_outside_inferred = true,
            (Schema::Nullable(inner) | Schema::OneOrMany(inner) | Schema::Inferred(inner), value) => {
                self.value(inner, value, path);
            }
            (Schema::Foreign(accepts), value) => self.expect(accepts(value), schema, value, path),
        }
    }

    fn expect(&mut self, is_fine: bool, schema: &Schema, value: &Value, path: &Path<'_>) {
        if !is_fine {
            self.violations.add(|| path.pointer(), schema.expected(), kind(value));
        }
    }

    fn object(&mut self, properties: &[Property], extra: &Schema, members: &Map<String, Value>, path: &Path<'_>) {
        for property in properties {
            match members.get(property.key()) {
                None if property.is_required() => {
                    self.violations.add(|| path.key(property.key()).pointer(), "a value", "nothing");
                }
                None => {}
                Some(value) if property.is_none(value, extra) => {}
                Some(value) => self.value(property.schema(), value, &path.key(property.key())),
            }
        }
        if !matches!(extra, Schema::Any) {
            let is_declared = |key: &str| properties.iter().any(|property| property.key() == key);
            for (key, value) in members.iter().filter(|(key, _)| !is_declared(key)) {
                self.value(extra, value, &path.key(key));
            }
        }
    }

    /// Goes on inside a string, as if its content were there itself.
    fn text(&mut self, inner: &Schema, text: &str, path: &Path<'_>) {
        if crate::json::check_grammar(text).is_err() {
            return self.violations.add(|| path.pointer(), "JSON inside a string", "other text");
        }
        faults::list(text, path, &mut self.violations, |fault| fault != Fault::LargeInteger);
        if let Ok(value) = serde_json::from_str(text) {
            self.value(inner, &value, path);
        }
    }
}

/// Whether a value is of another JSON type than a schema speaks of.
fn is_other_type(schema: &Schema, value: &Value) -> bool {
    match schema.resolved() {
        Schema::Any | Schema::Union(_) | Schema::Named(_) => false,
        Schema::Null => !value.is_null(),
        Schema::Boolean => !value.is_boolean(),
        Schema::Integer => !is_integer(value),
        Schema::Number => !value.is_number(),
        Schema::String | Schema::Enum(_) => !value.is_string(),
        Schema::List(_) => !value.is_array(),
        Schema::Map(_) | Schema::Object(..) => !value.is_object(),
        Schema::Nullable(inner) => !value.is_null() && is_other_type(inner, value),
        Schema::OneOrMany(inner) => !value.is_array() && is_other_type(inner, value),
        Schema::JsonText(inner) => !value.is_string() && is_other_type(inner, value),
        Schema::Inferred(inner) => is_other_type(inner, value),
        Schema::Foreign(accepts) => !accepts(value),
    }
}
