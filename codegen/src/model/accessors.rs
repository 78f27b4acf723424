//! The ways from events to the values that `accessors` in `provider.yaml` names.

use super::{Provider, Shape, Type, TypeId, Union, behind, tokens};
use crate::documents::Folder;
use crate::documents::provider::Accessor;
use crate::source::{Diagnostic, Diagnostics, Source};

/// Types within types: more is a circle.
const DEEPEST: usize = 100;

/// A way from a value to one that it holds.
#[derive(Clone, Debug)]
pub struct Way {
    /// What to do, one after the other.
    pub steps: Vec<Step>,
    /// The type at the end.
    pub target: Type,
}

/// One step of it.
#[derive(Clone, Debug)]
pub enum Step {
    /// To a field of a struct, by its index.
    Field(TypeId, usize),
    /// To what a pointer, or a text of JSON, holds.
    Held,
    /// To what a newtype holds.
    Inside,
    /// To a value that may be null.
    Present,
    /// To the one value, bare or in an array.
    Only,
    /// To an item of an array.
    Item(usize),
    /// To a member of a map.
    Member(String),
    /// On through variants of a union, by their indices.
    Variants(TypeId, Vec<(usize, Vec<Step>)>),
}

/// The way along a JSON pointer from a value of a type, if there is one.
pub fn way(provider: &Provider, ty: &Type, pointer: &str) -> Option<Way> {
    walk(provider, ty, &tokens(pointer), DEEPEST)
}

fn walk(provider: &Provider, ty: &Type, tokens: &[String], deeper: usize) -> Option<Way> {
    let deeper = deeper.checked_sub(1)?;
    let after = |step: Step, inner: &Type, tokens: &[String]| {
        let mut way = walk(provider, inner, tokens, deeper)?;
        way.steps.insert(0, step);
        Some(way)
    };
    match (ty, tokens.split_first()) {
        (Type::Nullable(inner), _) => after(Step::Present, inner, tokens),
        (Type::JsonText(inner) | Type::Boxed(inner), _) => after(Step::Held, inner, tokens),
        (Type::OneOrMany(inner), _) => after(Step::Only, inner, tokens),
        (Type::Array(inner), Some((token, rest))) => after(Step::Item(token.parse().ok()?), inner, rest),
        (Type::Map(inner), Some((token, rest))) => after(Step::Member(token.clone()), inner, rest),
        (Type::Named(id), rest) => {
            let id = behind(&provider.types, *id);
            match (&provider.get(id).shape, rest) {
                (Shape::Alias(inner), _) => walk(provider, inner, tokens, deeper),
                (Shape::Newtype(inner), Some(_)) => after(Step::Inside, inner, tokens),
                (Shape::Struct(record), Some((token, rest))) => {
                    let index = record.fields.iter().position(|field| field.key == *token)?;
                    after(Step::Field(id, index), &record.fields[index].ty, rest)
                }
                (Shape::Union(union), Some(_)) => through(provider, id, union, tokens, deeper),
                (Shape::Enum(_), Some(_)) => None,
                (_, None) => Some(Way { steps: Vec::new(), target: Type::Named(id) }),
            }
        }
        (ty, None) => Some(Way { steps: Vec::new(), target: ty.clone() }),
        _ => None,
    }
}

/// Through all variants that lead to a value of one type.
fn through(provider: &Provider, id: TypeId, union: &Union, tokens: &[String], deeper: usize) -> Option<Way> {
    let ways = union.variants.iter().enumerate();
    let mut ways = ways.filter_map(|(index, variant)| Some((index, walk(provider, &variant.ty, tokens, deeper)?)));
    let (first, Way { steps, target }) = ways.next()?;
    let others = ways.filter(|(_, way)| way.target == target).map(|(index, way)| (index, way.steps));
    let variants = std::iter::once((first, steps)).chain(others).collect();
    Some(Way { steps: vec![Step::Variants(id, variants)], target })
}

/// The type of the values that an accessor gives: that of the first one. Events that have another type there have
/// another value there.
pub fn target<'t>(
    provider: &Provider,
    payloads: impl Iterator<Item = &'t Type> + Clone,
    accessor: &Accessor,
) -> Option<Type> {
    let ways = accessor.pointers.iter().flat_map(|pointer| {
        payloads.clone().filter_map(move |payload| way(provider, payload, pointer).map(|way| way.target))
    });
    ways.into_iter().next()
}

/// Reports what leads to no such value in any body.
pub(super) fn check(provider: &Provider, folder: &Folder, found: &mut Diagnostics) {
    let Some(source) = &folder.provider_source else { return };
    let payloads = || provider.webhooks.iter().map(|webhook| &webhook.payload);
    for accessor in &provider.settings.accessors {
        let wanted = target(provider, payloads(), accessor);
        for (index, pointer) in accessor.pointers.iter().enumerate() {
            let mut targets = payloads().filter_map(|payload| way(provider, payload, pointer)).map(|way| way.target);
            let help = match targets.next() {
                None => "describe the location in the documents, or in overlay.yaml",
                Some(target) if Some(&target) != wanted.as_ref() && !targets.any(|other| Some(other) == wanted) => {
                    "what stands there is of another type than what stands at the locations before"
                }
                Some(_) => continue,
            };
            let message = format!("this leads to no `{}` in the body of any webhook", accessor.name);
            found.push(report(source, accessor, index, &message).help(help));
        }
    }
}

fn report(source: &Source, accessor: &Accessor, index: usize, message: &str) -> Diagnostic {
    let mut place = format!("/accessors/{}", accessor.name);
    if source.value.pointer(&place).is_some_and(serde_json::Value::is_array) {
        place = format!("{place}/{index}");
    }
    Diagnostic::error(&source.path, place, message)
}
