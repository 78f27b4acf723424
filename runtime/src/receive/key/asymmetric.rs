//! Keys of RSA and of ECDSA on P-256.

use super::der::{self, Fault};
use super::{Purpose, public};
use crate::receive::{Algorithm, Hash, KeyForm, SecretError, SignError};
use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, RsaEncoding, RsaKeyPair, RsaParameters, RsaPublicKeyComponents};

pub(super) enum Key {
    Rsa { parameters: &'static RsaParameters, key: RsaPublicKeyComponents<Vec<u8>> },
    Ecdsa { point: Vec<u8>, is_fixed: bool },
    RsaPrivate { padding: &'static dyn RsaEncoding, key: Box<RsaKeyPair> },
    EcdsaPrivate(Box<EcdsaKeyPair>),
}

const RSA_PUBLIC: &str = "an RSA public key of 2048 to 8192 bits in PEM";
const RSA_PRIVATE: &str = "an RSA private key of 2048 to 4096 bits in PEM";
const P256_PUBLIC: &str = "a public key of ECDSA on P-256 in PEM";
const P256_PRIVATE: &str = "a private key of ECDSA on P-256 in PEM (PKCS#8)";

impl Key {
    /// `is_fixed`: a signature is the two numbers, as JOSE has it, and never ASN.1.
    pub(super) fn new(
        algorithm: Algorithm,
        is_fixed: bool,
        form: KeyForm,
        secret: &str,
        purpose: Purpose,
    ) -> Result<Self, SecretError> {
        match (algorithm, purpose) {
            (Algorithm::EcdsaP256, Purpose::Verify) => {
                let found = public::read(form, secret, purpose, P256_PUBLIC)?;
                let point = p256(&found.bytes);
                point.map(|point| Self::Ecdsa { point, is_fixed }).map_err(|found| not(P256_PUBLIC, found))
            }
            (Algorithm::EcdsaP256, Purpose::Sign) => {
                let found = public::read(form, secret, purpose, P256_PRIVATE)?;
                let algorithm = match is_fixed {
                    true => &signature::ECDSA_P256_SHA256_FIXED_SIGNING,
                    false => &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
                };
                let key = EcdsaKeyPair::from_pkcs8(algorithm, &found.bytes, &SystemRandom::new());
                key.map(|key| Self::EcdsaPrivate(Box::new(key))).map_err(|_| not(P256_PRIVATE, Fault::Rejected))
            }
            (_, Purpose::Verify) => {
                let found = public::read(form, secret, purpose, RSA_PUBLIC)?;
                let key = rsa_public(&found).map_err(|found| not(RSA_PUBLIC, found))?;
                Ok(Self::Rsa { parameters: parameters(algorithm), key })
            }
            (_, Purpose::Sign) => {
                let found = public::read(form, secret, purpose, RSA_PRIVATE)?;
                let pkcs8 = RsaKeyPair::from_pkcs8(&found.bytes);
                let key = pkcs8.or_else(|_| RsaKeyPair::from_der(&found.bytes));
                let key = key.map_err(|_| not(RSA_PRIVATE, Fault::Rejected))?;
                let padding = padding(algorithm).ok_or(not(RSA_PRIVATE, Fault::Rejected))?;
                Ok(Self::RsaPrivate { padding, key: Box::new(key) })
            }
        }
    }

    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa { parameters, key } => key.verify(parameters, message, signature).is_ok(),
            Self::Ecdsa { point, is_fixed } => {
                let algorithm: &dyn signature::VerificationAlgorithm = match *is_fixed || signature.len() == 64 {
                    true => &signature::ECDSA_P256_SHA256_FIXED,
                    false => &signature::ECDSA_P256_SHA256_ASN1,
                };
                signature::UnparsedPublicKey::new(algorithm, point).verify(message, signature).is_ok()
            }
            Self::RsaPrivate { .. } | Self::EcdsaPrivate(_) => false,
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa { .. } | Self::Ecdsa { .. } => Err(SignError::NoPrivateKey),
            Self::RsaPrivate { padding, key } => {
                let mut signature = vec![0; key.public().modulus_len()];
                let signed = key.sign(*padding, &random, message, &mut signature);
                signed.map(|()| signature).map_err(|_| SignError::Failed)
            }
            Self::EcdsaPrivate(key) => {
                let signature = key.sign(&random, message).map_err(|_| SignError::Failed)?;
                Ok(signature.as_ref().to_vec())
            }
        }
    }
}

fn not(expected: &'static str, fault: Fault) -> SecretError {
    let found = match (expected, fault) {
        (RSA_PUBLIC, Fault::OtherAlgorithm) => "a key of an algorithm other than RSA",
        (_, fault) => fault.description(),
    };
    SecretError::NotAKey { expected, found }
}

fn rsa_public(found: &public::Bytes) -> Result<RsaPublicKeyComponents<Vec<u8>>, Fault> {
    let info = || match der::subject_public_key_info(&found.bytes) {
        Some((der::RSA, key)) => der::rsa_public_key(key),
        Some(_) => Err(Fault::OtherAlgorithm),
        None => Err(Fault::Damaged),
    };
    match found.label {
        Some("RSA PUBLIC KEY") => der::rsa_public_key(&found.bytes),
        Some(_) => info(),
        None => match (info(), der::rsa_public_key(&found.bytes)) {
            (Err(Fault::Damaged), Err(Fault::Damaged)) => Err(Fault::SomethingElse),
            (Err(Fault::Damaged), other) => other,
            (info, _) => info,
        },
    }
}

/// The point of a key, uncompressed, as ring takes it.
fn p256(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let point = match der::subject_public_key_info(bytes) {
        Some((der::P256, point)) => point,
        Some(_) => return Err(Fault::OtherAlgorithm),
        None => bytes,
    };
    match point {
        [4, ..] if point.len() == 65 => Ok(point.to_vec()),
        _ => Err(Fault::Damaged),
    }
}

fn parameters(algorithm: Algorithm) -> &'static RsaParameters {
    match algorithm {
        Algorithm::RsaPkcs1(Hash::Sha1) => &signature::RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
        Algorithm::RsaPkcs1(Hash::Sha384) => &signature::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::RsaPkcs1(Hash::Sha512) => &signature::RSA_PKCS1_2048_8192_SHA512,
        Algorithm::RsaPss(Hash::Sha384) => &signature::RSA_PSS_2048_8192_SHA384,
        Algorithm::RsaPss(Hash::Sha512) => &signature::RSA_PSS_2048_8192_SHA512,
        Algorithm::RsaPss(_) => &signature::RSA_PSS_2048_8192_SHA256,
        _ => &signature::RSA_PKCS1_2048_8192_SHA256,
    }
}

/// None for SHA-1, which ring verifies and does not sign with.
fn padding(algorithm: Algorithm) -> Option<&'static dyn RsaEncoding> {
    Some(match algorithm {
        Algorithm::RsaPkcs1(Hash::Sha1) => return None,
        Algorithm::RsaPkcs1(Hash::Sha384) => &signature::RSA_PKCS1_SHA384,
        Algorithm::RsaPkcs1(Hash::Sha512) => &signature::RSA_PKCS1_SHA512,
        Algorithm::RsaPss(Hash::Sha384) => &signature::RSA_PSS_SHA384,
        Algorithm::RsaPss(Hash::Sha512) => &signature::RSA_PSS_SHA512,
        Algorithm::RsaPss(_) => &signature::RSA_PSS_SHA256,
        _ => &signature::RSA_PKCS1_SHA256,
    })
}
