//! What documents give as the default where event types stand.

use super::api::Api;
use super::event::Event;
use crate::documents::provider::Expression;
use crate::model::types::{Shape, Type};
use crate::source::pointer::{join, tokens};
use indexmap::IndexMap;
use serde_json::Value;

/// An event of a payload, for bodies that have nothing where event types stand.
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
        let default = Walk { api, deeper: 100 }.default(payload, &tokens);
        let default = event_types.iter().find(|event_type| Some(event_type.as_str()) == default);
        Fallback { event_type: default.unwrap_or(&event_types[0]).to_string(), is_default: default.is_some() }
    });
    let fallbacks: Vec<_> = fallbacks.collect();
    if fallbacks.iter().any(|fallback| fallback.is_default) { fallbacks } else { Vec::new() }
}

#[derive(Clone, Copy)]
struct Walk<'p> {
    api: &'p Api<'p>,
    /// Types within types: more is a circle.
    deeper: usize,
}

impl<'p> Walk<'p> {
    /// What the schemas at the end of a way say of a text that is not there.
    fn default(self, ty: &Type, tokens: &[String]) -> Option<&'p str> {
        let on = Self { deeper: self.deeper.checked_sub(1)?, ..self };
        match ty {
            Type::Named(id) => {
                let def = self.api.types.get(self.api.types.resolve_alias(*id));
                let at = |pointer: &str| self.value_at(def.document, pointer);
                match (&def.shape, tokens.split_first()) {
                    (Shape::Alias(inner) | Shape::Newtype(inner), _) => on.default(inner, tokens),
                    (Shape::Union(union), Some(_)) => {
                        union.variants.iter().find_map(|variant| on.default(&variant.ty, tokens))
                    }
                    (Shape::Struct(record), Some((token, rest))) => {
                        let field = record.fields.iter().find(|field| field.key == *token)?;
                        let own = rest.is_empty().then(|| at(&join(&format!("{}/properties", def.pointer), token)));
                        own.flatten().or_else(|| on.default(&field.ty, rest))
                    }
                    (_, None) => at(&def.pointer),
                    (Shape::Enum(_), Some(_)) => None,
                }
            }
            other => on.default(other.transparent()?, tokens),
        }
    }

    fn value_at(self, document: usize, pointer: &str) -> Option<&'p str> {
        self.api.folder.documents[document].value.pointer(pointer)?.get("default").and_then(Value::as_str)
    }
}
