//! HMAC and plain digests.

use super::Message;
use crate::receive::{Hash, SecretError};
use hmac::{Hmac, KeyInit};
#[cfg(feature = "sha1")]
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use zeroize::Zeroize;

/// A key, hashed into the two states it starts from.
pub(in super::super) enum Mac {
    #[cfg(feature = "sha1")]
    Sha1(Hmac<Sha1>),
    Sha256(Hmac<Sha256>),
    Sha384(Hmac<Sha384>),
    Sha512(Hmac<Sha512>),
}

/// What a key makes of a message; compared in constant time only.
pub(in super::super) struct Output {
    bytes: [u8; 64],
    length: usize,
}

impl Drop for Output {
    fn drop(&mut self) {
        self.bytes[..self.length].zeroize();
    }
}

impl Output {
    fn new(digest: &[u8]) -> Self {
        let mut bytes = [0; 64];
        bytes[..digest.len()].copy_from_slice(digest);
        Self { bytes, length: digest.len() }
    }

    pub(in super::super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl Mac {
    pub(in super::super) fn new(hash: Hash, key: &[u8]) -> Result<Self, SecretError> {
        let anything = "HMAC takes keys of any length (RFC 2104, section 2)";
        Ok(match hash {
            #[cfg(feature = "sha1")]
            Hash::Sha1 => Self::Sha1(Hmac::new_from_slice(key).expect(anything)),
            #[cfg(not(feature = "sha1"))]
            Hash::Sha1 => return Err(SecretError::NeedsFeature { feature: "sha1" }),
            Hash::Sha256 => Self::Sha256(Hmac::new_from_slice(key).expect(anything)),
            Hash::Sha384 => Self::Sha384(Hmac::new_from_slice(key).expect(anything)),
            Hash::Sha512 => Self::Sha512(Hmac::new_from_slice(key).expect(anything)),
        })
    }

    pub(in super::super) fn digest(&self, message: Message<'_>) -> Output {
        match self {
            #[cfg(feature = "sha1")]
            Self::Sha1(mac) => run(mac, message),
            Self::Sha256(mac) => run(mac, message),
            Self::Sha384(mac) => run(mac, message),
            Self::Sha512(mac) => run(mac, message),
        }
    }
}

fn run<M: hmac::Mac + Clone>(mac: &M, message: Message<'_>) -> Output {
    let mut mac = mac.clone();
    message(&mut |part| mac.update(part));
    Output::new(mac.finalize().as_bytes())
}

/// A digest without a key.
pub(in super::super) fn plain(hash: Hash, message: Message<'_>) -> Output {
    match hash {
        #[cfg(feature = "sha1")]
        Hash::Sha1 => digest::<Sha1>(message),
        // Refused when the receiver was made.
        #[cfg(not(feature = "sha1"))]
        Hash::Sha1 => Output::new(&[]),
        Hash::Sha256 => digest::<Sha256>(message),
        Hash::Sha384 => digest::<Sha384>(message),
        Hash::Sha512 => digest::<Sha512>(message),
    }
}

fn digest<D: Digest>(message: Message<'_>) -> Output {
    let mut digest = D::new();
    message(&mut |part| digest.update(part));
    Output::new(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::ZeroizeOnDrop;

    /// `Hmac` says nothing of itself, and is made of what is in its hash and nothing else.
    #[test]
    fn a_key_and_what_it_makes_are_wiped_when_they_are_dropped() {
        fn wiped<T: ZeroizeOnDrop>() {}
        #[cfg(feature = "sha1")]
        wiped::<Sha1>();
        wiped::<Sha256>();
        wiped::<Sha384>();
        wiped::<Sha512>();
    }
}
