//! Where bodies say which event they are, when `provider.yaml` does not.

use super::events::{claims, joined};
use super::values::{is_required, narrowed, values_at};
use super::{Header, Provider, Shape, Type, TypeId, Webhook, shown};
use crate::load::Folder;
use crate::lower::escape;
use crate::provider::Expression;
use std::collections::{BTreeSet, HashMap, HashSet};

/// An event type stands near the top.
const DEEPEST: usize = 4;
/// What senders call it; only decides between places that serve equally well.
const USUAL: [&str; 8] = ["type", "eventtype", "event", "eventname", "eventcode", "hooktype", "topic", "action"];

/// The place at which every webhook's body has values of its own; else a header of which the same is true, or two
/// places; else a place that is called like an event type, whose values must then spell the webhooks' keys; else the
/// place that tells most of them.
pub(super) fn event_type(provider: &Provider, folder: &Folder) -> Vec<Expression> {
    let first = provider.webhooks.iter().find(|webhook| is_json(webhook));
    let places = first.map(|first| places(provider, &first.payload)).unwrap_or_default();
    let body = |place: &Place| vec![Expression::Body(place.pointer.clone())];
    let telling = places.iter().filter(|place| place.is_closed() && tells(provider, &body(place)));
    if let Some(place) = telling.filter(|place| is_event_type(provider, place)).min() {
        return body(place);
    }
    if let Some(header) = provider.headers.iter().map(header).find(|header| tells(provider, header)) {
        return header;
    }
    if provider.webhooks.len() == 1 {
        return Vec::new();
    }
    let named = places.iter().filter(|place| place.is_open && place.is_usual());
    let spelling = || named.filter(|place| spells(provider, folder, &place.pointer)).min().map(body);
    pair(provider, &places).or_else(spelling).or_else(|| most(provider)).unwrap_or_default()
}

fn header(header: &Header) -> Vec<Expression> {
    vec![Expression::Header(header.name.clone())]
}

/// What is no JSON has no places: whoever receives it knows it from elsewhere.
fn is_json(webhook: &Webhook) -> bool {
    webhook.payload != Type::Raw
}

/// The places of texts in the bodies of all webhooks.
pub(super) fn pointers(provider: &Provider) -> BTreeSet<String> {
    all_places(provider).into_iter().map(|place| place.pointer).collect()
}

fn all_places(provider: &Provider) -> BTreeSet<Place> {
    provider.webhooks.iter().flat_map(|webhook| places(provider, &webhook.payload)).collect()
}

/// Whether the values at some places leave no two webhooks alike.
fn tells(provider: &Provider, places: &[Expression]) -> bool {
    let is_told = |webhook: &Webhook| !is_json(webhook) || !joined(provider, webhook, places).is_empty();
    provider.webhooks.iter().all(is_told) && tells_what_it_has(provider, places)
}

/// The same of the webhooks that have values there.
fn tells_what_it_has(provider: &Provider, places: &[Expression]) -> bool {
    let claims = claims(provider, |webhook| joined(provider, webhook, places), &HashMap::new());
    let is_clear = |index: usize| claims.iter().any(|claim| claim.named == Some(index) || claim.webhooks == [index]);
    claims.iter().all(|claim| claim.webhooks.len() == 1 || claim.named.is_some())
        && (0..provider.webhooks.len()).all(is_clear)
}

/// Where there is one webhook only, any list would tell it from no other one. An event type it is by its name, if it
/// always stands there, or where each of its values has a type of its own; and not in a batch of different ones.
fn is_event_type(provider: &Provider, place: &Place) -> bool {
    let [only] = provider.webhooks.as_slice() else { return true };
    let is_batched = place.pointer.split('/').any(|token| token == "0");
    if is_batched || place.is_usual() && is_required(provider, &only.payload, &place.pointer) {
        return !is_batched;
    }
    let is_own = |value: &String| narrowed(provider, &only.payload, &place.pointer, value) != only.payload;
    values_at(provider, &only.payload, &place.pointer).iter().all(is_own)
}

/// Two members of one object that are constant in each body, and tell the webhooks together.
fn pair(provider: &Provider, places: &BTreeSet<Place>) -> Option<Vec<Expression>> {
    let is_constant = |place: &&Place| {
        let values = |webhook: &Webhook| values_at(provider, &webhook.payload, &place.pointer);
        place.is_closed()
            && provider.webhooks.iter().filter(|webhook| is_json(webhook)).all(|webhook| values(webhook).len() == 1)
    };
    let mut places: Vec<_> = places.iter().filter(is_constant).collect();
    // The subject comes before what happened to it, of which there is more.
    places.sort_by_cached_key(|place| (place.variety(provider), place.index));
    let object = |place: &Place| place.pointer.rsplit_once('/').map(|(object, _)| object.to_owned());
    let pairs =
        places.iter().enumerate().flat_map(|(index, left)| places[index + 1..].iter().map(move |right| (left, right)));
    let expression = |place: &Place| Expression::Body(place.pointer.clone());
    let pairs = pairs.filter(|(left, right)| object(left) == object(right));
    pairs.map(|(left, right)| vec![expression(left), expression(right)]).find(|pair| tells(provider, pair))
}

