use crate::invalid_payload::InvalidPayload;
use std::fmt;

/// Why a body could not be read.
///
/// ```
/// # mod shop { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/shop.rs")); }
/// # use shop::Event;
/// use webhook_runtime::ParseError;
///
/// let error = Event::from_slice_as("order.paid", b"{").unwrap_err();
/// assert!(matches!(error, ParseError::NotJson { line: 1, column: 1, .. }));
/// let error = Event::from_slice_as("order.paid", br#"{"total": "much"}"#).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the body does not fit the event `order.paid`: at `/total` expected an integer, found a string",
/// );
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ParseError {
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// How many bytes from the start are.
        offset: usize,
    },
    /// The text is not JSON.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, in bytes from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// The body is JSON, but does not fit the type of its event, or no type can hold it.
    InvalidPayload(Box<InvalidPayload>),
}

impl ParseError {
    pub(super) fn not_json(error: &serde_json::Error) -> Self {
        Self::NotJson { line: error.line(), column: error.column(), message: error.to_string() }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 { offset } => write!(formatter, "the body is not UTF-8 from byte {offset} on"),
            Self::NotJson { message, .. } => write!(formatter, "the body is not JSON: {message}"),
            Self::InvalidPayload(invalid) => invalid.fmt(formatter),
        }
    }
}

impl std::error::Error for ParseError {}
