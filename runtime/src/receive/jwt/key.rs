//! RSA keys out of the texts that dashboards show them in.

use crate::receive::SecretError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{RsaKeyPair, RsaPublicKeyComponents};

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const SEQUENCE: u8 = 0x30;

/// `rsaEncryption` without parameters, DER (RFC 8017, appendix A.1).
const RSA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";

pub(super) fn public(secret: &str) -> Result<RsaPublicKeyComponents<Vec<u8>>, SecretError> {
    let pem = pem(secret)?;
    let key = match unwrap(&pem, "PUBLIC KEY") {
        Some(der) => subject_public_key(&der).and_then(components),
        None => unwrap(&pem, "RSA PUBLIC KEY").and_then(|der| components(&der)),
    };
    key.ok_or(SecretError::NotAKey { expected: "an RSA public key of 2048 to 8192 bits in PEM" })
}

pub(super) fn private(secret: &str) -> Result<RsaKeyPair, SecretError> {
    let pem = pem(secret)?;
    let key = match unwrap(&pem, "PRIVATE KEY") {
        Some(der) => RsaKeyPair::from_pkcs8(&der).ok(),
        None => unwrap(&pem, "RSA PRIVATE KEY").and_then(|der| RsaKeyPair::from_der(&der).ok()),
    };
    key.ok_or(SecretError::NotAKey { expected: "an RSA private key of 2048 to 4096 bits in PEM" })
}

/// The secret as PEM: it may be the base64 of that, so that it fits on one line.
fn pem(secret: &str) -> Result<String, SecretError> {
    if secret.trim().is_empty() {
        return Err(SecretError::Missing);
    }
    if secret.contains("-----BEGIN") {
        return Ok(secret.to_owned());
    }
    let bytes = base64(secret).ok_or(SecretError::NotBase64)?;
    String::from_utf8(bytes).map_err(|_| SecretError::NotBase64)
}

/// What stands between the lines of one label (RFC 7468).
fn unwrap(pem: &str, label: &str) -> Option<Vec<u8>> {
    let (_, after) = pem.split_once(&format!("-----BEGIN {label}-----"))?;
    let (inside, _) = after.split_once(&format!("-----END {label}-----"))?;
    base64(inside)
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let dense: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(dense).ok()
}

/// The key inside a `SubjectPublicKeyInfo` (RFC 5280, section 4.1).
fn subject_public_key(der: &[u8]) -> Option<&[u8]> {
    let info = whole(SEQUENCE, der)?;
    let (algorithm, rest) = element(SEQUENCE, info)?;
    let bits = whole(BIT_STRING, rest)?;
    let key = bits.strip_prefix(&[0])?;
    (algorithm == RSA).then_some(key)
}

/// Modulus and exponent of an `RSAPublicKey` (RFC 8017, appendix A.1.1).
fn components(der: &[u8]) -> Option<RsaPublicKeyComponents<Vec<u8>>> {
    let key = whole(SEQUENCE, der)?;
    let (modulus, rest) = element(INTEGER, key)?;
    let exponent = whole(INTEGER, rest)?;
    let n = modulus.strip_prefix(&[0]).unwrap_or(modulus).to_vec();
    let bits = 8 * n.len() - n.first()?.leading_zeros() as usize;
    let e = exponent.to_vec();
    (2048..=8192).contains(&bits).then_some(RsaPublicKeyComponents { n, e })
}

/// The content of an element that nothing follows.
fn whole(tag: u8, der: &[u8]) -> Option<&[u8]> {
    element(tag, der).filter(|(_, rest)| rest.is_empty()).map(|(content, _)| content)
}

/// The content of the first element, if it has this tag, and what follows it. 65,535 bytes are more
/// than any key.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = match der.strip_prefix(&[tag])? {
        [short @ 0..=0x7f, rest @ ..] => (usize::from(*short), rest),
        [0x81, length, rest @ ..] => (usize::from(*length), rest),
        [0x82, high, low, rest @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}
