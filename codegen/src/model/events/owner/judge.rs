//! What decides between webhooks that may have the same event type.

use super::event_types::EventTypes;
use crate::documents::provider::Expression;
use crate::model::events::api::Api;
use crate::model::events::webhook::unique_keys;
use crate::model::types::{Type, are_equal};
use crate::words::{letters, words};
use indexmap::IndexMap;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// An event type, and the webhook it belongs to.
#[derive(Debug)]
pub struct Claim {
    pub value: Value,
    /// All webhooks that list or show it, as indices.
    pub claimants: Vec<usize>,
    /// Those that it may belong to; it does belong to an only one.
    pub webhooks: Vec<usize>,
    pub evidence: Evidence,
}

/// An event type, and what keys can have in common with it.
#[derive(Debug)]
pub struct Value {
    pub event_type: String,
    /// Its letters, and those without the prefix that no key has.
    pub letters: [String; 2],
    pub words: Vec<String>,
}

/// Why an event type belongs to a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// No other webhook lists or shows it.
    Only,
    /// An example shows it.
    Example,
    /// The webhook's key spells it.
    Key,
    /// The schema lists nothing else.
    Constant,
    /// The webhook's key has its words among others.
    PartOfKey,
    /// All others have event types of their own.
    Remainder,
    /// Nothing decides.
    None,
}

impl Claim {
    /// The webhook that it belongs to.
    pub fn owner(&self) -> Option<usize> {
        if let [only] = *self.webhooks { Some(only) } else { None }
    }
}

impl Value {
    /// An event type; keys lack `prefix`.
    pub fn new(event_type: &str, prefix: &str) -> Self {
        let rest = event_type.strip_prefix(prefix).unwrap_or(event_type);
        Self { event_type: event_type.to_owned(), letters: [event_type, rest].map(letters), words: words(rest) }
    }
}

/// Decides between webhooks that claim the same event type.
pub struct Judge<'p> {
    pub(super) api: &'p Api<'p>,
    /// The event type location, if the variants of a body are to be told apart by it.
    location: &'p [Expression],
    event_types: &'p [EventTypes],
    prefix: &'p str,
    keys: Vec<Key>,
    by_letters: HashMap<String, Vec<usize>>,
    /// The webhooks whose bodies were compared.
    compared: RefCell<HashMap<(usize, usize), bool>>,
}

struct Key {
    letters: String,
    words: Vec<String>,
}

/// A reason for an event type to belong to a webhook.
struct Criterion {
    evidence: Evidence,
    /// The words of a warning; there is none about a mere likeness.
    reason: Option<&'static str>,
    /// Whether it is true of a webhook.
    applies: fn(&Judge<'_>, &Value, usize) -> bool,
}

/// What counts, the most trusted first. Where one applies to several webhooks, the next one decides between these.
const CRITERIA: [Criterion; 4] = [
    Criterion {
        evidence: Evidence::Example,
        reason: Some("an example shows it"),
        applies: |judge, value, webhook| judge.shows(value, webhook),
    },
    Criterion {
        evidence: Evidence::Key,
        reason: Some("the key spells it"),
        applies: |judge, value, webhook| judge.names_webhook(value, webhook),
    },
    Criterion {
        evidence: Evidence::Constant,
        reason: Some("the schema lists nothing else"),
        applies: |judge, value, webhook| *judge.event_types[webhook].listed == [value.event_type.as_str()],
    },
    Criterion {
        evidence: Evidence::PartOfKey,
        reason: None,
        applies: |judge, value, webhook| judge.has_words(value, webhook),
    },
];

impl<'p> Judge<'p> {
    pub fn new(api: &'p Api<'p>, location: &'p [Expression], event_types: &'p [EventTypes]) -> Self {
        let key = |key: &String| Key { letters: letters(key), words: words(key) };
        let keys: Vec<_> = unique_keys(api.webhooks).iter().map(key).collect();
        let mut by_letters: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, key) in keys.iter().enumerate().filter(|(_, key)| !key.letters.is_empty()) {
            by_letters.entry(key.letters.clone()).or_default().push(index);
        }
        let prefix = api.folder.provider.strip_prefix.as_deref().unwrap_or_default();
        Self { api, location, event_types, prefix, keys, by_letters, compared: RefCell::default() }
    }

    /// All event types, in the order of the documents.
    pub fn claims(&self) -> Vec<Claim> {
        let mut claims: Vec<_> = self.claimants().into_iter().map(|(value, all)| self.claim(value, all)).collect();
        let owners: HashSet<_> = claims.iter().filter_map(Claim::owner).collect();
        for claim in claims.iter_mut().filter(|claim| claim.evidence == Evidence::None) {
            let left: Vec<_> = claim.webhooks.iter().copied().filter(|index| !owners.contains(index)).collect();
            if left.len() == 1 {
                claim.webhooks = left;
                claim.evidence = Evidence::Remainder;
            }
        }
        claims
    }

