//! What a text is that looks like a signature.

use crate::infer::payload;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};

/// The form of a signature, with the text around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signature {
    /// The text, with `{signature}` and `{timestamp}` in it.
    pub format: String,
    /// How its bytes are written.
    pub encoding: &'static str,
    /// How many bytes there are.
    pub bytes: usize,
    /// Whether they are DER, as ECDSA's are.
    pub is_der: bool,
}

/// The algorithm of a JSON Web Token, and whether its payload is left out.
pub(super) fn token(text: &str) -> Option<(String, bool)> {
    let text = text.strip_prefix("Bearer ").unwrap_or(text);
    let is_detached = text.contains("..") && text.matches('.').count() == 2;
    let whole = if is_detached { text.replace("..", ".e30.") } else { text.to_owned() };
    let (header, _) = payload::token(&whole)?;
    Some((header.get("alg")?.as_str()?.to_owned(), is_detached))
}

/// A signature alone, or among `key=value` parts.
pub(super) fn signature(text: &str) -> Option<Signature> {
    if let Some((encoding, bytes)) = bytes(text) {
        return Some(found("{signature}".to_owned(), encoding, &bytes));
    }
    let separator = if text.contains(';') { ';' } else { ',' };
    let parts: Option<Vec<_>> = text.split(separator).map(|part| part.trim().split_once('=')).collect();
    let parts = parts?;
    let signed = parts.iter().find_map(|(key, value)| Some((*key, bytes(value)?)))?;
    let (key, (encoding, signature)) = signed;
    let time = parts.iter().find(|(known, value)| *known != key && unit(value).is_some());
    let time = time.map(|(key, _)| format!("{key}={{timestamp}}{separator}"));
    Some(found(format!("{}{key}={{signature}}", time.unwrap_or_default()), encoding, &signature))
}

fn found(format: String, encoding: &'static str, bytes: &[u8]) -> Signature {
    Signature { format, encoding, bytes: bytes.len(), is_der: bytes[0] == 0x30 && (68..=72).contains(&bytes.len()) }
}

/// The bytes that a text writes, if a signature has so many.
fn bytes(text: &str) -> Option<(&'static str, Vec<u8>)> {
    let is_hex = text.len().is_multiple_of(2) && text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex {
        let is_upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
        let decoded: Option<Vec<u8>> =
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect();
        return Some((if is_upper { "hex-upper" } else { "hex" }, decoded?))
            .filter(|(_, bytes)| is_length(bytes.len()));
    }
    let engines = [
        ("base64", STANDARD.decode(text)),
        ("base64url", URL_SAFE.decode(text)),
        ("base64url", URL_SAFE_NO_PAD.decode(text)),
    ];
    let decoded = engines.into_iter().find_map(|(encoding, decoded)| Some((encoding, decoded.ok()?)));
    decoded.filter(|(_, bytes)| is_length(bytes.len()))
}

fn is_length(bytes: usize) -> bool {
    matches!(bytes, 20 | 32 | 48 | 64 | 68..=72 | 128 | 256 | 384 | 512)
}

/// The unit of a point in time, as provider.yaml names it.
pub(super) fn unit(text: &str) -> Option<&'static str> {
    let are_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        10 if are_digits => Some("seconds"),
        13 if are_digits => Some("milliseconds"),
        _ => crate::infer::evidence::Format::DateTime.fits(text).then_some("rfc3339"),
    }
}
