//! How well each location tells the events.

use super::location::{EventTypeLocation, expression};
use super::names::{likelihood, says_action};
use super::sample::{Location, SampledEvent, expression_of, has_index};
use std::collections::{BTreeMap, BTreeSet};
use webhook_codegen::documents::provider::Expression;
use webhook_codegen::words::letters;

/// A location that scores less is not taken for the event type's.
const LEAST: f64 = 1.5;
/// A provider has no more events.
const MOST_EVENTS: usize = 1000;

/// What speaks for a location.
struct Candidate {
    location: Location,
    expression: Expression,
    /// The text of each delivery.
    texts: Vec<Option<String>>,
    score: f64,
    /// What share of the differences of shape it explains.
    explained: f64,
}

/// The location that tells the events, and the one that tells what happened where it takes two.
pub(super) fn find(sampled: &[SampledEvent]) -> Option<EventTypeLocation> {
    let mut candidates = candidates(sampled);
    candidates.sort_by(|one, other| other.score.total_cmp(&one.score));
    let best = candidates.first().filter(|best| best.score >= LEAST)?;
    let second = pair(best, &candidates, sampled);
    let mut several = vec![best];
    several.extend(second);
    // What it is comes before what happened to it.
    several.sort_by_key(|candidate| says_action(&candidate.expression));
    let expressions = several.iter().map(|candidate| candidate.expression.clone()).collect();
    Some(EventTypeLocation { expressions, reason: reason(&several, sampled.len()) })
}

/// Why these, for people.
fn reason(several: &[&Candidate], events: usize) -> String {
    let texts = |index: usize| several.iter().map(move |candidate| candidate.texts[index].as_deref());
    let values: BTreeSet<Vec<_>> = (0..events).map(|index| texts(index).collect()).collect();
    let explained = several.iter().map(|candidate| candidate.explained).fold(0.0, f64::max);
    let shapes = if explained > 0.3 { ", and the shapes of the bodies differ by it" } else { "" };
    format!("{} different in {events} events{shapes}", values.len())
}

fn candidates(sampled: &[SampledEvent]) -> Vec<Candidate> {
    let locations: BTreeSet<_> = sampled.iter().flat_map(|sampled| sampled.labels.keys()).collect();
    let weights = Weights::of(sampled);
    locations.into_iter().filter_map(|location| candidate(location, sampled, &weights)).collect()
}

fn candidate(location: &Location, sampled: &[SampledEvent], weights: &Weights) -> Option<Candidate> {
    let texts: Vec<_> = sampled.iter().map(|sampled| sampled.labels.get(location).cloned()).collect();
    let different: BTreeSet<_> = texts.iter().flatten().collect();
    let count = texts.iter().flatten().count();
    let (coverage, different) = (count as f64 / sampled.len() as f64, different.len());
    let expression = expression_of(location);
    let name = likelihood(&expression) * trust(location);
    let are_ids = sampled.len() >= 10 && different as f64 > 0.8 * count as f64;
    let says_nothing = are_ids || different == 1;
    if different > MOST_EVENTS || coverage < 0.5 || (name < 0.8 && says_nothing) {
        return None;
    }
    let explained = weights.explained(&texts, sampled);
    let score = 3.0 * name + 1.2 * explained + 0.4 * share_of_names(&texts) + hinted(&texts, sampled)
        - 0.6 * (depth(location) - 1.0)
        - 6.0 * (1.0 - coverage)
        - if location.0 && has_index(&location.1) { 0.1 } else { 0.0 }
        - if different == 1 { (0.25 * (sampled.len() as f64 - 1.0)).min(1.5) } else { 0.0 }
        - if are_ids && name < 0.9 { 0.5 } else { 0.0 };
    Some(Candidate { location: location.clone(), expression, texts, score, explained })
}

/// How deep it is in the body; a header is better than what is not on top.
fn depth((is_body, name): &Location) -> f64 {
    if *is_body { name.split('/').filter(|token| *token != "0").count() as f64 - 1.0 } else { 0.5 }
}

/// A mere `type` of something within the body is mostly that thing's.
fn trust(location: &Location) -> f64 {
    let tokens: Vec<_> = location.1.split('/').filter(|token| *token != "0").collect();
    let [.., holder, "type"] = tokens.as_slice() else { return 1.0 };
    let holder = letters(holder);
    let is_trusted =
        holder.is_empty() || ["event", "notification", "message", "hook"].iter().any(|name| holder.contains(name));
    if location.0 && !is_trusted { 0.6 } else { 1.0 }
}

