//! The order of receiving: size, handshakes that are not signed, signature, handshakes that are, parsing.

use super::engine::Engine;
use super::key::{Purpose, Secret};
use super::watch::Watch;
use super::{
    Clock, Delivery, Incoming, Receive, ReceiveError, Received, Scheme, SecretError, Verified, VerifyError,
    delivery_id, header, trace,
};
use crate::event::Body;
use crate::invalid_payload::InvalidPayload;
use http::{HeaderMap, HeaderValue, Uri};
use std::fmt;
use std::time::{Duration, SystemTime};

/// The longest body that a [`Receiver`] takes unless [`Receiver::max_body`] says otherwise: 1 MiB. The providers'
/// documented bodies are below a hundredth of that.
pub const DEFAULT_MAX_BODY: usize = 1 << 20;

/// How long an axum handler waits for a whole body unless [`Receiver::read_timeout`] says otherwise. In that time even 40 KB a
/// second make a body of [`DEFAULT_MAX_BODY`].
#[cfg(feature = "axum")]
pub const DEFAULT_READ_TIMEOUT: Duration = Duration::from_secs(30);

/// Receives the deliveries of one provider.
///
/// Its keys are prepared once: keep it for the life of the program, and share it (it needs no lock).
///
/// ```
/// # mod shop {
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/shop.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/receive/shop.rs"));
/// # }
/// # use webhook_runtime::http;
/// # use shop::{Event, Receiver};
/// let receiver = Receiver::new("a secret")?;
/// # let signed = receiver.sign("delivery-1", std::time::SystemTime::now(), br#"{"total": 1250}"#)?;
/// # let mut request = http::Request::post("/hooks").header("shop-event", "order.paid").body(signed.body)?;
/// # request.headers_mut().extend(signed.headers);
/// let delivery = receiver.receive(&request)?;
/// assert_eq!(delivery.id.as_deref(), Some("delivery-1"));
/// assert!(matches!(delivery.event, Event::OrderPaid(_)));
///
/// let another = Receiver::new("another secret")?;
/// assert_eq!(another.receive(&request).unwrap_err().status(), 401);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
/// A delivery that is sent a second time is received a second time, be it by the provider, which
/// retries until it sees success, or by somebody who recorded it. To act once, remember
/// [`Delivery::id`].
pub struct Receiver<E: Receive> {
    pub(super) engine: Engine,
    custom: Option<Box<dyn Scheme>>,
    pub(super) watch: Option<Box<Watch>>,
    max_body: usize,
    #[cfg(feature = "axum")]
    pub(crate) read_timeout: Duration,
    event: std::marker::PhantomData<fn() -> E>,
}

impl<E: Receive> Receiver<E> {
    /// Accepts what is signed with this secret: the shared one, or the provider's public key.
    ///
    /// # Errors
    /// When it is empty or not of the form that the scheme needs.
    pub fn new(secret: &str) -> Result<Self, SecretError> {
        Self::with_secrets([secret])
    }

    /// Accepts what is signed with any of these secrets, for the time of a rotation.
    ///
    /// # Errors
    /// When there is none, or one of them is not of the form that the scheme needs.
    pub fn with_secrets<S: AsRef<str>>(secrets: impl IntoIterator<Item = S>) -> Result<Self, SecretError> {
        let mut receiver = Self::unverified();
        for secret in secrets {
            receiver.engine.add(secret.as_ref(), Purpose::Verify)?;
        }
        if receiver.engine.secrets.is_empty() { Err(SecretError::Missing) } else { Ok(receiver) }
    }

    /// Accepts **every** request, **whoever sends it**. Whoever knows the URL can make up events.
    ///
    /// It exists only for providers that send without a signature, and for those whose users may leave the secret out.
    /// Prefer a secret in the URL ([`new`](Self::new)), and treat what comes as a hint: ask the provider's API before
    /// acting on it.
    #[must_use]
    pub fn unverified() -> Self {
        Self {
            engine: Engine::new(E::VERIFY),
            custom: None,
            watch: None,
            max_body: DEFAULT_MAX_BODY,
            #[cfg(feature = "axum")]
            read_timeout: DEFAULT_READ_TIMEOUT,
            event: std::marker::PhantomData,
        }
    }

