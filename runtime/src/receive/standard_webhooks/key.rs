//! One secret, and what it makes of a message.

use crate::receive::digest::{MacKey, from_base64, to_base64};
use crate::receive::{SecretError, secret};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
#[cfg(feature = "ed25519")]
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

/// What is signed: the three parts, with a full stop between them.
pub(super) struct Message<'m> {
    pub(super) id: &'m str,
    pub(super) timestamp: &'m str,
    pub(super) body: &'m [u8],
}

impl Message<'_> {
    fn parts(&self) -> [&[u8]; 5] {
        [self.id.as_bytes(), b".", self.timestamp.as_bytes(), b".", self.body]
    }
}

#[derive(Clone)]
pub(super) enum Key {
    Shared(MacKey),
    #[cfg(feature = "ed25519")]
    Public(Box<VerifyingKey>),
    #[cfg(feature = "ed25519")]
    Private(Box<SigningKey>),
}

/// More signatures than any rotation needs. Without a bound, a request could buy a lot of work with
/// one long header.
const MOST_SIGNATURES: usize = 32;

impl Key {
    pub(super) fn new(secret: &str) -> Result<Self, SecretError> {
        secret::check_text(secret)?;
        if let Some(public) = secret.strip_prefix("whpk_") {
            return Self::public(&decode(public)?);
        }
        if let Some(private) = secret.strip_prefix("whsk_") {
            return Self::private(&decode(private)?);
        }
        let shared = decode(secret.strip_prefix("whsec_").unwrap_or(secret))?;
        secret::check_length(&shared)?;
        Ok(Self::Shared(MacKey::new(&shared)))
    }

    #[cfg(not(feature = "ed25519"))]
    fn public(_: &[u8]) -> Result<Self, SecretError> {
        Err(SecretError::NeedsEd25519)
    }

    #[cfg(not(feature = "ed25519"))]
    fn private(_: &[u8]) -> Result<Self, SecretError> {
        Err(SecretError::NeedsEd25519)
    }

    #[cfg(feature = "ed25519")]
    fn public(bytes: &[u8]) -> Result<Self, SecretError> {
        let not_a_key = |found| SecretError::NotAKey { expected: "an ed25519 public key of 32 bytes", found };
        let bytes = bytes.try_into().map_err(|_| not_a_key("bytes of another length"))?;
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| not_a_key("bytes that are no point of the curve"))?;
        // Under a weak key, one signature holds for many messages.
        if key.is_weak() { Err(not_a_key("a weak key")) } else { Ok(Self::Public(Box::new(key))) }
    }

    /// Either form that is around: the seed alone, or the seed and the public key (as Svix writes it).
    #[cfg(feature = "ed25519")]
    fn private(bytes: &[u8]) -> Result<Self, SecretError> {
        let not_a_key = |found| SecretError::NotAKey { expected: "an ed25519 private key of 32 or 64 bytes", found };
        let key = if let Ok(seed) = bytes.try_into() {
            SigningKey::from_bytes(seed)
        } else {
            let pair = bytes.try_into().map_err(|_| not_a_key("bytes of another length"))?;
            SigningKey::from_keypair_bytes(pair).map_err(|_| not_a_key("a pair of keys that do not belong together"))?
        };
        Ok(Self::Private(Box::new(key)))
    }

    /// Whether one of the signatures in the header is this key's.
    pub(super) fn matches(&self, message: &Message<'_>, header: &str) -> bool {
        match self {
            Self::Shared(key) => {
                let digest = key.digest(&message.parts());
                signatures(header, "v1").any(|signature| digest.is(signature))
            }
            #[cfg(feature = "ed25519")]
            Self::Public(key) => signed_by(key, message, header),
            #[cfg(feature = "ed25519")]
            Self::Private(key) => signed_by(&key.verifying_key(), message, header),
        }
    }

    /// A signature as it stands in the header, with its version.
    pub(super) fn sign(&self, message: &Message<'_>) -> Option<String> {
        match self {
            Self::Shared(key) => {
                let digest = key.digest(&message.parts());
                Some(format!("v1,{}", to_base64(digest.as_bytes())))
            }
            #[cfg(feature = "ed25519")]
            Self::Public(_) => None,
            #[cfg(feature = "ed25519")]
            Self::Private(key) => {
                let signature = key.sign(&message.parts().concat());
                Some(format!("v1a,{}", to_base64(&signature.to_bytes())))
            }
        }
    }
}

#[cfg(feature = "ed25519")]
fn signed_by(key: &VerifyingKey, message: &Message<'_>, header: &str) -> bool {
    let message = message.parts().concat();
    let holds = |signature| key.verify_strict(&message, &Signature::from_bytes(&signature)).is_ok();
    signatures(header, "v1a").any(holds)
}

/// The well-formed signatures of one version; all else in the header is for somebody else.
fn signatures<const N: usize>(header: &str, version: &str) -> impl Iterator<Item = [u8; N]> {
    let tokens = header.split(' ').take(MOST_SIGNATURES).filter_map(|token| token.split_once(','));
    let of_version = tokens.filter(move |(name, _)| *name == version);
    of_version.filter_map(|(_, text)| from_base64(text.as_bytes()))
}

fn decode(secret: &str) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let bytes = STANDARD.decode(secret).map(Zeroizing::new).map_err(|_| SecretError::NotBase64)?;
    if bytes.is_empty() { Err(SecretError::Missing) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::ZeroizeOnDrop;

    #[test]
    fn secret_bytes_are_wiped_when_they_are_dropped() {
        fn wiped(_: &impl ZeroizeOnDrop) {}
        wiped(&decode("AAAA").expect("base64"));
        #[cfg(feature = "ed25519")]
        wiped(&SigningKey::from_bytes(&[7; 32]));
    }
}
