//! The document with its parts in it.

use super::cache::{FileCache, Link, Location, Parts};
use super::collect::Target;
use super::names;
use crate::keywords::{REF, reference_to};
use crate::source::Source;
use crate::source::pointer::{join, unescape};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Copier<'c> {
    document: &'c mut Source,
    cache: &'c mut FileCache,
    parts: &'c mut Parts,
    links: BTreeMap<Location, Link>,
    /// Where the parts are in the document that have a pointer of their own.
    pub(super) target_pointers: BTreeMap<Location, String>,
    targets: IndexMap<Location, Target>,
    /// The parts that are being copied, each in the one before.
    open: Vec<Location>,
    is_openapi: bool,
}

impl<'c> Copier<'c> {
    pub(super) fn new(
        document: &'c mut Source,
        cache: &'c mut FileCache,
        parts: &'c mut Parts,
        links: BTreeMap<Location, Link>,
        targets: IndexMap<Location, Target>,
    ) -> Self {
        let target_pointers = targets
            .iter()
            .filter_map(|(location, target)| Some((location.clone(), target.target_pointer.clone()?)))
            .collect();
        let is_openapi = document.value.get("openapi").is_some();
        Self { document, cache, parts, links, target_pointers, targets, open: Vec::new(), is_openapi }
    }

    /// Puts the parts into the document of this file name.
    pub(super) fn run(&mut self, own: &str) {
        let unplaced = self.unplaced();
        let sections: BTreeSet<_> = unplaced.values().copied().collect();
        for section in sections {
            let locations: Vec<_> =
                unplaced.iter().filter(|(_, of)| **of == section).map(|(location, _)| location).collect();
            let names = names::unique(&locations, &self.taken(section));
            let section_pointer = self.section_pointer(section);
            let target_pointer = |name: String| join(&section_pointer, &name);
            self.target_pointers.extend(
                locations.into_iter().zip(names).map(|(location, name)| (location.clone(), target_pointer(name))),
            );
        }
        let value = std::mem::take(&mut self.document.value);
        let mut value = self.copy(&Location { file: own.to_owned(), pointer: String::new() }, &value, "");
        for (location, section) in unplaced {
            let out = self.target_pointers[&location].clone();
            let Some(copied) = self.part(&location, &out) else { continue };
            let holder = self.section_pointer(section);
            let name = out.rsplit('/').next().map(unescape).unwrap_or_default();
            members(&mut value, &holder).map(|members| members.insert(name, copied));
        }
        self.document.value = value;
    }

    /// What holds the parts of a kind that have no pointer of their own. A file of shared schemas has no `components`.
    fn section_pointer(&self, section: &str) -> String {
        match self.is_openapi {
            true => format!("/components/{section}"),
            false => "/$defs".to_owned(),
        }
    }

