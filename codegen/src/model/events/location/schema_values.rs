//! The values that schemas list.

use super::candidate::Candidate;
use super::search::{Search, Strategy};
use crate::documents::provider::Expression;
use crate::model::types::{is_required, narrowed};

pub const STRATEGY: Strategy = Strategy {
    docs: "the location in the bodies where the schema of every webhook lists event types of its own, by `const`, \
           `enum` or a discriminator",
    is_for_one_webhook: true,
    find,
};

fn find(search: &Search<'_, '_>) -> Option<Vec<Expression>> {
    let candidates =
        search.candidates.iter().filter(|candidate| !candidate.is_open && is_event_type(search, candidate));
    let locations = candidates.map(|candidate| (search.location(candidate), candidate.has_conventional_name()));
    let mut identifying = locations.filter(|(location, is_conventional)| {
        let evaluation = search.evaluate(location, *is_conventional);
        evaluation.lists_all(&search.json) && evaluation.identifies_all(&search.json)
    });
    identifying.next().map(|(location, _)| location)
}

/// With one webhook only, any list would do. It is an event type if it has a conventional name and is required, or if each
/// of its values has a type of its own; and never in a batch.
fn is_event_type(search: &Search<'_, '_>, candidate: &Candidate) -> bool {
    let [only] = search.api.webhooks else { return true };
    let (types, payload, pointer) = (search.api.types, &only.payload, &candidate.pointer);
    if candidate.unindexed.is_some() || candidate.has_conventional_name() && is_required(types, payload, pointer) {
        return candidate.unindexed.is_none();
    }
    search.values(0, candidate).iter().all(|value| narrowed(types, payload, pointer, value) != *payload)
}
