//! The crate's root: a module per provider, and what spans them.

use super::docs::own;
use super::{File, Kind};
use crate::model::Provider;
use crate::name;
use proc_macro2::TokenStream;
use quote::quote;
use std::path::PathBuf;

/// `lib.rs` and `provider.rs`.
pub fn root(providers: &[Provider]) -> [File; 2] {
    let modules = providers.iter().map(|provider| {
        let (feature, module) = (&provider.name, name::module(provider));
        quote!(#[cfg(feature = #feature)] #[rustfmt::skip] pub mod #module;)
    });
    let mut items: Vec<_> = modules.collect();
    let features = providers.iter().map(|provider| &provider.name);
    let any = quote!(#[rustfmt::skip] #[cfg(any(#(feature = #features),*))]);
    items.push(quote!(#any mod provider;));
    items.push(quote!(#any pub use provider::{Event, Provider, UnknownProvider};));
    items.push(quote!(
        #[rustfmt::skip] pub use webhook_runtime::{
        DateTime, JsonText, Map, Misfit, Nullable, Number, OneOrMany, ParseError, Problem, Unknown, Value, unfolded,
    };
    ));
    let features = providers.iter().map(|provider| format!("{}-verify", provider.name));
    items.push(quote!(
        #[rustfmt::skip] #[cfg(any(#(feature = #features),*))] pub use webhook_runtime::{
        Delivery, Incoming, ReceiveError, SecretError, SignError, Signed, VerifyError,
    };
    ));
    let docs = " Typed webhooks: a type for every payload, an enum over every event.\n\n One module per provider, each behind the feature of its name; its `Receiver` behind that name with `-verify`."
        .lines()
        .map(str::to_owned);
    let lib = File {
        path: PathBuf::from("lib.rs"),
        origin: String::new(),
        docs: docs.collect(),
        attributes: vec![quote!(#![forbid(unsafe_code)])],
        items,
        kind: Kind::Root,
    };
    [lib, provider_file(providers)]
}

fn provider_file(providers: &[Provider]) -> File {
    let names: Vec<_> = providers.iter().map(name::provider).collect();
    let features: Vec<_> = providers.iter().map(|provider| &provider.name).collect();
    let modules: Vec<_> = providers.iter().map(name::module).collect();
    let docs: Vec<_> = providers.iter().map(title_docs).collect();
    let items = vec![
        quote!(
            use serde::ser::{Serialize, Serializer};
        ),
        quote!(
            use webhook_runtime::ParseError;
        ),
        quote! {
            /// A sender of webhooks.
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum Provider { #(#docs #[cfg(feature = #features)] #names,)* }
        },
        quote! {
            impl Provider {
                /// All of them.
                pub const ALL: &'static [Self] = &[#(#[cfg(feature = #features)] Self::#names,)*];

                /// The name, as the module and the feature spell it.
                pub fn as_str(self) -> &'static str {
                    match self { #(#[cfg(feature = #features)] Self::#names => #features,)* }
                }
            }
        },
        quote! {
            impl std::fmt::Display for Provider {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    formatter.write_str(self.as_str())
                }
            }
        },
        quote! {
            impl std::str::FromStr for Provider {
                type Err = UnknownProvider;

                fn from_str(name: &str) -> Result<Self, UnknownProvider> {
                    Self::ALL.iter().copied().find(|provider| provider.as_str() == name).ok_or(UnknownProvider)
                }
            }
        },
        quote! {
            /// No provider has this name, or its feature is off.
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct UnknownProvider;
        },
        quote! {
            impl std::fmt::Display for UnknownProvider {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    formatter.write_str("no such provider; the known ones are")?;
                    Provider::ALL.iter().try_for_each(|provider| write!(formatter, " {provider}"))
                }
            }
        },
        quote! { impl std::error::Error for UnknownProvider {} },
        quote! {
            /// An event of any provider.
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum Event { #(#docs #[cfg(feature = #features)] #names(crate::#modules::Event),)* }
        },
        quote! {
            impl Event {
                /// Reads a body that `provider` sent, finding out its event from the body.
                ///
                /// # Errors
                /// When the body is no JSON or does not fit the type of its event.
                pub fn from_slice(provider: Provider, body: &[u8]) -> Result<Self, ParseError> {
                    match provider {
                        #(#[cfg(feature = #features)]
                        Provider::#names => crate::#modules::Event::from_slice(body).map(Self::#names),)*
                    }
                }

                /// The sender.
                pub fn provider(&self) -> Provider {
                    match self { #(#[cfg(feature = #features)] Self::#names(_) => Provider::#names,)* }
                }

                /// The event type; of an unknown event the one it carries.
                pub fn event_type(&self) -> &str {
                    match self { #(#[cfg(feature = #features)] Self::#names(event) => event.event_type(),)* }
                }

                /// The keys that no document declares, as JSON pointers.
                pub fn undeclared(&self) -> Vec<String> {
                    webhook_runtime::undeclared(self)
                }
            }
        },
        quote! {
            impl Serialize for Event {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self { #(#[cfg(feature = #features)] Self::#names(event) => event.serialize(serializer),)* }
                }
            }
        },
    ];
    File {
        path: PathBuf::from("provider.rs"),
        origin: String::new(),
        docs: vec![" The providers, and the enum over all their events.".to_owned()],
        attributes: Vec::new(),
        items,
        kind: Kind::Root,
    }
}

fn title_docs(provider: &Provider) -> TokenStream {
    own(&format!("{}.", provider.settings.title.as_deref().unwrap_or(&provider.name)))
}