    /// The parts that have no location in the document yet, nor are within another part.
    fn unplaced(&self) -> BTreeMap<Location, &'static str> {
        let targets = self
            .targets
            .iter()
            .filter(|(location, target)| target.target_pointer.is_none() && self.holder(location).is_none());
        // All of them are beside each other where there are no `components`.
        let section = |target: &Target| if self.is_openapi { target.section } else { "schemas" };
        targets.map(|(location, target)| (location.clone(), section(target))).collect()
    }

    /// The nearest part that a part is in, and what of its pointer comes after that.
    fn holder<'s>(&self, location: &'s Location) -> Option<(Location, &'s str)> {
        let ends = location.pointer.rmatch_indices('/').map(|(end, _)| end);
        let mut holders = ends.map(|end| {
            let (pointer, rest) = location.pointer.split_at(end);
            (Location { file: location.file.clone(), pointer: pointer.to_owned() }, rest)
        });
        let section = self.targets.get(location).map(|target| target.section);
        holders.find(|(holder, rest)| {
            // What is defined beside a webhook has a name of its own.
            let is_defined = rest.starts_with("/definitions/") || rest.starts_with("/$defs/");
            let holder = self.targets.get(holder).map(|target| target.section);
            holder.is_some() && (!is_defined || holder == section)
        })
    }

    /// Where a part is in the document.
    fn target_pointer(&self, location: &Location) -> String {
        match self.target_pointers.get(location) {
            Some(target_pointer) => target_pointer.clone(),
            None => self.holder(location).map(|(holder, rest)| self.target_pointer(&holder) + rest).unwrap_or_default(),
        }
    }

    /// The names in a part of `components`, with those that come out of a file of their own.
    fn taken(&mut self, section: &str) -> BTreeSet<String> {
        let section_pointer = self.section_pointer(section);
        let keys = |value: Option<&Value>| -> Vec<String> {
            value.and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.clone()).collect()
        };
        let mut taken: BTreeSet<_> = keys(self.document.value.pointer(&section_pointer)).into_iter().collect();
        for (location, target_pointer) in &self.target_pointers {
            let Some(rest) =
                section_pointer.strip_prefix(target_pointer.as_str()).filter(|_| !target_pointer.is_empty())
            else {
                continue;
            };
            let source = self.cache.file(&location.file);
            taken.extend(keys(
                source.as_ref().and_then(|source| source.value.pointer(&format!("{}{rest}", location.pointer))),
            ));
        }
        taken
    }

    /// A part as it is at `out`.
    fn part(&mut self, location: &Location, out: &str) -> Option<Value> {
        let index = self.parts.index(&location.file, self.cache)?;
        let source = self.parts.sources[index].clone();
        self.document.edits.part(out.to_owned(), index, location.pointer.clone());
        self.open.push(location.clone());
        let copied = source.value.pointer(&location.pointer).map(|value| self.copy(location, value, out));
        self.open.pop();
        copied
    }

    /// What is at `at` in one of the files, as it is at `out` in the document.
    fn copy(&mut self, at: &Location, value: &Value, out: &str) -> Value {
        if let Some(target_pointer) = self.target_pointers.get(at).filter(|target_pointer| *target_pointer != out) {
            return reference_to(&reference(target_pointer));
        }
        match value {
            Value::Object(members) => {
                let here = self.part_here(at, out);
                here.unwrap_or_else(|| members.iter().map(|(key, member)| self.member(at, key, member, out)).collect())
            }
            Value::Array(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    let index = index.to_string();
                    self.copy(&at.member(&index), item, &format!("{out}/{index}"))
                });
                items.collect()
            }
            value => value.clone(),
        }
    }

    fn member(&mut self, holder: &Location, key: &str, member: &Value, out: &str) -> (String, Value) {
        let at = holder.member(key);
        let linked = self.linked(&at).filter(|_| member.is_string());
        let copied = linked.unwrap_or_else(|| self.copy(&at, member, &join(out, key)));
        (key.to_owned(), copied)
    }

    /// The part that is at `out` itself, rather than a reference to it. Files that are nothing but references to
    /// each other are a circle, which is for lowering to report.
    fn part_here(&mut self, at: &Location, out: &str) -> Option<Value> {
        let Some(Link::Part(location)) = self.links.get(&at.member(REF)) else { return None };
        let is_here = self.target_pointers.get(location).is_some_and(|target_pointer| target_pointer == out)
            && !self.open.contains(location);
        let location = is_here.then(|| location.clone())?;
        self.part(&location, out)
    }

    /// A reference as it is written in the document.
    fn linked(&self, at: &Location) -> Option<Value> {
        match self.links.get(at)? {
            Link::Part(location) => Some(reference(&self.target_pointer(location)).into()),
            Link::Document(written) => Some(written.clone().into()),
            Link::Other | Link::Unresolved(_) => None,
        }
    }
}

fn reference(target_pointer: &str) -> String {
    format!("#{}", target_pointer.replace('%', "%25"))
}

/// The members of an object, made where there is none; none where something else is there.
fn members<'v>(document: &'v mut Value, pointer: &str) -> Option<&'v mut Map<String, Value>> {
    let mut tokens = pointer.split('/').skip(1);
    tokens.try_fold(document.as_object_mut()?, |holder, token| object(holder.entry(token).or_insert(Value::Null)))
}

/// An object; empty YAML is null, and becomes one.
fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    if value.is_null() {
        *value = json!({});
    }
    value.as_object_mut()
}
