//! A secret, and what its key makes of a message.

use super::{Algorithm, KeyForm, SecretError, SignError, Verify, secret};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

#[cfg(feature = "ring")]
mod asymmetric;
#[cfg(any(feature = "ring", feature = "ed25519"))]
mod der;
#[cfg(feature = "ed25519")]
mod ed25519;
#[cfg(feature = "hmac")]
mod mac;
#[cfg(any(feature = "ring", feature = "ed25519"))]
mod public;
#[cfg(any(feature = "ring", feature = "ed25519"))]
mod text;

#[cfg(feature = "hmac")]
pub(super) use mac::{Mac, plain};

/// Gives the parts of a message to whoever takes them, one after the other: they are never put together where that is
/// not needed.
pub(super) type Message<'m> = &'m dyn Fn(&mut dyn FnMut(&[u8]));

pub(super) fn together(message: Message<'_>) -> Vec<u8> {
    let mut whole = Vec::new();
    message(&mut |part| whole.extend_from_slice(part));
    whole
}

/// What the user was given.
pub(super) struct Secret {
    /// As it was written, where the other side has the same.
    pub(super) text: Zeroizing<String>,
    /// The bytes of a shared key.
    #[cfg_attr(not(feature = "hmac"), allow(dead_code))]
    pub(super) bytes: Zeroizing<Vec<u8>>,
    key: Key,
}

/// A key, prepared: a delivery pays for its own bytes only.
enum Key {
    /// Compared, or part of what is hashed.
    Shared,
    #[cfg(feature = "hmac")]
    Mac(Box<Mac>),
    #[cfg(feature = "ed25519")]
    Ed25519(ed25519::Key),
    #[cfg(feature = "ring")]
    Ring(asymmetric::Key),
}

/// What is the same for all signatures of a message by one key.
pub(super) enum Prepared<'k> {
    #[cfg(feature = "hmac")]
    Digest(mac::Output),
    #[allow(dead_code, reason = "without asymmetric keys")]
    Message(&'k Secret, Vec<u8>),
}

/// What a key is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Verify,
    Sign,
}

impl Secret {
    pub(super) fn new(verify: &Verify, secret: &str, purpose: Purpose) -> Result<Self, SecretError> {
        let algorithm = verify.algorithm;
        if is_asymmetric(algorithm) {
            return Self::asymmetric(verify, secret, purpose);
        }
        secret::check_text(secret)?;
        if verify.key == KeyForm::StandardWebhooks && (secret.starts_with("whpk_") || secret.starts_with("whsk_")) {
            return Self::standard_ed25519(secret);
        }
        let bytes = shared(verify.key, secret)?;
        secret::check_length(&bytes)?;
        match algorithm {
            Algorithm::None => secret::check_for_url(secret)?,
            Algorithm::Basic { user: None } if !secret.contains(':') => return Err(SecretError::NoUser),
            _ => {}
        }
        let key = symmetric(algorithm, &bytes)?;
        Ok(Self { text: Zeroizing::new(secret.to_owned()), bytes, key })
    }

    #[cfg(any(feature = "ring", feature = "ed25519"))]
    fn asymmetric(verify: &Verify, secret: &str, purpose: Purpose) -> Result<Self, SecretError> {
        let key = match verify.algorithm {
            #[cfg(feature = "ed25519")]
            Algorithm::Ed25519 => Key::Ed25519(public::ed25519(verify.key, secret, purpose)?),
            #[cfg(feature = "ring")]
            algorithm if algorithm != Algorithm::Ed25519 => {
                Key::Ring(asymmetric::Key::new(algorithm, verify.token.is_some(), verify.key, secret, purpose)?)
            }
            algorithm => return Err(needed(algorithm)),
        };
        Ok(Self::of(key))
    }

    #[cfg(not(any(feature = "ring", feature = "ed25519")))]
    fn asymmetric(verify: &Verify, _: &str, _: Purpose) -> Result<Self, SecretError> {
        Err(needed(verify.algorithm))
    }

    #[cfg(feature = "ed25519")]
    fn standard_ed25519(secret: &str) -> Result<Self, SecretError> {
        let (prefix, text) = secret.split_at(5);
        let bytes = base64(text)?;
        let key = if prefix == "whpk_" { ed25519::Key::public(&bytes) } else { ed25519::Key::private(&bytes) };
        Ok(Self::of(Key::Ed25519(key?)))
    }

    #[cfg(not(feature = "ed25519"))]
    fn standard_ed25519(_: &str) -> Result<Self, SecretError> {
        Err(SecretError::NeedsFeature { feature: "ed25519" })
    }

    #[cfg(any(feature = "ring", feature = "ed25519"))]
    fn of(key: Key) -> Self {
        Self { text: Zeroizing::default(), bytes: Zeroizing::default(), key }
    }

    /// Whether it is an ed25519 key, whose signatures may have a label of their own.
    pub(super) fn is_ed25519(&self) -> bool {
        match &self.key {
            #[cfg(feature = "ed25519")]
            Key::Ed25519(_) => true,
            _ => false,
        }
    }

