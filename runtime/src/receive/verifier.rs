//! The receiver's side where events are not known when it is compiled: for tools.

use super::engine::Engine;
use super::key::Purpose;
use super::{Handshake, Incoming, SecretError, Verified, Verify, VerifyError};
use http::Response;
use std::fmt;

/// Verifies deliveries and answers handshakes, and reads no event. An application has a [`Receiver`](super::Receiver).
pub struct Verifier {
    engine: Engine,
    handshakes: &'static [Handshake],
}

/// What a request is.
#[derive(Debug)]
pub enum Checked<'r> {
    /// It tests the endpoint, and wants to hear this.
    Handshake(Response<Vec<u8>>),
    /// A delivery.
    Delivery(Verified<'r>),
}

impl Verifier {
    /// Takes the secret, or the public key; without one nothing is verified.
    ///
    /// # Errors
    /// When the scheme cannot use it.
    pub fn new(verify: Verify, handshakes: &'static [Handshake], secret: Option<&str>) -> Result<Self, SecretError> {
        let mut engine = Engine::new(verify);
        secret.into_iter().try_for_each(|secret| engine.add(secret, Purpose::Verify))?;
        Ok(Self { engine, handshakes })
    }

    /// Tells handshakes from deliveries, and verifies these.
    ///
    /// # Errors
    /// When a request does not come from the holder of the key, or lacks what the scheme needs.
    pub fn check<'r>(&self, incoming: &Incoming<'r>) -> Result<Checked<'r>, VerifyError> {
        if let Some(response) = self.engine.handshake(self.handshakes, incoming, None)? {
            return Ok(Checked::Handshake(response));
        }
        let (verified, secret) = self.engine.verify(incoming)?;
        let signed = self.engine.handshake(self.handshakes, incoming, Some(secret))?;
        Ok(signed.map_or(Checked::Delivery(verified), Checked::Handshake))
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Verifier").field("algorithm", &self.engine.verify.algorithm).finish_non_exhaustive()
    }
}
