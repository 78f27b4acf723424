//! HMAC-SHA256, and the texts that its results travel as.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A key, hashed into the two states it starts from: a delivery pays for its own bytes only.
#[derive(Clone)]
pub(super) struct MacKey(Hmac<Sha256>);

impl MacKey {
    pub(super) fn new(key: &[u8]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes keys of any length (RFC 2104, section 2)"))
    }

    pub(super) fn digest(&self, parts: &[&[u8]]) -> Digest {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        Digest(mac.finalize())
    }
}

/// What a key makes of a message.
pub(super) struct Digest(CtOutput<Hmac<Sha256>>);

impl Digest {
    /// Compares in a time that does not tell where the first difference is.
    pub(super) fn is(&self, signature: [u8; 32]) -> bool {
        self.0 == CtOutput::new(signature.into())
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Reads exactly `N` bytes from standard base64, padded and in its one canonical form, without
/// allocating.
pub(super) fn from_base64<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    // The decoder asks for room in whole groups of three bytes; 64 bytes are the longest signature.
    let mut buffer = [0; 66];
    let length = STANDARD.decode_slice(text, &mut buffer).ok()?;
    buffer[..length].try_into().ok()
}

pub(super) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::ZeroizeOnDrop;

    /// `Hmac` says nothing of itself, and is made of what is in `Sha256` and nothing else.
    #[test]
    fn a_key_and_what_it_makes_are_wiped_when_they_are_dropped() {
        fn wiped<T: ZeroizeOnDrop>() {}
        wiped::<Sha256>();
        wiped::<CtOutput<Hmac<Sha256>>>();
    }
}
