//! Examples, and what they have in common with the webhooks' keys.

use super::candidate::Candidate;
use super::search::{Search, Strategy};
use crate::documents::provider::Expression;

pub const STRATEGY: Strategy = Strategy {
    docs: "the location in the bodies where examples have event types of every webhook, or the keys of several",
    is_for_one_webhook: false,
    find,
};

fn find(search: &Search<'_, '_>) -> Option<Vec<Expression>> {
    let mut candidates = search.candidates.iter().filter(|candidate| {
        let evaluation = search.evaluate(&search.location(candidate), candidate.has_conventional_name());
        evaluation.identifies_all(&search.json)
            || evaluation.spells_keys(&search.json) && is_in_all_bodies(search, candidate)
    });
    candidates.next().map(|candidate| search.location(candidate))
}

fn is_in_all_bodies(search: &Search<'_, '_>, candidate: &Candidate) -> bool {
    let mut payloads = search.json.iter().map(|webhook| &search.api.webhooks[*webhook].payload);
    payloads.all(|payload| search.api.types.at(payload, &candidate.pointer).occurrence.some)
}
