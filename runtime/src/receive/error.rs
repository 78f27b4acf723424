//! Why a request was refused, and which HTTP status says so.

use crate::event::Expression;
use crate::event::ParseError;
use crate::invalid_payload::InvalidPayload;
use http::{HeaderName, Response, StatusCode};
use std::fmt;
use std::time::Duration;

/// Why no delivery came of a request.
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
            Self::Incomplete => formatter.write_str("the connection broke off before the end of the body"),
            Self::Unverified(error) => error.fmt(formatter),
            Self::Parse(error) => error.fmt(formatter),
            Self::InvalidPayload(invalid) => invalid.fmt(formatter),
            Self::Handshake(_) => formatter.write_str("a test of the endpoint, not a delivery"),
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
    /// A value that the scheme needs is not there.
    MissingValue {
        /// Where it should stand.
        at: Expression,
    },
    /// A value is not of its form.
    MalformedValue {
        /// Where it stands.
        at: Expression,
        /// Its form.
        expected: &'static str,
    },
    /// The scheme signs the URL, and the request holds a part of it only.
    NeedsPublicUrl,
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
    /// No signed token in compact form stands where one should.
    NotAToken,
    /// The token's own header contradicts how it must be signed.
    TokenHeader,
    /// The token's claims cannot be read, or do not say from or until when it holds.
    TokenClaims,
    /// The token is for another body.
    BodyDigest,
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
            Self::MissingValue { at } => write!(formatter, "{} is missing", Shown(at)),
            Self::MalformedValue { at, expected } => write!(formatter, "{} is not {expected}", Shown(at)),
            Self::NeedsPublicUrl => {
                formatter.write_str("the signature covers the URL, which is known in part: set `Receiver::public_url`")
            }
            Self::BodyDigest => formatter.write_str("the token is for another body"),
            Self::NotAToken => formatter.write_str("there is no JSON Web Signature in compact form"),
            Self::TokenHeader => {
                formatter.write_str("the token's header names another algorithm, or asks for an extension")
            }
            Self::TokenClaims => formatter.write_str("the token's claims cannot be read, or lack `exp` and `iat`"),
            Self::Expired => formatter.write_str("the token has expired"),
            Self::NotYetValid => formatter.write_str("the token is not valid yet"),
            Self::PathSecret => formatter.write_str("neither the path nor the query of the URL holds the secret"),
        }
    }
}

impl std::error::Error for VerifyError {}

/// An expression as documents write it.
struct Shown<'e>(&'e Expression);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Expression::Header(name) => write!(formatter, "the header `{name}`"),
            Expression::Body([]) => formatter.write_str("the body"),
            Expression::Body(tokens) => write!(formatter, "`/{}` in the body", tokens.join("/")),
            Expression::Query(name) => write!(formatter, "the parameter `{name}` of the query"),
            Expression::Path => formatter.write_str("the last segment of the path"),
            Expression::Method => formatter.write_str("the method"),
            Expression::Url | Expression::Endpoint => formatter.write_str("the URL"),
        }
    }
}

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
    /// It is not in hexadecimal.
    NotHex,
    /// It is a password without its user: HTTP Basic needs `user:password`.
    NoUser,
    /// Its scheme is not compiled.
    NeedsFeature {
        /// The feature of `webhook-runtime` that is off.
        feature: &'static str,
    },
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
            Self::NotHex => formatter.write_str("the secret is not valid hexadecimal"),
            Self::NoUser => formatter.write_str("the secret is not of the form `user:password`"),
            Self::NeedsFeature { feature } => write!(formatter, "the secret's scheme needs the feature `{feature}`"),
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
    /// A header or the URL that is signed is missing.
    Incomplete,
    /// The signature stands in the URL or the body, where only the sender can put it.
    NotInHeaders,
    /// The key failed.
    Failed,
}

impl fmt::Display for SignError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Id => "the id is empty or cannot stand in a header",
            Self::Time => "the time lies before 1970",
            Self::NoPrivateKey => "the key can verify only",
            Self::Incomplete => "a header or the URL that is signed is missing",
            Self::NotInHeaders => "the signature stands in the URL or the body, where it has to be put by hand",
            Self::Failed => "the key failed to sign",
        })
    }
}

impl std::error::Error for SignError {}
