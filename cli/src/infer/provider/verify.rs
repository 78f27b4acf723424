//! How deliveries are signed, by the shape of what they carry.

use super::guess::Guess;
use super::signature::{self, Signature, signature, unit};
use crate::infer::headers::{Headers, Texts};
use serde_json::Value;
use webhook_codegen::words::words;

/// The scheme, by the first that fits.
pub(super) fn guess(headers: &Headers) -> Guess {
    let guesses = [standard_webhooks, body_token, header_signature, body_signature, authorization, shared_token];
    guesses.iter().find_map(|guess| guess(headers)).unwrap_or_else(|| Guess {
        yaml: "verify: {scheme: none}".to_owned(),
        reason: "no header looks like a signature: say so if there is one, or nothing is verified".to_owned(),
    })
}

/// Whether nearly all deliveries have it: one that only tests an endpoint may not.
fn is_everywhere(headers: &Headers, texts: &Texts) -> bool {
    texts.count * 10 >= headers.count * 9
}

fn standard_webhooks(headers: &Headers) -> Option<Guess> {
    let (name, _) = headers.own().find(|(name, texts)| {
        name.ends_with("-signature") && texts.samples.iter().all(|text| text.starts_with("v1,"))
    })?;
    let prefix = name.strip_suffix("-signature")?;
    let named = |part: &str| Some(format!("{prefix}-{part}")).filter(|name| headers.headers.contains_key(name));
    let (id, timestamp) = (named("id")?, named("timestamp")?);
    let names = match prefix {
        "webhook" | "svix" => prefix.to_owned(),
        _ => format!("{{id: {id}, timestamp: {timestamp}, signature: {name}}}"),
    };
    Some(Guess {
        yaml: format!("verify: {{scheme: standard-webhooks, headers: {names}}}"),
        reason: format!("guessed from the headers {id}, {timestamp} and {name}, as Standard Webhooks has them"),
    })
}

fn body_token(headers: &Headers) -> Option<Guess> {
    let algorithm = headers.tokens.first()?.get("alg").and_then(Value::as_str)?;
    Some(Guess {
        yaml: format!("verify: {{scheme: jwt, algorithm: {algorithm}}}"),
        reason: "guessed from the bodies, which are JSON Web Tokens".to_owned(),
    })
}

/// A header that is called like a signature, and looks like one.
fn header_signature(headers: &Headers) -> Option<Guess> {
    let is_named = |name: &str| {
        let parts = ["signature", "hmac", "digest", "sign", "jws"];
        parts.iter().any(|part| name.contains(part)) || words(name).iter().any(|word| word == "sig")
    };
    let mut named: Vec<_> =
        headers.own().filter(|(name, texts)| is_named(name) && is_everywhere(headers, texts)).collect();
    // Of several, such as for SHA-1 and SHA-256, the stronger one, or else the later version.
    named.sort_by_key(|(name, texts)| {
        let bytes = texts.samples.first().and_then(|text| signature(text)).map(|it| it.bytes);
        std::cmp::Reverse((bytes, version(name)))
    });
    named.into_iter().find_map(|(name, texts)| header_token(name, texts).or_else(|| signed(headers, name, texts)))
}

/// The version at the end of a name, such as `x-signature-v3`.
fn version(name: &str) -> Option<u32> {
    name.rsplit('-').next()?.strip_prefix('v')?.parse().ok()
}

fn header_token(name: &str, texts: &Texts) -> Option<Guess> {
    let (algorithm, is_detached) = signature::token(texts.samples.first()?)?;
    let detached = if is_detached { ", detached: true" } else { ", covers_body: false" };
    Some(Guess {
        yaml: format!("verify: {{scheme: jwt, algorithm: {algorithm}, token: $request.header.{name}{detached}}}"),
        reason: format!("guessed from the header {name}, which holds JSON Web Tokens"),
    })
}

fn signed(headers: &Headers, name: &str, texts: &Texts) -> Option<Guess> {
    let found = signature(texts.samples.first()?)?;
    if texts.samples.iter().any(|text| signature(text).map(|other| other.format) != Some(found.format.clone())) {
        return None;
    }
    let scheme = scheme(name, &found);
    let mut yaml =
        format!("verify:\n  scheme: {scheme}\n  signature: $request.header.{name}\n  encoding: {}", found.encoding);
    if found.format != "{signature}" {
        yaml += &format!("\n  format: \"{}\"", found.format);
    }
    let mut doubt = String::new();
    if let Some(signed) = signed_text(headers, &found) {
        yaml += &signed;
        doubt = "; `signed` is what most providers with a timestamp do, look it up".to_owned();
    }
    Some(Guess { yaml, reason: format!("guessed from the shape of the header {name}{doubt}") })
}

