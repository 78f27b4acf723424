//! JSON Web Tokens (RFC 7519), in compact form: as the body, or beside it.
//!
//! A token has no say in how it is verified: the algorithm is fixed, and what its header names (`alg`, `kid`, `jwk`)
//! chooses nothing.

use super::clock::Clock;
use super::engine::{Checked, Engine};
use super::key::Secret;
use super::request::Location;
use super::{Field, Incoming, Token, Verified, VerifyError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claims::Claims;
use std::borrow::Cow;
use std::time::SystemTime;

mod claims;
#[cfg(feature = "body-digest")]
mod digest;

impl Engine {
    pub(super) fn token<'r>(&self, token: &Token, incoming: &Incoming<'r>) -> Result<Checked<'_, 'r>, VerifyError> {
        if self.signature.is_empty() {
            return self.payload(token, incoming.body, incoming.now);
        }
        self.any(incoming, |location, text| {
            let compact = self.verify.format.first(text, Field::Signature).ok_or(VerifyError::NotAToken)?;
            match location.is_in_body() && token.is_payload() {
                true => self.payload(token, compact.as_bytes(), incoming.now),
                false => self.beside(token, compact, incoming),
            }
        })
    }

    /// A token whose claims are the payload.
    fn payload<'r>(&self, token: &Token, text: &[u8], now: SystemTime) -> Result<Checked<'_, 'r>, VerifyError> {
        let parts = Compact::split(text).ok_or(VerifyError::NotAToken)?;
        let secret = self.signed(&parts, parts.signed)?;
        let payload = decode(parts.payload)?;
        check_header(token, &decode(parts.header)?)?;
        let timestamp = self.claims(&payload, now, true)?.issued_at();
        Ok((Verified { payload: Cow::Owned(payload), id: None, timestamp }, Some(secret)))
    }

    /// The payload of a token that nobody verifies; the body, where it is no token.
    pub(super) fn unwrapped<'r>(&self, token: &Token, incoming: &Incoming<'r>) -> Verified<'r> {
        let payload = |text: &str| {
            let compact = self.verify.format.first(text, Field::Signature).ok_or(VerifyError::NotAToken)?;
            decode(Compact::split(compact.as_bytes()).ok_or(VerifyError::NotAToken)?.payload)
        };
        let found = match self.signature.is_empty() {
            true => payload(&String::from_utf8_lossy(incoming.body)),
            false => self.any(incoming, |_, text| payload(text)),
        };
        let is_payload = token.is_payload() && self.signature.iter().all(Location::is_in_body);
        match found.ok().filter(|_| is_payload) {
            Some(payload) => Verified { payload: Cow::Owned(payload), id: None, timestamp: None },
            None => Verified::new(incoming.body),
        }
    }

    /// A token beside the body.
    fn beside<'r>(&self, token: &Token, text: &str, incoming: &Incoming<'r>) -> Result<Checked<'_, 'r>, VerifyError> {
        let parts = Compact::split(text.as_bytes()).ok_or(VerifyError::NotAToken)?;
        if token.detached {
            return self.detached(token, &parts, incoming);
        }
        let secret = self.signed(&parts, parts.signed)?;
        check_header(token, &decode(parts.header)?)?;
        let payload = decode(parts.payload)?;
        let claims = self.claims(&payload, incoming.now, token.body_digest.is_none())?;
        check_digest(token, &payload, incoming.body)?;
        Ok((Verified { timestamp: claims.issued_at(), ..Verified::new(incoming.body) }, Some(secret)))
    }

    /// RFC 7515 (appendix F) leaves the payload out, RFC 7797 its base64 as well, where the header says so.
    fn detached<'r>(
        &self,
        token: &Token,
        parts: &Compact<'_>,
        incoming: &Incoming<'r>,
    ) -> Result<Checked<'_, 'r>, VerifyError> {
        if !parts.payload.is_empty() {
            return Err(VerifyError::NotAToken);
        }
        let header = decode(parts.header)?;
        let payload = match is_plain(&header)? {
            true => Cow::Borrowed(incoming.body),
            false => Cow::Owned(URL_SAFE_NO_PAD.encode(incoming.body).into_bytes()),
        };
        let secret = self.signed(parts, &[parts.header, b".", &payload].concat())?;
        check_header(token, &header)?;
        Ok((Verified::new(incoming.body), Some(secret)))
    }

    fn signed(&self, parts: &Compact<'_>, message: &[u8]) -> Result<&Secret, VerifyError> {
        let signature = decode(parts.signature)?;
        let feed = |sink: &mut dyn FnMut(&[u8])| sink(message);
        let signs = |secret: &&Secret| secret.prepare(self.verify.algorithm, &feed).is(&signature);
        self.secrets.iter().find(signs).ok_or(VerifyError::NoMatch)
    }

    /// `needs_time`: without one the token would hold for ever, for any body or as the body.
    fn claims(&self, payload: &[u8], now: SystemTime, needs_time: bool) -> Result<Claims, VerifyError> {
        match self.clock {
            Clock::Ignored => Ok(Claims::read(payload).unwrap_or_default()),
            Clock::Enforced { tolerance, is_declared } => {
                let claims = Claims::read(payload).ok_or(VerifyError::TokenClaims)?;
                claims.check(now, tolerance, is_declared, needs_time || is_declared)?;
                Ok(claims)
            }
        }
    }
}

