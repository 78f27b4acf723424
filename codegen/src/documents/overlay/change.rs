//! Updating and removing nodes (Overlay Specification 1.1, Action Object), noting what came from where.

use crate::documents::file_name;
use crate::source::pointer::{join, unescape};
use crate::source::{Diagnostic, Diagnostics, Edits, Source};
use serde_json::Value;

/// So many values an overlay may put into documents: one that copies a list into itself doubles it each time.
const MOST_VALUES: usize = 250_000;

/// What an overlay did so far.
#[derive(Debug)]
pub(super) struct Changes<'o> {
    pub(super) overlay: &'o Source,
    pub(super) found: Diagnostics,
    /// Whether any document says something else since this was false.
    pub(super) changed: bool,
    /// How many values may still be put into documents.
    left: usize,
}

impl<'o> Changes<'o> {
    pub(super) fn new(overlay: &'o Source) -> Self {
        Self { overlay, found: Diagnostics::new(), changed: false, left: MOST_VALUES }
    }

    pub(super) fn error(&mut self, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::error(&self.overlay.path, pointer, message).help(help));
    }

    /// Takes the nodes out of what holds them.
    pub(super) fn remove(&mut self, document: &mut Source, pointers: Vec<String>) {
        // From the end, so that what is still to go does not move.
        for pointer in pointers.into_iter().rev() {
            // The root is no target of a removal: reading the overlay made sure of that.
            let Some((holder, token)) = pointer.rsplit_once('/') else { continue };
            match document.value.pointer_mut(holder) {
                Some(Value::Object(members)) => self.changed |= members.shift_remove(&unescape(token)).is_some(),
                Some(Value::Array(items)) => {
                    let Ok(index) = token.parse() else { continue };
                    items.remove(index);
                    document.edits.taken(holder, index);
                    self.changed = true;
                }
                _ => {}
            }
        }
    }

    /// Merges `value`, which is at `from` in the overlay, into the nodes.
    pub(super) fn update(&mut self, document: &mut Source, pointers: &[String], value: &Value, from: &str) {
        let file = file_name(&document.path).into_owned();
        let mut merge = Merge { changes: self, edits: &mut document.edits, file };
        let mut first = None;
        for pointer in pointers {
            let Some(target) = document.value.pointer_mut(pointer) else { continue };
            if *first.get_or_insert(Shape::of(target)) != Shape::of(target) {
                let message =
                    format!("the targets of an action must be of one type: this one is {}", Shape::of(target).name());
                merge.conflict(pointer, from, message, "match only objects, only lists, or only plain values");
                continue;
            }
            match target {
                Value::Array(items) if !value.is_array() => {
                    merge.append(items, std::slice::from_ref(value), pointer, |_| from.to_owned());
                }
                _ => merge.merge(target, value, pointer, from),
            }
        }
    }
}

/// What the specification tells apart when it merges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Object,
    Array,
    Primitive,
}

impl Shape {
    fn of(value: &Value) -> Self {
        match value {
            Value::Object(_) => Self::Object,
            Value::Array(_) => Self::Array,
            _ => Self::Primitive,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "a list",
            Self::Primitive => "a plain value",
        }
    }
}

struct Merge<'a, 'o> {
    changes: &'a mut Changes<'o>,
    edits: &'a mut Edits,
    file: String,
}

impl Merge<'_, '_> {
    fn merge(&mut self, target: &mut Value, value: &Value, at: &str, from: &str) {
        match (target, value) {
            (Value::Object(members), Value::Object(new)) => {
                for (key, value) in new {
                    let (at, from) = (join(at, key), join(from, key));
                    match members.get_mut(key) {
                        Some(member) => self.merge(member, value, &at, &from),
                        None => {
                            if let Some(value) = self.put(value, at, from) {
                                members.insert(key.clone(), value);
                            }
                        }
                    }
                }
            }
            (Value::Array(items), Value::Array(new)) => {
                self.append(items, new, at, |index| format!("{from}/{index}"));
            }
            (target, value) if Shape::of(target) == Shape::of(value) => {
                if target != value {
                    *target = value.clone();
                    self.changes.changed = true;
                    self.edits.put(at.to_owned(), from.to_owned());
                }
            }
            (target, value) => {
                let (is, new) = (Shape::of(target).name(), Shape::of(value).name());
                let help =
                    "an update cannot change the type of a value: remove the old value in an action before this one";
                self.conflict(at, from, format!("{new} cannot be merged into {is}"), help);
            }
        }
    }

    /// Items that the list holds already change nothing to speak of: the lists of a document are sets, but for examples.
    fn append(&mut self, items: &mut Vec<Value>, new: &[Value], at: &str, from: impl Fn(usize) -> String) {
        self.changes.changed = self.changes.changed || new.iter().any(|item| !items.contains(item));
        for (index, item) in new.iter().enumerate() {
            let at = format!("{at}/{}", items.len());
            items.extend(self.put_quietly(item, at, from(index)));
        }
    }

    fn put(&mut self, value: &Value, at: String, from: String) -> Option<Value> {
        self.changes.changed = true;
        self.put_quietly(value, at, from)
    }

    /// Nothing may nest deeper than what can be read, or grow without end: copying a node into itself doubles it each time.
    fn put_quietly(&mut self, value: &Value, at: String, from: String) -> Option<Value> {
        const DEEPEST: usize = 127;
        if at.matches('/').count() + depth(value) > DEEPEST {
            let help = "move inner parts to `#/components`, and refer to them";
            self.conflict(&at, &from, format!("nested more than {DEEPEST} deep"), help);
            return None;
        }
        let Some(left) = self.changes.left.checked_sub(count(value)) else {
            // One is enough: the actions after it fail likewise.
            if std::mem::take(&mut self.changes.left) > 0 {
                let help = "copy less, or refer to it with `$ref`";
                self.conflict(&at, &from, format!("the overlay puts more than {MOST_VALUES} values there"), help);
            }
            return None;
        };
        self.changes.left = left;
        self.edits.put(at, from);
        Some(value.clone())
    }

    /// Reports an update that does not fit the node at `at`.
    fn conflict(&mut self, at: &str, from: &str, message: impl Into<String>, help: &str) {
        self.changes.error(from, format!("{} (#{at} of {})", message.into(), self.file), help);
    }
}

/// How many values there are in one, with itself; a long text counts as several.
fn count(value: &Value) -> usize {
    const TEXT: usize = 64;
    match value {
        Value::Object(members) => 1 + members.iter().map(|(key, value)| key.len() / TEXT + count(value)).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::String(text) => 1 + text.len() / TEXT,
        _ => 1,
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        _ => 1,
    }
}
