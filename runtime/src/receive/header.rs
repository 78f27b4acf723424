//! Headers that a request may have once.

use super::VerifyError;
use http::{HeaderMap, HeaderName, HeaderValue};

/// The value of a header that a signature depends on.
pub(super) fn single<'r>(headers: &'r HeaderMap, name: &HeaderName) -> Result<Option<&'r HeaderValue>, VerifyError> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    match values.next() {
        None => Ok(first),
        Some(_) => Err(VerifyError::RepeatedHeader { name: name.clone() }),
    }
}

/// The text of a header that an expression names; none where the header is repeated.
pub fn text<'r>(headers: &'r HeaderMap, name: &str) -> Option<&'r str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() {
        return None;
    }
    first.to_str().ok()
}