/// Whether every webhook's body may have any text at a place, and the examples there, if any, spell event types.
fn spells(provider: &Provider, folder: &Folder, pointer: &str) -> bool {
    let is_open = |webhook: &Webhook| {
        places(provider, &webhook.payload).iter().any(|place| place.is_open && place.pointer == pointer)
    };
    provider.webhooks.iter().filter(|webhook| is_json(webhook)).all(is_open)
        && shown::are_event_types(provider, folder, pointer)
}

/// The place that tells at least two of three webhooks.
fn most(provider: &Provider) -> Option<Vec<Expression>> {
    let told = |place: &Place| {
        let has = |webhook: &&Webhook| !values_at(provider, &webhook.payload, &place.pointer).is_empty();
        provider.webhooks.iter().filter(has).count()
    };
    let all = provider.webhooks.iter().filter(|webhook| is_json(webhook)).count();
    let places = all_places(provider).into_iter().filter(|place| place.is_closed() && place.is_likely());
    let places = places.map(|place| (told(&place), place));
    let mut places: Vec<_> = places.filter(|(told, _)| *told > 1 && told * 3 >= all * 2).collect();
    places.sort_by(|(left, one), (right, other)| right.cmp(left).then_with(|| one.cmp(other)));
    let mut places = places.into_iter().map(|(_, place)| vec![Expression::Body(place.pointer)]);
    places.find(|place| tells_what_it_has(provider, place))
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
    /// How many places stand before it in the body.
    index: usize,
}

impl Place {
    fn new(pointer: String, depth: usize, is_open: bool, index: usize) -> Self {
        let name = pointer.rsplit('/').next().unwrap_or_default();
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let rank = USUAL.iter().position(|usual| *usual == name).unwrap_or(USUAL.len());
        Self { depth, rank, pointer, is_open, index }
    }

    fn is_closed(&self) -> bool {
        !self.is_open
    }

    fn is_usual(&self) -> bool {
        self.rank < USUAL.len()
    }

    /// Deep in a body there is much that tells some of them by chance.
    fn is_likely(&self) -> bool {
        self.is_usual() || self.depth == 1
    }

    /// How many values all webhooks have there.
    fn variety(&self, provider: &Provider) -> usize {
        let values = provider.webhooks.iter().flat_map(|webhook| values_at(provider, &webhook.payload, &self.pointer));
        values.collect::<HashSet<_>>().len()
    }
}

/// The places of texts.
fn places(provider: &Provider, payload: &Type) -> BTreeSet<Place> {
    let mut walk = Walk { provider, places: BTreeSet::new(), known: HashSet::new(), seen: HashSet::new() };
    walk.walk(payload, String::new(), 0);
    walk.places
}

struct Walk<'p> {
    provider: &'p Provider,
    places: BTreeSet<Place>,
    known: HashSet<(String, bool)>,
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
            Type::String => self.insert(pointer, depth, true),
            _ => {}
        }
    }

    fn named(&mut self, id: TypeId, pointer: String, depth: usize) {
        match &self.provider.get(id).shape {
            Shape::Alias(inner) | Shape::Newtype(inner) => self.walk(inner, pointer, depth),
            Shape::Union(union) => {
                if !union.discriminator.is_empty() {
                    self.insert(format!("{pointer}/{}", escape(&union.discriminator)), depth + 1, false);
                }
                union.variants.iter().for_each(|variant| self.walk(&variant.ty, pointer.clone(), depth));
            }
            Shape::Struct(record) => {
                if let Some(tag) = &self.provider.get(id).tag {
                    self.insert(format!("{pointer}/{}", escape(&tag.property)), depth + 1, false);
                }
                for field in &record.fields {
                    self.walk(&field.ty, format!("{pointer}/{}", escape(&field.key)), depth + 1);
                }
            }
            Shape::Enum(_) => self.insert(pointer, depth, false),
        }
    }

    fn insert(&mut self, pointer: String, depth: usize, is_open: bool) {
        if self.known.insert((pointer.clone(), is_open)) {
            self.places.insert(Place::new(pointer, depth, is_open, self.places.len()));
        }
    }
}
