//! How a type is written.

use super::context::Context;
use crate::model::{Field, Presence, Type, TypeId};
use proc_macro2::TokenStream;
use quote::quote;

/// Where a type is written: within a document's module or that of its impls, in the module above, or beside those.
#[derive(Clone, Copy)]
pub enum Here {
    Document(usize),
    DocumentImpls(usize),
    Provider,
    ProviderImpls,
}

impl Context<'_> {
    pub fn ty(&self, ty: &Type, here: Here) -> TokenStream {
        let wrapped = |wrapper: TokenStream, inner: &Type| {
            let inner = self.ty(inner, here);
            quote!(#wrapper<#inner>)
        };
        match ty {
            Type::Any => quote!(Value),
            Type::Null => quote!(()),
            Type::Raw => quote!(RawBody),
            Type::Foreign(path) => path.parse().expect("it was checked to be a path"),
            Type::Boolean => quote!(bool),
            Type::Integer => quote!(Integer),
            Type::Number => quote!(Number),
            Type::String => quote!(String),
            Type::DateTime => quote!(DateTime),
            Type::Array(item) => wrapped(quote!(Vec), item),
            Type::Map(value) => self.map(value, here),
            Type::Nullable(value) => wrapped(quote!(Option), value),
            Type::JsonText(value) => wrapped(quote!(JsonText), value),
            Type::OneOrMany(value) => wrapped(quote!(OneOrMany), value),
            Type::Boxed(value) => wrapped(quote!(Box), value),
            Type::Named(id) => self.path(*id, here),
        }
    }

    /// The path of a type with a name.
    pub fn path(&self, id: TypeId, here: Here) -> TokenStream {
        let name = &self.types[&id];
        let document = self.provider.get(id).document;
        let module = &self.modules[document];
        match here {
            Here::Document(here) if here == document => quote!(#name),
            Here::DocumentImpls(here) if here == document => quote!(super::#name),
            Here::DocumentImpls(_) => quote!(super::super::#module::#name),
            Here::Document(_) | Here::ProviderImpls => quote!(super::#module::#name),
            Here::Provider => quote!(#module::#name),
        }
    }

    /// A map; of any values it is the one that JSON values use themselves.
    pub fn map(&self, value: &Type, here: Here) -> TokenStream {
        let written = self.ty(value, here);
        match value {
            Type::Any => quote!(Map<String, #written>),
            _ => quote!(OrderedMap<#written>),
        }
    }

    pub fn field(&self, field: &Field, here: Here) -> TokenStream {
        let ty = self.ty(&field.ty, here);
        match self.provider.presence(field) {
            Presence::Required => ty,
            Presence::RequiredNullable | Presence::Optional => quote!(Option<#ty>),
            Presence::OptionalNullable => quote!(Nullable<#ty>),
        }
    }
}
