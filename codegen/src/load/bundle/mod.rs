//! A document that is spread over several files, as one.
//!
//! Files beside a document are documents, whether they have `openapi` or not. Those in folders below, and those that
//! are kept aside by a `_`, are parts of each document that refers to them: what comes out is what the sender's own
//! bundler would make of it. References are relative to the file that they stand in (OpenAPI 3.1, section 4.6).
//!
//! A part takes the place of a component, a webhook or a path that is nothing but a reference to it. Others become
//! components, called like their file.

mod address;
mod collect;
mod copy;
mod library;
mod names;

use super::tree::escape;
use super::{Source, file_name};
use crate::diagnostics::Failure;
use address::is_path;
use collect::Collector;
use copy::Copier;
use library::Library;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A place in one of the files: the path from the provider's folder, and a JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Spot {
    file: String,
    pointer: String,
}

impl Spot {
    fn member(&self, key: &str) -> Self {
        Self { file: self.file.clone(), pointer: format!("{}/{}", self.pointer, escape(key)) }
    }
}

/// A part that something refers to.
struct Target {
    /// The part of `components` for what it is.
    section: &'static str,
    /// Where it stands in the document.
    slot: Option<String>,
    /// Whether it is not in the document yet.
    is_new: bool,
}

/// What a document took from other files.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// The files.
    pub(super) sources: Vec<Arc<Source>>,
    names: Vec<String>,
    slots: BTreeMap<Spot, String>,
    /// What helps with references that lead nowhere: by the index of the file, if it is one of these, and as written.
    unfound: BTreeMap<(Option<usize>, String), String>,
}

impl Parts {
    /// What helps with a reference that leads nowhere.
    pub(super) fn help(&self, file: Option<usize>, reference: &str) -> Option<&str> {
        self.unfound.get(&(file, reference.to_owned())).map(String::as_str)
    }

    fn index(&mut self, file: &str, library: &mut Library) -> Option<usize> {
        if let Some(index) = self.names.iter().position(|name| name == file) {
            return Some(index);
        }
        self.sources.push(library.file(file)?);
        self.names.push(file.to_owned());
        Some(self.names.len() - 1)
    }
}

/// Puts the parts of documents, which stand in `folder`, into them. What was put there before stays as it is.
pub(super) fn bundle(folder: &Path, documents: &mut [Source]) -> Vec<Failure> {
    let names = documents.iter().map(|document| file_name(&document.path).into_owned()).collect();
    let mut library = Library::new(folder.to_owned(), names);
    let spread = documents.iter_mut().filter(|document| document.refers_to_files());
    spread.for_each(|document| one(document, &mut library));
    library.failures
}

/// Whether something in a document may refer to another file. Most do not, and need not be followed from node to node.
pub(super) fn leads_out(value: &Value) -> bool {
    let is_out = |text: &Value| text.as_str().is_some_and(|text| !text.starts_with('#') && is_path(text));
    match value {
        Value::Object(members) => members.iter().any(|(key, value)| match key.as_str() {
            "$ref" | "$dynamicRef" if value.is_string() => is_out(value),
            "mapping" => value.as_object().is_some_and(|targets| targets.values().any(is_out)) || leads_out(value),
            _ => leads_out(value),
        }),
        Value::Array(items) => items.iter().any(leads_out),
        _ => false,
    }
}

fn one(document: &mut Source, library: &mut Library) {
    let own = file_name(&document.path).into_owned();
    let mut collector = Collector::new(document, &own, library, &document.parts.slots);
    collector.run();
    let Collector { targets, links, unfound, .. } = collector;
    let mut parts = std::mem::take(&mut document.parts);
    for ((file, text), help) in unfound {
        let index = if file == own { Some(None) } else { parts.index(&file, library).map(Some) };
        parts.unfound.extend(index.map(|index| ((index, text), help)));
    }
    if !links.is_empty() {
        let mut copier = Copier::new(document, library, &mut parts, links, targets);
        copier.run(&own);
        parts.slots = copier.slots;
    }
    document.parts = parts;
}
