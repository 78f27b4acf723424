//! How a provider signs, as constants.

use crate::documents::provider::{Algorithm, Condition, Format, Handshake, Part, Token, Tolerance, Value, Verify};
use crate::source::pointer::tokens;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use std::fmt::Debug;

/// The value of a constant `Verify`: what differs from none.
pub(super) fn verify(verify: &Verify) -> TokenStream {
    let default = Verify::default();
    let Verify { algorithm, key, signature, format, encoding, signed, id, timestamp, unit, tolerance, token, .. } =
        verify;
    let mut fields = Vec::new();
    let mut set = |differs: bool, name: &str, value: TokenStream| {
        let name = ident(name);
        fields.extend(differs.then(|| quote!(#name: #value)));
    };
    set(*algorithm != default.algorithm, "algorithm", self::algorithm(algorithm));
    set(*key != default.key, "key", variant("KeyForm", key));
    set(!signature.is_empty(), "signature", list(signature, value));
    set(*format != default.format, "format", self::format(format));
    set(*encoding != default.encoding, "encoding", variant("Encoding", encoding));
    set(*signed != default.signed, "signed", list(signed, part));
    set(!id.is_empty(), "id", list(id, value));
    set(!timestamp.is_empty(), "timestamp", list(timestamp, value));
    set(*unit != default.unit, "unit", variant("Unit", unit));
    set(*tolerance != default.tolerance, "tolerance", self::tolerance(*tolerance));
    if let Some(token) = token {
        set(true, "token", self::token(token));
    }
    match fields.is_empty() {
        true => quote!(webhook_runtime::Verify::NONE),
        false => quote!(webhook_runtime::Verify { #(#fields,)* ..webhook_runtime::Verify::NONE }),
    }
}

/// The constant of a provider's handshakes; none where there are none.
pub(super) fn handshakes(handshakes: &[Handshake]) -> Option<TokenStream> {
    let each = handshakes.iter().map(handshake);
    (!handshakes.is_empty()).then(|| quote!(const HANDSHAKES: &'static [webhook_runtime::Handshake] = &[#(#each),*];))
}

fn handshake(handshake: &Handshake) -> TokenStream {
    let when = list(&handshake.when, |(at, condition)| {
        let (at, condition) = (value(at), self::condition(condition));
        quote!((#at, webhook_runtime::Condition::#condition))
    });
    let reply = &handshake.reply;
    let status = Literal::u16_unsuffixed(reply.status);
    let content_type = option(reply.content_type.as_ref().map(|name| quote!(#name)));
    let headers = list(&reply.headers, |(name, value)| {
        let value = list(value, part);
        quote!((#name, #value))
    });
    let (body, is_json, is_signed) = (list(&reply.body, part), reply.is_json, handshake.is_signed);
    quote! {
        webhook_runtime::Handshake {
            when: #when,
            is_signed: #is_signed,
            reply: webhook_runtime::Reply {
                status: #status,
                content_type: #content_type,
                headers: #headers,
                body: #body,
                is_json: #is_json,
            },
        }
    }
}

fn condition(condition: &Condition) -> TokenStream {
    match condition {
        Condition::Is(text) => quote!(Is(#text)),
        Condition::Present => quote!(Present),
        Condition::Secret => quote!(Secret),
    }
}

fn algorithm(algorithm: &Algorithm) -> TokenStream {
    let name = format!("{algorithm:?}");
    let name = ident(name.split(['(', ' ']).next().unwrap_or_default());
    let value = match (algorithm, algorithm.hash()) {
        (Algorithm::Basic(user), _) => {
            let user = option(user.as_ref().map(|user| quote!(#user)));
            quote!(#name { user: #user })
        }
        (_, Some(hash)) => {
            let hash = variant("Hash", &hash);
            quote!(#name(#hash))
        }
        (_, None) => quote!(#name),
    };
    quote!(webhook_runtime::Algorithm::#value)
}

fn format(format: &Format) -> TokenStream {
    let slots = list(&format.slots, |slot| {
        let (label, field, suffix) = (&slot.label, variant("Field", &slot.field), &slot.suffix);
        quote!(webhook_runtime::Slot { label: #label, field: #field, suffix: #suffix })
    });
    let Format { separators, separator, .. } = format;
    quote! {
        webhook_runtime::Format { slots: #slots, separators: #separators, separator: #separator }
    }
}

fn tolerance(tolerance: Tolerance) -> TokenStream {
    let value = match tolerance {
        Tolerance::Default => quote!(Default),
        Tolerance::Seconds(seconds) => {
            let seconds = Literal::u64_unsuffixed(seconds);
            quote!(Seconds(#seconds))
        }
        Tolerance::Unlimited => quote!(Unlimited),
    };
    quote!(webhook_runtime::Tolerance::#value)
}

fn token(token: &Token) -> TokenStream {
    let Token { alg, detached, body_digest } = token;
    let body_digest = option(body_digest.as_ref().map(|(claim, encoding)| {
        let encoding = variant("Encoding", encoding);
        quote!((#claim, #encoding))
    }));
    quote!(Some(webhook_runtime::Token { alg: #alg, detached: #detached, body_digest: #body_digest }))
}

fn part(part: &Part) -> TokenStream {
    let value = match part {
        Part::Text(text) => quote!(Text(#text)),
        Part::At(at) => {
            let at = value(at);
            quote!(At(#at))
        }
        Part::Digest { hash, keyed, encoding, of } => {
            let (hash, encoding, of) = (variant("Hash", hash), variant("Encoding", encoding), list(of, self::part));
            quote!(Digest { hash: #hash, keyed: #keyed, encoding: #encoding, of: #of })
        }
        Part::Timestamp | Part::Id | Part::Secret | Part::Form => {
            let name = ident(&format!("{part:?}"));
            quote!(#name)
        }
    };
    quote!(webhook_runtime::Part::#value)
}

fn value(at: &Value) -> TokenStream {
    let value = match at {
        Value::Header(name) => quote!(Header(#name)),
        Value::Body(pointer) => {
            let tokens = tokens(pointer);
            quote!(Body(&[#(#tokens),*]))
        }
        Value::Query(name) => quote!(Query(#name)),
        Value::Path | Value::Method | Value::Url | Value::Endpoint => {
            let name = ident(&format!("{at:?}"));
            quote!(#name)
        }
    };
    quote!(webhook_runtime::Expression::#value)
}

fn list<T>(items: &[T], item: impl Fn(&T) -> TokenStream) -> TokenStream {
    let items = items.iter().map(item);
    quote!(&[#(#items),*])
}

/// By itself `quote` writes nothing for `None`.
pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or(quote!(None), |value| quote!(Some(#value)))
}

/// A variant that is called the same here and in the runtime.
fn variant(of: &str, value: &impl Debug) -> TokenStream {
    let (of, name) = (ident(of), ident(&format!("{value:?}")));
    quote!(webhook_runtime::#of::#name)
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
