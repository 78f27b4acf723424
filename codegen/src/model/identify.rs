//! Where bodies say which event they are, when `provider.yaml` does not.

use super::events::{claims, values_at};
use super::{Provider, Shape, Type};
use crate::lower::escape;
use crate::provider::Expression;
use std::collections::BTreeSet;

/// An event type stands near the top.
const DEEPEST: usize = 4;
/// What senders call it; only decides between places that serve equally well.
const USUAL: [&str; 8] = ["type", "eventtype", "event", "eventname", "eventcode", "hooktype", "topic", "action"];

/// The place at which every webhook's body has values of its own.
pub(super) fn event_type(provider: &Provider) -> Option<Expression> {
    let mut places = BTreeSet::new();
    if let Some(first) = provider.webhooks.first() {
        walk(provider, &first.payload, String::new(), 0, &mut places);
    }
    let telling = places.into_iter().filter(|(_, _, pointer)| tells(provider, pointer));
    telling.min().map(|(_, _, pointer)| Expression::Body(pointer))
}

/// Whether the values at a place leave no two webhooks alike.
fn tells(provider: &Provider, pointer: &str) -> bool {
    let values = |payload: &Type| values_at(provider, payload, pointer);
    if provider.webhooks.iter().any(|webhook| values(&webhook.payload).is_empty()) {
        return false;
    }
    let claims = claims(provider, values);
    let is_clear = |index: usize| {
        claims.iter().any(|claim| claim.named == Some(index) || claim.webhooks == [index])
    };
    claims.iter().all(|claim| claim.webhooks.len() == 1 || claim.named.is_some())
        && (0..provider.webhooks.len()).all(is_clear)
}

/// Gathers the places of enums: depth, whether the name is unusual, pointer.
fn walk(provider: &Provider, ty: &Type, pointer: String, depth: usize, places: &mut BTreeSet<(usize, usize, String)>) {
    if depth > DEEPEST {
        return;
    }
    match ty {
        Type::Nullable(inner) | Type::JsonText(inner) | Type::OneOrMany(inner) | Type::Boxed(inner) => {
            walk(provider, inner, pointer, depth, places);
        }
        Type::Array(inner) => walk(provider, inner, format!("{pointer}/0"), depth + 1, places),
        Type::Named(id) => match &provider.get(*id).shape {
            Shape::Alias(inner) => walk(provider, inner, pointer, depth, places),
            Shape::Union(variants) => {
                variants.iter().for_each(|variant| walk(provider, &variant.ty, pointer.clone(), depth, places));
            }
            Shape::Struct(record) => {
                for field in &record.fields {
                    let below = format!("{pointer}/{}", escape(&field.key));
                    walk(provider, &field.ty, below, depth + 1, places);
                }
            }
            Shape::Enum(_) => {
                let name: String = pointer.rsplit('/').next().into_iter().flat_map(str::chars).filter(|c| c.is_alphanumeric()).collect();
                let rank = USUAL.iter().position(|usual| *usual == name.to_lowercase()).unwrap_or(USUAL.len());
                places.insert((depth, rank, pointer));
            }
        },
        _ => {}
    }
}
