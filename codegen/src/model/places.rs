//! The places of texts in bodies.

use super::docs::letters;
use super::{Provider, Shape, Type, TypeId};
use crate::documents::provider::Expression;
use crate::source::pointer::escape;
use std::collections::{BTreeSet, HashSet};

/// An event type stands near the top.
const DEEPEST: usize = 4;
/// So many places below the top are looked at in a body: types that refer to each other in all directions have millions.
const MOST: usize = 100_000;
/// What senders call it; only decides between places that serve equally well.
const USUAL: [&str; 8] = ["type", "eventtype", "event", "eventname", "eventcode", "hooktype", "topic", "action"];

/// The places in the bodies of all webhooks.
pub(super) fn all_places(provider: &Provider) -> BTreeSet<Place> {
    provider.webhooks.iter().flat_map(|webhook| places(provider, &webhook.payload)).collect()
}

/// A place that could say which event a body is; the better one is less.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    depth: usize,
    /// How usual its name is.
    rank: usize,
    pub pointer: String,
    /// The pointer without the indices of the arrays that it leads through, if it does.
    pub unindexed: Option<String>,
    /// Whether any text may stand there.
    pub is_open: bool,
    /// How many places stand before it in the body.
    pub index: usize,
}

impl Place {
    /// Whether it is called like an event type.
    pub fn is_usual(&self) -> bool {
        self.rank < USUAL.len()
    }

    pub fn is_usual_name(name: &str) -> bool {
        USUAL.contains(&name)
    }

    /// Deep in a body there is much that tells some of them by chance.
    pub fn is_likely(&self) -> bool {
        self.is_usual() || self.depth == 1
    }

    pub fn expression(&self) -> Expression {
        Expression::Body(self.pointer.clone())
    }

    /// The pointer to the object that holds it.
    pub fn object(&self) -> &str {
        self.pointer.rsplit_once('/').map_or("", |(object, _)| object)
    }
}

/// The places in bodies of a type.
pub(super) fn places(provider: &Provider, payload: &Type) -> BTreeSet<Place> {
    let mut walk = Walk { provider, places: BTreeSet::new(), known: HashSet::new(), seen: HashSet::new(), left: MOST };
    walk.walk(payload, &Way::default());
    walk.places
}

/// The way to a place.
#[derive(Clone, Default)]
struct Way {
    pointer: String,
    unindexed: String,
    depth: usize,
}

impl Way {
    fn to_item(&self) -> Self {
        Self { pointer: format!("{}/0", self.pointer), unindexed: self.unindexed.clone(), depth: self.depth + 1 }
    }

    fn to_value(&self, key: &str) -> Self {
        let below = |pointer: &str| format!("{pointer}/{}", escape(key));
        Self { pointer: below(&self.pointer), unindexed: below(&self.unindexed), depth: self.depth + 1 }
    }

    fn place(&self, is_open: bool, index: usize) -> Place {
        let name = letters(self.unindexed.rsplit('/').next().unwrap_or_default());
        let rank = USUAL.iter().position(|usual| *usual == name).unwrap_or(USUAL.len());
        let unindexed = (self.unindexed != self.pointer).then(|| self.unindexed.clone());
        Place { depth: self.depth, rank, pointer: self.pointer.clone(), unindexed, is_open, index }
    }
}

struct Walk<'p> {
    provider: &'p Provider,
    places: BTreeSet<Place>,
    known: HashSet<(String, bool)>,
    /// Types that were seen at a place: some hold themselves, by themselves or as one of several.
    seen: HashSet<(TypeId, String)>,
    /// How many more places are looked at below the top.
    left: usize,
}

impl Walk<'_> {
    fn walk(&mut self, ty: &Type, way: &Way) {
        if way.depth > DEEPEST || (way.depth > 1 && self.left == 0) {
            return;
        }
        self.left = self.left.saturating_sub(1);
        match ty {
            Type::Array(inner) => self.walk(inner, &way.to_item()),
            Type::Named(id) if self.seen.insert((*id, way.pointer.clone())) => self.named(*id, way),
            Type::String => self.insert(way, true),
            other => other.transparent().into_iter().for_each(|inner| self.walk(inner, way)),
        }
    }

    fn named(&mut self, id: TypeId, way: &Way) {
        match &self.provider.get(id).shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => self.walk(inner, way),
            Shape::Union(union) => {
                if !union.discriminator.is_empty() {
                    self.insert(&way.to_value(&union.discriminator), false);
                }
                union.variants.iter().for_each(|variant| self.walk(&variant.ty, way));
            }
            Shape::Struct(record) => {
                if let Some(tag) = &self.provider.get(id).tag {
                    self.insert(&way.to_value(&tag.property), false);
                }
                for field in &record.fields {
                    self.walk(&field.ty, &way.to_value(&field.key));
                }
            }
            Shape::Enum(_) => self.insert(way, false),
        }
    }

    fn insert(&mut self, way: &Way, is_open: bool) {
        if self.known.insert((way.pointer.clone(), is_open)) {
            self.places.insert(way.place(is_open, self.places.len()));
        }
    }
}
