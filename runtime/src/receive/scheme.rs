//! A scheme of one's own, and what schemes give.

use super::{Incoming, VerifyError};
use http::HeaderMap;
use std::borrow::Cow;
use std::time::{Duration, SystemTime};

/// How far the time that a delivery was signed at may lie from the receiver's clock unless the provider or
/// [`tolerance`](super::Receiver::tolerance) says otherwise: what the reference libraries of Standard Webhooks allow.
pub const DEFAULT_TOLERANCE: Duration = Duration::from_secs(300);

/// A way to sign deliveries that no [`Verify`](super::Verify) can say, for [`Receiver::custom`](super::Receiver::custom).
///
/// ```
/// use webhook_runtime::{Incoming, Scheme, Verified, VerifyError};
///
/// /// A gateway in front has verified the delivery, and nobody else can reach this service.
/// struct Gateway;
///
/// impl Scheme for Gateway {
///     fn verify<'r>(&self, incoming: &Incoming<'r>) -> Result<Verified<'r>, VerifyError> {
///         match incoming.headers.get("x-gateway-verified") {
///             Some(value) if value == "yes" => Ok(Verified::new(incoming.body)),
///             _ => Err(VerifyError::NoMatch),
///         }
///     }
/// }
/// ```
pub trait Scheme: Send + Sync {
    /// Checks that a request comes from the holder of a key, and takes the payload out of it. Compare in constant time,
    /// before anything is parsed.
    ///
    /// # Errors
    /// When it does not, is too old, or lacks what the scheme needs.
    fn verify<'r>(&self, incoming: &Incoming<'r>) -> Result<Verified<'r>, VerifyError>;
}

/// What a verified request holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified<'r> {
    /// The JSON text of the event; bytes that have been verified but not parsed.
    pub payload: Cow<'r, [u8]>,
    /// The id of the delivery, where the scheme signs one.
    pub id: Option<&'r str>,
    /// When it was signed, where the scheme signs that.
    pub timestamp: Option<SystemTime>,
}

impl<'r> Verified<'r> {
    /// A payload of which nothing else is known.
    pub fn new(payload: impl Into<Cow<'r, [u8]>>) -> Self {
        Self { payload: payload.into(), id: None, timestamp: None }
    }
}

/// What to send, so that it verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signed {
    /// The headers that the scheme adds to the request.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Signed {
    /// A body with the headers that prove where it comes from.
    #[must_use]
    pub fn new(headers: HeaderMap, body: Vec<u8>) -> Self {
        Self { headers, body }
    }
}
