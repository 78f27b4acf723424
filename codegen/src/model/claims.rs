//! To which webhook an event type belongs.

use super::Provider;
use super::alike::are_alike;
use super::docs::letters;
use super::webhooks::own_keys;
use crate::words::words;
use indexmap::IndexMap;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// What a document says of a webhook's event types.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Those that its schemas list.
    pub listed: Vec<String>,
    /// Whether they list none, and any text may be one.
    pub is_open: bool,
    /// Those that its examples show. They count as far as the schemas allow them.
    pub shown: Vec<String>,
}

/// An event type, and the webhook it belongs to.
#[derive(Debug)]
pub(super) struct Claim {
    pub value: Value,
    /// All webhooks that list or show it, as indices.
    pub claimants: Vec<usize>,
    /// Those that it may belong to; it does belong to an only one.
    pub webhooks: Vec<usize>,
    pub basis: Basis,
}

/// An event type, and what keys can have in common with it.
#[derive(Debug)]
pub(super) struct Value {
    pub event_type: String,
    /// Its letters, and those without the prefix that no key has.
    letters: [String; 2],
    words: Vec<String>,
}

/// Why an event type belongs to a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
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
    Rest,
    /// Nothing decides.
    Nothing,
}

impl Claim {
    /// The webhook that it belongs to.
    pub fn owner(&self) -> Option<usize> {
        if let [only] = *self.webhooks { Some(only) } else { None }
    }
}

/// Decides between webhooks that claim the same event type.
pub(super) struct Judge<'p> {
    provider: &'p Provider,
    said: &'p [Said],
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

