//! Why a request was refused, and which HTTP status says so.

use crate::event::ParseError;
use crate::invalid_payload::InvalidPayload;
use http::{Response, StatusCode};
use std::fmt;
use std::time::Duration;

mod secret;
mod verify;

pub use secret::SecretError;
pub use verify::VerifyError;

/// Why no delivery came of a request.
///
/// ```
/// # mod shop {
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/shop.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/receive/shop.rs"));
/// # }
/// # use shop::Receiver;
/// use webhook_runtime::ReceiveError;
/// use webhook_runtime::http::HeaderMap;
///
/// let receiver = Receiver::new("a secret")?;
/// match receiver.receive((&HeaderMap::new(), br#"{"total": 1250}"#)) {
///     Ok(delivery) => println!("{:?}", delivery.event),
///     // It would not fit the next time either: keep it, and answer with success.
///     Err(ReceiveError::InvalidPayload(invalid)) => println!("{invalid}"),
///     Err(error) => {
///         assert_eq!(error.status(), 401);
///         assert_eq!(error.to_string(), "the header `shop-token` is missing");
///     }
/// }
/// # Ok::<(), webhook_runtime::SecretError>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum ReceiveError {
    /// The body is longer than the receiver allows.
    TooLarge {
        /// The most bytes that it takes.
        limit: usize,
    },
    /// The body took longer to arrive than the receiver waits.
    TooSlow {
        /// How long it waits.
        limit: Duration,
    },
    /// The connection broke before the whole body was there.
    Incomplete,
    /// The request does not prove where it comes from.
    Unverified(VerifyError),
    /// The verified payload cannot be read as JSON.
    Parse(ParseError),
    /// The verified payload is JSON, but does not fit the type of its event. It holds the event type
    /// and the whole body, so that it can be stored and the delivery answered with success: most
    /// providers stop sending after enough failures, and a second attempt would not fit either.
    InvalidPayload(Box<InvalidPayload>),
    /// The request is no delivery but tests the endpoint, and this is the answer that the provider waits for.
    Handshake(Box<Response<Vec<u8>>>),
}

impl ReceiveError {
    /// The HTTP status that tells the sender: 413, 408, 401 or 400; of a handshake, that of its answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow { .. } => StatusCode::REQUEST_TIMEOUT,
            Self::Unverified(_) => StatusCode::UNAUTHORIZED,
            Self::Handshake(response) => response.status(),
            Self::Incomplete | Self::Parse(_) | Self::InvalidPayload(_) => StatusCode::BAD_REQUEST,
        }
    }
}

impl PartialEq for ReceiveError {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::TooLarge { limit }, Self::TooLarge { limit: other }) => limit == other,
            (Self::TooSlow { limit }, Self::TooSlow { limit: other }) => limit == other,
            (Self::Incomplete, Self::Incomplete) => true,
            (Self::Unverified(error), Self::Unverified(other)) => error == other,
            (Self::Parse(error), Self::Parse(other)) => error == other,
            (Self::InvalidPayload(invalid), Self::InvalidPayload(other)) => invalid == other,
            (Self::Handshake(one), Self::Handshake(other)) => {
                let parts = |response: &Response<Vec<u8>>| (response.status(), response.headers().clone());
                parts(one) == parts(other) && one.body() == other.body()
            }
            _ => false,
        }
    }
}

impl From<VerifyError> for ReceiveError {
    fn from(error: VerifyError) -> Self {
        Self::Unverified(error)
    }
}

impl From<ParseError> for ReceiveError {
    fn from(error: ParseError) -> Self {
        match error {
            ParseError::InvalidPayload(invalid) => Self::InvalidPayload(invalid),
            other => Self::Parse(other),
        }
    }
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(formatter, "the body is longer than {limit} bytes"),
            Self::TooSlow { limit } => write!(formatter, "the body took longer than {limit:?} to arrive"),
            Self::Incomplete => formatter.write_str("the connection closed before the end of the body"),
            Self::Unverified(error) => error.fmt(formatter),
            Self::Parse(error) => error.fmt(formatter),
            Self::InvalidPayload(invalid) => invalid.fmt(formatter),
            Self::Handshake(_) => formatter.write_str("a test of the endpoint, not a delivery"),
        }
    }
}

/// Its text is that of the error in it, and so is its source.
impl std::error::Error for ReceiveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unverified(error) => error.source(),
            Self::Parse(error) => error.source(),
            Self::InvalidPayload(invalid) => invalid.source(),
            Self::TooLarge { .. } | Self::TooSlow { .. } | Self::Incomplete | Self::Handshake(_) => None,
        }
    }
}

/// Why something cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The id is empty or cannot be in a header.
    Id,
    /// The time lies before 1970.
    Time,
    /// The key can verify only.
    NoPrivateKey,
    /// A header or the URL that is signed is missing.
    Incomplete,
    /// The signature is in the URL or the body, where only the sender can put it.
    NotInHeaders,
    /// The key failed.
    Failed,
}

impl fmt::Display for SignError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Id => "the id is empty or cannot be in a header",
            Self::Time => "the time lies before 1970",
            Self::NoPrivateKey => "the key can verify only",
            Self::Incomplete => "a header or the URL that is signed is missing",
            Self::NotInHeaders => "the signature is in the URL or the body, where it has to be put by hand",
            Self::Failed => "the key failed to sign",
        })
    }
}

impl std::error::Error for SignError {}
