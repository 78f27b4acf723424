//! The order of receiving: size, headers, signature, unwrapping, parsing.

use super::{
    Incoming, Keyed, Receive, ReceiveError, Scheme, SecretError, Sign, SignError, Signed, Timed, Unkeyed, Verified,
    delivery_id, header,
};
use crate::event::{self, Body};
use http::{HeaderMap, HeaderName};
use std::fmt;
use std::time::{Duration, SystemTime};

/// The longest body that a [`Receiver`] takes unless it is told otherwise: 1 MiB. The providers'
/// documented bodies are below a hundredth of that.
pub const DEFAULT_MAX_BODY: usize = 1 << 20;

/// How long an axum handler waits for a whole body unless the [`Receiver`] is told otherwise. In that time even 40 KB a
/// second make a body of [`DEFAULT_MAX_BODY`].
#[cfg(feature = "axum")]
pub const DEFAULT_READ_TIMEOUT: Duration = Duration::from_secs(30);

/// Receives the deliveries of one provider.
///
/// Its keys are prepared once: keep it for the life of the program, and share it (it needs no lock).
///
/// A delivery that is sent a second time is received a second time, be it by the provider, which
/// retries until it sees success, or by somebody who recorded it. To act once, remember
/// [`Delivery::id`].
pub struct Receiver<E: Receive> {
    pub(super) scheme: E::Scheme,
    max_body: usize,
    #[cfg(feature = "axum")]
    pub(crate) read_timeout: Duration,
}

impl<E: Receive<Scheme: Keyed>> Receiver<E> {
    /// Accepts what is signed with this secret.
    ///
    /// # Errors
    /// When it is empty or not of the form that the scheme needs.
    pub fn new(secret: &str) -> Result<Self, SecretError> {
        E::Scheme::new(E::SETTINGS, secret).map(Self::of)
    }

    /// Accepts what is signed with any of these secrets, for the time of a rotation.
    ///
    /// # Errors
    /// When there is none, or one of them is not of the form that the scheme needs.
    pub fn with_secrets<S: AsRef<str>>(secrets: impl IntoIterator<Item = S>) -> Result<Self, SecretError> {
        let mut secrets = secrets.into_iter();
        let first = secrets.next().ok_or(SecretError::Missing)?;
        let mut receiver = Self::new(first.as_ref())?;
        for secret in secrets {
            receiver.scheme.add_secret(secret.as_ref())?;
        }
        Ok(receiver)
    }
}

impl<E: Receive<Scheme: Unkeyed>> Receiver<E> {
    /// Accepts **every** request, **whoever sends it**. Whoever knows the URL can make up events.
    ///
    /// It exists only for providers that send without a signature. Prefer a secret in the path of
    /// the URL ([`new`](Self::new)), and treat what comes as a hint: ask the provider's API before
    /// acting on it.
    #[must_use]
    pub fn unverified() -> Self {
        Self::of(E::Scheme::unverified(E::SETTINGS))
    }
}

impl<E: Receive> Receiver<E> {
    fn of(scheme: E::Scheme) -> Self {
        Self {
            scheme,
            max_body: DEFAULT_MAX_BODY,
            #[cfg(feature = "axum")]
            read_timeout: DEFAULT_READ_TIMEOUT,
        }
    }

    /// Takes bodies of up to so many bytes instead of [`DEFAULT_MAX_BODY`].
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// The longest body that it takes, in bytes.
    #[must_use]
    pub fn body_limit(&self) -> usize {
        self.max_body
    }

