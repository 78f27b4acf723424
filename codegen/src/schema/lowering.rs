//! What all of lowering works on.

use super::lowered::Lowered;
use super::node::{Location, Node};
use super::references::References;
use super::state::{Chains, Discriminators, Merges, Subtypes};
use crate::source::{Diagnostic, Diagnostics, Source, WarningKind};
use indexmap::IndexSet;
use std::collections::HashSet;

pub struct Lowering<'a> {
    pub sources: &'a [Source],
    pub lowered: Vec<Lowered>,
    pub references: References<'a>,
    /// Components that are still to be lowered, with the schemas that all apply to them.
    pub queue: Vec<(Node<'a>, Vec<Node<'a>>)>,
    pub queued: HashSet<Location>,
    pub merges: Merges<'a>,
    pub chains: Chains<'a>,
    pub found: &'a mut Diagnostics,
    pub fallbacks: &'a mut Diagnostics,
    pub discriminators: Discriminators<'a>,
    pub subtypes: Subtypes<'a>,
    /// For each document the schemas whose type is taken for granted.
    pub inferred: Vec<IndexSet<String>>,
}

impl<'a> Lowering<'a> {
    pub fn new(sources: &'a [Source], found: &'a mut Diagnostics, fallbacks: &'a mut Diagnostics) -> Self {
        Self {
            sources,
            lowered: sources.iter().map(|_| Lowered::default()).collect(),
            references: References::new(sources),
            queue: Vec::new(),
            queued: HashSet::new(),
            merges: Merges::default(),
            chains: Chains::default(),
            found,
            fallbacks,
            discriminators: Discriminators::default(),
            subtypes: Subtypes::default(),
            inferred: vec![IndexSet::new(); sources.len()],
        }
    }

    /// The location of a schema, which will be lowered in its turn.
    pub fn reference(&mut self, target: Node<'a>) -> Location {
        let location = target.location();
        if self.queued.insert(location.clone()) {
            self.queue.push((target.clone(), vec![target]));
        }
        location
    }

    pub fn error(&mut self, node: &Node<'_>, message: impl Into<String>, help: impl Into<String>) {
        let file = &self.sources[node.document].path;
        self.found.push(Diagnostic::error(file, &node.pointer, message).help(help));
    }

    pub fn warning(&mut self, kind: WarningKind, node: &Node<'_>, message: impl Into<String>, help: impl Into<String>) {
        let file = &self.sources[node.document].path;
        self.found.push(Diagnostic::warning(kind, file, &node.pointer, message).help(help));
    }
}
