//! A header.

use super::candidate::Candidate;
use super::search::{Search, Strategy};
use crate::documents::provider::Expression;
use crate::model::events::header::Header;
use crate::words::words;

pub const STRATEGY: Strategy = Strategy {
    docs: "the header for which every webhook lists event types of its own, or has them in examples",
    is_for_one_webhook: true,
    find,
};

fn find(search: &Search<'_, '_>) -> Option<Vec<Expression>> {
    let locations = search
        .api
        .headers
        .iter()
        .map(|header| (vec![Expression::Header(header.name.clone())], has_conventional_name(header)));
    let mut identifying = locations
        .filter(|(location, is_conventional)| search.evaluate(location, *is_conventional).identifies_all(&search.json));
    identifying.next().map(|(location, _)| location)
}

/// Whether a header is called like an event type: by its last word, which for a `type` takes one more.
fn has_conventional_name(header: &Header) -> bool {
    let words = words(&header.name);
    let last = words.last().is_some_and(|last| last != "type" && Candidate::is_conventional(last));
    last || words.len() > 2 && Candidate::is_conventional(&words[words.len() - 2..].concat())
}
