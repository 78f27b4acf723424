//! What the name of a header or of a key says.

use webhook_codegen::documents::provider::Expression;
use webhook_codegen::source::pointer::unescape;
use webhook_codegen::words::words;

/// The words of the last part of a location.
pub(super) fn last_words(location: &Expression) -> Vec<String> {
    match location {
        Expression::Header(name) => words(name),
        Expression::Body(pointer) => words(&unescape(pointer.rsplit('/').next().unwrap_or_default())),
    }
}

/// How much a location is called like one of event types, from 0 to 1.
pub(super) fn likelihood(location: &Expression) -> f64 {
    let words = last_words(location);
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["type" | "event" | "topic"] | [.., "event", "type" | "name" | "code" | "key"] | [.., "hook", "type"] => 1.0,
        [.., "event" | "topic" | "eventtype" | "eventname" | "eventcode" | "hooktype"] => 0.9,
        [.., "webhook" | "notification" | "message" | "subscription" | "trigger" | "callback", "type" | "name"] => 0.9,
        ["trigger"] => 0.8,
        ["action"] => 0.6,
        [.., "type"] => 0.5,
        ["kind" | "name" | "method" | "category" | "object" | "resource" | "slug" | "verb" | "operation"] => 0.4,
        [.., "action"] => 0.4,
        _ => 0.0,
    }
}

/// Whether a location is called after what happened.
pub(super) fn says_action(location: &Expression) -> bool {
    let words = last_words(location);
    let last = words.last().map(String::as_str);
    matches!(last, Some("action" | "verb" | "operation")) && words.len() <= 2
}

/// Headers of HTTP itself, of proxies and of tracing: no provider says its event in one.
pub fn is_generic_header(name: &str) -> bool {
    const NAMES: [&str; 31] = [
        "accept",
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "authorization",
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "date",
        "expect",
        "forwarded",
        "from",
        "host",
        "keep-alive",
        "origin",
        "pragma",
        "priority",
        "referer",
        "te",
        "traceparent",
        "tracestate",
        "transfer-encoding",
        "upgrade-insecure-requests",
        "user-agent",
        "via",
        "x-real-ip",
        "x-request-start",
        "x-scheme",
    ];
    const STARTS: [&str; 10] = [
        "x-forwarded-",
        "x-amzn-",
        "x-b3-",
        "cf-",
        "cdn-",
        "sec-",
        "sentry-",
        "x-envoy-",
        "x-datadog-",
        "x-vercel-forwarded-",
    ];
    name.starts_with(':') || NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start))
}
