//! Where nodes are in a file.

use super::pointer::{join, tokens};
use std::collections::HashMap;

/// A part of an object's member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Its name.
    Key,
    /// What it holds.
    Value,
}

/// A location in a file, within one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Length in characters, at least 1; past the end of the line means up to it.
    pub width: usize,
}

impl Span {
    /// The location of one character.
    pub fn point(line: usize, column: usize) -> Self {
        Self { line, column, width: 1 }
    }
}

/// The spans of every node of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    nodes: Vec<Node>,
    pub(super) duplicates: Vec<Duplicate>,
}

#[derive(Clone, Debug)]
struct Node {
    /// Where its key is; its value, if it has none.
    key: Span,
    value: Span,
    children: HashMap<String, usize>,
}

/// A duplicate key in an object.
#[derive(Clone, Debug)]
pub(super) struct Duplicate {
    pub(super) pointer: String,
    pub(super) first: Span,
    pub(super) again: Span,
}

impl Index {
    /// The span of the node at `pointer`; an element of a list has no key and gives its value for it.
    pub(super) fn find(&self, pointer: &str, part: Part) -> Option<Span> {
        let mut node = self.nodes.first()?;
        for key in tokens(pointer) {
            node = self.nodes.get(*node.children.get(&key)?)?;
        }
        Some(match part {
            Part::Key => node.key,
            Part::Value => node.value,
        })
    }
}

/// Makes an [`Index`] of what a parser meets, in its order; never recursive, whatever the depth.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) index: Index,
    open: Vec<Open>,
}

/// A list or an object that is not closed yet.
#[derive(Debug)]
struct Open {
    node: usize,
    pointer: String,
    object: bool,
    items: usize,
    /// The key whose value comes next.
    key: Option<(String, Span)>,
}

impl Builder {
    /// A list or an object starts.
    pub(super) fn open(&mut self, object: bool, span: Span) {
        let pointer = self.add("", span);
        self.open.push(Open { node: self.index.nodes.len() - 1, pointer, object, items: 0, key: None });
    }

    /// The innermost list or object ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Adds a node and gives its pointer; `text` matters for keys only. A key becomes a node that no pointer leads to, in
    /// case it is a list.
    pub(super) fn add(&mut self, text: &str, span: Span) -> String {
        let (pointer, key) = match self.open.last_mut() {
            None => (String::new(), span),
            Some(parent) if parent.object && parent.key.is_none() => {
                parent.key = Some((text.to_owned(), span));
                (String::new(), span)
            }
            Some(parent) => {
                let item = (parent.items.to_string(), span);
                let (name, key) = parent.key.take().unwrap_or(item);
                parent.items += 1;
                let pointer = join(&parent.pointer, &name);
                let parent = parent.node;
                self.attach(parent, name, key, &pointer);
                (pointer, key)
            }
        };
        self.index.nodes.push(Node { key, value: span, children: HashMap::new() });
        pointer
    }

    fn attach(&mut self, parent: usize, name: String, again: Span, pointer: &str) {
        let node = self.index.nodes.len();
        let earlier = self.index.nodes[parent].children.insert(name, node);
        if let Some(earlier) = earlier {
            self.index.duplicates.push(Duplicate {
                pointer: pointer.to_owned(),
                first: self.index.nodes[earlier].key,
                again,
            });
        }
    }
}
