//! A provider's `Event`.

use super::context::Context;
use super::docs::{docs, own};
use super::lookup::{fallbacks, keys, rest, webhooks};
use super::ty::Here;
use crate::documents::provider::Expression;
use crate::model::{Docs, Provider, Type, code_of_name as code};
use crate::source::pointer::tokens;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The enum.
pub fn enumeration(context: &Context<'_>) -> TokenStream {
    let title = context.title();
    let head = own(&format!("An event that {title} sends.{}", how_to_find(context.provider)));
    let variants = (0..context.events.len()).map(|index| variant(context, index));
    let unknown = own("An event that the documents do not describe, whole.");
    quote! {
        #head
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            #(#variants)*
            #unknown
            Unknown(Unknown),
        }
    }
}

/// Why `from_slice` cannot know the event of a body, as a paragraph.
fn how_to_find(provider: &Provider) -> String {
    let headers = provider.event_type.iter().filter_map(|expression| match expression {
        Expression::Header(name) => Some(code(name)),
        Expression::Body(_) => None,
    });
    let headers: Vec<_> = headers.collect();
    match (provider.event_type.as_slice(), headers.as_slice()) {
        ([], _) if provider.events.len() > 1 => "\n\nNothing in the documents tells the bodies apart: \
            `Event::from_slice` reads each as `Event::Unknown`. Whoever knows the event from \
            elsewhere, such as the URL, names it to `Event::from_slice_as`."
            .to_owned(),
        (_, []) => String::new(),
        (_, headers) => format!(
            "\n\nThe header {} says which one it is, too: with a body alone, name it to \
             `Event::from_slice_as`.",
            headers.join(", ")
        ),
    }
}

/// The alias for what a body holds, if that may be several events.
pub fn batch(context: &Context<'_>) -> Option<TokenStream> {
    let text = format!("The events in a body that {} sends, one or more of them.", context.title());
    let docs = own(&text);
    context.provider.has_batches().then(|| quote!(#docs pub type Batch = webhook_runtime::Batch<Event>;))
}

fn variant(context: &Context<'_>, index: usize) -> TokenStream {
    let (event, name) = (&context.provider.events[index], &context.events[index]);
    let event_type = code(&event.event_type);
    let text = match &event.docs.text {
        Some(text) => format!("{event_type}: {text}"),
        None => event_type,
    };
    let mut described = Docs { text: Some(text), ..event.docs.clone() };
    let feature = context.selection.feature_of_event(index);
    described.notes.extend(feature.map(|feature| format!("Only with the feature `{feature}`.")));
    let (docs, cfg) = (docs(&described, ""), context.event_cfg(index));
    let payload = context.ty(&event.payload, Here::Provider);
    quote!(#docs #cfg #name(Box<#payload>),)
}

/// What can be done with it.
pub fn impls(context: &Context<'_>) -> Vec<TokenStream> {
    let (names, cfgs) = (&context.events, context.event_cfgs());
    let types: Vec<_> = context.provider.events.iter().map(|event| &event.event_type).collect();
    vec![
        inherent(names, &types, &cfgs),
        dispatch(context, &types, &cfgs),
        quote! {
            impl Serialize for super::Event {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        #(#cfgs Self::#names(event) => event.serialize(serializer),)*
                        Self::Unknown(event) => event.serialize(serializer),
                    }
                }
            }
        },
    ]
}

fn inherent(names: &[Ident], types: &[&String], cfgs: &[TokenStream]) -> TokenStream {
    quote! {
        impl super::Event {
            /// The event types that have a variant.
            pub const EVENT_TYPES: &'static [&'static str] = <Self as event::Event>::EVENT_TYPES;

            /// The event type; of an unknown event the one it carries.
            pub fn event_type(&self) -> &str {
                match self {
                    #(#cfgs Self::#names(_) => #types,)*
                    Self::Unknown(event) => &event.event_type,
                }
            }

            /// The additional properties, as JSON pointers (RFC 6901) that go on into JSON held in strings: what a
            /// sender has begun to send shows here first. The list ends after a mebibyte.
            pub fn additional_properties(&self) -> Vec<String> {
                event::additional_properties(self, self.event_type())
            }

            /// The event as JSON, with every JSON text as the value that it holds: to show it to people.
            pub fn to_expanded(&self) -> Value {
                event::expanded(self, self.event_type())
            }

            /// Reads a body, finding out its event from the body.
            ///
            /// # Errors
            /// When the body is not JSON or does not fit the type of its event.
            pub fn from_slice(body: &[u8]) -> Result<Self, ParseError> {
                event::from_slice(body)
            }

            /// Reads a body as the event `name`: an event type, or the key of a webhook in its document.
            ///
            /// # Errors
            /// When the body is not JSON or does not fit the type of that event.
            pub fn from_slice_as(name: &str, body: &[u8]) -> Result<Self, ParseError> {
                event::from_slice_as(name, body)
            }
        }
    }
}

