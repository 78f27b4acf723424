//! The names of one scope.

use super::case::{pascal_case, snake_case};
use crate::model::{Document, Event, Provider, Struct, TypeDef, TypeId, Union};
use crate::words::words;
use proc_macro2::{Ident, Span};
use std::collections::{HashMap, HashSet};

/// Type names that generated code uses itself.
const TYPES_IN_USE: [&str; 19] = [
    "Box",
    "DateTime",
    "Err",
    "Event",
    "Integer",
    "JsonText",
    "Map",
    "None",
    "Nullable",
    "Number",
    "Ok",
    "OneOrMany",
    "Option",
    "OrderedMap",
    "Self",
    "Some",
    "String",
    "Value",
    "Vec",
];

/// Names of modules and crates that generated code uses itself.
const MODULES_IN_USE: [&str; 5] = ["core", "impls", "serde", "std", "webhook_runtime"];

/// The names of a struct's fields, in their order.
pub fn fields(record: &Struct) -> Vec<Ident> {
    bindings(record.fields.iter().map(|field| field.key.as_str()))
}

/// The names of fields, methods and variables that are called like this, in their order.
pub fn bindings<'l>(labels: impl IntoIterator<Item = &'l str>) -> Vec<Ident> {
    let labels: Vec<_> = labels.into_iter().collect();
    idents(disambiguate(&labels, snake_case, |name| format!("{name}_"), &[]))
}

/// The names of a union's variants, in their order.
pub fn variants(union: &Union) -> Vec<Ident> {
    enumerated(union.variants.iter().map(|variant| variant.label.as_str()), "Other")
}

/// The names of the variants of an enum of these values, in their order. Event types are called as in `Event`.
pub fn values(provider: &Provider, values: &[String]) -> Vec<Ident> {
    let is_event_type = |value: &String| provider.events.iter().any(|event| event.event_type == *value);
    let prefix = provider.settings.strip_prefix.as_deref().unwrap_or_default();
    let stripped = values.iter().map(|value| value.strip_prefix(prefix)).collect::<Option<Vec<_>>>();
    match stripped {
        Some(stripped) if values.iter().any(is_event_type) => enumerated(stripped, "Other"),
        _ => enumerated(values.iter().map(String::as_str), "Other"),
    }
}

/// The names of variants; `taken` is the one that is always there.
fn enumerated<'l>(labels: impl IntoIterator<Item = &'l str>, taken: &str) -> Vec<Ident> {
    let labels: Vec<_> = labels.into_iter().collect();
    idents(disambiguate(&labels, pascal_case, |name| format!("{name}Value"), &[taken, "Self"]))
}

/// The names of types, which come document by document: they differ within each.
pub fn types<'t>(documents: impl Iterator<Item = Vec<(TypeId, &'t TypeDef)>>) -> HashMap<TypeId, Ident> {
    let mut names = HashMap::new();
    for types in documents {
        let paths: Vec<_> = types.iter().map(|(_, def)| def.path.join(" ")).collect();
        let paths: Vec<_> = paths.iter().map(String::as_str).collect();
        let unique = disambiguate(&paths, pascal_case, |name| format!("{name}Schema"), &TYPES_IN_USE);
        names.extend(types.iter().zip(unique).map(|((id, _), name)| (*id, ident(&name))));
    }
    names
}

/// The names of the variants of a provider's `Event`, in their order.
pub fn events(provider: &Provider) -> Vec<Ident> {
    let prefix = provider.settings.strip_prefix.as_deref().unwrap_or_default();
    let stripped = |event: &'_ Event| event.event_type.strip_prefix(prefix).unwrap_or(&event.event_type).to_owned();
    let types: Vec<_> = provider.events.iter().map(stripped).collect();
    enumerated(types.iter().map(String::as_str), "Unknown")
}

/// The modules of a provider's documents, in their order.
pub fn modules(documents: &[Document]) -> Vec<Ident> {
    let stems: Vec<_> = documents.iter().map(|document| stem(&document.file)).collect();
    idents(disambiguate(&stems, snake_case, |name| format!("{name}_document"), &MODULES_IN_USE))
}

