//! Receivers from the provider.yaml files of docs/signatures.

use webhook_runtime::http::Response;
use webhook_runtime::{Incoming, Receive, ReceiveError, Received, Receiver, SecretError};

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

/// A provider, and how it receives a request with a secret.
pub type Provider = (&'static str, fn(&str, Incoming<'_>) -> Result<Outcome, SecretError>);

/// All providers.
pub const PROVIDERS: &[Provider] = include!(concat!(env!("OUT_DIR"), "/providers.rs"));

fn receive<E: Receive>(secret: &str, incoming: Incoming<'_>) -> Result<Outcome, SecretError> {
    let receiver = Receiver::<E>::new(secret)?;
    Ok(match receiver.handle(incoming) {
        Ok(Received::Delivery(_)) => Outcome::Delivery,
        Ok(Received::Handshake(response)) => Outcome::Handshake(response),
        Err(error) => Outcome::Refused(error),
    })
}
