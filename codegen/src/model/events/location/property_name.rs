//! The name of a property.

use super::candidate::candidates;
use super::search::{Search, Strategy};
use crate::documents::provider::Expression;

pub const STRATEGY: Strategy = Strategy {
    docs: "the text that every webhook's bodies have under a name such as `type` or `event`, unless all examples have \
           the same there",
    is_for_one_webhook: false,
    find,
};

fn find(search: &Search<'_, '_>) -> Option<Vec<Expression>> {
    let is_open = |webhook: &usize, pointer: &str| {
        let candidates = candidates(search.api.types, &search.api.webhooks[*webhook].payload);
        candidates.iter().any(|candidate| candidate.is_open && candidate.pointer == pointer)
    };
    let candidates =
        search.candidates.iter().filter(|candidate| candidate.is_open && candidate.has_conventional_name());
    let everywhere =
        candidates.filter(|candidate| search.json.iter().all(|webhook| is_open(webhook, &candidate.pointer)));
    let mut locations = everywhere.map(|candidate| search.location(candidate));
    locations.find(|location| search.evaluate(location, true).may_be_event_types())
}
