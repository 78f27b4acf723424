//! Where bodies say which event they are, when `provider.yaml` does not.

use super::places::{Place, all_places, places};
use super::shown::Examples;
use super::sight::Sight;
use super::values::{is_required, narrowed, values_at};
use super::{Header, Provider, Type, absence};
use crate::documents::provider::Expression;
use crate::words::words;
use std::collections::BTreeSet;

/// A way to find the event type location.
type Strategy = fn(&Search<'_>) -> Option<Vec<Expression>>;

/// What finds something first is followed.
const STRATEGIES: [Strategy; 6] = [
    // 1. The place in the bodies where schemas list event types of every webhook.
    |search| search.listed(),
    // 2. The header of which the same is true, or whose examples show them.
    |search| search.header(),
    // 3. Two places in one object, with one value each in a webhook, that say it together.
    |search| search.pair(),
    // 4. The place where examples, or schemas, have event types of every webhook, or the keys of several.
    |search| search.shown(),
    // 5. The place of any text that is called like an event type, unless examples speak against it.
    |search| search.named(),
    // 6. The place that has event types of most webhooks.
    |search| search.most(),
];

/// The event type location, as far as the documents show one.
pub(super) fn event_type(provider: &Provider, examples: &Examples<'_>) -> Vec<Expression> {
    let webhooks = provider.webhooks.iter().enumerate().filter(|(_, webhook)| webhook.payload != Type::Raw);
    let json: Vec<_> = webhooks.map(|(index, _)| index).collect();
    let first = json.first().map(|first| &provider.webhooks[*first]);
    let places = first.map(|first| places(provider, &first.payload)).unwrap_or_default();
    let search = Search { provider, examples, json, places };
    // Nothing needs to tell the only webhook from others.
    let strategies = if provider.webhooks.len() == 1 { &STRATEGIES[..2] } else { &STRATEGIES };
    strategies.iter().find_map(|strategy| strategy(&search)).unwrap_or_default()
}

struct Search<'p> {
    provider: &'p Provider,
    examples: &'p Examples<'p>,
    /// The webhooks whose bodies are JSON, as indices. What is not has no places: whoever receives it knows it from
    /// elsewhere.
    json: Vec<usize>,
    /// The places of texts in the body of the first webhook; the one that is wanted is in all others, too.
    places: BTreeSet<Place>,
}