/// The share of texts that are names of several words, such as `order.paid`.
fn share_of_names(texts: &[Option<String>]) -> f64 {
    let is_name = |text: &&String| text.contains(['.', '_', ':', '/', '-']) && !text.contains(' ');
    let all = texts.iter().flatten().count().max(1);
    texts.iter().flatten().filter(is_name).count() as f64 / all as f64
}

/// Whether the texts go with what the names of files say.
fn hinted(texts: &[Option<String>], sampled: &[SampledEvent]) -> f64 {
    let hints: Vec<_> = sampled.iter().filter_map(|sampled| sampled.event.as_deref().map(letters)).collect();
    if hints.len() < sampled.len() || hints.iter().collect::<BTreeSet<_>>().len() < 2 {
        return 0.0;
    }
    let said = texts.iter().zip(&hints).filter(|(text, hint)| {
        text.as_deref().map(letters).is_some_and(|text| hint.contains(&text) || text.contains(hint.as_str()))
    });
    2.0 * said.count() as f64 / sampled.len() as f64
}

/// How much shapes differ.
struct Weights {
    total: f64,
}

impl Weights {
    fn of(sampled: &[SampledEvent]) -> Self {
        Self { total: variance(sampled.iter()) }
    }

    /// The share of the differences of shape that a location explains, adjusted for how many texts it has: as many texts
    /// as deliveries would explain all of them.
    fn explained(&self, texts: &[Option<String>], sampled: &[SampledEvent]) -> f64 {
        let mut groups: BTreeMap<_, Vec<&SampledEvent>> = BTreeMap::new();
        texts.iter().zip(sampled).for_each(|(text, sampled)| groups.entry(text).or_default().push(sampled));
        let (all, groups_count) = (sampled.len() as f64, groups.len() as f64);
        if self.total == 0.0 || groups_count >= all {
            return 0.0;
        }
        let within: f64 = groups.values().map(|group| variance(group.iter().copied()) * group.len() as f64).sum();
        let left = (within / (all - groups_count)) / (self.total * all / (all - 1.0));
        (1.0 - left).max(0.0)
    }
}

/// The variance of which locations have a value, summed over the locations.
fn variance<'f>(sampled: impl Iterator<Item = &'f SampledEvent>) -> f64 {
    let (mut counts, mut all) = (BTreeMap::new(), 0.0);
    for sampled in sampled {
        all += 1.0;
        sampled.shape.iter().for_each(|location| *counts.entry(*location).or_insert(0.0) += 1.0);
    }
    counts.values().map(|count: &f64| count / all * (1.0 - count / all)).sum()
}

/// The location that says what happened, where the best one says only to what, or the other way round.
fn pair<'c>(best: &Candidate, candidates: &'c [Candidate], sampled: &[SampledEvent]) -> Option<&'c Candidate> {
    let others = candidates.iter().filter(|other| other.location != best.location);
    let mut fitting = others.filter(|other| {
        says_action(&other.expression) != says_action(&best.expression)
            && (likelihood(&other.expression) >= 0.4)
            && (is_beside(best, other) || is_on_top(other))
            && !is_determined(best, other)
            && !is_determined(other, best)
            && other.texts.iter().flatten().count() * 2 >= sampled.len()
    });
    fitting.next()
}

/// Whether two locations are in one object.
fn is_beside(one: &Candidate, other: &Candidate) -> bool {
    let object =
        |candidate: &Candidate| expression(&candidate.expression).rsplit_once('/').map(|(object, _)| object.to_owned());
    object(one).is_some() && object(one) == object(other)
}

fn is_on_top(candidate: &Candidate) -> bool {
    depth(&candidate.location) <= 1.0
}

/// Whether `other` says the same in all deliveries in which `one` does.
fn is_determined(one: &Candidate, other: &Candidate) -> bool {
    let mut said = BTreeMap::new();
    let pairs = one.texts.iter().zip(&other.texts);
    pairs
        .filter(|(one, other)| one.is_some() && other.is_some())
        .all(|(one, other)| *said.entry(one).or_insert(other) == other)
}
