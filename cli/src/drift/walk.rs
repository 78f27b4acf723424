//! An event beside the type that documents declare for it.

use super::Kind;
use serde_json::Value;
use std::collections::BTreeSet;
use webhook_codegen::model::types::Types;
use webhook_codegen::model::{Shape, Struct, Type, TypeId, Union, is_valid, violations};
use webhook_codegen::source::pointer::join;

/// Declared properties are looked for so deep: types may hold themselves.
const DEEPEST: usize = 12;

/// What an event has and its type does not, and which of the declared properties it has.
pub struct Walk<'t> {
    types: &'t Types,
    /// What was found: its kind, where, and the text that is not listed or what is wrong.
    pub found: Vec<(Kind, Path, String)>,
    /// The declared properties, as patterns.
    pub present: BTreeSet<String>,
}

/// Where in a body.
#[derive(Clone, Debug, Default)]
pub struct Path {
    /// The pointer into the body.
    pub pointer: String,
    /// The pointer into the event, with `*` for items and keys that are data.
    pub pattern: String,
}

impl Path {
    fn key(&self, key: &str) -> Self {
        Self { pointer: join(&self.pointer, key), pattern: join(&self.pattern, key) }
    }

    fn any(&self, key: &str) -> Self {
        Self { pointer: join(&self.pointer, key), pattern: format!("{}/*", self.pattern) }
    }

    /// An item of what may come alone as well: what is said of it is true of either.
    fn one_of_many(&self, index: usize) -> Self {
        Self { pointer: join(&self.pointer, &index.to_string()), pattern: self.pattern.clone() }
    }
}

impl<'t> Walk<'t> {
    /// Of an event at a pointer in a body, and its type.
    pub fn of(types: &'t Types, ty: &Type, event: &Value, pointer: &str) -> Self {
        let violation = |(at, message): (String, String)| {
            let path = Path { pointer: format!("{pointer}{at}"), pattern: without_indices(&at) };
            (Kind::Violation, path, message.trim().to_owned())
        };
        let found = violations(types, ty, event, "").into_iter().map(violation).collect();
        let mut walk = Self { types, found, present: BTreeSet::new() };
        walk.walk(ty, event, &Path { pointer: pointer.to_owned(), pattern: String::new() });
        walk
    }

    fn walk(&mut self, ty: &Type, value: &Value, path: &Path) {
        match (ty, value) {
            (Type::Array(inner), Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.for_each(|(index, item)| self.walk(inner, item, &path.any(&index.to_string())));
            }
            (Type::OneOrMany(inner), Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.for_each(|(index, item)| self.walk(inner, item, &path.one_of_many(index)));
            }
            (Type::Map(inner), Value::Object(members)) => {
                members.iter().for_each(|(key, value)| self.walk(inner, value, &path.any(key)));
            }
            (Type::JsonText(inner), Value::String(text)) => {
                if let Ok(held) = serde_json::from_str(text) {
                    self.held(inner, &held, path);
                }
            }
            (Type::Nullable(_), Value::Null) => {}
            (Type::Named(id), value) => self.named(*id, value, path),
            (other, value) => other.transparent().into_iter().for_each(|inner| self.walk(inner, value, path)),
        }
    }

    /// What a text holds: a pointer leads to the text, and no further.
    fn held(&mut self, ty: &Type, held: &Value, path: &Path) {
        let before = self.found.len();
        self.walk(ty, held, path);
        self.found[before..].iter_mut().for_each(|(_, found, _)| found.pointer.clone_from(&path.pointer));
    }

    fn named(&mut self, id: TypeId, value: &Value, path: &Path) {
        match (&self.types.get(id).shape, value) {
            (Shape::Alias(inner) | Shape::Newtype(inner), value) => self.walk(inner, value, path),
            (Shape::Struct(record), Value::Object(members)) => {
                members.iter().for_each(|(key, value)| self.member(record, key, value, path));
            }
            (Shape::Enum(values), Value::String(text)) if !values.contains(text) => {
                self.found.push((Kind::UnlistedValue, path.clone(), text.clone()));
            }
            (Shape::Union(union), value) => self.union(union, value, path),
            _ => {}
        }
    }

    fn member(&mut self, record: &Struct, key: &str, value: &Value, holder: &Path) {
        let path = holder.key(key);
        match record.fields.iter().find(|field| field.key == key) {
            Some(field) => {
                self.present.insert(path.pattern.clone());
                let is_declared = field.nullable || is_valid(self.types, &field.ty, value);
                if value.is_null() && !is_declared && !field.required {
                    self.found.push((Kind::Null, path, String::new()));
                } else {
                    self.walk(&field.ty, value, &path);
                }
            }
            None if record.extra == Type::Any => {
                self.found.push((Kind::AdditionalProperty, path, String::new()));
            }
            None => self.walk(&record.extra, value, &holder.any(key)),
        }
    }

    /// The variant that a value is: one that it fits, or else the one with its tag.
    fn union(&mut self, union: &Union, value: &Value, path: &Path) {
        let variants = || union.variants.iter();
        let tag = value.get(&union.tag);
        let tagged = variants().find(|variant| tag.is_some_and(|tag| variant.tag_values.contains(tag)));
        let fitting = variants().find(|variant| is_valid(self.types, &variant.ty, value));
        let fitting =
            fitting.or_else(|| variants().find(|variant| violations(self.types, &variant.ty, value, "").is_empty()));
        match (tagged.or(fitting), tag) {
            (Some(variant), _) => self.walk(&variant.ty, value, path),
            (None, Some(tag)) => {
                let text = tag.as_str().map_or_else(|| tag.to_string(), str::to_owned);
                self.found.push((Kind::UnlistedValue, path.key(&union.tag), text));
            }
            // That it fits no variant is a violation already.
            (None, None) => {}
        }
    }
}

/// A pointer with `*` for the indices of items.
fn without_indices(pointer: &str) -> String {
    let token = |token: &str| match token.parse::<usize>() {
        Ok(_) => "*".to_owned(),
        Err(_) => token.to_owned(),
    };
    pointer.split('/').map(token).collect::<Vec<_>>().join("/")
}

/// The properties that a type declares, as pointers with `*` for items and keys that are data.
pub(super) fn declared(types: &Types, ty: &Type) -> BTreeSet<String> {
    let mut declared = BTreeSet::new();
    let mut open = vec![(ty, String::new(), Vec::new())];
    while let Some((ty, pointer, within)) = open.pop() {
        match ty {
            Type::Array(inner) | Type::Map(inner) => {
                open.push((inner, format!("{pointer}/*"), within));
            }
            Type::Named(id) if !within.contains(id) && within.len() < DEEPEST => {
                let within = [within.as_slice(), &[*id]].concat();
                match &types.get(*id).shape {
                    Shape::Struct(record) => {
                        for field in &record.fields {
                            let pointer = join(&pointer, &field.key);
                            declared.insert(pointer.clone());
                            open.push((&field.ty, pointer, within.clone()));
                        }
                    }
                    // Which of the variants comes is not for the others to say.
                    Shape::Union(_) | Shape::Enum(_) => {}
                    Shape::Alias(inner) | Shape::Newtype(inner) => open.push((inner, pointer, within)),
                }
            }
            other => open.extend(other.transparent().map(|inner| (inner, pointer, within))),
        }
    }
    declared
}
