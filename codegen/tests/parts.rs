//! A document whose components and webhooks are in files of their own generates what it does whole.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use webhook_codegen::documents::{Folder, load};
use webhook_codegen::files::Files;

/// Writes the documents of a provider into `folder`, with a file for each schema and each webhook.
fn split(provider: &Folder, folder: &Path) {
    for document in &provider.documents {
        let name = document.path.file_name().and_then(|name| name.to_str()).expect("the cases have ASCII names");
        let parts = format!("parts of {name}");
        let mut value = document.value.clone();
        let sections =
            if has_ids(&value) { &[][..] } else { &[("/components/schemas", "schemas"), ("/webhooks", "webhooks")] };
        for (section, below) in sections {
            let members = value.pointer_mut(section).and_then(Value::as_object_mut);
            // An extension may be anything.
            let members =
                members.into_iter().flatten().filter(|(_, member)| member.is_object() || section.contains("schemas"));
            for (index, (key, member)) in members.enumerate() {
                let file = format!("{parts}/{below}/{index} {}.json", plain(key));
                let mut part = std::mem::replace(member, json!({"$ref": file.replace(' ', "%20")}));
                relocate(&mut part, name);
                write(&folder.join(file), &part);
            }
        }
        write(&folder.join(name), &value);
    }
    if let Some(settings) = &provider.provider_source {
        fs::write(folder.join("provider.yaml"), &settings.text).expect("the folder is writable");
    }
}

/// Makes references relative to a file two folders below the document.
fn relocate(value: &mut Value, document: &str) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref") {
                *reference = match reference.strip_prefix('#') {
                    Some(fragment) => format!("../../{document}#{fragment}"),
                    None if reference.contains("://") => reference.clone(),
                    None => format!("../../{reference}"),
                };
            }
            members.values_mut().for_each(|member| relocate(member, document));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| relocate(item, document)),
        _ => {}
    }
}

fn plain(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn write(path: &Path, value: &Value) {
    fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the folder is writable");
    fs::write(path, value.to_string()).expect("the folder is writable");
}

/// Whether references are relative to something within the document.
fn has_ids(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.contains_key("$id") || members.contains_key("$self") || members.values().any(has_ids)
        }
        Value::Array(items) => items.iter().any(has_ids),
        _ => false,
    }
}

fn generated(specs: &Path) -> Files {
    webhook_codegen::Config::new(specs).features().generate().unwrap_or_else(|failure| panic!("{failure}")).files
}

#[test]
fn a_document_in_parts_is_the_document() {
    let whole = Path::new("tests/cases");
    let specs = tempfile::tempdir().expect("a folder of this test");
    for provider in load(whole).unwrap_or_else(|failure| panic!("{failure}")) {
        split(&provider, &specs.path().join(&provider.name));
    }
    let (parts, whole) = (generated(specs.path()), generated(whole));
    for ((path, part), (same, text)) in parts.iter().zip(whole.iter()) {
        assert_eq!((path, part), (same, text));
    }
    assert_eq!(parts.iter().count(), whole.iter().count());
}
