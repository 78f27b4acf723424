//! The crate's root: a module per provider, and what spans them.

use super::docs::own;
use super::file::{File, Kind, lenient};
use super::front_page::front_page;
use crate::config::Config;
use crate::model::Provider;
use crate::name;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::path::PathBuf;

/// `lib.rs` and `provider.rs`.
pub fn root(providers: &[Provider], config: &Config) -> [File<'static>; 2] {
    let unformatted = quote!(#[rustfmt::skip]);
    let modules = providers.iter().map(|provider| {
        let (cfg, module) = (cfg(&provider.name, config), name::module(provider));
        quote!(#cfg #unformatted pub mod #module;)
    });
    let mut items: Vec<_> = modules.collect();
    items.push(quote!(#unformatted mod provider;));
    items.push(quote!(
        #[allow(unused_imports)]
        pub use provider::{Event, Provider, UnknownProvider};
    ));
    items.push(quote!(
        #[allow(unused_imports)]
        #[doc(inline)]
        pub use webhook_runtime::exports::*;
    ));
    // The providers' names are in its text.
    let mut attributes = vec![quote!(#![forbid(unsafe_code)]), quote!(#![allow(clippy::doc_markdown)])];
    if config.features {
        attributes.push(quote!(#![cfg_attr(docsrs, feature(doc_cfg))]));
        // Only with all features is there all that the front page links to.
        attributes.push(quote!(#![allow(rustdoc::broken_intra_doc_links)]));
    }
    let lib = File {
        path: PathBuf::from("lib.rs"),
        origin: String::new(),
        docs: front_page(providers, config),
        attributes,
        items: Box::new(items.into_iter()),
        kind: Kind::Root,
    };
    [lib, provider_file(providers, config)]
}

fn cfg(feature: &str, config: &Config) -> TokenStream {
    if config.features { quote!(#[cfg(feature = #feature)]) } else { TokenStream::new() }
}

/// What is known of all providers, a column each.
struct Columns {
    names: Vec<Ident>,
    modules: Vec<Ident>,
    folders: Vec<String>,
    cfgs: Vec<TokenStream>,
    docs: Vec<TokenStream>,
}

fn provider_file(providers: &[Provider], config: &Config) -> File<'static> {
    let columns = Columns {
        names: providers.iter().map(name::provider).collect(),
        modules: providers.iter().map(name::module).collect(),
        folders: providers.iter().map(|provider| provider.name.clone()).collect(),
        cfgs: providers.iter().map(|provider| cfg(&provider.name, config)).collect(),
        docs: providers.iter().map(|provider| own(&format!("{}.", provider.title()))).collect(),
    };
    let mut items = vec![
        quote!(
            use serde::ser::{Serialize, Serializer};
        ),
        quote!(
            use webhook_runtime::ParseError;
        ),
    ];
    items.extend(provider_items(&columns));
    items.extend(unknown_provider_items());
    items.extend(event_items(&columns));
    File {
        path: PathBuf::from("provider.rs"),
        origin: String::new(),
        docs: vec![" The providers, and the enum over all their events.".to_owned()],
        // Without any feature there is no provider, and nothing to do with a body.
        attributes: vec![lenient(config.features.then(|| quote!(, unused_variables)))],
        items: Box::new(items.into_iter()),
        kind: Kind::Root,
    }
}

fn provider_items(Columns { names, folders, cfgs, docs, .. }: &Columns) -> Vec<TokenStream> {
    vec![
        quote! {
            /// A sender of webhooks.
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum Provider { #(#docs #cfgs #names,)* }
        },
        quote! {
            impl Provider {
                /// All of them.
                pub const ALL: &'static [Self] = &[#(#cfgs Self::#names,)*];

                /// The name, as the module and the feature spell it.
                pub fn as_str(self) -> &'static str {
                    match self { #(#cfgs Self::#names => #folders,)* }
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
    ]
}

fn unknown_provider_items() -> Vec<TokenStream> {
    vec![
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
    ]
}

fn event_items(Columns { names, modules, cfgs, docs, .. }: &Columns) -> Vec<TokenStream> {
    vec![
        quote! {
            /// An event of any provider.
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum Event { #(#docs #cfgs #names(super::#modules::Event),)* }
        },
        quote! {
            impl Event {
                /// Reads a body that `provider` sent, finding out its event from the body.
                ///
                /// # Errors
                /// When the body is not JSON or does not fit the type of its event.
                pub fn from_slice(provider: Provider, body: &[u8]) -> Result<Self, ParseError> {
                    match provider {
                        #(#cfgs Provider::#names => super::#modules::Event::from_slice(body).map(Self::#names),)*
                    }
                }

                /// The sender.
                pub fn provider(&self) -> Provider {
                    match *self { #(#cfgs Self::#names(_) => Provider::#names,)* }
                }

                /// The event type; of an unknown event the one it carries.
                pub fn event_type(&self) -> &str {
                    match *self { #(#cfgs Self::#names(ref event) => event.event_type(),)* }
                }

                /// The additional properties, as JSON pointers (RFC 6901) that go on into JSON held in strings.
                pub fn additional_properties(&self) -> Vec<String> {
                    match *self { #(#cfgs Self::#names(ref event) => event.additional_properties(),)* }
                }

                /// The event as JSON, with every JSON text as the value that it holds.
                pub fn to_expanded(&self) -> webhook_runtime::Value {
                    match *self { #(#cfgs Self::#names(ref event) => event.to_expanded(),)* }
                }
            }
        },
        quote! {
            impl Serialize for Event {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match *self { #(#cfgs Self::#names(ref event) => event.serialize(serializer),)* }
                }
            }
        },
    ]
}
