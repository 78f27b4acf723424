//! A body that is a signed token.

use super::{DEFAULT_TOLERANCE, Incoming, Keyed, Receive, Receiver, Scheme, SecretError, Timed, Verified, VerifyError};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claims::Claims;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

mod claims;
mod key;
mod signer;

pub use signer::JwtSigner;

/// The body is one JSON Web Token (RFC 7519) in compact form, signed; its claims are the payload.
///
/// A secret is the provider's RSA public key of 2048 to 8192 bits, in PEM, whose line feeds may have
/// become the two characters `\n`, or as the base64 of that PEM or of its DER.
///
/// The token has no say in how it is verified: the algorithm is fixed, and what its header names
/// (`alg`, `kid`, `jwk`) chooses nothing. A token without `exp` is refused, as it would hold for ever;
/// `exp`, `nbf` and an `iat` in the future are judged with the receiver's tolerance.
#[derive(Clone)]
pub struct Jwt {
    algorithm: Algorithm,
    times: Times,
    /// At least one.
    keys: Vec<RsaPublicKeyComponents<Vec<u8>>>,
}

/// How tokens are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3).
    Rs256,
}

/// What becomes of the claims that concern time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Enforced { tolerance: Duration },
    Ignored,
}

impl Scheme for Jwt {
    type Settings = Algorithm;

    fn verify<'r>(&self, incoming: &Incoming<'r>) -> Result<Verified<'r>, VerifyError> {
        let token = Token::split(incoming.body).ok_or(VerifyError::NotAToken)?;
        let signature = decode(token.signature)?;
        if !self.keys.iter().any(|key| self.algorithm.verify(key, token.signed, &signature)) {
            return Err(VerifyError::NoMatch);
        }
        let payload = decode(token.payload)?;
        self.algorithm.check_header(&decode(token.header)?)?;
        let claims = self.claims(&payload, incoming.now)?;
        Ok(Verified { payload: Cow::Owned(payload), id: None, timestamp: claims.issued_at() })
    }
}

impl Jwt {
    fn claims(&self, payload: &[u8], now: SystemTime) -> Result<Claims, VerifyError> {
        match self.times {
            Times::Enforced { tolerance } => {
                let claims = Claims::read(payload).ok_or(VerifyError::TokenClaims)?;
                claims.check(now, tolerance)?;
                Ok(claims)
            }
            Times::Ignored => Ok(Claims::read(payload).unwrap_or_default()),
        }
    }
}

impl Algorithm {
    fn verify(self, key: &RsaPublicKeyComponents<Vec<u8>>, message: &[u8], signature: &[u8]) -> bool {
        let Self::Rs256 = self;
        key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
    }

    /// Only a signer that contradicts itself gets as far as failing here. `crit` names extensions
    /// that a receiver must know or refuse (RFC 7515, section 4.1.11), and none is known.
    fn check_header(self, header: &[u8]) -> Result<(), VerifyError> {
        let header: crate::Map<String, crate::Value> =
            serde_json::from_slice(header).map_err(|_| VerifyError::TokenHeader)?;
        let says_so = header.get("alg").is_some_and(|name| name == self.name());
        if says_so && !header.contains_key("crit") { Ok(()) } else { Err(VerifyError::TokenHeader) }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
        }
    }
}

struct Token<'b> {
    signed: &'b [u8],
    header: &'b [u8],
    payload: &'b [u8],
    signature: &'b [u8],
}

impl<'b> Token<'b> {
    /// White space around the token, such as a line feed at the end, is no part of it: neither
    /// base64url nor the full stop between the parts is white space.
    fn split(body: &'b [u8]) -> Option<Self> {
        let token = body.trim_ascii();
        let mut parts = token.split(|byte| *byte == b'.');
        let (header, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let signed = &token[..header.len() + 1 + payload.len()];
        Some(Self { signed, header, payload, signature })
    }
}

fn decode(part: &[u8]) -> Result<Vec<u8>, VerifyError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| VerifyError::NotAToken)
}

impl Timed for Jwt {
    fn set_tolerance(&mut self, tolerance: Duration) {
        self.times = Times::Enforced { tolerance };
    }
}

impl<E: Receive<Scheme = Jwt>> Receiver<E> {
    /// Accepts tokens whose time (`exp`, `nbf`, `iat`) is over, has not come, is not stated or cannot be read. It
    /// and [`tolerance`](Self::tolerance) take each other's place; the later one counts.
    ///
    /// For providers that repeat a token unchanged after it has expired, and for stored requests.
    /// A recorded token then holds for ever: remember [`Delivery::id`](super::Delivery::id).
    #[must_use]
    pub fn accept_expired(mut self) -> Self {
        self.scheme.times = Times::Ignored;
        self
    }
}

impl Keyed for Jwt {
    fn new(algorithm: Algorithm, secret: &str) -> Result<Self, SecretError> {
        let times = Times::Enforced { tolerance: DEFAULT_TOLERANCE };
        Ok(Self { algorithm, times, keys: vec![key::public(secret)?] })
    }

    fn add_secret(&mut self, secret: &str) -> Result<(), SecretError> {
        self.keys.push(key::public(secret)?);
        Ok(())
    }
}

impl fmt::Debug for Jwt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Jwt")
            .field("algorithm", &self.algorithm)
            .field("times", &self.times)
            .field("keys", &self.keys.len())
            .finish()
    }
}
