//! The types of a document, without their impls.

use super::constructors::is_default_derived;
use super::context::{Context, extra_name};
use super::docs::{self, own};
use super::scalars;
use super::ty::Here;
use crate::model::{Docs, Shape, Struct, Type, TypeDef, TypeId, Union, Variant, code_of_name as code};
use crate::name;
use proc_macro2::TokenStream;
use quote::quote;

/// The items of a document's module.
pub fn items<'c>(context: &'c Context<'_>, document: usize) -> impl Iterator<Item = TokenStream> + 'c {
    let types = context.types_of(document);
    types.into_iter().map(|(id, def)| item(context, id, def))
}

fn item(context: &Context<'_>, id: TypeId, def: &TypeDef) -> TokenStream {
    let name = &context.types[&id];
    let (docs, cfg) = (docs(context, id, def), context.cfg(id));
    let head = quote!(#docs #cfg);
    let here = Here::Document(def.document);
    let derive = |own: &[&str]| derive(&context.config.derives, own);
    let (record, list) =
        (derive(&["Debug", "Clone", "PartialEq"]), derive(&["Debug", "Clone", "PartialEq", "Eq", "Hash"]));
    match &def.shape {
        Shape::Struct(of) => {
            let fields = self::fields(context, of, here);
            let derived = match is_default_derived(context.provider, of) {
                true => derive(&["Debug", "Clone", "Default", "PartialEq"]),
                false => record,
            };
            quote! {
                #head
                #derived
                #[non_exhaustive]
                pub struct #name { #fields }
            }
        }
        Shape::Enum(values) => {
            let variants = values_of(context, values);
            quote! {
                #head
                #list
                #[non_exhaustive]
                pub enum #name { #variants }
            }
        }
        Shape::Union(union) => {
            let variants = self::variants(context, union, def.document);
            let derived = if scalars::is_hashed(context.provider, union) { list } else { record };
            quote! {
                #head
                #derived
                #[non_exhaustive]
                pub enum #name { #variants }
            }
        }
        Shape::Newtype(ty) => {
            let ty = context.ty(ty, here);
            quote! {
                #head
                #record
                pub struct #name(pub #ty);
            }
        }
        Shape::Alias(ty) => {
            let ty = context.ty(ty, here);
            quote! { #head pub type #name = #ty; }
        }
    }
}

/// A type's documentation; where the document has none, which schema it is.
fn docs(context: &Context<'_>, id: TypeId, def: &TypeDef) -> TokenStream {
    let same_features = |other: TypeId| context.cfg(other).to_string() == context.cfg(id).to_string();
    let link = |other: TypeId| match context.types.contains_key(&other) && same_features(other) {
        true => link(context, other, def.document),
        false => code(&context.provider.get(other).path.join(".")),
    };
    // The owner of a header's type is none.
    let owner = Some(def.owner).filter(|owner| *owner != id && owner.0 < context.provider.types.len());
    match (&def.shape, owner) {
        (Shape::Alias(Type::Named(same)), Some(_)) => {
            docs::docs(&Docs::default(), &format!("The same as {}.", link(*same)))
        }
        (_, Some(owner)) => {
            let above = context.provider.get(owner).path.len().min(def.path.len() - 1);
            docs::docs(&def.docs, &format!("{} of {}.", code(&def.path[above..].join(".")), link(owner)))
        }
        (_, None) => docs::docs(&def.docs, &format!("The schema {}.", code(&def.path.join(".")))),
    }
}

/// A link to a type, from the module of a document.
fn link(context: &Context<'_>, id: TypeId, document: usize) -> String {
    let (name, target) = (&context.types[&id], context.provider.get(id).document);
    match target == document {
        true => format!("[`{name}`]"),
        false => format!("[`{name}`](super::{}::{name})", context.modules[target]),
    }
}

/// Our own derives, and the user's that are not among them.
fn derive(wanted: &[String], own: &[&str]) -> TokenStream {
    let is_new = |path: &&String| !own.contains(&path.rsplit("::").next().unwrap_or_default());
    let all = own.iter().copied().chain(wanted.iter().filter(is_new).map(String::as_str));
    let paths: Vec<TokenStream> = all.map(|path| path.parse().expect("it was checked to be a path")).collect();
    quote!(#[derive(#(#paths),*)])
}

fn fields(context: &Context<'_>, record: &Struct, here: Here) -> TokenStream {
    let names = name::fields(record);
    let fields = record.fields.iter().zip(&names).map(|(field, name)| {
        let otherwise =
            if name.to_string().trim_start_matches("r#") == field.key { String::new() } else { code(&field.key) };
        let docs = docs::docs(&field.docs, &otherwise);
        let ty = context.field(field, here);
        quote!(#docs pub #name: #ty,)
    });
    let extra_docs = own("Additional properties.");
    let extra = extra_name(&names);
    let map = context.map(&record.extra, here);
    quote!(#(#fields)* #extra_docs pub #extra: #map,)
}

fn values_of(context: &Context<'_>, values: &[String]) -> TokenStream {
    let names = name::values(context.provider, values);
    let variants = values.iter().zip(names).map(|(value, name)| {
        let docs = own(&code(value));
        quote!(#docs #name,)
    });
    let other = own("A value that the document does not list.");
    quote!(#(#variants)* #other Other(String),)
}

fn variants(context: &Context<'_>, union: &Union, document: usize) -> TokenStream {
    let variants = union.variants.iter().zip(name::variants(union)).map(|(variant, name)| {
        let ty = context.ty(&variant.ty, Here::Document(document));
        let docs = docs::docs(&Docs::default(), &variant_text(context, document, union, variant));
        quote!(#docs #name(#ty),)
    });
    let other = own("A value that fits none of the above.");
    quote!(#(#variants)* #other Other(Value),)
}

/// Which values are a variant's.
fn variant_text(context: &Context<'_>, document: usize, union: &Union, variant: &Variant) -> String {
    let values: Vec<_> =
        variant.tag_values.iter().map(|value| value.as_str().map_or_else(|| code(&value.to_string()), code)).collect();
    match values.as_slice() {
        [] => match &variant.ty {
            Type::Named(id) => format!("{}.", link(context, *id, document)),
            _ => format!("{}.", code(&variant.label)),
        },
        values => format!("Where {} is {}.", code(&union.tag), values.join(" or ")),
    }
}
