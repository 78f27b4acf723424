//! Where bodies say which event they are, when `provider.yaml` does not.

use super::events::{claims, values_at};
use super::{Header, Provider, Shape, Type, TypeId, Webhook};
use crate::lower::escape;
use crate::provider::Expression;
use std::collections::{BTreeSet, HashSet};

/// An event type stands near the top.
const DEEPEST: usize = 4;
/// What senders call it; only decides between places that serve equally well.
const USUAL: [&str; 8] = ["type", "eventtype", "event", "eventname", "eventcode", "hooktype", "topic", "action"];

/// The place at which every webhook's body has values of its own; else a header of which the same is true; else a
/// place that is called like an event type, whose values must then spell the webhooks' keys.
pub(super) fn event_type(provider: &Provider) -> Option<Expression> {
    let places = provider.webhooks.first().map(|first| places(provider, &first.payload)).unwrap_or_default();
    let telling = places.iter().filter(|place| {
        let values = |webhook: &Webhook| values_at(provider, &webhook.payload, &place.pointer);
        !place.is_open && tells(provider, values)
    });
    if let Some(place) = telling.min() {
        return Some(Expression::Body(place.pointer.clone()));
    }
    if let Some(header) = provider.headers.iter().find(|header| tells(provider, |webhook| listed(webhook, header))) {
        return Some(Expression::Header(header.name.clone()));
    }
    let named = places.iter().filter(|place| place.is_open && place.rank < USUAL.len());
    let spelling = named.filter(|place| spells(provider, &place.pointer)).min();
    spelling.map(|place| Expression::Body(place.pointer.clone()))
}

fn listed(webhook: &Webhook, header: &Header) -> Vec<String> {
    webhook.header_values.get(&header.name).cloned().unwrap_or_default()
}

/// The places of texts in the bodies of all webhooks.
pub(super) fn pointers(provider: &Provider) -> BTreeSet<String> {
    let places = provider.webhooks.iter().flat_map(|webhook| places(provider, &webhook.payload));
    places.map(|place| place.pointer).collect()
}

/// Whether the values at a place leave no two webhooks alike.
fn tells(provider: &Provider, values: impl Fn(&Webhook) -> Vec<String>) -> bool {
    if provider.webhooks.iter().any(|webhook| values(webhook).is_empty()) {
        return false;
    }
    let claims = claims(provider, values);
    let is_clear = |index: usize| claims.iter().any(|claim| claim.named == Some(index) || claim.webhooks == [index]);
    claims.iter().all(|claim| claim.webhooks.len() == 1 || claim.named.is_some())
        && (0..provider.webhooks.len()).all(is_clear)
}

/// Whether every webhook's body may have any text at a place.
fn spells(provider: &Provider, pointer: &str) -> bool {
    provider
        .webhooks
        .iter()
        .all(|webhook| places(provider, &webhook.payload).iter().any(|place| place.is_open && place.pointer == pointer))
}

/// A place that could say which event a body is; the better one is less.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    depth: usize,
    /// How usual its name is.
    rank: usize,
    pointer: String,
    /// Whether any text may stand there.
    is_open: bool,
}

impl Place {
    fn new(pointer: String, depth: usize, is_open: bool) -> Self {
        let name = pointer.rsplit('/').next().unwrap_or_default();
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let rank = USUAL.iter().position(|usual| *usual == name).unwrap_or(USUAL.len());
        Self { depth, rank, pointer, is_open }
    }
}

/// The places of texts.
fn places(provider: &Provider, payload: &Type) -> BTreeSet<Place> {
    let mut walk = Walk { provider, places: BTreeSet::new(), seen: HashSet::new() };
    walk.walk(payload, String::new(), 0);
    walk.places
}

struct Walk<'p> {
    provider: &'p Provider,
    places: BTreeSet<Place>,
    /// Types that were seen at a place: some hold themselves, by themselves or as one of several.
    seen: HashSet<(TypeId, String)>,
}

impl Walk<'_> {
    fn walk(&mut self, ty: &Type, pointer: String, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match ty {
            Type::Nullable(inner) | Type::JsonText(inner) | Type::OneOrMany(inner) | Type::Boxed(inner) => {
                self.walk(inner, pointer, depth);
            }
            Type::Array(inner) => self.walk(inner, format!("{pointer}/0"), depth + 1),
            Type::Named(id) if self.seen.insert((*id, pointer.clone())) => self.named(*id, pointer, depth),
            Type::String => _ = self.places.insert(Place::new(pointer, depth, true)),
            _ => {}
        }
    }

    fn named(&mut self, id: TypeId, pointer: String, depth: usize) {
        match &self.provider.get(id).shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => self.walk(inner, pointer, depth),
            Shape::Union(union) => {
                union.variants.iter().for_each(|variant| self.walk(&variant.ty, pointer.clone(), depth));
            }
            Shape::Struct(record) => {
                for field in &record.fields {
                    self.walk(&field.ty, format!("{pointer}/{}", escape(&field.key)), depth + 1);
                }
            }
            Shape::Enum(_) => _ = self.places.insert(Place::new(pointer, depth, false)),
        }
    }
}
