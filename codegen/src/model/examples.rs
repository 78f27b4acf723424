//! Whether a document's own examples are what it says they are.

use super::{Provider, Shape, Struct, Type, Webhook};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::load::{Folder, Source};
use crate::lower::{escape, is_readable};
use serde_json::Value;

/// Reports the places of examples that do not fit the types of their bodies.
pub fn check(provider: &Provider, folder: &Folder, found: &mut Diagnostics) {
    for webhook in &provider.webhooks {
        let source = &folder.documents[webhook.document];
        for (pointer, example) in examples(source, webhook) {
            let mut misfits = Vec::new();
            fits(provider, &webhook.payload, example, pointer, &mut misfits);
            found.extend(misfits.into_iter().map(|(pointer, message)| {
                let warning = Diagnostic::warning(&source.path, pointer, format!("the example {message}"));
                warning.help("correct the example or its schema, here or in overlay.yaml")
            }));
        }
    }
}

/// The examples of a webhook's body, each with its place.
pub fn examples<'a>(source: &'a Source, webhook: &Webhook) -> Vec<(String, &'a Value)> {
    let document = &source.value;
    let method = webhook.pointer.rsplit('/').next().unwrap_or_default();
    let item = resolve(document, webhook.item().to_owned());
    let body = resolve(document, format!("{item}/{method}/requestBody"));
    let Some(Value::Object(content)) = document.pointer(&format!("{body}/content")) else { return Vec::new() };
    let mut examples = Vec::new();
    for (media_type, described) in content.iter().filter(|(media_type, _)| is_readable(media_type)) {
        let place = format!("{body}/content/{}", escape(media_type));
        examples.extend(described.get("example").map(|example| (format!("{place}/example"), example)));
        for (name, _) in described.get("examples").and_then(Value::as_object).into_iter().flatten() {
            let place = resolve(document, format!("{place}/examples/{}", escape(name))) + "/value";
            examples.extend(document.pointer(&place).map(|example| (place.clone(), example)));
        }
    }
    examples
}

/// Where the references at a place lead within its document.
pub fn resolve(document: &Value, mut pointer: String) -> String {
    // Longer chains are circles, and lowering has reported those.
    for _ in 0..100 {
        let reference = document.pointer(&pointer).and_then(|node| node.get("$ref")).and_then(Value::as_str);
        match reference.and_then(|reference| reference.strip_prefix('#')) {
            Some(target) => pointer = target.to_owned(),
            None => break,
        }
    }
    pointer
}

/// Whether a value is what a type says.
pub fn is_fit(provider: &Provider, ty: &Type, value: &Value) -> bool {
    let mut misfits = Vec::new();
    fits(provider, ty, value, String::new(), &mut misfits);
    misfits.is_empty()
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
        Shape::Enum(values) => {
            if !value.as_str().is_some_and(|text| values.iter().any(|known| known == text)) {
                misfits.push((pointer, format!("does not fit: {value} is none of the values that are listed")));
            }
        }
        Shape::Union(union) => {
            if !union.variants.iter().any(|variant| is_fit(provider, &variant.ty, value)) {
                misfits.push((pointer, "fits none of the types that are allowed".to_owned()));
            }
        }
        Shape::Struct(record) => object(provider, record, value, &pointer, misfits),
    }
}

fn object(provider: &Provider, record: &Struct, value: &Value, pointer: &str, misfits: &mut Misfits) {
    let Value::Object(members) = value else {
        return misfits.push((pointer.to_owned(), "does not fit: expected an object".to_owned()));
    };
    for field in &record.fields {
        match members.get(&field.key) {
            Some(Value::Null) if field.nullable => {}
            Some(value) => fits(provider, &field.ty, value, format!("{pointer}/{}", escape(&field.key)), misfits),
            None if field.required => misfits.push((pointer.to_owned(), format!("lacks the key `{}`", field.key))),
            None => {}
        }
    }
    for (key, value) in members.iter().filter(|(key, _)| !record.fields.iter().any(|field| field.key == **key)) {
        fits(provider, &record.extra, value, format!("{pointer}/{}", escape(key)), misfits);
    }
}
