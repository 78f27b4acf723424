//! Signatures in words.

use super::Value;
use super::verify::{Algorithm, Hash, Verify};
use std::fmt;

impl fmt::Display for Verify {
    /// In CommonMark.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (&self.algorithm, self.scheme) {
            (_, Some("jwt")) => format!("a JSON Web Token, {}", self.token.as_ref().map_or("", |token| token.alg)),
            (_, Some("standard-webhooks")) => "Standard Webhooks".to_owned(),
            (Algorithm::None, _) => return formatter.write_str("none documented"),
            (Algorithm::Shared, _) => "the secret itself".to_owned(),
            (Algorithm::Basic(_), _) => "HTTP Basic".to_owned(),
            (Algorithm::Digest(hash), _) => hash.name().to_owned(),
            (Algorithm::Hmac(hash), _) => format!("HMAC with {}", hash.name()),
            (Algorithm::Ed25519, _) => "ed25519".to_owned(),
            (Algorithm::EcdsaP256, _) => "ECDSA P-256".to_owned(),
            (Algorithm::RsaPkcs1(hash), _) => format!("RSA with {}", hash.name()),
            (Algorithm::RsaPss(hash), _) => format!("RSA-PSS with {}", hash.name()),
        };
        formatter.write_str(&what)?;
        match self.signature.first() {
            Some(value) => write!(formatter, ", {value}"),
            None => formatter.write_str(", the body"),
        }
    }
}

impl Hash {
    fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(formatter, "header `{name}`"),
            Self::Body(pointer) if pointer.is_empty() => formatter.write_str("the body"),
            Self::Body(pointer) => write!(formatter, "`{pointer}` in the body"),
            Self::Query(name) => write!(formatter, "`{name}` in the query"),
            Self::Path => formatter.write_str("the end of the path"),
            Self::Method => formatter.write_str("the method"),
            Self::Url | Self::Endpoint => formatter.write_str("the URL"),
        }
    }
}
