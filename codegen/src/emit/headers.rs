//! A provider's `Headers`: what deliveries bring beside their bodies.

use super::context::Context;
use super::docs::{docs, own};
use super::ty::Here;
use crate::model::Header;
use crate::name;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The struct, where the documents declare any headers.
pub fn structure(context: &Context<'_>) -> Option<TokenStream> {
    let head = own(match context.provider.headers.iter().all(|header| header.is_text) {
        true => "The headers that the documents declare, as far as a delivery brings them.",
        false => {
            "The headers that the documents declare, as far as a delivery brings them.\n\nA value that does not \
             fit its type refuses no delivery: it is `Err`, with the text as it came."
        }
    });
    let fields = context.provider.headers.iter().zip(names(context)).map(|(header, name)| {
        let (docs, ty) = (docs(&header.docs, ""), context.header(header));
        quote!(#docs pub #name: #ty,)
    });
    (!context.provider.headers.is_empty()).then(|| {
        quote! {
            #head
            #[derive(Debug, Clone, Default, PartialEq)]
            #[non_exhaustive]
            pub struct Headers { #(#fields)* }
        }
    })
}

impl Context<'_> {
    /// The type of a header's field.
    pub fn header(&self, header: &Header) -> TokenStream {
        let ty = self.ty(&header.ty, Here::Provider);
        if header.is_text { quote!(Option<#ty>) } else { quote!(Option<Result<#ty, InvalidHeader>>) }
    }
}

/// How they are read.
pub fn imp(context: &Context<'_>) -> Option<TokenStream> {
    let fields = context.provider.headers.iter().zip(names(context)).map(|(header, field)| {
        let name = &header.name;
        match header.is_text {
            true => quote!(#field: header(#name).map(Into::into)),
            false => quote!(#field: header(#name).map(event::header)),
        }
    });
    (!context.provider.headers.is_empty()).then(|| {
        quote! {
            impl super::Headers {
                /// Reads them; `header` gives the text of a header by its name in lower case.
                pub fn read<'h>(header: impl Fn(&str) -> Option<&'h str>) -> Self {
                    Self { #(#fields,)* }
                }
            }
        }
    })
}

/// How they are read from the headers of a request; nobody who does not ask for them pays for it.
pub fn from_request(context: &Context<'_>) -> Option<TokenStream> {
    (!context.provider.headers.is_empty()).then(|| {
        quote! {
            impl From<&webhook_runtime::http::HeaderMap> for super::Headers {
                fn from(headers: &webhook_runtime::http::HeaderMap) -> Self {
                    Self::read(|name| webhook_runtime::header_text(headers, name))
                }
            }
        }
    })
}

fn names(context: &Context<'_>) -> Vec<Ident> {
    name::bindings(context.provider.headers.iter().map(|header| header.name.as_str()))
}
