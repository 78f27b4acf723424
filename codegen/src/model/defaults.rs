//! What documents give as the default where event types stand.

use super::{Provider, Shape, Type, behind, tokens};
use crate::documents::Folder;
use crate::documents::provider::Expression;
use crate::source::pointer::escape;
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
pub(super) fn fallbacks(provider: &Provider, folder: &Folder) -> Vec<Fallback> {
    let [Expression::Body(pointer)] = provider.event_type.as_slice() else { return Vec::new() };
    let mut payloads: Vec<&Type> = Vec::new();
    provider.events.iter().for_each(|event| {
        if !payloads.contains(&&event.payload) {
            payloads.push(&event.payload);
        }
    });
    let fallbacks = payloads.into_iter().filter_map(|payload| {
        let mut events =
            provider.events.iter().filter(|event| event.payload == *payload).map(|event| &event.event_type);
        let first = events.clone().next()?;
        let default = Walk { provider, folder, deeper: 100 }.default(payload, &tokens(pointer));
        let default = events.find(|event_type| Some(event_type.as_str()) == default);
        Some(Fallback { event_type: default.unwrap_or(first).clone(), is_default: default.is_some() })
    });
    let fallbacks: Vec<_> = fallbacks.collect();
    if fallbacks.iter().any(|fallback| fallback.is_default) { fallbacks } else { Vec::new() }
}

#[derive(Clone, Copy)]
struct Walk<'p> {
    provider: &'p Provider,
    folder: &'p Folder,
    /// Types within types: more is a circle.
    deeper: usize,
}

impl<'p> Walk<'p> {
    /// What the schemas at the end of a way say of a text that is not there.
    fn default(self, ty: &Type, tokens: &[String]) -> Option<&'p str> {
        let on = Self { deeper: self.deeper.checked_sub(1)?, ..self };
        match ty {
            Type::Named(id) => {
                let def = self.provider.get(behind(&self.provider.types, *id));
                let at = |pointer: &str| self.said(def.document, pointer);
                match (&def.shape, tokens.split_first()) {
                    (Shape::Alias(inner) | Shape::Newtype(inner), _) => on.default(inner, tokens),
                    (Shape::Union(union), Some(_)) => {
                        union.variants.iter().find_map(|variant| on.default(&variant.ty, tokens))
                    }
                    (Shape::Struct(record), Some((token, rest))) => {
                        let field = record.fields.iter().find(|field| field.key == *token)?;
                        let own = rest.is_empty().then(|| at(&format!("{}/properties/{}", def.pointer, escape(token))));
                        own.flatten().or_else(|| on.default(&field.ty, rest))
                    }
                    (_, None) => at(&def.pointer),
                    (Shape::Enum(_), Some(_)) => None,
                }
            }
            other => on.default(other.transparent()?, tokens),
        }
    }

    fn said(self, document: usize, pointer: &str) -> Option<&'p str> {
        self.folder.documents[document].value.pointer(pointer)?.get("default").and_then(Value::as_str)
    }
}
