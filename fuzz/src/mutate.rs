//! Changes to JSON that keep it JSON: a fuzzer that changes bytes seldom gets past the grammar.

mod words;

use crate::tree::{Tree, quoted, unquoted};
use fastrand::Rng;
pub use words::{BODY, DOCUMENT, Words};

/// Changes a tree in a few places.
pub fn change(tree: &mut Tree, words: &Words, random: &mut Rng) {
    let mut mutator = Mutator { words, random };
    for _ in 0..mutator.random.usize(1..=3) {
        mutator.once(tree);
    }
}

struct Mutator<'m> {
    words: &'m Words,
    random: &'m mut Rng,
}

impl Mutator<'_> {
    fn once(&mut self, tree: &mut Tree) {
        let count = tree.count();
        let (other, pointer) = tree.nth(self.random.usize(..count));
        let other = match self.words.has_references && self.random.u8(..4) == 0 {
            true => Tree::Object(vec![(quoted("$ref"), Tree::Scalar(quoted(&format!("#{pointer}"))))]),
            false => other.clone(),
        };
        let (node, _) = tree.nth(self.random.usize(..count));
        match self.random.u8(..9) {
            0 => *node = Tree::Scalar(self.scalar()),
            1 => *node = other,
            2 => self.wrap(node, &other),
            3 => in_or_out_of_text(node),
            _ => match node {
                Tree::Object(members) => self.members(members, other),
                Tree::Array(items) => self.items(items, other),
                Tree::Scalar(scalar) => *scalar = self.respelled(scalar),
            },
        }
    }

    fn scalar(&mut self) -> String {
        match self.random.u8(..20) {
            0 => self.random.i64(..).to_string(),
            1 => self.random.f64().to_string(),
            2 => "9".repeat(self.random.usize(1..400)),
            3 => quoted(&"long".repeat(self.random.usize(1..400))),
            _ => self.one_of(self.words.scalars),
        }
    }

    /// A key that the other value has, or another one.
    fn key(&mut self, other: &Tree) -> String {
        match other {
            Tree::Object(members) if !members.is_empty() => members[self.random.usize(..members.len())].0.clone(),
            Tree::Scalar(text) if text.starts_with('"') => text.clone(),
            _ => match self.random.u8(..10) {
                0 => quoted(&"k".repeat(self.random.usize(..400))),
                1 => quoted(&self.random.u16(..).to_string()),
                _ => self.one_of(self.words.keys),
            },
        }
    }

    fn one_of(&mut self, words: &[&str]) -> String {
        words[self.random.usize(..words.len())].to_owned()
    }

    fn members(&mut self, members: &mut Vec<(String, Tree)>, other: Tree) {
        let at = self.random.usize(..=members.len());
        if at == members.len() {
            return members.push((self.key(&other), other));
        }
        match self.random.u8(..5) {
            0 => _ = members.remove(at),
            1 => members[at].0 = self.key(&other),
            2 => members[at].0 = self.respelled(&members[at].0),
            3 => {
                let (mut key, value) = members[at].clone();
                if self.random.bool() {
                    key = self.respelled(&key);
                }
                let value = if self.random.bool() { value } else { other };
                members.insert(self.random.usize(..=members.len()), (key, value));
            }
            _ => {
                let with = self.random.usize(..members.len());
                members.swap(at, with);
            }
        }
    }

    fn items(&mut self, items: &mut Vec<Tree>, other: Tree) {
        let at = self.random.usize(..=items.len());
        match self.random.u8(..4) {
            0 if at < items.len() => _ = items.remove(at),
            1 => items.extend(std::iter::repeat_n(other, self.random.usize(1..40))),
            _ => items.insert(at, other),
        }
    }

    /// The same string in another spelling, or one that is like it; another scalar.
    fn respelled(&mut self, scalar: &str) -> String {
        if !scalar.starts_with('"') {
            return self.scalar();
        }
        let text = unquoted(scalar);
        match self.random.u8(..4) {
            0 => format!("\"{}\"", text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<String>()),
            1 => quoted(&text.to_uppercase()),
            2 => quoted(&format!("{text}.{text}")),
            _ => quoted(&text),
        }
    }

    /// Puts a value into arrays or objects.
    fn wrap(&mut self, node: &mut Tree, other: &Tree) {
        let depth = if self.random.u8(..8) == 0 { self.random.usize(..140) } else { 1 };
        let key = self.random.bool().then(|| self.key(other));
        for _ in 0..depth {
            let inner = std::mem::replace(node, Tree::Array(Vec::new()));
            *node = match &key {
                Some(key) => Tree::Object(vec![(key.clone(), inner)]),
                None => Tree::Array(vec![inner]),
            };
        }
    }
}

/// JSON in a string becomes the value, any other value JSON in a string.
fn in_or_out_of_text(node: &mut Tree) {
    let held = match node {
        Tree::Scalar(text) if text.starts_with('"') => Tree::parse(&unquoted(text)),
        _ => None,
    };
    *node = held.unwrap_or_else(|| Tree::Scalar(quoted(&node.to_string())));
}

impl Tree {
    fn children(&mut self) -> Vec<(String, &mut Self)> {
        match self {
            Self::Scalar(_) => Vec::new(),
            Self::Array(items) => items.iter_mut().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
            Self::Object(members) => members.iter_mut().map(|(key, value)| (unquoted(key), value)).collect(),
        }
    }

    /// How many values there are.
    fn count(&self) -> usize {
        1 + match self {
            Self::Scalar(_) => 0,
            Self::Array(items) => items.iter().map(Self::count).sum(),
            Self::Object(members) => members.iter().map(|(_, value)| value.count()).sum(),
        }
    }

    /// The value with a number below the count, from the top; and the JSON pointer to it.
    fn nth(&mut self, number: usize) -> (&mut Self, String) {
        let (mut node, mut left, mut pointer) = (self, number, String::new());
        while left > 0 {
            left -= 1;
            let mut children = node.children().into_iter();
            let (token, child) = children
                .find(|(_, child)| {
                    let count = child.count();
                    let is_there = left < count;
                    left -= if is_there { 0 } else { count };
                    is_there
                })
                .expect("the number is below the count");
            pointer = format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"));
            node = child;
        }
        (node, pointer)
    }
}
