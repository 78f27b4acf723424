//! A provider's `Receiver`: how its deliveries are verified, from `provider.yaml`.

use super::context::Context;
use super::docs::own;
use super::event::expression;
use super::headers::received;
use crate::documents::provider::{Algorithm, DeliveryId, Encoding, HeaderFamily, Verify};
use crate::model::Provider;
use crate::schema::is_routed;
use indexmap::IndexSet;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The alias that users name.
pub fn alias(context: &Context<'_>) -> Option<TokenStream> {
    let gate = gate(context)?;
    let docs = own(&format!("Verifies, unwraps and parses what {} sends.", context.title()));
    Some(quote!(#docs #gate pub type Receiver = webhook_runtime::Receiver<Event>;))
}

/// What the alias rests on.
pub fn imp(context: &Context<'_>) -> Option<TokenStream> {
    let gate = gate(context)?;
    let settings = &context.provider.settings;
    let (scheme, ty, value) = scheme(&settings.verify);
    let ids = settings.delivery_id.iter().map(delivery_id);
    let id = (!settings.delivery_id.is_empty())
        .then(|| quote!(const DELIVERY_ID: &'static [webhook_runtime::DeliveryId] = &[#(#ids),*];));
    let methods = methods(context.provider);
    let probe = settings.probe_header.as_ref().map(|header| {
        let header = header_name(header);
        quote!(const PROBE_HEADER: Option<webhook_runtime::http::HeaderName> = Some(#header);)
    });
    let (headers, read) = received(context);
    let status = Literal::u16_unsuffixed(settings.respond.status);
    let within = match settings.respond.within_ms {
        Some(within) => {
            let within = Literal::u64_unsuffixed(within);
            quote!(Some(#within))
        }
        None => quote!(None),
    };
    Some(quote! {
        #gate
        impl webhook_runtime::Receive for super::Event {
            type Scheme = webhook_runtime::#scheme;
            type Headers = #headers;

            const SETTINGS: #ty = #value;
            #methods
            #id
            #probe
            const RESPOND: webhook_runtime::Respond = webhook_runtime::Respond { status: #status, within_ms: #within };

            #read
        }
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
fn gate(context: &Context<'_>) -> Option<TokenStream> {
    let feature = format!("{}-verify", context.provider.name);
    let gate = context.config.features.then(|| quote!(#[cfg(feature = #feature)]));
    context.config.receivers.then(|| gate.unwrap_or_default())
}

/// The scheme, the type of its settings, and the settings.
fn scheme(verify: &Verify) -> (TokenStream, TokenStream, TokenStream) {
    match verify {
        Verify::None { .. } => (quote!(Unsigned), quote!(()), quote!(())),
        Verify::StandardWebhooks { headers } => {
            let family = match headers {
                HeaderFamily::Svix => quote!(Svix),
                HeaderFamily::Webhook => quote!(Webhook),
            };
            let ty = quote!(webhook_runtime::HeaderFamily);
            (quote!(StandardWebhooks), ty.clone(), quote!(#ty::#family))
        }
        Verify::HmacSha256 { header, encoding, prefix } => {
            let header = header_name(header);
            let encoding = match encoding {
                Encoding::Base64 => quote!(Base64),
                Encoding::Hex => quote!(Hex),
            };
            let ty = quote!(webhook_runtime::HmacSettings);
            let value = quote! {
                #ty { header: #header, encoding: webhook_runtime::Encoding::#encoding, prefix: #prefix }
            };
            (quote!(HmacSha256), ty, value)
        }
        Verify::Jwt { algorithm: Algorithm::Rs256 } => {
            let ty = quote!(webhook_runtime::Algorithm);
            (quote!(Jwt), ty.clone(), quote!(#ty::Rs256))
        }
    }
}

fn header_name(name: &str) -> TokenStream {
    quote!(webhook_runtime::http::HeaderName::from_static(#name))
}
