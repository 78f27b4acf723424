//! The paths from events to the values that `accessors` in `provider.yaml` names.

use super::provider::Provider;
use super::types::{Shape, Type, TypeId, Types, Union};
use crate::documents::Folder;
use crate::documents::provider::Accessor;
use crate::source::pointer::tokens;
use crate::source::{Diagnostic, Diagnostics, Source};

/// Types within types: deeper is a circle.
const DEEPEST: usize = 100;

/// A path from a value to one that it holds.
#[derive(Clone, Debug)]
pub struct Path {
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
    /// To the only value, alone or in an array.
    Only,
    /// To an item of an array.
    Item(usize),
    /// To a member of a map.
    Member(String),
    /// On through variants of a union, by their indices.
    Variants(TypeId, Vec<(usize, Vec<Step>)>),
}

/// The path along a JSON pointer from a value of a type, if there is one.
pub fn path(types: &Types, ty: &Type, pointer: &str) -> Option<Path> {
    walk(types, ty, &tokens(pointer), DEEPEST)
}

fn walk(types: &Types, ty: &Type, tokens: &[String], deeper: usize) -> Option<Path> {
    let deeper = deeper.checked_sub(1)?;
    let after = |step: Step, inner: &Type, tokens: &[String]| {
        let mut path = walk(types, inner, tokens, deeper)?;
        path.steps.insert(0, step);
        Some(path)
    };
    match (ty, tokens.split_first()) {
        (Type::Nullable(inner), _) => after(Step::Present, inner, tokens),
        (Type::JsonText(inner) | Type::Boxed(inner), _) => after(Step::Held, inner, tokens),
        (Type::OneOrMany(inner), _) => after(Step::Only, inner, tokens),
        (Type::Array(inner), Some((token, rest))) => after(Step::Item(token.parse().ok()?), inner, rest),
        (Type::Map(inner), Some((token, rest))) => after(Step::Member(token.clone()), inner, rest),
        (Type::Named(id), rest) => {
            let id = types.resolve_alias(*id);
            match (&types.get(id).shape, rest) {
                (Shape::Alias(inner), _) => walk(types, inner, tokens, deeper),
                (Shape::Newtype(inner), Some(_)) => after(Step::Inside, inner, tokens),
                (Shape::Struct(record), Some((token, rest))) => {
                    let index = record.fields.iter().position(|field| field.key == *token)?;
                    after(Step::Field(id, index), &record.fields[index].ty, rest)
                }
                (Shape::Union(union), Some(_)) => through(types, id, union, tokens, deeper),
                (Shape::Enum(_), Some(_)) => None,
                (_, None) => Some(Path { steps: Vec::new(), target: Type::Named(id) }),
            }
        }
        (ty, None) => Some(Path { steps: Vec::new(), target: ty.clone() }),
        _ => None,
    }
}

/// Through all variants that lead to a value of one type.
fn through(types: &Types, id: TypeId, union: &Union, tokens: &[String], deeper: usize) -> Option<Path> {
    let variants = union.variants.iter().enumerate();
    let mut paths = variants.filter_map(|(index, variant)| Some((index, walk(types, &variant.ty, tokens, deeper)?)));
    let (first, Path { steps, target }) = paths.next()?;
    let others = paths.filter(|(_, path)| path.target == target).map(|(index, path)| (index, path.steps));
    let variants = std::iter::once((first, steps)).chain(others).collect();
    Some(Path { steps: vec![Step::Variants(id, variants)], target })
}

/// The type of the values that an accessor gives: that of the first one. Events that have another type there have
/// another value there.
pub fn accessor_type<'t>(
    types: &Types,
    payloads: impl Iterator<Item = &'t Type> + Clone,
    accessor: &Accessor,
) -> Option<Type> {
    let paths = accessor.pointers.iter().flat_map(|pointer| {
        payloads.clone().filter_map(move |payload| path(types, payload, pointer).map(|path| path.target))
    });
    paths.into_iter().next()
}

/// Reports an accessor whose pointer leads to no such value in any body.
pub fn check(provider: &Provider, folder: &Folder, found: &mut Diagnostics) {
    let Some(source) = &folder.provider_source else { return };
    let payloads = || provider.webhooks.iter().map(|webhook| &webhook.payload);
    for accessor in &provider.settings.accessors {
        let wanted = accessor_type(&provider.types, payloads(), accessor);
        for (index, pointer) in accessor.pointers.iter().enumerate() {
            let mut targets =
                payloads().filter_map(|payload| path(&provider.types, payload, pointer)).map(|path| path.target);
            let help = match targets.next() {
                None => "describe the location in the documents, or in overlay.yaml",
                Some(target) if Some(&target) != wanted.as_ref() && !targets.any(|other| Some(other) == wanted) => {
                    "its value has another type than the values at the earlier locations"
                }
                Some(_) => continue,
            };
            let message = format!("no webhook has a `{}` here in its body", accessor.name);
            found.push(report(source, accessor, index, &message).help(help));
        }
    }
}

fn report(source: &Source, accessor: &Accessor, index: usize, message: &str) -> Diagnostic {
    let mut at = format!("/accessors/{}", accessor.name);
    if source.value.pointer(&at).is_some_and(serde_json::Value::is_array) {
        at = format!("{at}/{index}");
    }
    Diagnostic::error(&source.path, at, message)
}
