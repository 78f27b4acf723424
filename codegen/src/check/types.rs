//! Whether the type that is generated takes a value: enums and unions take others than the document lists.

use crate::lower::{Node, escape};
use crate::model::{Provider, Shape, Struct, Type};
use serde_json::Value;

/// The places of an example that do not fit a type, by their pointers, and what is wrong there.
pub(super) fn misfits(provider: &Provider, ty: &Type, example: &Node<'_>) -> Vec<(String, String)> {
    let mut misfits = Vec::new();
    fits(provider, ty, example.value, example.pointer.clone(), &mut misfits);
    misfits
}

type Misfits = Vec<(String, String)>;

fn fits(provider: &Provider, ty: &Type, value: &Value, pointer: String, misfits: &mut Misfits) {
    let mut expect = |expected: &str, is_fine: bool| {
        if !is_fine {
            misfits.push((pointer.clone(), format!("does not fit: expected {expected}")));
        }
    };
    match ty {
        Type::Any | Type::Raw | Type::Foreign(_) => {}
        Type::Null => expect("null", value.is_null()),
        Type::Boolean => expect("a boolean", value.is_boolean()),
        Type::Integer { .. } => expect("an integer", value.is_i64() || value.is_u64()),
        Type::Number => expect("a number", value.is_number()),
        Type::String | Type::DateTime => expect("a string", value.is_string()),
        Type::Array(inner) => match value {
            Value::Array(items) => all(provider, inner, items, &pointer, misfits),
            _ => expect("an array", false),
        },
        Type::Map(inner) => match value {
            Value::Object(members) => members.iter().for_each(|(key, value)| {
                fits(provider, inner, value, format!("{pointer}/{}", escape(key)), misfits);
            }),
            _ => expect("an object", false),
        },
        Type::Nullable(_) if value.is_null() => {}
        Type::JsonText(inner) => match value.as_str().map(serde_json::from_str::<Value>) {
            Some(Ok(held)) => {
                let mut inside = Vec::new();
                fits(provider, inner, &held, String::new(), &mut inside);
                misfits.extend(
                    inside.into_iter().map(|(at, what)| (pointer.clone(), format!("{what} (at {at} in the text)"))),
                );
            }
            Some(Err(error)) => expect(&format!("JSON in the text ({error})"), false),
            None => fits(provider, inner, value, pointer, misfits),
        },
        Type::OneOrMany(inner) => match value {
            Value::Array(items) => all(provider, inner, items, &pointer, misfits),
            one => fits(provider, inner, one, pointer, misfits),
        },
        Type::Nullable(inner) | Type::Boxed(inner) => fits(provider, inner, value, pointer, misfits),
        Type::Named(id) => shape(provider, &provider.get(*id).shape, value, pointer, misfits),
    }
}

fn all(provider: &Provider, ty: &Type, items: &[Value], pointer: &str, misfits: &mut Misfits) {
    for (index, item) in items.iter().enumerate() {
        fits(provider, ty, item, format!("{pointer}/{index}"), misfits);
    }
}

fn shape(provider: &Provider, shape: &Shape, value: &Value, pointer: String, misfits: &mut Misfits) {
    match shape {
        Shape::Alias(ty) | Shape::Newtype(ty) => fits(provider, ty, value, pointer, misfits),
        Shape::Enum(_) => fits(provider, &Type::String, value, pointer, misfits),
        Shape::Union(_) => {}
        Shape::Struct(record) => object(provider, record, value, &pointer, misfits),
    }
}

fn object(provider: &Provider, record: &Struct, value: &Value, pointer: &str, misfits: &mut Misfits) {
    let Value::Object(members) = value else {
        return misfits.push((pointer.to_owned(), "does not fit: expected an object".to_owned()));
    };
    for field in &record.fields {
        match members.get(&field.key) {
            Some(Value::Null) if field.nullable || !field.required => {}
            Some(value) => fits(provider, &field.ty, value, format!("{pointer}/{}", escape(&field.key)), misfits),
            None if field.required => misfits.push((pointer.to_owned(), format!("lacks the key `{}`", field.key))),
            None => {}
        }
    }
    for (key, value) in members.iter().filter(|(key, _)| !record.fields.iter().any(|field| field.key == **key)) {
        fits(provider, &record.extra, value, format!("{pointer}/{}", escape(key)), misfits);
    }
}