/// Whether something speaks for a webhook.
type Speaks = fn(&Judge<'_>, &Value, usize) -> bool;

/// What counts, the most trusted first. Where it speaks for several webhooks, the next one decides between these.
const TRUSTED: [(Basis, Speaks); 4] = [
    (Basis::Example, |judge, value, webhook| judge.shows(value, webhook)),
    (Basis::Key, |judge, value, webhook| judge.spells(value, webhook)),
    (Basis::Constant, |judge, value, webhook| judge.is_constant(value, webhook)),
    (Basis::PartOfKey, |judge, value, webhook| judge.has_words(value, webhook)),
];

impl<'p> Judge<'p> {
    pub fn new(provider: &'p Provider, said: &'p [Said]) -> Self {
        let key = |key: &String| Key { letters: letters(key), words: words(key) };
        let keys: Vec<_> = own_keys(provider).iter().map(key).collect();
        let mut by_letters: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, key) in keys.iter().enumerate().filter(|(_, key)| !key.letters.is_empty()) {
            by_letters.entry(key.letters.clone()).or_default().push(index);
        }
        let prefix = provider.settings.strip_prefix.as_deref().unwrap_or_default();
        Self { provider, said, prefix, keys, by_letters, compared: RefCell::default() }
    }

    /// All event types, in the order of the documents.
    pub fn claims(&self) -> Vec<Claim> {
        let mut claims: Vec<_> = self.claimants().into_iter().map(|(value, all)| self.claim(value, all)).collect();
        let owners: HashSet<_> = claims.iter().filter_map(Claim::owner).collect();
        for claim in claims.iter_mut().filter(|claim| claim.basis == Basis::Nothing) {
            let left: Vec<_> = claim.webhooks.iter().copied().filter(|index| !owners.contains(index)).collect();
            if left.len() == 1 {
                claim.webhooks = left;
                claim.basis = Basis::Rest;
            }
        }
        claims
    }

    fn claimants(&self) -> IndexMap<&'p str, Vec<usize>> {
        let mut claimants: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for (index, said) in self.said.iter().enumerate() {
            let shown = said.shown.iter().filter(|_| said.listed.is_empty());
            for value in said.listed.iter().chain(shown) {
                claimants.entry(value).or_default().push(index);
            }
        }
        // Where any text may stand, a key can be what others list.
        for (value, webhooks) in &mut claimants {
            let value = self.value(value);
            let spelled =
                self.by_letters.get(&value.letters[0]).into_iter().chain(self.by_letters.get(&value.letters[1]));
            let spelled: Vec<_> = spelled.flatten().copied().filter(|index| self.said[*index].is_open).collect();
            webhooks.extend(spelled);
            webhooks.sort_unstable();
            webhooks.dedup();
        }
        claimants
    }

    fn claim(&self, event_type: &str, claimants: Vec<usize>) -> Claim {
        let value = self.value(event_type);
        let (webhooks, basis) = match *claimants {
            [only] => (claimants.clone(), if self.has_list(only) { Basis::Only } else { Basis::Example }),
            _ => self.trusted(&value, claimants.clone()),
        };
        Claim { value, claimants, webhooks, basis }
    }

    fn trusted(&self, value: &Value, mut webhooks: Vec<usize>) -> (Vec<usize>, Basis) {
        for (basis, speaks) in TRUSTED {
            let spoken_for: Vec<_> = webhooks.iter().copied().filter(|index| speaks(self, value, *index)).collect();
            match spoken_for.len() {
                0 => {}
                1 => return (spoken_for, basis),
                _ => webhooks = spoken_for,
            }
        }
        (webhooks, Basis::Nothing)
    }

    fn value(&self, event_type: &str) -> Value {
        let rest = event_type.strip_prefix(self.prefix).unwrap_or(event_type);
        Value { event_type: event_type.to_owned(), letters: [event_type, rest].map(letters), words: words(rest) }
    }

    /// Of the claims, as indices, those of which is true what the document says of their webhook as a whole: the one that
    /// the key spells or has words of, else the first.
    pub fn described(&self, claims: &[Claim]) -> HashSet<usize> {
        let mut described: HashMap<usize, (usize, usize)> = HashMap::new();
        for (index, claim) in claims.iter().enumerate() {
            let Some(owner) = claim.owner() else { continue };
            let rank = [self.spells(&claim.value, owner), self.has_words(&claim.value, owner), true];
            let rank = rank.into_iter().position(|is_so| is_so).unwrap_or_default();
            let best = described.entry(owner).or_insert((rank, index));
            *best = (*best).min((rank, index));
        }
        described.into_values().map(|(_, index)| index).collect()
    }

    /// Whether what a webhook claims is listed by its schemas, and not shown by its examples only.
    pub fn has_list(&self, webhook: usize) -> bool {
        !self.said[webhook].listed.is_empty()
    }

    /// Whether the bodies of two webhooks have the same type, but for names.
    pub fn have_same_bodies(&self, first: usize, second: usize) -> bool {
        let [left, right] = [first, second].map(|webhook| &self.provider.webhooks[webhook].payload);
        let mut compared = self.compared.borrow_mut();
        *compared.entry((first, second)).or_insert_with(|| are_alike(self.provider, left, right))
    }

    /// What examples of a webhook show though its schemas list other event types.
    pub fn shown_but_not_listed(&self, webhook: usize) -> impl Iterator<Item = &'p str> {
        let Said { listed, shown, .. } = &self.said[webhook];
        let unlisted = shown.iter().filter(|value| !listed.is_empty() && !listed.contains(value));
        unlisted.map(String::as_str)
    }

    pub fn shows(&self, value: &Value, webhook: usize) -> bool {
        self.said[webhook].shown.contains(&value.event_type)
    }

    pub fn spells(&self, value: &Value, webhook: usize) -> bool {
        let key = &self.keys[webhook].letters;
        !key.is_empty() && value.letters.contains(key)
    }

    /// Whether the key of any webhook spells it.
    pub fn spells_any(&self, value: &Value) -> bool {
        (0..self.keys.len()).any(|webhook| self.spells(value, webhook))
    }

    pub fn is_constant(&self, value: &Value, webhook: usize) -> bool {
        *self.said[webhook].listed == [value.event_type.as_str()]
    }

    /// A key that spells one event type as a whole has no words of others.
    fn has_words(&self, value: &Value, webhook: usize) -> bool {
        let has_words = self.keys[webhook].words.windows(value.words.len()).any(|words| words == value.words);
        let mut listed = self.said[webhook].listed.iter();
        has_words && !listed.any(|other| *other != value.event_type && self.spells(&self.value(other), webhook))
    }
}
