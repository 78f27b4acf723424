//! What a document refers to, and what that refers to.

use super::cache::{FileCache, Link, Location};
use crate::keywords::{self, Holds, REF, REFERENCES, SECTIONS, WEBHOOKS, holds_literals, holds_names};
use crate::source::pointer::join;
use crate::source::{Origin, Source};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::Arc;

/// What a node is, as far as that shows from where it is.
#[derive(Clone, Debug)]
struct Role {
    /// The keyword that it is under.
    keyword: String,
    /// Whether its keys are names.
    has_names: bool,
}

impl Role {
    fn new(keyword: &str, has_names: bool) -> Self {
        Self { keyword: keyword.to_owned(), has_names }
    }

    /// That of a member; none where it is a value.
    fn of(&self, key: &str, value: &Value) -> Option<Self> {
        let is_value = (holds_literals(key) && (key != "examples" || value.is_array()))
            || (self.keyword == "examples" && ["value", "dataValue"].contains(&key));
        match (self.has_names, is_value) {
            (true, _) => Some(Self::new(&self.keyword, false)),
            (false, true) => None,
            (false, false) => Some(Self::new(key, holds_names(key) && value.is_object())),
        }
    }

    /// The part of `components` for what is there (OpenAPI 3.1, section 4.8.7).
    fn section(&self) -> &'static str {
        match self.keyword.as_str() {
            "requestBody" => "requestBodies",
            "paths" => "pathItems",
            keyword if WEBHOOKS.contains(&keyword) => "pathItems",
            keyword => SECTIONS.into_iter().find(|section| *section == keyword).unwrap_or("schemas"),
        }
    }
}

/// A part that something refers to.
pub(super) struct Target {
    /// The part of `components` for what it is.
    pub(super) section: &'static str,
    /// Where it is in the document.
    pub(super) target_pointer: Option<String>,
    /// Whether it is not in the document yet.
    pub(super) is_new: bool,
}

/// A node that is still to be looked through.
struct Visit {
    at: Location,
    role: Role,
    /// Where it will be in the document, if that is known already.
    out: Option<String>,
}

pub(super) struct Collector<'c> {
    document: &'c Source,
    own: &'c str,
    cache: &'c mut FileCache,
    /// The parts, each with its location in the document, if that is known.
    pub(super) targets: IndexMap<Location, Target>,
    /// The references to write anew, by where they are.
    pub(super) links: BTreeMap<Location, Link>,
    /// What helps with references that lead nowhere: by the file, and as they are written.
    pub(super) unresolved: BTreeMap<(String, String), String>,
    queue: VecDeque<Visit>,
    visited: HashSet<(Location, bool)>,
}

impl<'c> Collector<'c> {
    /// `placed` are the parts that the document has already.
    pub(super) fn new(
        document: &'c Source,
        own: &'c str,
        cache: &'c mut FileCache,
        placed: &BTreeMap<Location, String>,
    ) -> Self {
        let target = |target_pointer: &String| Target {
            section: "schemas",
            target_pointer: Some(target_pointer.clone()),
            is_new: false,
        };
        let targets =
            placed.iter().map(|(location, target_pointer)| (location.clone(), target(target_pointer))).collect();
        let (links, unresolved) = (BTreeMap::new(), BTreeMap::new());
        let (queue, visited) = (VecDeque::new(), HashSet::new());
        Self { document, own, cache, targets, links, unresolved, queue, visited }
    }

    pub(super) fn run(&mut self) {
        let root = Visit {
            at: Location { file: self.own.to_owned(), pointer: String::new() },
            role: Role::new("", false),
            out: Some(String::new()),
        };
        let document = self.document;
        self.visit(root, &document.value);
        while let Some(visit) = self.queue.pop_front() {
            let source: Option<Arc<Source>> = self.cache.file(&visit.at.file);
            let value = source.as_ref().and_then(|source| source.value.pointer(&visit.at.pointer));
            if let Some(value) = value.filter(|_| self.visited.insert((visit.at.clone(), visit.out.is_some()))) {
                self.visit(visit, value);
            }
        }
    }

    fn visit(&mut self, visit: Visit, value: &Value) {
        match value {
            Value::Object(members) => {
                for keyword in REFERENCES {
                    if let Some(text) = members.get(keyword).and_then(Value::as_str) {
                        let is_alone = members.len() == 1 && keyword == REF;
                        self.reference(&visit, keyword, text, is_alone);
                    }
                }
                if visit.role.keyword == "discriminator" {
                    self.mapping(&visit, value);
                }
                for (key, member) in members {
                    if let Some(role) = visit.role.of(key, member) {
                        self.visit(visit.below(key, role), member);
                    }
                }
            }
            Value::Array(items) => {
                let role = Role::new(&visit.role.keyword, false);
                for (index, item) in items.iter().enumerate() {
                    self.visit(visit.below(&index.to_string(), role.clone()), item);
                }
            }
            _ => {}
        }
    }

    /// The values of a discriminator's mapping may be references (OpenAPI 3.1, section 4.8.25.3).
    fn mapping(&mut self, visit: &Visit, discriminator: &Value) {
        let holder = visit.below("mapping", Role::new("schemas", false));
        let members = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
        for (key, text) in members.filter_map(|(key, value)| Some((key, value.as_str()?))) {
            self.reference(&holder, key, text, false);
        }
    }

    fn reference(&mut self, visit: &Visit, key: &str, text: &str, is_alone: bool) {
        // What came out of a part was looked through in its own file.
        if visit.at.file == self.own && matches!(self.document.origin(&visit.at.pointer), Origin::File { .. }) {
            return;
        }
        let link = self.cache.find(self.own, &visit.at.file, text);
        match &link {
            Link::Part(location) => self.part(visit, location.clone(), is_alone),
            Link::Document(_) => {}
            Link::Unresolved(help) => {
                self.unresolved.insert((visit.at.file.clone(), text.to_owned()), help.clone());
                return;
            }
            Link::Other => return,
        }
        self.links.insert(visit.at.member(key), link);
    }

    /// A part is placed where a component or a webhook is nothing but a reference to it: at the first of those.
    fn part(&mut self, visit: &Visit, location: Location, is_alone: bool) {
        let section = visit.role.section();
        let target =
            self.targets.entry(location.clone()).or_insert(Target { section, target_pointer: None, is_new: true });
        let out = visit.out.clone().filter(|out| is_alone && target.target_pointer.is_none() && is_entry(out));
        if out.is_some() {
            target.target_pointer.clone_from(&out);
        }
        if target.is_new {
            self.queue.push_back(Visit { at: location, role: visit.role.clone(), out });
        }
    }
}

impl Visit {
    fn below(&self, key: &str, role: Role) -> Self {
        let out = self.out.as_ref().map(|out| join(out, key));
        Self { at: self.at.member(key), role, out }
    }
}

/// Whether something has a location of its own in a document: a part of it, one of `components`, or an entry of those.
fn is_entry(pointer: &str) -> bool {
    let tokens: Vec<_> = pointer.split('/').skip(1).collect();
    match tokens.as_slice() {
        // A file beside the document may be a schema itself.
        [key] => keywords::find(key).is_none_or(|keyword| keyword.holds != Holds::Schema),
        ["components", _] | ["components", _, _] => true,
        [map, _] | [map, _, _] => *map == "paths" || WEBHOOKS.contains(map),
        _ => false,
    }
}
