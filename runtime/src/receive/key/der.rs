//! Public keys in DER.

#[cfg(feature = "ring")]
use ring::signature::RsaPublicKeyComponents;

#[cfg(feature = "ring")]
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const SEQUENCE: u8 = 0x30;

/// `rsaEncryption` without parameters, DER (RFC 8017, appendix A.1).
#[cfg(feature = "ring")]
pub(super) const RSA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";

/// `id-ecPublicKey` on `secp256r1` (RFC 5480, section 2.1.1).
#[cfg(feature = "ring")]
pub(super) const P256: &[u8] = b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07";

/// `id-Ed25519` (RFC 8410, section 3).
#[cfg(feature = "ed25519")]
pub(super) const ED25519: &[u8] = b"\x06\x03\x2b\x65\x70";

/// Why bytes are no key that can be used.
#[cfg(feature = "ring")]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Damaged,
    OtherAlgorithm,
    TooFewBits,
    TooManyBits,
    /// By ring, which does not say why in a way that a program could read.
    Rejected,
    SomethingElse,
}

#[cfg(feature = "ring")]
impl Fault {
    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Damaged => "a key that is cut off or damaged",
            Self::OtherAlgorithm => "a key of another algorithm",
            Self::TooFewBits => "an RSA key of fewer than 2048 bits",
            Self::TooManyBits => "an RSA key of more than 8192 bits",
            Self::Rejected => "a key that is damaged, of another algorithm or of another length",
            Self::SomethingElse => "base64 of something else",
        }
    }
}

/// The algorithm and the key of a `SubjectPublicKeyInfo` (RFC 5280, section 4.1).
pub(super) fn subject_public_key_info(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (algorithm, rest) = element(SEQUENCE, whole(SEQUENCE, der)?)?;
    Some((algorithm, whole(BIT_STRING, rest)?.strip_prefix(&[0])?))
}

/// The seed in a `PrivateKeyInfo` (RFC 8410, section 7).
#[cfg(feature = "ed25519")]
pub(super) fn ed25519_seed(der: &[u8]) -> Option<&[u8]> {
    let rest = whole(SEQUENCE, der)?.strip_prefix(&[2, 1, 0])?;
    let (algorithm, rest) = element(SEQUENCE, rest)?;
    let (key, _) = element(4, rest)?;
    whole(4, key).filter(|_| algorithm == ED25519)
}

/// An `RSAPublicKey` (RFC 8017, appendix A.1.1).
#[cfg(feature = "ring")]
pub(super) fn rsa_public_key(der: &[u8]) -> Result<RsaPublicKeyComponents<Vec<u8>>, Fault> {
    let parts = || {
        let (modulus, rest) = element(INTEGER, whole(SEQUENCE, der)?)?;
        Some((odd(modulus)?, odd(whole(INTEGER, rest)?)?))
    };
    let (n, e) = parts().ok_or(Fault::Damaged)?;
    let bits = 8 * n.len() - n.first().map_or(0, |first| first.leading_zeros() as usize);
    match (bits, e) {
        (..2048, _) => Err(Fault::TooFewBits),
        (8193.., _) => Err(Fault::TooManyBits),
        // With 1 every message is its own signature; of more than 32 bits there are none in use.
        (_, [1] | [_, _, _, _, _, ..]) => Err(Fault::Damaged),
        _ => Ok(RsaPublicKeyComponents { n: n.to_vec(), e: e.to_vec() }),
    }
}

#[cfg(feature = "ring")]
/// An odd number without the zeros before it, as both numbers of a key are.
fn odd(integer: &[u8]) -> Option<&[u8]> {
    let zeros = integer.iter().take_while(|byte| **byte == 0).count();
    integer.last().is_some_and(|last| last % 2 == 1).then(|| &integer[zeros..])
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
