//! What a way to sign is made of.

use super::{SecretError, SignError, VerifyError};
use http::HeaderMap;
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

/// How far the time that a delivery was signed at may lie from the receiver's clock unless
/// [`tolerance`](super::Receiver::tolerance) says otherwise: what the reference libraries of Standard Webhooks allow.
pub const DEFAULT_TOLERANCE: Duration = Duration::from_secs(300);

/// A way to sign deliveries.
///
/// Its `Debug` must not show keys: that of [`Receiver`](super::Receiver) includes it.
pub trait Scheme: fmt::Debug + Sized {
    /// What the scheme leaves to each provider.
    type Settings;

    /// Checks that a request comes from the holder of a key, and takes the payload out of it.
    ///
    /// # Errors
    /// When it does not, is too old, or lacks what the scheme needs.
    fn verify<'r>(&self, incoming: &Incoming<'r>) -> Result<Verified<'r>, VerifyError>;
}

/// A scheme with keys.
pub trait Keyed: Scheme {
    /// Prepares for verifying with one secret.
    ///
    /// # Errors
    /// When the scheme cannot use it.
    fn new(settings: Self::Settings, secret: &str) -> Result<Self, SecretError>;

    /// Accepts what is signed with this secret, too: while a provider rotates its secret, the old
    /// one and the new one hold.
    ///
    /// # Errors
    /// When the scheme cannot use it.
    fn add_secret(&mut self, secret: &str) -> Result<(), SecretError>;
}

/// A scheme whose provider may send without a signature.
pub trait Unkeyed: Scheme {
    /// Accepts every request, whoever sends it.
    fn unverified(settings: Self::Settings) -> Self;
}

/// A scheme that signs a time.
pub trait Timed: Scheme {
    /// Sets how far that time may lie from the receiver's clock.
    fn set_tolerance(&mut self, tolerance: Duration);
}

/// A scheme whose receiver's key can sign, too.
pub trait Sign: Scheme {
    /// Signs a body as the provider does. A scheme that has no place for the id or the time leaves
    /// it out.
    ///
    /// # Errors
    /// When the key can verify only, or the id or the time cannot stand in a header.
    fn sign(&self, id: &str, at: SystemTime, body: &[u8]) -> Result<Signed, SignError>;
}

/// A request, as far as receiving depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'r> {
    /// The path of its URL, with the query if there is one; only for a secret that stands there.
    pub path: &'r str,
    /// Its headers.
    pub headers: &'r HeaderMap,
    /// Its body, byte for byte as it came.
    pub body: &'r [u8],
    /// The time to judge its age by.
    pub now: SystemTime,
}

impl<'r> Incoming<'r> {
    /// A request that came now; the path is left empty.
    #[must_use]
    pub fn new(headers: &'r HeaderMap, body: &'r [u8]) -> Self {
        Self { path: "", headers, body, now: SystemTime::now() }
    }
}

/// What a verified request holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<'r> {
    /// The JSON text of the event; bytes that have been verified but not parsed.
    pub payload: Cow<'r, [u8]>,
    /// The id of the delivery, where the scheme signs one.
    pub id: Option<&'r str>,
    /// When it was signed, where the scheme signs that.
    pub timestamp: Option<SystemTime>,
}

/// What to send, so that it verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The headers that the scheme adds to the request.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}
