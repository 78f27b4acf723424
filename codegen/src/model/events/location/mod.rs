//! Where the event type is found in a delivery, unless `provider.yaml` states it.

mod candidate;
mod check;
mod constant_pair;
mod evaluation;
mod examples;
mod header;
mod majority;
mod property_name;
mod schema_values;
mod search;
#[cfg(test)]
mod tests;

use super::api::Api;
use super::example::Examples;
use crate::documents::provider::Expression;
pub use check::{check, warn_without_location};
use search::{Search, Strategy};

/// The ways to find the event type location, in this order: the first that finds one is followed.
const STRATEGIES: [Strategy; 6] = [
    schema_values::STRATEGY,
    header::STRATEGY,
    constant_pair::STRATEGY,
    examples::STRATEGY,
    property_name::STRATEGY,
    majority::STRATEGY,
];

/// The event type location, if the documents show one.
pub fn find(api: &Api<'_>, examples: &Examples<'_>) -> Vec<Expression> {
    answer(api, examples).map(|(_, location)| location).unwrap_or_default()
}

/// The strategy that finds a location, and what it finds.
fn answer(api: &Api<'_>, examples: &Examples<'_>) -> Option<(&'static Strategy, Vec<Expression>)> {
    let search = Search::new(api, examples);
    let strategies = STRATEGIES.iter().filter(|strategy| strategy.is_for_one_webhook || api.webhooks.len() != 1);
    strategies.into_iter().find_map(|strategy| Some((strategy, (strategy.find)(&search)?)))
}
