use crate::event::Expression;
use http::HeaderName;
use std::fmt;
use std::time::Duration;

/// Why a request does not prove where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// A header that the scheme needs is not there.
    MissingHeader {
        /// Its name; the one that the provider sends, where the scheme knows several.
        name: HeaderName,
    },
    /// A header is repeated, so that it is open which one counts.
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
        /// Where it should be.
        at: Expression,
    },
    /// A value is not of its form.
    MalformedValue {
        /// Where it is.
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
    /// There is no signed token in compact form where one should be.
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
                write!(formatter, "the header `{name}` is repeated")
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
