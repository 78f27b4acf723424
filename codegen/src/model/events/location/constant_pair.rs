//! Two constants, such as an object and what happened to it.

use super::candidate::Candidate;
use super::search::{Search, Strategy};
use crate::documents::provider::Expression;
use std::collections::BTreeSet;

pub const STRATEGY: Strategy = Strategy {
    docs: "two locations in one object, for each of which every webhook lists one value, and which together differ",
    is_for_one_webhook: false,
    find,
};

fn find(search: &Search<'_, '_>) -> Option<Vec<Expression>> {
    let is_constant = |candidate: &&Candidate| {
        let is_only = |webhook: &usize| search.values(*webhook, candidate).len() == 1;
        !candidate.is_open && search.json.iter().all(is_only)
    };
    let mut candidates: Vec<_> = search.candidates.iter().filter(is_constant).collect();
    // The subject comes before what happened to it, of which there is more.
    candidates.sort_by_cached_key(|candidate| (variety(search, candidate), candidate.index));
    let lefts = candidates.iter().enumerate();
    let pairs = lefts.flat_map(|(index, left)| candidates[index + 1..].iter().map(move |right| (left, right)));
    let pairs = pairs.filter(|(left, right)| left.object() == right.object());
    let mut locations = pairs.map(|(left, right)| vec![left.expression(), right.expression()]);
    locations.find(|location| search.evaluate(location, false).identifies_all(&search.json))
}

/// How many values all webhooks list.
fn variety(search: &Search<'_, '_>, candidate: &Candidate) -> usize {
    search.json.iter().flat_map(|webhook| search.values(*webhook, candidate)).collect::<BTreeSet<_>>().len()
}
