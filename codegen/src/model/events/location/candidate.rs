//! The texts in bodies that could be event types.

use crate::documents::provider::Expression;
use crate::model::events::api::Api;
use crate::model::types::{Shape, Type, TypeId, Types};
use crate::source::pointer::join;
use crate::words::letters;
use std::collections::{BTreeSet, HashSet};

/// An event type is near the top.
const DEEPEST: usize = 4;
/// So many values below the top are looked at in a body: types that refer to each other in all directions have millions.
const MOST: usize = 100_000;
/// What senders call it; only decides between candidates that serve equally well.
const CONVENTIONAL: [&str; 8] = ["type", "eventtype", "event", "eventname", "eventcode", "hooktype", "topic", "action"];

/// The candidates in the bodies of all webhooks.
pub fn all_candidates(api: &Api<'_>) -> BTreeSet<Candidate> {
    api.webhooks.iter().flat_map(|webhook| candidates(api.types, &webhook.payload)).collect()
}

/// A location that could say which event a body is; the better one is less.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    depth: usize,
    /// How conventional its name is.
    rank: usize,
    pub pointer: String,
    /// The pointer without the indices of the arrays that it leads through, if it does.
    pub unindexed: Option<String>,
    /// Whether it may be any text.
    pub is_open: bool,
    /// How many candidates come before it in the body.
    pub index: usize,
}

impl Candidate {
    /// Whether it is called like an event type.
    pub fn has_conventional_name(&self) -> bool {
        self.rank < CONVENTIONAL.len()
    }

    pub fn is_conventional(name: &str) -> bool {
        CONVENTIONAL.contains(&name)
    }

    /// Deep in a body, many values tell some webhooks apart by chance.
    pub fn is_likely(&self) -> bool {
        self.has_conventional_name() || self.depth == 1
    }

    pub fn expression(&self) -> Expression {
        Expression::Body(self.pointer.clone())
    }

    /// The pointer to the object that holds it.
    pub fn object(&self) -> &str {
        self.pointer.rsplit_once('/').map_or("", |(object, _)| object)
    }
}

/// The candidates in bodies of a type.
pub fn candidates(types: &Types, payload: &Type) -> BTreeSet<Candidate> {
    let mut walk = Walk { types, candidates: BTreeSet::new(), known: HashSet::new(), seen: HashSet::new(), left: MOST };
    walk.walk(payload, &Path::default());
    walk.candidates
}

/// The path to a value.
#[derive(Clone, Default)]
struct Path {
    pointer: String,
    unindexed: String,
    depth: usize,
}

impl Path {
    fn to_item(&self) -> Self {
        Self { pointer: format!("{}/0", self.pointer), unindexed: self.unindexed.clone(), depth: self.depth + 1 }
    }

    fn to_value(&self, key: &str) -> Self {
        Self { pointer: join(&self.pointer, key), unindexed: join(&self.unindexed, key), depth: self.depth + 1 }
    }

    fn candidate(&self, is_open: bool, index: usize) -> Candidate {
        let name = letters(self.unindexed.rsplit('/').next().unwrap_or_default());
        let rank = CONVENTIONAL.iter().position(|known| *known == name).unwrap_or(CONVENTIONAL.len());
        let unindexed = (self.unindexed != self.pointer).then(|| self.unindexed.clone());
        Candidate { depth: self.depth, rank, pointer: self.pointer.clone(), unindexed, is_open, index }
    }
}

struct Walk<'p> {
    types: &'p Types,
    candidates: BTreeSet<Candidate>,
    known: HashSet<(String, bool)>,
    /// Types that were seen at a pointer: some hold themselves, directly or as a variant.
    seen: HashSet<(TypeId, String)>,
    /// How many more values are looked at below the top.
    left: usize,
}

impl Walk<'_> {
    fn walk(&mut self, ty: &Type, path: &Path) {
        if path.depth > DEEPEST || (path.depth > 1 && self.left == 0) {
            return;
        }
        self.left = self.left.saturating_sub(1);
        match ty {
            Type::Array(inner) => self.walk(inner, &path.to_item()),
            Type::Named(id) if self.seen.insert((*id, path.pointer.clone())) => self.named(*id, path),
            Type::String => self.insert(path, true),
            other => other.transparent().into_iter().for_each(|inner| self.walk(inner, path)),
        }
    }

    fn named(&mut self, id: TypeId, path: &Path) {
        match &self.types.get(id).shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => self.walk(inner, path),
            Shape::Union(union) => {
                if !union.discriminator.is_empty() {
                    self.insert(&path.to_value(&union.discriminator), false);
                }
                union.variants.iter().for_each(|variant| self.walk(&variant.ty, path));
            }
            Shape::Struct(record) => {
                if let Some(tag) = &self.types.get(id).tag {
                    self.insert(&path.to_value(&tag.property), false);
                }
                for field in &record.fields {
                    self.walk(&field.ty, &path.to_value(&field.key));
                }
            }
            Shape::Enum(_) => self.insert(path, false),
        }
    }

    fn insert(&mut self, path: &Path, is_open: bool) {
        if self.known.insert((path.pointer.clone(), is_open)) {
            self.candidates.insert(path.candidate(is_open, self.candidates.len()));
        }
    }
}