/// A signature in the body, which it cannot be of; where a timestamp and a token are beside it, it is of those.
fn body_signature(headers: &Headers) -> Option<Guess> {
    let everywhere = || headers.body.iter().filter(|(_, texts)| texts.count * 10 >= headers.bodies * 9);
    let is_named = |pointer: &str| {
        let last = words(pointer.rsplit('/').next().unwrap_or_default()).pop();
        last.is_some_and(|word| ["signature", "hmac", "sign"].contains(&word.as_str()))
    };
    let (pointer, found) = everywhere().filter(|(pointer, _)| is_named(pointer)).find_map(|(pointer, texts)| {
        Some((pointer, signature(texts.samples.first()?).filter(|found| found.format == "{signature}")?))
    })?;
    let (holder, _) = pointer.rsplit_once('/')?;
    let beside = |wanted: &[&str]| {
        let is_it = |key: &str| words(key).pop().is_some_and(|word| wanted.contains(&word.as_str()));
        everywhere()
            .find(|(other, _)| other.strip_prefix(holder).is_some_and(|key| key.rfind('/') == Some(0) && is_it(key)))
    };
    let reason = format!("guessed from {pointer} in the bodies; `signed` is to be looked up");
    let (Some((timestamp, texts)), Some((token, _))) = (beside(&["timestamp", "time"]), beside(&["token", "nonce"]))
    else {
        let reason =
            format!("{pointer} in the bodies looks like a signature: look up what it is of, or nothing is verified");
        return Some(Guess { yaml: "verify: {scheme: none}".to_owned(), reason });
    };
    let unit = unit(texts.samples.first()?)?;
    let (scheme, encoding) = (scheme(pointer, &found), found.encoding);
    Some(Guess {
        yaml: format!(
            "verify:\n  scheme: {scheme}\n  signature: $request.body#{pointer}\n  encoding: {encoding}\n  \
             timestamp: $request.body#{timestamp}\n  timestamp_unit: {unit}\n  \
             signed: \"{{timestamp}}{{$request.body#{token}}}\""
        ),
        reason,
    })
}

/// The scheme and its algorithm, by how many bytes there are.
fn scheme(name: &str, found: &Signature) -> String {
    let words = words(name);
    let is_named = |wanted: &str| words.iter().any(|word| word == wanted);
    match found.bytes {
        _ if found.is_der => "ecdsa-p256".to_owned(),
        64 if is_named("ed25519") => "ed25519".to_owned(),
        128.. => "rsa\n  algorithm: sha256".to_owned(),
        bytes => format!(
            "hmac\n  algorithm: {}",
            match bytes {
                20 => "sha1",
                48 => "sha384",
                64 => "sha512",
                _ => "sha256",
            }
        ),
    }
}

/// What is signed where there is a timestamp: the two are joined as the header joins its parts. A version before the only
/// signature comes first there too.
fn signed_text(headers: &Headers, found: &Signature) -> Option<String> {
    let version = found.format.strip_suffix("={signature}").filter(|version| is_version(version));
    let signed = match version {
        Some(version) => format!("{version}:{{timestamp}}:{{$request.body}}"),
        None if found.format.contains(';') => "{timestamp}:{$request.body}".to_owned(),
        None => "{timestamp}.{$request.body}".to_owned(),
    };
    if found.format.contains("{timestamp}") {
        return Some(format!("\n  signed: \"{signed}\""));
    }
    let is_time = |name: &str| name.contains("timestamp") || name.ends_with("-time");
    let (name, unit) = headers.own().find_map(|(name, texts)| {
        let unit = unit(texts.samples.first()?).filter(|_| is_time(name) && is_everywhere(headers, texts))?;
        Some((name, unit))
    })?;
    Some(format!("\n  timestamp: $request.header.{name}\n  timestamp_unit: {unit}\n  signed: \"{signed}\""))
}

/// Whether a text is one such as `v0`.
fn is_version(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn authorization(headers: &Headers) -> Option<Guess> {
    const NAME: &str = "authorization";
    let texts = headers.headers.get(NAME).filter(|texts| is_everywhere(headers, texts))?;
    if let Some(guess) = header_token(NAME, texts) {
        return Some(guess);
    }
    let is_basic = texts.samples.iter().all(|text| text.to_ascii_lowercase().starts_with("basic "));
    Some(Guess {
        yaml: match is_basic {
            true => "verify: {scheme: basic}".to_owned(),
            false => format!("verify: {{scheme: token, signature: $request.header.{NAME}}}"),
        },
        reason: "guessed from the header authorization".to_owned(),
    })
}

/// A header that is called like a secret, and is the same each time.
fn shared_token(headers: &Headers) -> Option<Guess> {
    let is_named = |name: &str| words(name).iter().any(|word| matches!(word.as_str(), "token" | "secret"));
    let (name, _) = headers.own().find(|(name, texts)| {
        let is_same = texts.samples.iter().all(|text| Some(text) == texts.samples.first());
        is_named(name) && is_same && is_everywhere(headers, texts)
    })?;
    Some(Guess {
        yaml: format!("verify: {{scheme: token, signature: $request.header.{name}}}"),
        reason: format!("guessed from the header {name}, which is the same in all deliveries"),
    })
}