/// The module of a provider.
pub fn module(provider: &Provider) -> Ident {
    ident(&snake_case(&provider.name))
}

/// The variant of `Provider` for a provider: its title where that is the folder's name in better
/// case.
pub fn provider(provider: &Provider) -> Ident {
    let title = provider.settings.title.as_deref().unwrap_or_default();
    let same = words(title).concat() == words(&provider.name).concat();
    ident(&pascal_case(if same { title } else { &provider.name }))
}

fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Makes the names of one scope differ. The wire name that reads most like its identifier keeps it;
/// among equals it is the first in the alphabet, so that order in the document does not matter.
fn disambiguate(
    wires: &[&str],
    name: fn(&str) -> String,
    escape: fn(&str) -> String,
    reserved: &[&str],
) -> Vec<String> {
    let mut names: Vec<_> = wires.iter().map(|wire| name(wire)).collect();
    let mut order: Vec<_> = (0..wires.len()).collect();
    order.sort_by_key(|index| (names[*index] != wires[*index], wires[*index], *index));
    let mut taken: HashSet<String> = HashSet::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for index in order {
        let mut candidate = std::mem::take(&mut names[index]);
        if reserved.contains(&candidate.as_str()) {
            candidate = escape(&candidate);
        }
        if !taken.insert(candidate.clone()) {
            let link = if candidate.contains('_') || candidate.starts_with(char::is_lowercase) { "_" } else { "" };
            // Those before it are taken, as they were the last time.
            let number = numbers.entry(candidate.clone()).or_insert(2);
            while !taken.insert(format!("{candidate}{link}{number}")) {
                *number += 1;
            }
            candidate = format!("{candidate}{link}{number}");
        }
        names[index] = candidate;
    }
    names
}

/// The keywords of edition 2024, strict, reserved and weak where they cannot name everything (Rust
/// reference, section "Keywords"); `self`, `Self`, `super` and `crate` cannot be raw.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

fn idents(names: Vec<String>) -> Vec<Ident> {
    names.iter().map(|name| ident(name)).collect()
}

/// An identifier; raw where it is a keyword.
fn ident(name: &str) -> Ident {
    match name {
        "self" | "Self" | "super" | "crate" | "_" => Ident::new(&format!("{name}_"), Span::call_site()),
        _ if KEYWORDS.contains(&name) => Ident::new_raw(name, Span::call_site()),
        _ => Ident::new(name, Span::call_site()),
    }
}

#[cfg(test)]
mod tests {
    use super::{bindings, enumerated};

    fn names(idents: Vec<proc_macro2::Ident>) -> Vec<String> {
        idents.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_of_fields_differ() {
        for (keys, idents) in [
            (&["type", "self", "object"][..], &["r#type", "self_", "object"][..]),
            (&["gen", "Type", "union", "async"], &["r#gen", "r#type", "union", "r#async"]),
            (&["requestID", "requestId"], &["request_id", "request_id_2"]),
            (&["requestId", "requestID"], &["request_id_2", "request_id"]),
            (&["firstName", "first_name"], &["first_name_2", "first_name"]),
            (&["a.b", "a-b", "a_b"], &["a_b_3", "a_b_2", "a_b"]),
            (&["+1", "-1"], &["plus_1", "minus_1"]),
        ] {
            assert_eq!(names(bindings(keys.iter().copied())), idents);
        }
    }

    #[test]
    fn names_of_variants_differ() {
        for (values, idents) in [
            (&["OTHER", "ADMIN"][..], &["OtherValue", "Admin"][..]),
            (&["asc", "ASC"], &["Asc2", "Asc"]),
            (&["self", "1"], &["SelfValue", "_1"]),
            (&["in_progress", "in-progress"], &["InProgress2", "InProgress"]),
        ] {
            assert_eq!(names(enumerated(values.iter().copied(), "Other")), idents);
        }
    }
}
