//! Bodies that hold several events.

use super::api::Api;
use super::example::Examples;
use super::location;
use super::webhook::{Batch, Webhook};
use crate::documents::provider::Expression;
use crate::model::types::{Shape, Type, Types};

/// Types within types: more is a circle.
const DEEPEST: usize = 100;

/// The webhooks as senders of batches, if bodies are arrays of what are events by themselves: of objects that have the
/// event type. Of arrays of anything else, each is one event. The payload is then the type of an item; where a body may
/// be an object or an array, it stays the type of both, which takes an item as it takes the object.
pub fn split(api: &Api<'_>) -> Option<Vec<Webhook>> {
    let mut webhooks = api.webhooks.to_vec();
    for webhook in &mut webhooks {
        let Some((batch, item)) = items(api.types, &webhook.payload, DEEPEST) else { continue };
        if !holds_objects(api.types, &item, DEEPEST) {
            return None;
        }
        webhook.batch = batch;
        if batch == Batch::Always {
            webhook.payload = item;
        }
    }
    has_event_type(&Api { webhooks: &webhooks, ..*api }).then_some(webhooks)
}

/// Whether there is an event type in an item of an array.
fn has_event_type(api: &Api<'_>) -> bool {
    let batches: Vec<_> = api.webhooks.iter().filter(|webhook| webhook.batch != Batch::Never).collect();
    if batches.is_empty() {
        return false;
    }
    let stated = &api.folder.provider.event_type;
    let location = match stated.is_empty() {
        true => location::find(api, &Examples::collect(api.webhooks, &api.folder.documents)),
        false => stated.clone(),
    };
    location.iter().any(|part| match part {
        Expression::Body(pointer) => {
            batches.iter().any(|webhook| api.types.at(&webhook.payload, pointer).occurrence.some)
        }
        Expression::Header(_) => false,
    })
}

/// The type of the items, if bodies can be arrays.
fn items(types: &Types, body: &Type, deeper: usize) -> Option<(Batch, Type)> {
    match body {
        Type::Array(item) => Some((Batch::Always, (**item).clone())),
        Type::OneOrMany(item) => Some((Batch::Sometimes, (**item).clone())),
        Type::Named(id) => match &types.get(*id).shape {
            Shape::Alias(aliased) => items(types, aliased, deeper.checked_sub(1)?),
            _ => None,
        },
        _ => None,
    }
}

/// Whether some values of a type are objects with properties.
fn holds_objects(types: &Types, ty: &Type, deeper: usize) -> bool {
    let (Type::Named(id), Some(deeper)) = (ty, deeper.checked_sub(1)) else { return false };
    match &types.get(*id).shape {
        Shape::Struct(_) => true,
        Shape::Union(union) => union.variants.iter().any(|variant| holds_objects(types, &variant.ty, deeper)),
        Shape::Alias(inner) | Shape::Newtype(inner) => holds_objects(types, inner, deeper),
        Shape::Enum(_) => false,
    }
}
