//! `verify` of a `provider.yaml` in the words of the runtime. To it these are constants of generated code, and this
//! process signs once: what is leaked here is leaked once.

use webhook_codegen::documents::provider::{self, Part, Value, Verify};
use webhook_codegen::source::pointer::tokens;
use webhook_runtime::{self as runtime, Expression};

/// `handshakes` of a `provider.yaml`, likewise.
pub(crate) fn handshakes(handshakes: &[provider::Handshake]) -> &'static [runtime::Handshake] {
    handshakes.iter().map(handshake).collect::<Vec<_>>().leak()
}

fn handshake(handshake: &provider::Handshake) -> runtime::Handshake {
    let condition = |condition: &provider::Condition| match condition {
        provider::Condition::Is(of) => runtime::Condition::Is(text(of)),
        provider::Condition::Present => runtime::Condition::Present,
        provider::Condition::Secret => runtime::Condition::Secret,
    };
    let when = handshake.when.iter().map(|(at, of)| (value(at), condition(of)));
    let reply = &handshake.reply;
    let headers = reply.headers.iter().map(|(name, of)| (text(name), parts(of)));
    runtime::Handshake {
        when: when.collect::<Vec<_>>().leak(),
        is_signed: handshake.is_signed,
        reply: runtime::Reply {
            status: reply.status,
            content_type: reply.content_type.as_deref().map(text),
            headers: headers.collect::<Vec<_>>().leak(),
            body: parts(&reply.body),
            is_json: reply.is_json,
        },
    }
}

pub(crate) fn scheme(verify: &Verify) -> runtime::Verify {
    runtime::Verify {
        algorithm: algorithm(&verify.algorithm),
        key: match verify.key {
            provider::KeyForm::Utf8 => runtime::KeyForm::Utf8,
            provider::KeyForm::Base64 => runtime::KeyForm::Base64,
            provider::KeyForm::Hex => runtime::KeyForm::Hex,
            provider::KeyForm::Pem => runtime::KeyForm::Pem,
            provider::KeyForm::StandardWebhooks => runtime::KeyForm::StandardWebhooks,
        },
        signature: values(&verify.signature),
        format: format(&verify.format),
        encoding: encoding(verify.encoding),
        signed: parts(&verify.signed),
        id: values(&verify.id),
        timestamp: values(&verify.timestamp),
        unit: match verify.unit {
            provider::Unit::Seconds => runtime::Unit::Seconds,
            provider::Unit::Milliseconds => runtime::Unit::Milliseconds,
            provider::Unit::Rfc3339 => runtime::Unit::Rfc3339,
        },
        tolerance: runtime::Tolerance::Default,
        token: verify.token.as_ref().map(|token| runtime::Token {
            alg: token.alg,
            detached: token.detached,
            body_digest: token.body_digest.as_ref().map(|(claim, of)| (text(claim), encoding(*of))),
        }),
    }
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn algorithm(algorithm: &provider::Algorithm) -> runtime::Algorithm {
    use provider::Algorithm as Written;
    use runtime::Algorithm as Of;
    match algorithm {
        Written::None => Of::None,
        Written::Shared => Of::Shared,
        Written::Basic(user) => Of::Basic { user: user.as_deref().map(text) },
        Written::Digest(of) => Of::Digest(hash(*of)),
        Written::Hmac(of) => Of::Hmac(hash(*of)),
        Written::Ed25519 => Of::Ed25519,
        Written::EcdsaP256 => Of::EcdsaP256,
        Written::RsaPkcs1(of) => Of::RsaPkcs1(hash(*of)),
        Written::RsaPss(of) => Of::RsaPss(hash(*of)),
    }
}

fn hash(hash: provider::Hash) -> runtime::Hash {
    match hash {
        provider::Hash::Sha1 => runtime::Hash::Sha1,
        provider::Hash::Sha256 => runtime::Hash::Sha256,
        provider::Hash::Sha384 => runtime::Hash::Sha384,
        provider::Hash::Sha512 => runtime::Hash::Sha512,
    }
}

fn encoding(encoding: provider::Encoding) -> runtime::Encoding {
    match encoding {
        provider::Encoding::Hex => runtime::Encoding::Hex,
        provider::Encoding::HexUpper => runtime::Encoding::HexUpper,
        provider::Encoding::Base64 => runtime::Encoding::Base64,
        provider::Encoding::Base64Url => runtime::Encoding::Base64Url,
    }
}

fn format(format: &provider::Format) -> runtime::Format {
    let slot = |slot: &provider::Slot| runtime::Slot {
        label: text(&slot.label),
        field: match slot.field {
            provider::Field::Signature => runtime::Field::Signature,
            provider::Field::Ed25519Signature => runtime::Field::Ed25519Signature,
            provider::Field::Timestamp => runtime::Field::Timestamp,
            provider::Field::Id => runtime::Field::Id,
        },
        suffix: text(&slot.suffix),
    };
    let slots = format.slots.iter().map(slot).collect::<Vec<_>>().leak();
    runtime::Format { slots, separators: text(&format.separators), separator: text(&format.separator) }
}

fn values(values: &[Value]) -> &'static [Expression] {
    values.iter().map(value).collect::<Vec<_>>().leak()
}

fn value(value: &Value) -> Expression {
    match value {
        Value::Header(name) => Expression::Header(text(name)),
        Value::Body(pointer) => {
            let tokens = tokens(pointer).into_iter().map(|token| &*token.leak());
            Expression::Body(tokens.collect::<Vec<_>>().leak())
        }
        Value::Query(name) => Expression::Query(text(name)),
        Value::Path => Expression::Path,
        Value::Method => Expression::Method,
        Value::Url => Expression::Url,
        Value::Endpoint => Expression::Endpoint,
    }
}

fn parts(parts: &[Part]) -> &'static [runtime::Part] {
    parts.iter().map(part).collect::<Vec<_>>().leak()
}

fn part(part: &Part) -> runtime::Part {
    match part {
        Part::Text(of) => runtime::Part::Text(text(of)),
        Part::At(at) => runtime::Part::At(value(at)),
        Part::Timestamp => runtime::Part::Timestamp,
        Part::Id => runtime::Part::Id,
        Part::Secret => runtime::Part::Secret,
        Part::Digest { hash: by, keyed, encoding: as_text, of } => {
            runtime::Part::Digest { hash: hash(*by), keyed: *keyed, encoding: encoding(*as_text), of: parts(of) }
        }
        Part::Form => runtime::Part::Form,
    }
}
