//! What unions of scalars can do beyond other unions: they are shown, compared and hashed as what they hold.

use crate::model::{Provider, Shape, Type, Union};
use crate::name;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Types within types: more is a circle.
const DEEPEST: usize = 16;

/// The traits that a union has because of what its variants are.
pub fn traits(provider: &Provider, union: &Union) -> Vec<&'static str> {
    let mut all_shown = union.variants.iter().map(|variant| shown(provider, &variant.ty, DEEPEST).is_some());
    let display = all_shown.all(|is_shown| is_shown).then_some("Display");
    display.into_iter().chain(is_hashed(provider, union).then_some("Hash")).collect()
}

/// Whether a union's values may be keys of a hash map.
pub fn is_hashed(provider: &Provider, union: &Union) -> bool {
    union.variants.iter().all(|variant| is_hash(provider, &variant.ty, DEEPEST))
}

fn is_hash(provider: &Provider, ty: &Type, deeper: usize) -> bool {
    let Some(deeper) = deeper.checked_sub(1) else { return false };
    match ty {
        Type::Any | Type::Null => true,
        Type::Array(inner) | Type::Nullable(inner) | Type::OneOrMany(inner) => is_hash(provider, inner, deeper),
        Type::Named(id) => match provider.types.shape(*id) {
            Shape::Alias(inner) => is_hash(provider, inner, deeper),
            Shape::Union(union) => union.variants.iter().all(|variant| is_hash(provider, &variant.ty, deeper)),
            Shape::Enum(_) => true,
            Shape::Struct(_) | Shape::Newtype(_) => false,
        },
        scalar => is_shown(scalar),
    }
}

/// Whether a type's `Display` is the text of a value as people read it.
fn is_shown(ty: &Type) -> bool {
    matches!(ty, Type::Boolean | Type::Integer | Type::Number | Type::String | Type::DateTime)
}

/// Its `Display`, where all variants are scalars: a text has no quotes.
pub fn display(provider: &Provider, name: &Ident, union: &Union) -> Option<TokenStream> {
    let names = name::variants(union);
    let shown = union.variants.iter().map(|variant| shown(provider, &variant.ty, DEEPEST));
    let shown = shown.collect::<Option<Vec<_>>>()?;
    Some(quote! {
        impl std::fmt::Display for super::#name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(Self::#names(value) => #shown,)*
                    Self::Other(Value::String(text)) => formatter.write_str(text),
                    Self::Other(value) => std::fmt::Display::fmt(value, formatter),
                }
            }
        }
    })
}

/// How a `value` of a type is shown.
fn shown(provider: &Provider, ty: &Type, deeper: usize) -> Option<TokenStream> {
    let deeper = deeper.checked_sub(1)?;
    let itself = quote!(std::fmt::Display::fmt(value, formatter));
    match ty {
        Type::Named(id) => match provider.types.shape(*id) {
            Shape::Alias(inner) => shown(provider, inner, deeper),
            Shape::Enum(_) => Some(itself),
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.all(|variant| shown(provider, &variant.ty, deeper).is_some()).then_some(itself)
            }
            Shape::Struct(_) | Shape::Newtype(_) => None,
        },
        scalar => is_shown(scalar).then_some(itself),
    }
}
