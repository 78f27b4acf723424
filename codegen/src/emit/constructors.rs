//! How an application makes a value of a type: to test its handlers, and to send.

use super::context::{Context, extra_name};
use super::docs::own;
use super::ty::Here;
use crate::model::{Field, Presence, Provider, Shape, Struct, Type, TypeDef};
use crate::name;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// Arguments without names: more of them are taken for each other.
const MOST: usize = 7;

/// What makes a value of a struct.
#[derive(Debug, PartialEq, Eq)]
pub enum Constructor {
    /// `Default`.
    Default,
    /// `new`, with these arguments.
    New(Vec<Ident>),
    /// Nothing but JSON.
    None,
}

impl Constructor {
    /// Of a struct. The order of the document does not matter: swapped arguments of one type would still compile.
    pub fn of(provider: &Provider, def: &TypeDef, record: &Struct) -> Self {
        let fields = record.fields.iter().zip(name::fields(record));
        let given = fields.filter(|(field, _)| known_value(provider, def, field).is_none());
        let mut given: Vec<_> = given.map(|(_, name)| name).collect();
        given.sort_by_key(|name| name.to_string().trim_start_matches("r#").to_owned());
        match given.len() {
            0 => Self::Default,
            1..=MOST => Self::New(given),
            _ => Self::None,
        }
    }
}

/// Whether all fields of a struct may be absent or null.
pub fn is_default_derived(provider: &Provider, record: &Struct) -> bool {
    record.fields.iter().all(|field| provider.presence(field) != Presence::Required)
}

/// The impl of a struct's constructor, if it is not derived.
pub fn constructor(context: &Context<'_>, name: &Ident, def: &TypeDef, record: &Struct) -> Option<TokenStream> {
    let provider = context.provider;
    let names = name::fields(record);
    let fields = || record.fields.iter().zip(&names);
    let values = fields().map(|(field, name)| match known_value(provider, def, field) {
        Some(value) => quote!(#name: #value),
        None => given_value(provider, &field.ty, name),
    });
    let (extra, map) = (extra_name(&names), extra_map(record));
    let body = quote!(Self { #(#values,)* #extra: #map::new() });
    match Constructor::of(provider, def, record) {
        Constructor::Default if is_default_derived(provider, record) => None,
        Constructor::Default => Some(quote! {
            impl Default for super::#name {
                fn default() -> Self {
                    #body
                }
            }
        }),
        Constructor::New(given) => {
            let docs = own("The fields that must have a value, in alphabetical order; the rest is absent, or null.");
            let field = |name: &Ident| fields().find(|(_, other)| *other == name).map(|(field, _)| field);
            let types = given.iter().filter_map(field).map(|field| argument(context, def, &field.ty));
            Some(quote! {
                impl super::#name {
                    #docs
                    pub fn new(#(#given: #types),*) -> Self {
                        #body
                    }
                }
            })
        }
        Constructor::None => None,
    }
}

/// The type of the map of additional properties.
pub fn extra_map(record: &Struct) -> TokenStream {
    if record.extra == Type::Any { quote!(Map) } else { quote!(OrderedMap) }
}

/// The type of an argument: what is easier to write than the type of the field is turned into it.
fn argument(context: &Context<'_>, def: &TypeDef, ty: &Type) -> TokenStream {
    let written = |ty: &Type| context.ty(ty, Here::DocumentImpls(def.document));
    match ty {
        Type::Boxed(inner) => written(inner),
        ty if is_converted(context.provider, ty) => {
            let ty = written(ty);
            quote!(impl Into<#ty>)
        }
        ty => written(ty),
    }
}

fn given_value(provider: &Provider, ty: &Type, name: &Ident) -> TokenStream {
    match ty {
        Type::Boxed(_) => quote!(#name: Box::new(#name)),
        ty if is_converted(provider, ty) => quote!(#name: #name.into()),
        _ => quote!(#name),
    }
}

fn is_converted(provider: &Provider, ty: &Type) -> bool {
    match unaliased(provider, ty) {
        Type::String | Type::DateTime | Type::Integer | Type::Number | Type::JsonText(_) | Type::OneOrMany(_) => true,
        ty => enum_values(provider, ty).is_some(),
    }
}

/// The value of a field that need not be given.
fn known_value(provider: &Provider, def: &TypeDef, field: &Field) -> Option<TokenStream> {
    match provider.presence(field) {
        Presence::RequiredNullable | Presence::Optional => Some(quote!(None)),
        Presence::OptionalNullable => Some(quote!(Nullable::Absent)),
        Presence::Required => constant(provider, def, field),
    }
}

/// The value of a field that may have no other.
fn constant(provider: &Provider, def: &TypeDef, field: &Field) -> Option<TokenStream> {
    let ty = unaliased(provider, &field.ty);
    let tag = def.tag.as_ref().filter(|tag| tag.property == field.key);
    let texts = match tag {
        Some(tag) if *ty == Type::String || enum_values(provider, ty).is_some() => tag.values.as_slice(),
        _ => enum_values(provider, ty).unwrap_or_default(),
    };
    match (ty, texts, field.listed.as_slice()) {
        (_, [only], _) => Some(quote!(#only.into())),
        (Type::Null, ..) => Some(quote!(())),
        (Type::Boolean, _, [Value::Bool(only)]) => Some(quote!(#only)),
        (Type::Integer | Type::Number, _, [only]) => {
            let only = Literal::i64_suffixed(only.as_i64()?);
            Some(quote!(#only.into()))
        }
        _ => None,
    }
}

fn unaliased<'t>(provider: &'t Provider, ty: &'t Type) -> &'t Type {
    match ty {
        Type::Named(id) => match provider.types.shape(*id) {
            Shape::Alias(inner) => inner,
            _ => ty,
        },
        ty => ty,
    }
}

fn enum_values<'t>(provider: &'t Provider, ty: &Type) -> Option<&'t [String]> {
    let Type::Named(id) = ty else { return None };
    if let Shape::Enum(values) = provider.types.shape(*id) { Some(values) } else { None }
}
