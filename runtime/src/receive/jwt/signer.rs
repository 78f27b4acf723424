//! The sender's side.

use super::{Algorithm, key};
use crate::receive::{SecretError, SignError, Signed};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use std::fmt;

/// Signs tokens as the provider does, for tests and senders. A receiver of tokens has the public key
/// only and cannot.
pub struct JwtSigner {
    algorithm: Algorithm,
    key: RsaKeyPair,
}

impl JwtSigner {
    /// Takes an RSA private key of 2048 to 4096 bits, in the forms that a public key may have.
    ///
    /// # Errors
    /// When it is not that.
    pub fn new(algorithm: Algorithm, private_key: &str) -> Result<Self, SecretError> {
        let key = key::private(private_key)?;
        Ok(Self { algorithm, key })
    }

    /// Makes the token of these claims, which are taken as they are: `exp`, too, must stand there.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn sign(&self, claims: &[u8]) -> Result<Signed, SignError> {
        let header = format!(r#"{{"alg":"{}"}}"#, self.algorithm.name());
        let mut token = URL_SAFE_NO_PAD.encode(header);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut token);
        let mut signature = vec![0; self.key.public().modulus_len()];
        let signed = self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature);
        signed.map_err(|_| SignError::Failed)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(&signature, &mut token);
        Ok(Signed { headers: HeaderMap::new(), body: token.into_bytes() })
    }
}

impl fmt::Debug for JwtSigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("JwtSigner").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}
