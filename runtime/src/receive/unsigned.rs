//! No signature; at best, a secret in the URL.

use super::{Incoming, Keyed, Scheme, SecretError, Sign, SignError, Signed, Unkeyed, Verified, VerifyError, secret};
use http::HeaderMap;
use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The provider signs nothing.
///
/// What a receiver can do about it is to give the provider a URL that nobody can guess. That is
/// [`Receiver::new`](super::Receiver::new): the secret stands as the last segment of the URL's path,
/// or as the value of a parameter of its query. [`Incoming::path`] then must hold it.
///
/// ```text
/// https://example.com/hooks/iclosed/dGhpcyBpcyBub3Qgb25l
/// https://example.com/hooks/iclosed?s=dGhpcyBpcyBub3Qgb25l
/// ```
///
/// It does not prove that the body is as the provider wrote it, and URLs end up in the logs of
/// proxies. [`Receiver::unverified`](super::Receiver::unverified) proves nothing at all.
#[derive(Clone)]
pub struct Unsigned {
    /// Empty only if it was made by `unverified`.
    secrets: Vec<Zeroizing<String>>,
}

/// 96 bits in base64; what a person might choose or a scanner guess is shorter.
const LEAST: usize = 16;

impl Scheme for Unsigned {
    type Settings = ();

    fn verify<'r>(&self, incoming: &Incoming<'r>) -> Result<Verified<'r>, VerifyError> {
        if !self.secrets.is_empty() && !candidates(incoming.path).any(|candidate| self.opens(candidate)) {
            return Err(VerifyError::PathSecret);
        }
        Ok(Verified { payload: Cow::Borrowed(incoming.body), id: None, timestamp: None })
    }
}

impl Unsigned {
    /// Compares in constant time for a secret of the same length; the length alone helps nobody.
    fn opens(&self, candidate: &str) -> bool {
        self.secrets.iter().any(|secret| secret.as_bytes().ct_eq(candidate.as_bytes()).into())
    }
}

/// Where a secret may stand: in the last segment of the path, and in the values of the query.
fn candidates(path_and_query: &str) -> impl Iterator<Item = &str> {
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    let path = path.trim_end_matches('/');
    let (_, last) = path.rsplit_once('/').unwrap_or(("", path));
    let values = query.split('&').filter_map(|parameter| parameter.split_once('=')).map(|(_, value)| value);
    std::iter::once(last).chain(values)
}

impl Keyed for Unsigned {
    fn new((): (), secret: &str) -> Result<Self, SecretError> {
        let mut scheme = Self::unverified(());
        scheme.add_secret(secret)?;
        Ok(scheme)
    }

    fn add_secret(&mut self, secret: &str) -> Result<(), SecretError> {
        secret::check_text(secret)?;
        if secret.len() < LEAST {
            return Err(SecretError::TooShort { least: LEAST });
        }
        // The unreserved characters of RFC 3986 (section 2.3): others might arrive escaped or not.
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if !secret.bytes().all(fits) {
            return Err(SecretError::NotForPaths);
        }
        self.secrets.push(Zeroizing::new(secret.to_owned()));
        Ok(())
    }
}

impl Unkeyed for Unsigned {
    fn unverified((): ()) -> Self {
        Self { secrets: Vec::new() }
    }
}

impl Sign for Unsigned {
    /// Gives the body back as it is; a secret belongs into the URL.
    fn sign(&self, _: &str, _: SystemTime, body: &[u8]) -> Result<Signed, SignError> {
        Ok(Signed { headers: HeaderMap::new(), body: body.to_vec() })
    }
}

impl fmt::Debug for Unsigned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Unsigned").field("secrets", &self.secrets.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zeroize::ZeroizeOnDrop;

    #[test]
    fn a_secret_is_wiped_when_it_is_dropped() {
        fn wiped(_: &impl ZeroizeOnDrop) {}
        wiped(&Unsigned::new((), "dGhpcyBpcyBub3Qgb25l").expect("a secret").secrets[0]);
    }
}
