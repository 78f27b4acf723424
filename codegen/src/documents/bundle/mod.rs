//! A document that is spread over several files, as one.
//!
//! Files beside a document are documents, whether they have `openapi` or not. Those in folders below, and those that
//! are kept aside by a `_`, are parts of each document that refers to them: what comes out is what the sender's own
//! bundler would make of it. References are relative to the file that they are in (OpenAPI 3.1, section 4.6).
//!
//! A part takes the place of a component, a webhook or a path that is nothing but a reference to it. Others become
//! components, called like their file.

mod address;
mod cache;
mod collect;
mod copy;
mod names;

use super::file_name;
use crate::keywords::is_reference;
use crate::source::{Failure, Source};
use address::is_path;
use cache::{FileCache, Parts};
use collect::Collector;
use copy::Copier;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Puts parts into the documents of one folder. What was put there before stays as it is.
pub(super) struct Bundler {
    cache: FileCache,
    /// Those of each document.
    parts: Vec<Parts>,
}

impl Bundler {
    pub(super) fn new(folder: &Path, documents: &[Source]) -> Self {
        let names = documents.iter().map(|document| file_name(&document.path).into_owned()).collect();
        let parts = documents.iter().map(|_| Parts::default()).collect();
        Self { cache: FileCache::new(folder.to_owned(), names), parts }
    }

    pub(super) fn run(&mut self, documents: &mut [Source]) -> Vec<Failure> {
        let all = documents.iter_mut().zip(&mut self.parts);
        let spread = all.filter(|(document, _)| refers_to_files(document));
        spread.for_each(|(document, parts)| one(document, parts, &mut self.cache));
        std::mem::take(&mut self.cache.failures)
    }
}

/// Whether something in a document may refer to another file. Most do not, and need not be followed from node to node.
pub fn refers_to_files(document: &Source) -> bool {
    !outward_references(&document.value).is_empty()
}

/// The references in a value that may lead to other files, as they are written.
pub(super) fn outward_references(value: &Value) -> BTreeSet<&str> {
    let leads_out = |reference: &&str| !reference.starts_with('#') && is_path(reference);
    let mut found = BTreeSet::new();
    let mut queue = vec![value];
    while let Some(value) = queue.pop() {
        for (key, member) in value.as_object().into_iter().flatten() {
            match (key.as_str(), member) {
                (key, Value::String(text)) if is_reference(key) => found.extend(Some(text.as_str()).filter(leads_out)),
                ("mapping", Value::Object(targets)) => {
                    found.extend(targets.values().filter_map(Value::as_str).filter(leads_out));
                }
                _ => {}
            }
            queue.push(member);
        }
        queue.extend(value.as_array().into_iter().flatten());
    }
    found
}

fn one(document: &mut Source, parts: &mut Parts, cache: &mut FileCache) {
    let own = file_name(&document.path).into_owned();
    let mut collector = Collector::new(document, &own, cache, &parts.target_pointers);
    collector.run();
    let Collector { targets, links, unresolved, .. } = collector;
    for ((file, text), help) in unresolved {
        let index = if file == own { Some(None) } else { parts.index(&file, cache).map(Some) };
        document.hints.extend(index.map(|index| ((index, text), help)));
    }
    if !links.is_empty() {
        let mut copier = Copier::new(document, cache, parts, links, targets);
        copier.run(&own);
        let target_pointers = copier.target_pointers;
        parts.target_pointers = target_pointers;
    }
    document.parts = parts.sources.values().cloned().collect();
}
