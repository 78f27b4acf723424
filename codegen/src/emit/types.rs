//! The types of a document, without their impls.

use super::context::{Context, extra_name};
use super::docs::{docs, own};
use super::scalars;
use super::ty::Here;
use crate::model::{Shape, Struct, TypeDef, TypeId, Union, code_of_name as code};
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
    let (docs, gate) = (docs(&def.docs, &format!("`{}`", def.path.join("."))), context.gate(id));
    let head = quote!(#docs #gate);
    let here = Here::Document(def.document);
    let derive = |own: &[&str]| derive(&context.config.derives, own);
    let (record, list) =
        (derive(&["Debug", "Clone", "PartialEq"]), derive(&["Debug", "Clone", "PartialEq", "Eq", "Hash"]));
    match &def.shape {
        Shape::Struct(fields) => {
            let fields = self::fields(context, fields, here);
            quote! {
                #head
                #record
                #[non_exhaustive]
                pub struct #name { #fields }
            }
        }
        Shape::Enum(values) => {
            let variants = values_of(values);
            quote! {
                #head
                #list
                #[non_exhaustive]
                pub enum #name { #variants }
            }
        }
        Shape::Union(union) => {
            let variants = self::variants(context, union, here);
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
        let spelled = name.to_string();
        let otherwise = if spelled.trim_start_matches("r#") == field.key { String::new() } else { code(&field.key) };
        let docs = docs(&field.docs, &otherwise);
        let ty = context.field(field, here);
        quote!(#docs pub #name: #ty,)
    });
    let extra_docs = own("The keys that the document does not declare, as they came.");
    let extra = extra_name(&names);
    let map = context.map(&record.extra, here);
    quote!(#(#fields)* #extra_docs pub #extra: #map,)
}

fn values_of(values: &[String]) -> TokenStream {
    let names = name::values(values);
    let variants = values.iter().zip(names).map(|(value, name)| {
        let docs = own(&code(value));
        quote!(#docs #name,)
    });
    let other = own("A value that the document does not list.");
    quote!(#(#variants)* #other Other(String),)
}

fn variants(context: &Context<'_>, union: &Union, here: Here) -> TokenStream {
    let variants = union.variants.iter().zip(name::variants(union)).map(|(variant, name)| {
        let ty = context.ty(&variant.ty, here);
        let docs = own(&format!("`{}`", variant.label));
        quote!(#docs #name(#ty),)
    });
    let other = own("A value that fits none of the above.");
    quote!(#(#variants)* #other Other(Value),)
}
