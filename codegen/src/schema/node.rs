//! A value together with its location.

use crate::keywords::{Holds, KEYWORDS, Keyword, REFERENCES, Role, holds_literals, holds_names};
use crate::source::pointer::{escape, tokens};
use serde_json::Value;

/// A location in the documents of a provider.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    /// Index of the document.
    pub document: usize,
    /// JSON pointer (RFC 6901) into it.
    pub pointer: String,
}

/// A value together with where it is.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// Index of the document.
    pub document: usize,
    /// JSON pointer (RFC 6901) into it.
    pub pointer: String,
    pub value: &'a Value,
}

impl<'a> Node<'a> {
    /// The member `key` of an object.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        Some(self.with(key, self.value.as_object()?.get(key)?))
    }

    /// The member `key` of an object, unless it is empty YAML, which is null.
    pub fn non_null(&self, key: &str) -> Option<Node<'a>> {
        self.get(key).filter(|member| !member.value.is_null())
    }

    /// The members of the object under `key`.
    pub fn members(&self, key: &str) -> Vec<(&'a str, Node<'a>)> {
        self.get(key).map(|under| under.entries()).unwrap_or_default()
    }

    /// The members of an object.
    pub fn entries(&self) -> Vec<(&'a str, Node<'a>)> {
        let members = self.value.as_object().into_iter().flatten();
        members.map(|(key, value)| (key.as_str(), self.with(key, value))).collect()
    }

    /// The items of the array under `key`.
    pub fn items(&self, key: &str) -> Vec<Node<'a>> {
        let Some(under) = self.get(key) else { return Vec::new() };
        let items = under.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| under.with(&index.to_string(), value)).collect()
    }

    /// The schemas inside a schema, under the keywords that are wanted.
    pub fn inner(&self, wanted: impl Fn(&Keyword) -> bool) -> Vec<Node<'a>> {
        let keywords = KEYWORDS.iter().filter(|keyword| wanted(keyword) && self.value.get(keyword.name).is_some());
        let held = keywords.flat_map(|keyword| match keyword.holds {
            Holds::Schema => self.get(keyword.name).into_iter().collect(),
            Holds::Schemas => self.items(keyword.name),
            Holds::SchemasByName => self.members(keyword.name).into_iter().map(|(_, schema)| schema).collect(),
            _ => Vec::new(),
        });
        held.collect()
    }

    /// A node and those in it in which keys mean something, the last first: neither what is a value of a body, nor what
    /// holds others by names.
    pub fn descendants(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let mut stack = vec![self.clone()];
        std::iter::from_fn(move || {
            let node = stack.pop()?;
            let members = node.value.as_object().into_iter().flatten().filter(|(_, value)| has_parts(value));
            for (key, value) in members {
                let holds_names = value.is_object() && holds_names(key);
                if holds_names {
                    stack.extend(node.members(key).into_iter().map(|(_, member)| member));
                } else if !holds_literals(key) {
                    stack.push(node.with(key, value));
                }
            }
            let items = node.value.as_array().into_iter().flatten().enumerate();
            let items = items.filter(|(_, value)| has_parts(value));
            stack.extend(items.map(|(index, value)| node.with(&index.to_string(), value)));
            Some(node)
        })
    }

    /// A schema and those that are in its `allOf`, in the `allOf` of these, and so on.
    pub fn parts(&self) -> Vec<Node<'a>> {
        let mut parts = vec![self.clone()];
        let mut next = self.items("allOf");
        next.reverse();
        while let Some(part) = next.pop() {
            next.extend(part.items("allOf").into_iter().rev());
            parts.push(part);
        }
        parts
    }

    /// The schemas inside a schema that say what its values hold. What `not`, `if` and the like hold is no such schema.
    pub fn children(&self) -> Vec<Node<'a>> {
        self.inner(|keyword| keyword.role == Role::Shape)
    }

    /// An item of an array.
    pub fn item(&self, index: usize) -> Option<Node<'a>> {
        Some(self.with(&index.to_string(), self.value.as_array()?.get(index)?))
    }

    /// The string under `key`.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// Its reference.
    pub fn reference(&self) -> Option<Node<'a>> {
        REFERENCES.iter().find_map(|keyword| self.get(keyword))
    }

    /// Where it is.
    pub fn location(&self) -> Location {
        Location { document: self.document, pointer: self.pointer.clone() }
    }

    /// Whether both have the same location.
    pub fn is(&self, other: &Self) -> bool {
        (self.document, &self.pointer) == (other.document, &other.pointer)
    }

    /// Whether this part of a schema is in `schema` itself, rather than in another one that it refers to.
    pub fn is_part_of(&self, schema: &Self) -> bool {
        let below = self.pointer.strip_prefix(&schema.pointer);
        self.document == schema.document && below.is_some_and(|below| below.is_empty() || below.starts_with("/allOf/"))
    }

    /// Where it is in memory: it is the same for all of a run.
    pub fn address(&self) -> usize {
        std::ptr::from_ref(self.value).addr()
    }

    /// Whether `key` is there with `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// The keys of an object.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.value.as_object().into_iter().flatten().map(|(key, _)| key.as_str())
    }

    /// What is under `token` of it.
    pub fn with(&self, token: &str, value: &'a Value) -> Node<'a> {
        let mut pointer = String::with_capacity(self.pointer.len() + 1 + token.len());
        pointer.push_str(&self.pointer);
        pointer.push('/');
        match token.contains(['~', '/']) {
            true => pointer.push_str(&escape(token)),
            false => pointer.push_str(token),
        }
        Node { document: self.document, pointer, value }
    }
}

fn has_parts(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// The indices of the members on the way to a location, for sorting by the order of the document.
pub fn position(document: &Value, pointer: &str) -> Vec<usize> {
    let mut value = document;
    let mut position = Vec::new();
    for token in tokens(pointer) {
        let (index, next) = match value {
            Value::Object(members) => {
                let found = members.iter().enumerate().find(|(_, (key, _))| **key == token);
                let Some((index, (_, next))) = found else { break };
                (index, next)
            }
            Value::Array(items) => {
                let Some((index, next)) = token.parse().ok().and_then(|at: usize| Some((at, items.get(at)?))) else {
                    break;
                };
                (index, next)
            }
            _ => break,
        };
        position.push(index);
        value = next;
    }
    position
}