impl Search<'_> {
    fn listed(&self) -> Option<Vec<Expression>> {
        let places = self.places.iter().filter(|place| !place.is_open && self.is_event_type(place));
        let locations = places.map(|place| (self.location(place), place.is_usual()));
        let mut telling = locations.filter(|(location, is_usual)| {
            let sight = self.sight(location, *is_usual);
            sight.is_listed(&self.json) && sight.tells(&self.json)
        });
        telling.next().map(|(location, _)| location)
    }

    fn header(&self) -> Option<Vec<Expression>> {
        let locations = self.provider.headers.iter().map(|header| (header_location(header), is_usual(header)));
        let mut telling = locations.filter(|(location, is_usual)| self.sight(location, *is_usual).tells(&self.json));
        telling.next().map(|(location, _)| location)
    }

    fn pair(&self) -> Option<Vec<Expression>> {
        let is_constant = |place: &&Place| {
            let values = |webhook: usize| self.values(webhook, place).len();
            !place.is_open && self.json.iter().all(|webhook| values(*webhook) == 1)
        };
        let mut places: Vec<_> = self.places.iter().filter(is_constant).collect();
        // The subject comes before what happened to it, of which there is more.
        places.sort_by_cached_key(|place| (self.variety(place), place.index));
        let lefts = places.iter().enumerate();
        let pairs = lefts.flat_map(|(index, left)| places[index + 1..].iter().map(move |right| (left, right)));
        let pairs = pairs.filter(|(left, right)| left.object() == right.object());
        let mut locations = pairs.map(|(left, right)| vec![left.expression(), right.expression()]);
        locations.find(|location| self.sight(location, false).tells(&self.json))
    }

    fn shown(&self) -> Option<Vec<Expression>> {
        let mut places = self.places.iter().filter(|place| {
            let sight = self.sight(&self.location(place), place.is_usual());
            sight.tells(&self.json) || sight.spells_keys(&self.json) && self.is_everywhere(place)
        });
        places.next().map(|place| self.location(place))
    }

    fn is_everywhere(&self, place: &Place) -> bool {
        let payloads = self.json.iter().map(|webhook| &self.provider.webhooks[*webhook].payload);
        payloads.into_iter().all(|payload| absence::at(self.provider, payload, &place.pointer).some)
    }

    fn named(&self) -> Option<Vec<Expression>> {
        let is_open = |webhook: usize, pointer: &str| {
            let payload = &self.provider.webhooks[webhook].payload;
            places(self.provider, payload).iter().any(|place| place.is_open && place.pointer == pointer)
        };
        let places = self.places.iter().filter(|place| place.is_open && place.is_usual());
        let mut places = places.filter(|place| self.json.iter().all(|webhook| is_open(*webhook, &place.pointer)));
        let place = places.find(|place| self.sight(&self.location(place), true).may_be_event_types())?;
        Some(self.location(place))
    }

    fn most(&self) -> Option<Vec<Expression>> {
        let all = self.json.len();
        let places = all_places(self.provider).into_iter().filter(|place| !place.is_open && place.is_likely());
        let places = places.filter_map(|place| {
            let told = self.sight(&self.location(&place), place.is_usual()).told(&self.json)?;
            (told > 1 && told * 3 >= all * 2).then_some((told, place))
        });
        let best = places.min_by(|(left, one), (right, other)| right.cmp(left).then_with(|| one.cmp(other)));
        best.map(|(_, place)| self.location(&place))
    }

    /// Where there is one webhook only, any list would tell it from no other one. An event type it is by its name, if it
    /// always stands there, or where each of its values has a type of its own; and not in a batch of different ones.
    fn is_event_type(&self, place: &Place) -> bool {
        let [only] = self.provider.webhooks.as_slice() else { return true };
        if place.unindexed.is_some() || place.is_usual() && is_required(self.provider, &only.payload, &place.pointer) {
            return place.unindexed.is_none();
        }
        let is_own = |value: &String| narrowed(self.provider, &only.payload, &place.pointer, value) != only.payload;
        self.values(0, place).iter().all(is_own)
    }

    /// A place in the items of an array. The first item speaks for all where every webhook has a constant there; else only
    /// an array of one says what it is.
    fn location(&self, place: &Place) -> Vec<Expression> {
        match &place.unindexed {
            Some(unindexed) if self.json.iter().any(|webhook| self.values(*webhook, place).len() != 1) => {
                vec![Expression::Body(unindexed.clone())]
            }
            _ => vec![place.expression()],
        }
    }

    fn sight(&self, location: &[Expression], is_usual: bool) -> Sight {
        Sight::new(self.provider, self.examples, location, is_usual)
    }

    fn values(&self, webhook: usize, place: &Place) -> Vec<String> {
        values_at(self.provider, &self.provider.webhooks[webhook].payload, &place.pointer)
    }

    /// How many values all webhooks have at a place.
    fn variety(&self, place: &Place) -> usize {
        self.json.iter().flat_map(|webhook| self.values(*webhook, place)).collect::<BTreeSet<_>>().len()
    }
}

fn header_location(header: &Header) -> Vec<Expression> {
    vec![Expression::Header(header.name.clone())]
}

/// Whether a header is called like an event type: by its last word, which for a `type` takes one more.
fn is_usual(header: &Header) -> bool {
    let words = words(&header.name);
    let last = words.last().is_some_and(|last| last != "type" && Place::is_usual_name(last));
    last || words.len() > 2 && Place::is_usual_name(&words[words.len() - 2..].concat())
}
