//! Why a request was refused, and which HTTP status says so.

use crate::event::ParseError;
use crate::invalid_payload::InvalidPayload;
use http::{HeaderName, StatusCode};
use std::fmt;
use std::time::Duration;

/// Why no delivery came of a request.
#[derive(Debug, Clone, PartialEq)]
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
}

impl ReceiveError {
    /// The HTTP status that tells the sender: 413, 408, 401 or 400.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow { .. } => StatusCode::REQUEST_TIMEOUT,
            Self::Unverified(_) => StatusCode::UNAUTHORIZED,
            Self::Incomplete | Self::Parse(_) | Self::InvalidPayload(_) => StatusCode::BAD_REQUEST,
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
            Self::Incomplete => formatter.write_str("the connection broke off before the end of the body"),
            Self::Unverified(error) => error.fmt(formatter),
            Self::Parse(error) => error.fmt(formatter),
            Self::InvalidPayload(invalid) => invalid.fmt(formatter),
        }
    }
}

impl std::error::Error for ReceiveError {}

/// Why a request does not prove where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// A header that the scheme needs is not there.
    MissingHeader {
        /// Its name; the one that the provider sends, where the scheme knows several.
        name: HeaderName,
    },
    /// A header stands there more than once, so that it is open which one was meant.
    RepeatedHeader {
        /// Its name.
        name: HeaderName,
    },
    /// A header's value is not of its form.
    MalformedHeader {
        /// Its name.
        name: HeaderName,
        /// Its form.
        expected: &'static str,
    },
    /// It was signed too long ago; somebody may be sending it a second time.
    TooOld {
        /// How long ago.
        age: Duration,
        /// How long ago it may be.
        tolerance: Duration,
    },
    /// It was signed in the future: one of the two clocks is wrong.
    TooNew {
        /// How far in the future.
        ahead: Duration,
        /// How far it may be.
        tolerance: Duration,
    },
    /// No signature is of a known kind, by a known key, and over these bytes.
    NoMatch,
    /// The body is no signed token in compact form.
    NotAToken,
    /// The token's own header contradicts how it must be signed.
    TokenHeader,
    /// The token's claims cannot be read, or do not say until when it holds.
    TokenClaims,
    /// The token's time is over.
    Expired,
    /// The token's time has not come.
    NotYetValid,
    /// The path of the URL does not end with the secret, and its query does not hold it.
    PathSecret,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader { name } => write!(formatter, "the header `{name}` is missing"),
            Self::RepeatedHeader { name } => {
                write!(formatter, "the header `{name}` stands there more than once")
            }
            Self::MalformedHeader { name, expected } => {
                write!(formatter, "the header `{name}` is not {expected}")
            }
            Self::TooOld { age, tolerance } => {
                let (age, tolerance) = (age.as_secs(), tolerance.as_secs());
                write!(formatter, "signed {age} s ago, more than {tolerance} s")
            }
            Self::TooNew { ahead, tolerance } => {
                let (ahead, tolerance) = (ahead.as_secs(), tolerance.as_secs());
                write!(formatter, "signed {ahead} s in the future, more than {tolerance} s")
            }
            Self::NoMatch => formatter.write_str("no signature matches"),
            Self::NotAToken => formatter.write_str("the body is no JSON Web Signature in compact form"),
            Self::TokenHeader => formatter.write_str("the token's header does not say RS256, or asks for an extension"),
            Self::TokenClaims => formatter.write_str("the token's claims cannot be read, or lack `exp`"),
            Self::Expired => formatter.write_str("the token has expired"),
            Self::NotYetValid => formatter.write_str("the token is not valid yet"),
            Self::PathSecret => formatter.write_str("neither the path nor the query of the URL holds the secret"),
        }
    }
}

impl std::error::Error for VerifyError {}

/// Why a secret cannot be used. It never holds any part of the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// There is none: it is empty or nothing but white space, or a list of secrets is empty.
    Missing,
    /// It begins or ends with white space, such as the line feed at the end of a file.
    Whitespace,
    /// It holds a control character, or begins or ends with a character that cannot be seen, such as
    /// a byte order mark.
    HiddenCharacter,
    /// It stands in quotation marks, which belong to the file or the shell that it comes from.
    Quoted,
    /// It is not in base64; that of a shared key has the standard alphabet and padding.
    NotBase64,
    /// It is too short to be a secret.
    TooShort {
        /// The fewest bytes.
        least: usize,
    },
    /// It holds characters that a path cannot hold unescaped.
    NotForPaths,
    /// It is not the key that the scheme needs.
    NotAKey {
        /// The key that it needs.
        expected: &'static str,
        /// What it is instead.
        found: &'static str,
    },
    /// It is an ed25519 key, and the feature `ed25519` is off.
    NeedsEd25519,
}

impl fmt::Display for SecretError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => formatter.write_str("there is no secret: it is empty or nothing but white space"),
            Self::Whitespace => formatter
                .write_str("the secret begins or ends with white space, such as the line feed of a file: trim it"),
            Self::HiddenCharacter => formatter.write_str(
                "the secret holds a character that cannot be seen, such as a byte order mark or a control character",
            ),
            Self::Quoted => formatter.write_str("the secret stands in quotation marks: take them off"),
            Self::NotBase64 => formatter.write_str("the secret is not valid base64"),
            Self::TooShort { least } => {
                write!(formatter, "the secret is shorter than {least} bytes")
            }
            Self::NotForPaths => formatter.write_str("the secret holds more than letters, digits and `-._~`"),
            Self::NotAKey { expected, found } => write!(formatter, "the secret is {found}, not {expected}"),
            Self::NeedsEd25519 => formatter.write_str("the secret is an ed25519 key, and the feature `ed25519` is off"),
        }
    }
}

impl std::error::Error for SecretError {}

/// Why something cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The id is empty or cannot stand in a header.
    Id,
    /// The time lies before 1970.
    Time,
    /// The key can verify only.
    NoPrivateKey,
    /// The key failed.
    Failed,
}

impl fmt::Display for SignError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Id => "the id is empty or cannot stand in a header",
            Self::Time => "the time lies before 1970",
            Self::NoPrivateKey => "the key can verify only",
            Self::Failed => "the key failed to sign",
        })
    }
}

impl std::error::Error for SignError {}
