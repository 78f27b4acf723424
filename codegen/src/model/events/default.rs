//! The default of the event type, as documents give it.

use super::api::Api;
use super::event::Event;
use crate::documents::provider::Expression;
use crate::model::types::{Docs, Shape, Type, Types};
use crate::source::pointer::tokens;
use indexmap::IndexMap;
use serde_json::Value;

/// Types within types: more is a circle.
const DEEPEST: usize = 100;

/// An event of a payload, for bodies without an event type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// The event type: the default, or else any of the payload's.
    pub event_type: String,
    /// Whether the document gives it as the default.
    pub is_default: bool,
}

/// One for each payload; none where no document gives a default that is the event type of an event.
pub fn fallbacks(api: &Api<'_>, location: &[Expression], events: &[Event]) -> Vec<Fallback> {
    let [Expression::Body(pointer)] = location else { return Vec::new() };
    let tokens = tokens(pointer);
    let mut by_payload: IndexMap<&Type, Vec<&String>> = IndexMap::new();
    for event in events {
        by_payload.entry(&event.payload).or_default().push(&event.event_type);
    }
    let fallbacks = by_payload.into_iter().map(|(payload, event_types)| {
        let default = default(api.types, payload, &tokens, DEEPEST);
        let default = event_types.iter().find(|event_type| Some(event_type.as_str()) == default);
        Fallback { event_type: default.unwrap_or(&event_types[0]).to_string(), is_default: default.is_some() }
    });
    let fallbacks: Vec<_> = fallbacks.collect();
    if fallbacks.iter().any(|fallback| fallback.is_default) { fallbacks } else { Vec::new() }
}

/// The text that schemas give as the default at the end of a path.
fn default<'t>(types: &'t Types, ty: &Type, tokens: &[String], deeper: usize) -> Option<&'t str> {
    let deeper = deeper.checked_sub(1)?;
    let on = |ty: &Type, tokens: &[String]| default(types, ty, tokens, deeper);
    let text = |docs: &'t Docs| docs.default.as_ref().and_then(Value::as_str);
    let Type::Named(id) = ty else { return on(ty.transparent()?, tokens) };
    let def = types.get(types.resolve_alias(*id));
    match (&def.shape, tokens.split_first()) {
        (Shape::Alias(inner) | Shape::Newtype(inner), _) => on(inner, tokens),
        (Shape::Union(union), Some(_)) => union.variants.iter().find_map(|variant| on(&variant.ty, tokens)),
        (Shape::Struct(record), Some((token, rest))) => {
            let field = record.fields.iter().find(|field| field.key == *token)?;
            let own = text(&field.docs).filter(|_| rest.is_empty());
            own.or_else(|| on(&field.ty, rest))
        }
        (_, None) => text(&def.docs),
        (Shape::Enum(_), Some(_)) => None,
    }
}
