//! A provider's `Receiver`: how its deliveries are verified, from `provider.yaml`.

use super::context::Context;
use super::docs::own;
use super::event::expression;
use super::headers::from_request;
use super::verify::{handshakes, option, verify};
use crate::documents::provider::DeliveryId;
use crate::model::Provider;
use crate::schema::is_routed;
use indexmap::IndexSet;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

const NOT_COVERED: &str = "\n\n**Nothing signs the body.** Who can read or change a request on its way can send another \
                           body: ask the provider's API before acting on it.";

/// The alias that users name.
pub fn alias(context: &Context<'_>) -> Option<TokenStream> {
    let cfg = cfg(context)?;
    let mut text = format!("Verifies, unwraps and parses what {} sends.", context.title());
    if !context.provider.settings.verify.covers_body() {
        text.push_str(NOT_COVERED);
    }
    let docs = own(&text);
    let received = if context.provider.has_batches() { quote!(Batch) } else { quote!(Event) };
    Some(quote!(#docs #cfg pub type Receiver = webhook_runtime::Receiver<#received>;))
}

/// What the alias rests on.
pub fn imp(context: &Context<'_>) -> Option<TokenStream> {
    let cfg = cfg(context)?;
    let settings = &context.provider.settings;
    let name = &context.provider.name;
    let (verify, handshakes) = (verify(&settings.verify), handshakes(&settings.handshakes));
    let ids = settings.delivery_id.iter().map(delivery_id);
    let id = (!settings.delivery_id.is_empty())
        .then(|| quote!(const DELIVERY_ID: &'static [webhook_runtime::DeliveryId] = &[#(#ids),*];));
    let methods = methods(context.provider);
    let test_header = settings.test_header.as_ref().map(|header| {
        let header = header_name(header);
        quote!(const TEST_HEADER: Option<webhook_runtime::http::HeaderName> = Some(#header);)
    });
    let headers = from_request(context).map(|from_request| quote!(#cfg #from_request));
    let status = Literal::u16_unsuffixed(settings.respond.status);
    let within = option(settings.respond.within_ms.map(|within| Literal::u64_unsuffixed(within).into_token_stream()));
    Some(quote! {
        #cfg
        impl webhook_runtime::Receive for super::Event {
            const PROVIDER: &'static str = #name;
            const VERIFY: webhook_runtime::Verify = #verify;
            #handshakes
            #methods
            #id
            #test_header
            const RESPOND: webhook_runtime::Respond = webhook_runtime::Respond { status: #status, within_ms: #within };
        }

        #headers
    })
}

/// The methods that the documents declare; none where that is POST, as the trait has it.
fn methods(provider: &Provider) -> Option<TokenStream> {
    let declared: IndexSet<_> = provider.webhooks.iter().map(|webhook| webhook.method().to_ascii_uppercase()).collect();
    let is_default = declared.is_empty() || declared.iter().eq(["POST"]);
    let method = quote!(webhook_runtime::http::Method);
    let known = declared.iter().filter(|name| is_routed(name));
    let methods = known.map(|name| Ident::new(name, Span::call_site()));
    (!is_default).then(|| quote!(const METHODS: &'static [#method] = &[#(#method::#methods),*];))
}

fn delivery_id(id: &DeliveryId) -> TokenStream {
    match id {
        DeliveryId::At(at) => {
            let at = expression(at);
            quote!(webhook_runtime::DeliveryId::At(#at))
        }
        DeliveryId::BodyDigest => quote!(webhook_runtime::DeliveryId::BodyDigest),
    }
}

/// Each provider's verification is a feature of its own, so that only its cryptography is compiled. None where no
/// receivers are wanted.
fn cfg(context: &Context<'_>) -> Option<TokenStream> {
    let feature = format!("{}-verify", context.provider.name);
    let cfg = context.config.features.then(|| quote!(#[cfg(feature = #feature)]));
    context.config.receivers.then(|| cfg.unwrap_or_default())
}

fn header_name(name: &str) -> TokenStream {
    quote!(webhook_runtime::http::HeaderName::from_static(#name))
}
