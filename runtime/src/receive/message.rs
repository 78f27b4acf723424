//! What is signed, put together from a request.

use super::key::Secret;
use super::request::{Location, decoded};
use super::{Incoming, Part, VerifyError};
use crate::event::Expression;
use std::borrow::Cow;

/// What the parts of a message are taken from.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub(super) incoming: &'c Incoming<'c>,
    /// The URL as the provider called it; empty where no part needs it.
    pub(super) url: &'c str,
    pub(super) id: &'c str,
    pub(super) timestamp: &'c str,
    pub(super) secret: Option<&'c Secret>,
}

impl<'c> Context<'c> {
    pub(super) fn feed(&self, parts: &[Part], sink: &mut dyn FnMut(&[u8])) {
        for part in parts {
            match part {
                Part::Text(text) => sink(text.as_bytes()),
                Part::At(Expression::Body([])) => sink(self.incoming.body),
                Part::At(at) => sink(self.text(at).unwrap_or_default().as_bytes()),
                Part::Timestamp => sink(self.timestamp.as_bytes()),
                Part::Id => sink(self.id.as_bytes()),
                Part::Secret => sink(self.secret.map_or(&[][..], |secret| secret.text.as_bytes())),
                Part::Digest { hash, keyed, encoding, of } => {
                    sink(encoding.encode(&self.digest(*hash, *keyed, of)).as_bytes());
                }
                Part::Form => form(self.incoming.body, sink),
            }
        }
    }

    /// The text of a value, with the URL as the provider called it.
    pub(super) fn text(&self, at: &Expression) -> Option<Cow<'c, str>> {
        match at {
            Expression::Url => Some(Cow::Borrowed(self.url)),
            Expression::Endpoint => Some(Cow::Borrowed(self.url.split('?').next().unwrap_or_default())),
            other => self.incoming.text(other),
        }
    }

    #[cfg(feature = "hmac")]
    fn digest(&self, hash: super::Hash, keyed: bool, of: &[Part]) -> Vec<u8> {
        use super::key::{Mac, plain};
        let message = |sink: &mut dyn FnMut(&[u8])| self.feed(of, sink);
        let key = self.secret.map_or(&[][..], |secret| &secret.bytes);
        let digest = match keyed {
            true => Mac::new(hash, key).ok().map(|mac| mac.digest(&message)),
            false => Some(plain(hash, &message)),
        };
        digest.map(|digest| digest.as_bytes().to_vec()).unwrap_or_default()
    }

    /// The generator turns the feature on where a provider needs it.
    #[cfg(not(feature = "hmac"))]
    fn digest(&self, _: super::Hash, _: bool, _: &[Part]) -> Vec<u8> {
        Vec::new()
    }

    /// Refuses a request without a header or a parameter that is signed.
    pub(super) fn check(&self, parts: &[Part]) -> Result<(), VerifyError> {
        for part in parts {
            match part {
                Part::At(at @ (Expression::Header(_) | Expression::Query(_))) if self.text(at).is_none() => {
                    return Err(Location::new(at).missing());
                }
                Part::Digest { of, .. } => self.check(of)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whether any of the parts is one of these.
pub(super) fn any(parts: &[Part], is: fn(&Part) -> bool) -> bool {
    parts.iter().any(|part| is(part) || matches!(part, Part::Digest { of, .. } if any(of, is)))
}

/// Whether the URL is among them: then the receiver must know it whole.
pub(super) fn needs_url(parts: &[Part]) -> bool {
    any(parts, |part| matches!(part, Part::At(Expression::Url | Expression::Endpoint)))
}

/// Parameters sorted by name, each name with its value behind it and nothing between.
fn form(body: &[u8], sink: &mut dyn FnMut(&[u8])) {
    let text = String::from_utf8_lossy(body);
    let parameters = text.split('&').filter(|parameter| !parameter.is_empty());
    let mut pairs: Vec<_> = parameters
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    pairs.sort();
    for (name, value) in pairs {
        sink(name.as_bytes());
        sink(value.as_bytes());
    }
}