    /// Verifies by a scheme of one's own instead of the provider's.
    #[must_use]
    pub fn custom(scheme: impl Scheme + 'static) -> Self {
        Self { custom: Some(Box::new(scheme)), ..Self::unverified() }
    }

    /// Takes bodies of up to so many bytes instead of [`DEFAULT_MAX_BODY`].
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// The longest body that it takes, in bytes.
    #[must_use]
    pub fn max_body_size(&self) -> usize {
        self.max_body
    }

    /// Waits so long for a whole body instead of [`DEFAULT_READ_TIMEOUT`]: see [`axum`](crate::axum#slow-senders).
    #[cfg(feature = "axum")]
    #[must_use]
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.read_timeout = limit;
        self
    }

    /// Lets the sender's clock differ from the receiver's by so much instead of what the provider or
    /// [`DEFAULT_TOLERANCE`](super::DEFAULT_TOLERANCE) says, in both directions; the `exp`, `nbf` and `iat` of a token as
    /// well. `Duration::ZERO` allows no difference, `Duration::MAX` any. Without effect where no time is signed.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        let is_declared = matches!(self.engine.clock, Clock::Enforced { is_declared: true, .. });
        self.engine.clock = Clock::Enforced { tolerance, is_declared };
        self
    }

    /// Accepts deliveries whose time is over, has not come or is not stated. It and [`tolerance`](Self::tolerance) take
    /// each other's place; the later one counts.
    ///
    /// For stored requests, and for providers that repeat a token unchanged after it has expired. A recorded delivery
    /// then holds for ever: remember [`Delivery::id`].
    #[must_use]
    pub fn accept_expired(mut self) -> Self {
        self.engine.clock = Clock::Ignored;
        self
    }

    /// What the provider calls this endpoint, for schemes that sign the URL, behind a proxy: as
    /// `https://example.com`, or with the path where the proxy changes it. The query is that of the request.
    #[must_use]
    pub fn public_url(mut self, url: Uri) -> Self {
        self.engine.public_url = Some(url);
        self
    }

    /// Checks where a request comes from, and takes the payload out of it without parsing it.
    ///
    /// # Errors
    /// [`ReceiveError::TooLarge`] and [`ReceiveError::Unverified`].
    pub fn verify<'r>(&self, request: impl Into<Incoming<'r>>) -> Result<Verified<'r>, ReceiveError> {
        let incoming = request.into();
        let verified = self.check_size(&incoming).and_then(|()| Ok(self.checked(&incoming)?));
        verified.map(|(verified, _)| verified).inspect_err(|error| trace::refused::<E>(error, &incoming))
    }

    /// Verifies a request, then reads its event. The request is an [`http::Request`], or `(&headers, &body)`, or
    /// whatever else makes an [`Incoming`].
    ///
    /// # Errors
    /// When the body is too large, the signature does not hold, or the payload is not JSON that fits
    /// its event. [`ReceiveError::status`] is what to answer. A handshake is an error here that holds the answer to it:
    /// [`handle`](Self::handle) returns it beside deliveries.
    pub fn receive<'r>(&self, request: impl Into<Incoming<'r>>) -> Result<Delivery<E>, ReceiveError> {
        let incoming = request.into();
        self.handled(&incoming, Err).inspect_err(|error| trace::refused::<E>(error, &incoming))
    }

    /// [`receive`](Self::receive) as if it were `now`: for tests, and for requests that were stored.
    ///
    /// # Errors
    /// As `receive`.
    pub fn receive_at<'r>(
        &self,
        request: impl Into<Incoming<'r>>,
        now: SystemTime,
    ) -> Result<Delivery<E>, ReceiveError> {
        self.receive(request.into().at(now))
    }

    /// Verifies a request, then reads its event or answers its handshake.
    ///
    /// # Errors
    /// As [`receive`](Self::receive).
    pub fn handle<'r>(&self, request: impl Into<Incoming<'r>>) -> Result<Received<E>, ReceiveError> {
        match self.receive(request) {
            Ok(delivery) => Ok(Received::Delivery(Box::new(delivery))),
            Err(ReceiveError::Handshake(response)) => Ok(Received::Handshake(*response)),
            Err(error) => Err(error),
        }
    }

    /// As [`receive`](Self::receive), but an event whose body does not fit its type is handed over as unknown: who sent it
    /// would send the same again.
    #[cfg(any(feature = "axum", feature = "captured"))]
    pub(crate) fn receive_any(&self, incoming: &Incoming<'_>) -> Result<Delivery<E>, ReceiveError> {
        let known = |error| match error {
            ReceiveError::InvalidPayload(invalid) => match invalid.value() {
                Ok(body) => {
                    let event = E::from_unknown(crate::event::Unknown { event_type: invalid.event_type.clone(), body });
                    Ok((event, Some(invalid)))
                }
                Err(_) => Err(ReceiveError::InvalidPayload(invalid)),
            },
            other => Err(other),
        };
        let delivery = self.handled(incoming, known).inspect_err(|error| trace::refused::<E>(error, incoming))?;
        if let Some(invalid) = &delivery.invalid {
            trace::refused::<E>(&ReceiveError::InvalidPayload(invalid.clone()), incoming);
        }
        Ok(delivery)
    }

    /// `unread`: what becomes of an event that cannot be read.
    fn handled(
        &self,
        incoming: &Incoming<'_>,
        unread: impl FnOnce(ReceiveError) -> Result<(E, Option<Box<InvalidPayload>>), ReceiveError>,
    ) -> Result<Delivery<E>, ReceiveError> {
        self.check_size(incoming)?;
        self.handshake(incoming, None)?;
        let (verified, secret) = self.checked(incoming)?;
        self.handshake(incoming, Some(secret))?;
        let body = Body::new(&verified.payload);
        let event = E::read_body(body, |name| header::text(incoming.headers, name), delivery_id::of_item::<E>);
        let (event, invalid) = event.map(|event| (event, None)).or_else(|error| unread(error.into()))?;
        self.watch(body, incoming);
        for invalid in event.invalid() {
            trace::refused::<E>(&ReceiveError::InvalidPayload(Box::new(invalid.clone())), incoming);
        }
        Ok(Delivery {
            id: delivery_id::of::<E>(&verified, body, incoming.headers),
            timestamp: verified.timestamp,
            is_test: is_test::<E>(incoming.headers),
            event,
            invalid,
        })
    }

    /// What is answered at once is an error up to the end.
    fn handshake(&self, incoming: &Incoming<'_>, verified: Option<Option<&Secret>>) -> Result<(), ReceiveError> {
        if E::HANDSHAKES.is_empty() {
            return Ok(());
        }
        match self.engine.handshake(E::HANDSHAKES, incoming, verified)? {
            Some(response) => Err(ReceiveError::Handshake(Box::new(response))),
            None => Ok(()),
        }
    }

    fn check_size(&self, incoming: &Incoming<'_>) -> Result<(), ReceiveError> {
        match incoming.body.len() > self.max_body {
            true => Err(ReceiveError::TooLarge { limit: self.max_body }),
            false => Ok(()),
        }
    }

    fn checked<'r>(&self, incoming: &Incoming<'r>) -> Result<(Verified<'r>, Option<&Secret>), VerifyError> {
        match &self.custom {
            Some(scheme) => scheme.verify(incoming).map(|verified| (verified, None)),
            None => self.engine.verify(incoming),
        }
    }
}

impl<E: Receive> fmt::Debug for Receiver<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Receiver")
            .field("verify", &self.engine)
            .field("custom", &self.custom.is_some())
            .field("max_body", &self.max_body)
            .finish()
    }
}

fn is_test<E: Receive>(headers: &HeaderMap) -> bool {
    let marks = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"true");
    E::TEST_HEADER.is_some_and(|name| matches!(header::single(headers, &name), Ok(Some(value)) if marks(value)))
}
