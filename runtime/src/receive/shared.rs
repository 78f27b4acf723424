//! Secrets that come as they are: tokens, HTTP Basic, secrets in the URL.

use super::engine::{Checked, Engine};
use super::key::Secret;
use super::{Algorithm, Encoding, Incoming, Verified, VerifyError};
use zeroize::Zeroizing;

impl Engine {
    /// One of the locations must hold one of the secrets, and nothing else.
    pub(super) fn shared<'r>(&self, incoming: &Incoming<'r>) -> Result<Checked<'_, 'r>, VerifyError> {
        self.any(incoming, |_, text| {
            let (_, value) = self.verify.format.fields(text).next().ok_or(VerifyError::NoMatch)?;
            let secret = match self.verify.algorithm {
                Algorithm::Basic { user } => self.basic(user, value),
                _ => self.secrets.iter().find(|secret| secret.is(value)),
            };
            Ok((Verified::new(incoming.body), Some(secret.ok_or(VerifyError::NoMatch)?)))
        })
    }

    /// The password may hold colons, the user none (RFC 7617, section 2).
    fn basic(&self, user: Option<&str>, value: &str) -> Option<&Secret> {
        let mut room = Zeroizing::new([0; 1026]);
        let decoded = Encoding::Base64.decode_into(value.as_bytes(), &mut room[..])?;
        let text = std::str::from_utf8(decoded).ok()?;
        let password = match user {
            None => text,
            Some(user) => text.strip_prefix(user)?.strip_prefix(':')?,
        };
        self.secrets.iter().find(|secret| secret.is(password))
    }

    /// The last segment of the path or a value of the query must be one of the secrets.
    pub(super) fn secret_in_url<'r>(&self, incoming: &Incoming<'r>) -> Result<Checked<'_, 'r>, VerifyError> {
        let query = incoming.uri.query().unwrap_or_default();
        let values = query.split('&').filter_map(|parameter| parameter.split_once('=')).map(|(_, value)| value);
        let mut candidates = std::iter::once(incoming.last_segment()).chain(values);
        let secret = candidates.find_map(|candidate| self.secrets.iter().find(|secret| secret.is(candidate)));
        secret.map(|secret| (Verified::new(incoming.body), Some(secret))).ok_or(VerifyError::PathSecret)
    }
}