    /// Makes ready to compare with signatures.
    pub(super) fn prepare(&self, algorithm: Algorithm, message: Message<'_>) -> Prepared<'_> {
        match (&self.key, algorithm) {
            #[cfg(feature = "hmac")]
            (Key::Mac(mac), _) => Prepared::Digest(mac.digest(message)),
            #[cfg(feature = "hmac")]
            (Key::Shared, Algorithm::Digest(hash)) => Prepared::Digest(plain(hash, message)),
            _ => Prepared::Message(self, together(message)),
        }
    }

    pub(super) fn sign(&self, algorithm: Algorithm, message: Message<'_>) -> Result<Vec<u8>, SignError> {
        match &self.key {
            #[cfg(feature = "ed25519")]
            Key::Ed25519(key) => key.sign(&together(message)),
            #[cfg(feature = "ring")]
            Key::Ring(key) => key.sign(&together(message)),
            _ => match self.prepare(algorithm, message) {
                #[cfg(feature = "hmac")]
                Prepared::Digest(digest) => Ok(digest.as_bytes().to_vec()),
                Prepared::Message(..) => Err(SignError::NoPrivateKey),
            },
        }
    }

    /// Compares in a time that does not tell where the first difference is; the length alone helps nobody.
    pub(super) fn is(&self, text: &str) -> bool {
        !self.text.is_empty() && self.text.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

impl Prepared<'_> {
    pub(super) fn is(&self, signature: &[u8]) -> bool {
        match self {
            #[cfg(feature = "hmac")]
            Self::Digest(digest) => digest.as_bytes().ct_eq(signature).into(),
            Self::Message(secret, message) => {
                _ = (message, signature);
                match &secret.key {
                    #[cfg(feature = "ed25519")]
                    Key::Ed25519(key) => key.verify(message, signature),
                    #[cfg(feature = "ring")]
                    Key::Ring(key) => key.verify(message, signature),
                    _ => false,
                }
            }
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

fn is_asymmetric(algorithm: Algorithm) -> bool {
    use Algorithm::{EcdsaP256, Ed25519, RsaPkcs1, RsaPss};
    matches!(algorithm, EcdsaP256 | Ed25519 | RsaPkcs1(_) | RsaPss(_))
}

/// The feature that an algorithm waits for.
fn needed(algorithm: Algorithm) -> SecretError {
    let feature = match algorithm {
        Algorithm::Ed25519 => "ed25519",
        Algorithm::Hmac(super::Hash::Sha1) | Algorithm::Digest(super::Hash::Sha1) => "sha1",
        Algorithm::Hmac(_) | Algorithm::Digest(_) => "hmac",
        _ => "ring",
    };
    SecretError::NeedsFeature { feature }
}

#[cfg(feature = "hmac")]
fn symmetric(algorithm: Algorithm, bytes: &[u8]) -> Result<Key, SecretError> {
    match algorithm {
        Algorithm::Hmac(hash) => Ok(Key::Mac(Box::new(Mac::new(hash, bytes)?))),
        Algorithm::Digest(hash) => Mac::new(hash, bytes).map(|_| Key::Shared),
        _ => Ok(Key::Shared),
    }
}

#[cfg(not(feature = "hmac"))]
fn symmetric(algorithm: Algorithm, _: &[u8]) -> Result<Key, SecretError> {
    match algorithm {
        Algorithm::Hmac(_) | Algorithm::Digest(_) => Err(needed(algorithm)),
        _ => Ok(Key::Shared),
    }
}

fn shared(form: KeyForm, secret: &str) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    match form {
        KeyForm::Base64 => base64(secret),
        KeyForm::StandardWebhooks => base64(secret.strip_prefix("whsec_").unwrap_or(secret)),
        KeyForm::Hex => hex(secret),
        KeyForm::Utf8 | KeyForm::Pem => Ok(Zeroizing::new(secret.as_bytes().to_vec())),
    }
}

fn base64(text: &str) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let bytes = STANDARD.decode(text).map(Zeroizing::new).map_err(|_| SecretError::NotBase64)?;
    if bytes.is_empty() { Err(SecretError::Missing) } else { Ok(bytes) }
}

/// Hexadecimal in either case: dashboards show both.
fn hex(text: &str) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |[high, low]: &[u8; 2]| Some(16 * digit(*high)? + digit(*low)?);
    let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    bytes.filter(|_| rest.is_empty()).map(Zeroizing::new).ok_or(SecretError::NotHex)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::ZeroizeOnDrop;

    #[test]
    fn secret_bytes_are_wiped_when_they_are_dropped() {
        fn wiped(_: &impl ZeroizeOnDrop) {}
        let secret = Secret::new(&Verify::NONE, "sixteen-letters-and-more", Purpose::Verify).expect("a secret");
        wiped(&secret.text);
        wiped(&secret.bytes);
    }
}
