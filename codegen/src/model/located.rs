//! Whether `event_type` in `provider.yaml` leads to something.

use super::{Provider, Shape, Type, TypeId, Webhook, identify};
use crate::diagnostics::{Diagnostic, Diagnostics, closest};
use crate::load::Folder;
use crate::lower::unescape;
use crate::provider::Expression;
use std::collections::HashSet;

/// Reports a pointer that no body has; of a pointer that names the event alone, the webhooks whose bodies lack it.
pub(super) fn check(provider: &Provider, folder: &Folder, found: &mut Diagnostics) {
    let Some(source) = &folder.provider_source else { return };
    let written = &folder.provider.event_type;
    for (index, expression) in written.iter().enumerate() {
        let Expression::Body(pointer) = expression else { continue };
        let lacking = lacking(provider, pointer);
        if lacking.len() == provider.webhooks.len() && !lacking.is_empty() {
            let place = if source.value["event_type"].is_array() {
                format!("/event_type/{index}")
            } else {
                "/event_type".into()
            };
            let error = Diagnostic::error(&source.path, place, "this leads to nothing in the body of any webhook");
            found.push(error.help(meant(provider, pointer)));
        } else if written.len() == 1 {
            found.extend(lacking.into_iter().map(|webhook| lost(folder, webhook, pointer)));
        }
    }
}

/// The webhooks whose bodies have nothing at a place.
fn lacking<'p>(provider: &'p Provider, pointer: &str) -> Vec<&'p Webhook> {
    let tokens: Vec<_> = pointer.split('/').skip(1).map(unescape).collect();
    let leads = |payload: &Type| Walk { provider, seen: HashSet::new() }.leads(payload, &tokens);
    provider.webhooks.iter().filter(|webhook| !leads(&webhook.payload)).collect()
}

fn lost(folder: &Folder, webhook: &Webhook, pointer: &str) -> Diagnostic {
    let file = &folder.documents[webhook.document].path;
    let message = format!("the body of this webhook has no `{pointer}`, where its event type should stand");
    let help = "it is found by `from_slice_as` only; describe it here or in overlay.yaml";
    Diagnostic::warning(file, webhook.item(), message).at_key().help(help)
}

/// Reports a provider of several events that nothing tells apart, and the webhooks that what was found does not tell.
pub(super) fn untold(provider: &Provider, folder: &Folder, found: &mut Diagnostics) {
    if let ([Expression::Body(pointer)], []) = (&*provider.event_type, &*folder.provider.event_type) {
        found.extend(lacking(provider, pointer).into_iter().map(|webhook| lost(folder, webhook, pointer)));
    }
    let Some(first) = provider.webhooks.first() else { return };
    if provider.event_type.is_empty() && provider.events.len() > 1 {
        let source = &folder.documents[first.document];
        let place = if source.value.get("webhooks").is_some() { "/webhooks" } else { "/x-webhooks" };
        let message = "nothing in the bodies tells which webhook they belong to";
        let help = "say in provider.yaml where it stands, such as `event_type: $request.header.x-event`; else an event \
                    must be named to `from_slice_as`";
        found.push(Diagnostic::warning(&source.path, place, message).at_key().help(help));
    }
}

fn meant(provider: &Provider, pointer: &str) -> String {
    let places = identify::pointers(provider);
    match closest(pointer, places.iter().map(String::as_str)) {
        Some(place) => format!("did you mean `$request.body#{place}`?"),
        None => "describe the place in the documents, or in overlay.yaml".to_owned(),
    }
}

struct Walk<'p> {
    provider: &'p Provider,
    /// Types that were seen with so many tokens to go.
    seen: HashSet<(TypeId, usize)>,
}

impl Walk<'_> {
    fn leads(&mut self, ty: &Type, tokens: &[String]) -> bool {
        match (ty, tokens.split_first()) {
            (Type::Nullable(inner) | Type::JsonText(inner) | Type::OneOrMany(inner) | Type::Boxed(inner), _) => {
                self.leads(inner, tokens)
            }
            (Type::Array(inner), _) => {
                let is_index = tokens.first().is_some_and(|token| token.parse::<usize>().is_ok());
                self.leads(inner, &tokens[usize::from(is_index)..])
            }
            (Type::Named(id), _) => self.seen.insert((*id, tokens.len())) && self.named(*id, tokens),
            (Type::Map(value), Some((_, rest))) => self.leads(value, rest),
            (Type::Any | Type::Foreign(_), _) | (_, None) => true,
            _ => false,
        }
    }

    fn named(&mut self, id: TypeId, tokens: &[String]) -> bool {
        let provider = self.provider;
        match (&provider.get(id).shape, tokens.split_first()) {
            (Shape::Alias(inner) | Shape::Newtype(inner), _) => self.leads(inner, tokens),
            (Shape::Union(union), _) => union.variants.iter().any(|variant| self.leads(&variant.ty, tokens)),
            (Shape::Struct(record), Some((token, rest))) => {
                let field = record.fields.iter().find(|field| field.key == *token);
                field.is_some_and(|field| self.leads(&field.ty, rest))
            }
            (_, tokens) => tokens.is_none(),
        }
    }
}
