//! Keys of ed25519.

use crate::receive::{SecretError, SignError};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

pub(super) const PUBLIC: &str = "an ed25519 public key of 32 bytes";
pub(super) const PRIVATE: &str = "an ed25519 private key of 32 or 64 bytes";

pub(super) enum Key {
    Public(Box<VerifyingKey>),
    Private(Box<SigningKey>),
}

impl Key {
    pub(super) fn public(bytes: &[u8]) -> Result<Self, SecretError> {
        let not_a_key = |found| SecretError::NotAKey { expected: PUBLIC, found };
        let bytes = bytes.try_into().map_err(|_| not_a_key("bytes of another length"))?;
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| not_a_key("bytes that are no point of the curve"))?;
        // Under a weak key, one signature holds for many messages.
        if key.is_weak() { Err(not_a_key("a weak key")) } else { Ok(Self::Public(Box::new(key))) }
    }

    /// Either form that is around: the seed alone, or the seed and the public key (as Svix writes it).
    pub(super) fn private(bytes: &[u8]) -> Result<Self, SecretError> {
        let not_a_key = |found| SecretError::NotAKey { expected: PRIVATE, found };
        let key = if let Ok(seed) = bytes.try_into() {
            SigningKey::from_bytes(seed)
        } else {
            let pair = bytes.try_into().map_err(|_| not_a_key("bytes of another length"))?;
            SigningKey::from_keypair_bytes(pair).map_err(|_| not_a_key("a pair of keys that do not belong together"))?
        };
        Ok(Self::Private(Box::new(key)))
    }

    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        match self {
            Self::Public(key) => key.verify_strict(message, &signature).is_ok(),
            Self::Private(key) => key.verifying_key().verify_strict(message, &signature).is_ok(),
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        match self {
            Self::Public(_) => Err(SignError::NoPrivateKey),
            Self::Private(key) => Ok(key.sign(message).to_bytes().to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::ZeroizeOnDrop;

    #[test]
    fn a_private_key_is_wiped_when_it_is_dropped() {
        fn wiped(_: &impl ZeroizeOnDrop) {}
        wiped(&SigningKey::from_bytes(&[7; 32]));
    }
}
