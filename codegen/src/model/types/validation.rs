//! Whether a type takes a value.

use super::def::{Shape, Struct};
use super::table::Types;
use super::ty::Type;
use crate::source::pointer::escape;
use serde_json::Value;

/// Collects what is wrong with a value.
struct Validation<'p> {
    types: &'p Types,
    /// Whether an enum takes only what the document lists, and a union only what fits a variant; the
    /// generated types take others, too.
    is_closed: bool,
    violations: Vec<(String, String)>,
}

/// What a generated type would refuse in a value: JSON pointers that begin with `pointer`, and what is wrong there.
pub fn violations(types: &Types, ty: &Type, value: &Value, pointer: &str) -> Vec<(String, String)> {
    let mut validation = Validation { types, is_closed: false, violations: Vec::new() };
    validation.ty(ty, value, pointer);
    validation.violations
}

/// Whether a value fits a type as the document describes it.
pub fn is_valid(types: &Types, ty: &Type, value: &Value) -> bool {
    let mut validation = Validation { types, is_closed: true, violations: Vec::new() };
    validation.ty(ty, value, "");
    validation.violations.is_empty()
}

impl Validation<'_> {
    fn expect(&mut self, expected: &str, is_fine: bool, pointer: &str) {
        if !is_fine {
            self.violations.push((pointer.to_owned(), format!("does not fit: expected {expected}")));
        }
    }

    fn ty(&mut self, ty: &Type, value: &Value, pointer: &str) {
        match (ty, value) {
            (Type::Any | Type::Raw | Type::Foreign(_), _) | (Type::Nullable(_), Value::Null) => {}
            (Type::Null, value) => self.expect("null", value.is_null(), pointer),
            (Type::Boolean, value) => self.expect("a boolean", value.is_boolean(), pointer),
            (Type::Integer, value) => self.expect("an integer", is_integer(value), pointer),
            (Type::Number, value) => self.expect("a number", value.is_number(), pointer),
            (Type::String | Type::DateTime, value) => self.expect("a string", value.is_string(), pointer),
            (Type::Array(inner) | Type::OneOrMany(inner), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.ty(inner, item, &format!("{pointer}/{index}"));
                }
            }
            (Type::Array(_), _) => self.expect("an array", false, pointer),
            (Type::Map(inner), Value::Object(members)) => {
                for (key, value) in members {
                    self.ty(inner, value, &format!("{pointer}/{}", escape(key)));
                }
            }
            (Type::Map(_), _) => self.expect("an object", false, pointer),
            (Type::JsonText(inner), Value::String(text)) => self.text(inner, text, pointer),
            (Type::Named(id), value) => self.shape(&self.types.get(*id).shape, value, pointer),
            (other, value) => other.transparent().into_iter().for_each(|inner| self.ty(inner, value, pointer)),
        }
    }

    fn text(&mut self, inner: &Type, text: &str, pointer: &str) {
        match serde_json::from_str::<Value>(text) {
            Ok(held) => {
                let before = self.violations.len();
                self.ty(inner, &held, "");
                for (at, what) in &mut self.violations[before..] {
                    *what = format!("{what} (at {at} in the text)");
                    *at = pointer.to_owned();
                }
            }
            Err(error) => self.expect(&format!("JSON in the text ({error})"), false, pointer),
        }
    }

    fn shape(&mut self, shape: &Shape, value: &Value, pointer: &str) {
        match shape {
            Shape::Alias(ty) | Shape::Newtype(ty) => self.ty(ty, value, pointer),
            Shape::Enum(values) if self.is_closed => {
                let is_listed = value.as_str().is_some_and(|text| values.iter().any(|known| known == text));
                self.expect("one of the values that are listed", is_listed, pointer);
            }
            Shape::Enum(_) => self.ty(&Type::String, value, pointer),
            Shape::Union(union) if self.is_closed => {
                let is_valid = union.variants.iter().any(|variant| is_valid(self.types, &variant.ty, value));
                self.expect("one of the types that are allowed", is_valid, pointer);
            }
            Shape::Union(_) => {}
            Shape::Struct(record) => self.object(record, value, pointer),
        }
    }

    fn object(&mut self, record: &Struct, value: &Value, pointer: &str) {
        let Value::Object(members) = value else { return self.expect("an object", false, pointer) };
        for field in &record.fields {
            match members.get(&field.key) {
                Some(Value::Null) if field.nullable || (!field.required && !self.is_closed) => {}
                Some(value) => self.ty(&field.ty, value, &format!("{pointer}/{}", escape(&field.key))),
                None if field.required => {
                    self.violations.push((pointer.to_owned(), format!("lacks the key `{}`", field.key)));
                }
                None => {}
            }
        }
        for (key, value) in members.iter().filter(|(key, _)| !record.fields.iter().any(|field| field.key == **key)) {
            self.ty(&record.extra, value, &format!("{pointer}/{}", escape(key)));
        }
    }
}

/// A number without fraction (Validation, section 6.1.1).
fn is_integer(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|float| float.fract() == 0.0)
}