fn dispatch(context: &Context<'_>, types: &[&String], cfgs: &[TokenStream]) -> TokenStream {
    let names = &context.events;
    let expressions = context.provider.event_type.iter().map(expression);
    let (keys, rest) = (keys(context, cfgs), rest(context, cfgs));
    let fallbacks = fallbacks(context, cfgs);
    let batches = context.provider.has_batches().then(|| {
        quote!(
            const IS_IN_BATCHES: bool = true;
        )
    });
    let webhooks = webhooks(context);
    let schemas = schemas(context, types, cfgs);
    let reads = context.provider.events.iter().map(|event| match &event.payload {
        Type::Raw => quote!(body.raw()),
        _ => quote!(body.parse()?),
    });
    quote! {
        impl event::Event for super::Event {
            const EVENT_TYPES: &'static [&'static str] = &[#(#cfgs #types),*];
            const EVENT_TYPE_LOCATION: &'static [Expression] = &[#(#expressions),*];
            #keys
            #rest
            #fallbacks
            #batches
            const WEBHOOKS: &'static [(&'static str, &'static [&'static str])] = #webhooks;

            fn parse(event_type: &str, body: Body<'_>) -> Result<Self, ParseFailure> {
                let event = match event_type {
                    #(#cfgs #types => Self::#names(#reads),)*
                    _ => Self::Unknown(body.unknown(event_type)?),
                };
                Ok(event)
            }

            fn payload_schema(event_type: &str) -> Schema {
                match event_type {
                    #(#schemas)*
                    _ => Schema::Any,
                }
            }

            fn unknown(event: Unknown) -> Self {
                Self::Unknown(event)
            }
        }
    }
}

/// The schemas of the events; those with the same schema and the same cfg share an arm.
fn schemas(context: &Context<'_>, types: &[&String], cfgs: &[TokenStream]) -> Vec<TokenStream> {
    let mut arms: Vec<(String, TokenStream, TokenStream, Vec<&String>)> = Vec::new();
    for ((event, event_type), cfg) in context.provider.events.iter().zip(types).zip(cfgs) {
        let schema = context.schema(&event.payload, Here::ProviderImpls);
        let same = format!("{cfg} {schema}");
        match arms.iter_mut().find(|arm| arm.0 == same) {
            Some((.., types)) => types.push(event_type),
            None => arms.push((same, cfg.clone(), schema, vec![event_type])),
        }
    }
    arms.into_iter().map(|(_, cfg, schema, types)| quote!(#cfg #(#types)|* => #schema,)).collect()
}

/// The location of a value in a request.
pub fn expression(expression: &Expression) -> TokenStream {
    match expression {
        Expression::Header(name) => quote!(Expression::Header(#name)),
        Expression::Body(pointer) => {
            let tokens = tokens(pointer);
            quote!(Expression::Body(&[#(#tokens),*]))
        }
    }
}
