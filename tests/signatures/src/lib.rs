//! Receivers from the provider.yaml files of docs/signatures.

use webhook_runtime::http::Response;
use webhook_runtime::{self as runtime, Incoming, ReceiveError, Received, Receiver, SecretError, SignError, Signed};

/// The generated code, a module for each provider.
#[allow(dead_code, reason = "receivers are all that is tried")]
#[rustfmt::skip]
pub mod webhooks {
    include!(concat!(env!("OUT_DIR"), "/webhooks.rs"));
}

/// What becomes of a request.
#[derive(Debug)]
pub enum Outcome {
    /// It is verified and read.
    Delivery,
    /// It is a handshake, with this answer.
    Handshake(Response<Vec<u8>>),
    /// It is refused.
    Refused(ReceiveError),
}

/// How a provider receives a request with a secret.
pub type Receive = fn(&str, Incoming<'_>) -> Result<Outcome, SecretError>;

/// How it signs one, under an id, with the secret of a receiver.
pub type Sign = fn(&str, &str, Incoming<'_>) -> Result<Signed, SignError>;

/// A provider.
pub type Provider = (&'static str, Receive, Sign);

/// All providers.
pub const PROVIDERS: &[Provider] = include!(concat!(env!("OUT_DIR"), "/providers.rs"));

fn sign<E: runtime::Receive>(secret: &str, id: &str, incoming: Incoming<'_>) -> Result<Signed, SignError> {
    let receiver = Receiver::<E>::new(secret).map_err(|_| SignError::Failed)?;
    receiver.sign_request(id, incoming)
}

fn receive<E: runtime::Receive>(secret: &str, incoming: Incoming<'_>) -> Result<Outcome, SecretError> {
    let receiver = Receiver::<E>::new(secret)?;
    Ok(match receiver.handle(incoming) {
        Ok(Received::Delivery(_)) => Outcome::Delivery,
        Ok(Received::Handshake(response)) => Outcome::Handshake(response),
        Err(error) => Outcome::Refused(error),
    })
}
