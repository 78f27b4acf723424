//! Signing, as the runtime's receivers verify.

use super::secret::Secret;
use serde_json::Value;
use std::fmt::Display;
use std::time::{SystemTime, UNIX_EPOCH};
use webhook_codegen::documents::provider::{self, Algorithm, Verify};
use webhook_runtime::http::HeaderMap;
use webhook_runtime::{
    Encoding, HeaderFamily, HmacSettings, HmacSha256, JwtSigner, Keyed, SecretError, Sign, SignError, Signed,
    StandardWebhooks, http,
};

/// How long a token holds whose example does not say.
const LIFETIME: u64 = 3600;

/// Signs a body.
///
/// # Errors
/// In words for the user: there is no secret, or it is not one for this scheme.
pub(super) fn sign(verify: &Verify, secret: &Secret, id: &str, now: SystemTime, body: &[u8]) -> Result<Signed, String> {
    let help = |problem: &dyn Display| format!("{problem}\n  help: give {}", expected(verify));
    let unusable = |error: SecretError| help(&error);
    let failed = |error: SignError| help(&error);
    match (verify, secret.reveal()) {
        (Verify::None { .. }, _) => Ok(Signed { headers: HeaderMap::new(), body: body.to_vec() }),
        (_, None) => Err(help(&"there is no secret") + ", as --secret or in WEBHOOK_SECRET"),
        (Verify::StandardWebhooks { headers }, Some(secret)) => {
            let family = match headers {
                provider::HeaderFamily::Svix => HeaderFamily::Svix,
                provider::HeaderFamily::Webhook => HeaderFamily::Webhook,
            };
            StandardWebhooks::new(family, secret).map_err(unusable)?.sign(id, now, body).map_err(failed)
        }
        (Verify::HmacSha256 { header, encoding, prefix }, Some(secret)) => {
            let settings = hmac(header, *encoding, prefix).map_err(|error| error.to_string())?;
            HmacSha256::new(settings, secret).map_err(unusable)?.sign(id, now, body).map_err(failed)
        }
        (Verify::Jwt { algorithm: Algorithm::Rs256 }, Some(secret)) => {
            // What cannot be read is no path; an error of the file system would show the secret.
            let file = std::fs::read_to_string(secret).ok();
            let is_neither = file.is_none() && !secret.contains("-----BEGIN");
            let signer = JwtSigner::new(webhook_runtime::Algorithm::Rs256, file.as_deref().unwrap_or(secret));
            let unusable =
                |error| if is_neither { help(&"neither a key nor a file that can be read") } else { help(&error) };
            signer.map_err(unusable)?.sign(body).map_err(failed)
        }
    }
}

fn hmac(
    header: &str,
    encoding: provider::Encoding,
    prefix: &str,
) -> Result<HmacSettings, http::header::InvalidHeaderName> {
    let encoding = match encoding {
        provider::Encoding::Base64 => Encoding::Base64,
        provider::Encoding::Hex => Encoding::Hex,
    };
    // To the runtime these are constants of generated code, and this process signs once.
    let prefix = prefix.to_owned().leak();
    Ok(HmacSettings { header: header.parse()?, encoding, prefix })
}

/// The secret that a scheme signs with.
fn expected(verify: &Verify) -> &'static str {
    match verify {
        Verify::StandardWebhooks { .. } => "the receiver's `whsec_…`, or the private key `whsk_…`",
        Verify::HmacSha256 { .. } => "the text that the receiver has",
        Verify::Jwt { .. } => "an RSA private key in PEM, or the path of a file that holds one",
        Verify::None { .. } => "none",
    }
}

/// What a delivery is signed by, for people.
pub(super) fn what(verify: &Verify) -> &'static str {
    match verify {
        Verify::StandardWebhooks { .. } => "signed by Standard Webhooks",
        Verify::HmacSha256 { .. } => "signed by HMAC-SHA256",
        Verify::Jwt { .. } => "a JSON Web Token",
        Verify::None { .. } => "not signed",
    }
}

/// Claims that hold from now on, for as long as they did; none where they are no object.
pub(super) fn dated(claims: &[u8], now: SystemTime) -> Option<Vec<u8>> {
    let mut claims: Value = serde_json::from_slice(claims).ok()?;
    let members = claims.as_object_mut()?;
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let time = |name: &str| members.get(name).and_then(Value::as_u64);
    let lifetime = time("exp").zip(time("iat")).and_then(|(end, start)| end.checked_sub(start));
    let lifetime = lifetime.filter(|lifetime| *lifetime > 0).unwrap_or(LIFETIME);
    if let Some(start) = members.get_mut("nbf") {
        *start = now.into();
    }
    members.insert("iat".to_owned(), now.into());
    members.insert("exp".to_owned(), now.saturating_add(lifetime).into());
    Some(claims.to_string().into_bytes())
}
