//! Signing, as the runtime's receivers verify.

use super::scheme::scheme;
use super::secret::Secret;
use serde_json::Value;
use std::fmt::Display;
use std::time::{SystemTime, UNIX_EPOCH};
use webhook_codegen::documents::provider::{Algorithm, Verify};
use webhook_runtime::http::HeaderMap;
use webhook_runtime::{Incoming, SecretError, SignError, Signed, Signer};

/// How long a token holds whose example does not say.
const LIFETIME: u64 = 3600;

/// Signs a request.
///
/// # Errors
/// In words for the user: there is no secret, or it is not one for this scheme.
pub(super) fn sign(verify: &Verify, secret: &Secret, id: &str, incoming: &Incoming<'_>) -> Result<Signed, String> {
    let help = |problem: &dyn Display| format!("{problem}\n  help: give {}", expected(verify));
    let Some(secret) = secret.reveal() else {
        return match verify.is_none() {
            true => Ok(Signed::new(HeaderMap::new(), incoming.body.to_vec())),
            false => Err(help(&"there is no secret") + ", as --secret or in WEBHOOK_SECRET"),
        };
    };
    if verify.is_none() {
        return Ok(Signed::new(HeaderMap::new(), incoming.body.to_vec()));
    }
    let is_key = verify.algorithm.is_asymmetric();
    // What cannot be read is no path; an error of the file system would show the secret.
    let file = if is_key { std::fs::read_to_string(secret).ok() } else { None };
    let text = file.as_deref().unwrap_or(secret);
    let unusable = |error: SecretError| match error {
        SecretError::NotBase64 if is_key && file.is_none() => help(&"neither a key nor a file that can be read"),
        error => help(&error),
    };
    let signer = Signer::new(scheme(verify), text).map_err(unusable)?;
    signer.sign(id, incoming).map_err(|error: SignError| help(&error))
}

/// The secret that a scheme signs with.
fn expected(verify: &Verify) -> &'static str {
    match (&verify.algorithm, verify.scheme) {
        (Algorithm::None, _) => "none",
        (_, Some("standard-webhooks")) => "the receiver's `whsec_…`, or the private key `whsk_…`",
        (Algorithm::RsaPkcs1(_) | Algorithm::RsaPss(_), _) => {
            "an RSA private key in PEM, or the path of a file that holds one"
        }
        (Algorithm::EcdsaP256, _) => "a private key of P-256 in PEM, or the path of a file that holds one",
        (Algorithm::Ed25519, _) => "an ed25519 private key, or the path of a file that holds one",
        (Algorithm::Basic(None), _) => "`user:password`, as the receiver has it",
        _ => "the text that the receiver has",
    }
}

/// What a delivery is signed by, for people.
pub(super) fn what(verify: &Verify) -> String {
    match (&verify.algorithm, verify.scheme, &verify.token) {
        (Algorithm::None, ..) => "not signed".to_owned(),
        (_, Some("standard-webhooks"), _) => "signed by Standard Webhooks".to_owned(),
        (_, _, Some(_)) if verify.signature.is_empty() => "a JSON Web Token".to_owned(),
        _ => format!("signed: {verify}"),
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