    /// Waits so long for a whole body instead of [`DEFAULT_READ_TIMEOUT`]: see [`axum`](crate::axum#slow-senders).
    #[cfg(feature = "axum")]
    #[must_use]
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.read_timeout = limit;
        self
    }

    /// Checks where a request comes from, and takes the payload out of it without parsing it.
    ///
    /// # Errors
    /// [`ReceiveError::TooLarge`] and [`ReceiveError::Unverified`].
    pub fn verify<'r>(&self, headers: &'r HeaderMap, body: &'r [u8]) -> Result<Verified<'r>, ReceiveError> {
        self.verify_from(&Incoming::new(headers, body))
    }

    /// [`verify`](Self::verify) for a request whose path or time matters.
    ///
    /// # Errors
    /// [`ReceiveError::TooLarge`] and [`ReceiveError::Unverified`].
    pub fn verify_from<'r>(&self, incoming: &Incoming<'r>) -> Result<Verified<'r>, ReceiveError> {
        if incoming.body.len() > self.max_body {
            return Err(ReceiveError::TooLarge { limit: self.max_body });
        }
        Ok(self.scheme.verify(incoming)?)
    }

    /// Verifies a request, then reads its event.
    ///
    /// # Errors
    /// When the body is too large, the signature does not hold, or the payload is not JSON that fits
    /// its event. [`ReceiveError::status`] is what to answer.
    pub fn receive(&self, headers: &HeaderMap, body: &[u8]) -> Result<Delivery<E>, ReceiveError> {
        self.receive_from(&Incoming::new(headers, body))
    }

    /// [`receive`](Self::receive) as if it were `now`: for tests, and for requests that were stored.
    ///
    /// # Errors
    /// As `receive`.
    pub fn receive_at(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<Delivery<E>, ReceiveError> {
        self.receive_from(&Incoming { path: "", headers, body, now })
    }

    /// [`receive`](Self::receive) for a request whose path matters, because a secret stands there.
    ///
    /// # Errors
    /// As `receive`.
    pub fn receive_from(&self, incoming: &Incoming<'_>) -> Result<Delivery<E>, ReceiveError> {
        let verified = self.verify_from(incoming)?;
        let body = Body::new(&verified.payload);
        let event = event::read(body, |name| header::text(incoming.headers, name))?;
        Ok(Delivery {
            id: delivery_id::of::<E>(&verified, body, incoming.headers),
            timestamp: verified.timestamp,
            probe: is_probe::<E>(incoming.headers),
            headers: E::headers(|name| header::text(incoming.headers, name)),
            event,
        })
    }
}

impl<E: Receive<Scheme: Timed>> Receiver<E> {
    /// Lets the sender's clock differ from the receiver's by so much instead of [`DEFAULT_TOLERANCE`](super::DEFAULT_TOLERANCE),
    /// in both directions. `Duration::ZERO` allows no difference, `Duration::MAX` any.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.scheme.set_tolerance(tolerance);
        self
    }
}

impl<E: Receive<Scheme: Sign>> Receiver<E> {
    /// Signs a body as the provider does, with the receiver's own key: for tests, and for senders.
    ///
    /// # Errors
    /// When the key can verify only, or the id or the time cannot stand in a header.
    pub fn sign(&self, id: &str, at: SystemTime, body: &[u8]) -> Result<Signed, SignError> {
        self.scheme.sign(id, at, body)
    }
}

impl<E: Receive> fmt::Debug for Receiver<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Receiver").field("scheme", &self.scheme).field("max_body", &self.max_body).finish()
    }
}

/// A verified event.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Delivery<E: Receive> {
    /// What stays the same over all attempts of one delivery; `None` where the provider sends no
    /// such thing. Where it names what the event is about, as the id of a call does, several events
    /// share it: remember it together with the event type.
    pub id: Option<String>,
    /// When this attempt was signed, where the scheme signs that.
    pub timestamp: Option<SystemTime>,
    /// Whether the provider only tests the endpoint, as when it is being registered: answer with
    /// success, and do not act on the event. It is read from a header that no scheme signs.
    pub probe: bool,
    /// The headers that the provider's documents declare. Few schemes sign any of them.
    pub headers: E::Headers,
    /// The event.
    pub event: E,
}

fn is_probe<E: Receive>(headers: &HeaderMap) -> bool {
    let marks =
        |name: HeaderName| header::text(headers, name.as_str()).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    E::PROBE_HEADER.is_some_and(marks)
}