    fn claimants(&self) -> IndexMap<&'p str, Vec<usize>> {
        let mut claimants: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for (index, own) in self.event_types.iter().enumerate() {
            let in_examples = own.in_examples.iter().filter(|_| own.listed.is_empty());
            for value in own.listed.iter().chain(in_examples) {
                claimants.entry(value).or_default().push(index);
            }
        }
        // Where any text is allowed, the event type may be a key that others list.
        for (value, webhooks) in &mut claimants {
            let value = self.value(value);
            let by_key =
                self.by_letters.get(&value.letters[0]).into_iter().chain(self.by_letters.get(&value.letters[1]));
            let by_key: Vec<_> = by_key.flatten().copied().filter(|index| self.event_types[*index].is_open).collect();
            webhooks.extend(by_key);
            webhooks.sort_unstable();
            webhooks.dedup();
        }
        claimants
    }

    fn claim(&self, event_type: &str, claimants: Vec<usize>) -> Claim {
        let value = self.value(event_type);
        let (webhooks, evidence) = match *claimants {
            [only] => (claimants.clone(), if self.has_list(only) { Evidence::Only } else { Evidence::Example }),
            _ => self.trusted(&value, claimants.clone()),
        };
        Claim { value, claimants, webhooks, evidence }
    }

    fn trusted(&self, value: &Value, mut webhooks: Vec<usize>) -> (Vec<usize>, Evidence) {
        for Criterion { evidence, applies, .. } in CRITERIA {
            let left: Vec<_> = webhooks.iter().copied().filter(|index| applies(self, value, *index)).collect();
            match left.len() {
                0 => {}
                1 => return (left, evidence),
                _ => webhooks = left,
            }
        }
        (webhooks, Evidence::None)
    }

    /// Why an event type could belong to a webhook, in the words of a warning.
    pub fn reason(&self, value: &Value, webhook: usize) -> Option<&'static str> {
        CRITERIA.iter().find(|criterion| (criterion.applies)(self, value, webhook))?.reason
    }

    fn value(&self, event_type: &str) -> Value {
        Value::new(event_type, self.prefix)
    }

    /// The claims, as indices, whose events get the documentation of their webhook: for each webhook the one that the key
    /// spells or has words of, else the first.
    pub fn described(&self, claims: &[Claim]) -> HashSet<usize> {
        let mut described: HashMap<usize, (usize, usize)> = HashMap::new();
        for (index, claim) in claims.iter().enumerate() {
            let Some(owner) = claim.owner() else { continue };
            let rank = [self.names_webhook(&claim.value, owner), self.has_words(&claim.value, owner), true];
            let rank = rank.into_iter().position(|is_so| is_so).unwrap_or_default();
            let best = described.entry(owner).or_insert((rank, index));
            *best = (*best).min((rank, index));
        }
        described.into_values().map(|(_, index)| index).collect()
    }

    /// Whether what a webhook claims is listed by its schemas, and not shown by its examples only.
    pub fn has_list(&self, webhook: usize) -> bool {
        !self.event_types[webhook].listed.is_empty()
    }

    /// Whether the bodies of two webhooks have the same type, apart from names.
    pub fn have_same_bodies(&self, first: usize, second: usize) -> bool {
        let [left, right] = [first, second].map(|webhook| &self.api.webhooks[webhook].payload);
        let mut compared = self.compared.borrow_mut();
        *compared.entry((first, second)).or_insert_with(|| are_equal(self.api.types, left, right))
    }

    /// The type of the bodies that carry an event type. Where nothing decides between webhooks, there is one if their
    /// schemas list the event type, and their bodies do not differ.
    pub fn payload(&self, claim: &Claim) -> Option<Type> {
        let event_type = claim.value.event_type.as_str();
        let (webhook, others) = claim.webhooks.split_first()?;
        let payload = self.payload_of(*webhook, event_type);
        let is_same = |other: &usize| {
            let is_same = || are_equal(self.api.types, &self.payload_of(*other, event_type), &payload);
            self.has_list(*other) && (self.have_same_bodies(*webhook, *other) || is_same())
        };
        let is_one = others.is_empty() || self.has_list(*webhook) && others.iter().all(is_same);
        is_one.then_some(payload)
    }

    /// The type of a webhook's bodies that carry an event type.
    fn payload_of(&self, webhook: usize, event_type: &str) -> Type {
        let payload = &self.api.webhooks[webhook].payload;
        match self.location {
            [Expression::Body(pointer)] => self.api.types.narrowed(payload, pointer, event_type),
            _ => payload.clone(),
        }
    }

    /// What examples of a webhook show though its schemas list other event types.
    pub fn shown_but_not_listed(&self, webhook: usize) -> impl Iterator<Item = &'p str> {
        let EventTypes { listed, in_examples, .. } = &self.event_types[webhook];
        let unlisted = in_examples.iter().filter(|value| !listed.is_empty() && !listed.contains(value));
        unlisted.map(String::as_str)
    }

    pub fn shows(&self, value: &Value, webhook: usize) -> bool {
        self.event_types[webhook].in_examples.contains(&value.event_type)
    }

    pub fn names_webhook(&self, value: &Value, webhook: usize) -> bool {
        let key = &self.keys[webhook].letters;
        !key.is_empty() && value.letters.contains(key)
    }

    /// Whether the key of any webhook spells it.
    pub fn spells_any(&self, value: &Value) -> bool {
        (0..self.keys.len()).any(|webhook| self.names_webhook(value, webhook))
    }

    /// A key that spells one event type as a whole has no words of others.
    fn has_words(&self, value: &Value, webhook: usize) -> bool {
        let has_words = self.keys[webhook].words.windows(value.words.len()).any(|words| words == value.words);
        let mut listed = self.event_types[webhook].listed.iter();
        has_words && !listed.any(|other| *other != value.event_type && self.names_webhook(&self.value(other), webhook))
    }
}