/// Only a signer that contradicts itself gets as far as failing here. `crit` names extensions that a receiver must know
/// or refuse (RFC 7515, section 4.1.11); one is known.
fn check_header(token: &Token, header: &[u8]) -> Result<(), VerifyError> {
    let header = object(header)?;
    let says_so = header.get("alg").is_some_and(|name| name == token.alg);
    let knows = match header.get("crit") {
        None => !header.contains_key("b64"),
        Some(names) => token.detached && *names == serde_json::json!(["b64"]) && header.contains_key("b64"),
    };
    if says_so && knows { Ok(()) } else { Err(VerifyError::TokenHeader) }
}

/// Whether the payload is signed as it is.
fn is_plain(header: &[u8]) -> Result<bool, VerifyError> {
    Ok(object(header)?.get("b64").is_some_and(|b64| *b64 == false))
}

fn object(header: &[u8]) -> Result<crate::Map<String, crate::Value>, VerifyError> {
    serde_json::from_slice(header).map_err(|_| VerifyError::TokenHeader)
}

#[cfg(feature = "body-digest")]
use digest::check_digest;

/// The generator turns the feature on where a provider needs it.
#[cfg(not(feature = "body-digest"))]
fn check_digest(token: &Token, _: &[u8], _: &[u8]) -> Result<(), VerifyError> {
    if token.body_digest.is_some() { Err(VerifyError::BodyDigest) } else { Ok(()) }
}

struct Compact<'b> {
    signed: &'b [u8],
    header: &'b [u8],
    payload: &'b [u8],
    signature: &'b [u8],
}

impl<'b> Compact<'b> {
    /// White space around the token, such as a line feed at the end, is no part of it: neither base64url nor the full
    /// stop between the parts is white space.
    fn split(text: &'b [u8]) -> Option<Self> {
        let token = text.trim_ascii();
        // From both ends: of the long payload in between no byte is looked at. A full stop in it is no base64.
        let is_stop = |byte: &u8| *byte == b'.';
        let first = token.iter().position(is_stop)?;
        let last = token.iter().rposition(is_stop).filter(|last| *last > first)?;
        let (header, payload, signature) = (&token[..first], &token[first + 1..last], &token[last + 1..]);
        let signed = &token[..last];
        Some(Self { signed, header, payload, signature })
    }
}

fn decode(part: &[u8]) -> Result<Vec<u8>, VerifyError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| VerifyError::NotAToken)
}
