//! The values that schemas list.

use super::candidate::Candidate;
use super::search::{Search, Strategy};
use crate::documents::provider::Expression;
use crate::model::types::{Shape, Type, Types};
use crate::source::pointer::tokens;

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
    search.values(0, candidate).iter().all(|value| types.narrowed(payload, pointer, value) != *payload)
}

/// Whether every body has a value at a JSON pointer that leads through objects only.
fn is_required(types: &Types, payload: &Type, pointer: &str) -> bool {
    let mut ty = payload;
    tokens(pointer).iter().all(|token| {
        let Type::Named(id) = ty else { return false };
        let Shape::Struct(record) = types.shape(*id) else { return false };
        let field = record.fields.iter().find(|field| field.key == *token && field.required);
        field.inspect(|field| ty = &field.ty).is_some()
    })
}
