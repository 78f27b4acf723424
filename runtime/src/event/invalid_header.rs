use std::fmt;

/// The value of a header that is not of the type that its document declares.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidHeader {
    /// The value as it came.
    pub text: String,
}

/// Without the value, which may be a secret.
impl fmt::Debug for InvalidHeader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("InvalidHeader").finish_non_exhaustive()
    }
}

impl fmt::Display for InvalidHeader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the header is not of the type that the document declares")
    }
}

impl std::error::Error for InvalidHeader {}
