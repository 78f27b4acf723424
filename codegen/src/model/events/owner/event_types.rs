//! What the documents say of a webhook's event types.

use crate::documents::provider::Expression;
use crate::model::events::api::Api;
use crate::model::events::example::{Examples, without_respellings};
use crate::model::events::webhook::Webhook;
use crate::model::types::Types;

/// What the documents say of a webhook's event types at a location.
#[derive(Debug, Default)]
pub struct EventTypes {
    /// Those that its schemas list.
    pub listed: Vec<String>,
    /// Whether they list none, and any text may be one.
    pub is_open: bool,
    /// Those in its examples. They count as far as the schemas allow them.
    pub in_examples: Vec<String>,
}

/// What the documents say of each webhook.
pub fn event_types(api: &Api<'_>, examples: &Examples<'_>, location: &[Expression]) -> Vec<EventTypes> {
    let of = |(index, webhook): (usize, &Webhook)| {
        let listed = joined(api.types, webhook, location);
        let in_examples = examples.event_types(index, location);
        // Where any text is allowed, other spellings of one event type are no further event types.
        let in_examples = if listed.is_empty() { without_respellings(in_examples) } else { in_examples };
        let is_possible = || api.types.occurrence(&webhook.payload, location).is_none_or(|occurrence| occurrence.some);
        EventTypes { is_open: listed.is_empty() && is_possible(), listed, in_examples }
    };
    api.webhooks.iter().enumerate().map(of).collect()
}

/// What the values of a location's parts join to; nothing where any text is allowed in one of them.
fn joined(types: &Types, webhook: &Webhook, location: &[Expression]) -> Vec<String> {
    let join = |before: Vec<String>, values: Vec<String>| {
        let with = |value: &String| before.iter().map(|before| format!("{before}.{value}")).collect::<Vec<_>>();
        values.iter().flat_map(with).collect()
    };
    location.iter().map(|part| allowed(types, webhook, part)).reduce(join).unwrap_or_default()
}

/// The values that a webhook's schemas list for a part of a request.
pub fn allowed(types: &Types, webhook: &Webhook, part: &Expression) -> Vec<String> {
    match part {
        Expression::Body(pointer) => {
            types.at(&webhook.payload, pointer).values.into_iter().map(str::to_owned).collect()
        }
        Expression::Header(name) => webhook.header_values.get(name).cloned().unwrap_or_default(),
    }
}
