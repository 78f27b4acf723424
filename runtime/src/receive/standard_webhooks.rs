//! Standard Webhooks, and Svix, from which it comes.

use super::{
    DEFAULT_TOLERANCE, Incoming, Keyed, Scheme, SecretError, Sign, SignError, Signed, Timed, Verified, VerifyError,
    header,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use key::{Key, Message};
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

mod key;

/// The scheme of <https://www.standardwebhooks.com>, version 1: an id, a time and the body are
/// signed, with HMAC-SHA256 (`v1`) or with ed25519 (`v1a`, feature `ed25519`).
///
/// A secret is `whsec_` and base64 (the prefix may be left out), `whpk_` and an ed25519 public key,
/// or `whsk_` and an ed25519 private key, which can also sign. The header may hold signatures by
/// several keys and of versions to come; one that matches is enough. Times are compared in whole
/// seconds.
#[derive(Clone)]
pub struct StandardWebhooks {
    family: HeaderFamily,
    tolerance: Duration,
    /// At least one.
    keys: Vec<Key>,
}

/// How the names of the three headers begin. Each header may also come under the other name: Svix
/// sends `webhook-…` for customers that do not show its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderFamily {
    /// `svix-id`, `svix-timestamp`, `svix-signature`.
    Svix,
    /// `webhook-id`, `webhook-timestamp`, `webhook-signature`.
    Webhook,
}

struct Names {
    id: HeaderName,
    timestamp: HeaderName,
    signature: HeaderName,
}

static SVIX: Names = Names {
    id: HeaderName::from_static("svix-id"),
    timestamp: HeaderName::from_static("svix-timestamp"),
    signature: HeaderName::from_static("svix-signature"),
};

static WEBHOOK: Names = Names {
    id: HeaderName::from_static("webhook-id"),
    timestamp: HeaderName::from_static("webhook-timestamp"),
    signature: HeaderName::from_static("webhook-signature"),
};

impl HeaderFamily {
    fn names(self) -> &'static Names {
        match self {
            Self::Svix => &SVIX,
            Self::Webhook => &WEBHOOK,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Svix => Self::Webhook,
            Self::Webhook => Self::Svix,
        }
    }

    /// A header under either name, and its name.
    fn find(self, headers: &HeaderMap, pick: Pick) -> Result<(&'static HeaderName, &str), VerifyError> {
        for family in [self, self.other()] {
            let name = pick(family.names());
            if let Some(value) = header::single(headers, name)? {
                let text = value.to_str().ok().filter(|text| !text.is_empty());
                return text.map(|text| (name, text)).ok_or_else(|| malformed(name, "text in visible ASCII"));
            }
        }
        let name = pick(self.names()).clone();
        Err(VerifyError::MissingHeader { name })
    }
}

type Pick = fn(&'static Names) -> &'static HeaderName;

fn malformed(name: &HeaderName, expected: &'static str) -> VerifyError {
    VerifyError::MalformedHeader { name: name.clone(), expected }
}

impl Scheme for StandardWebhooks {
    type Settings = HeaderFamily;

    fn verify<'r>(&self, incoming: &Incoming<'r>) -> Result<Verified<'r>, VerifyError> {
        let Incoming { headers, body, now, .. } = *incoming;
        let (_, id) = self.family.find(headers, |names| &names.id)?;
        let (name, timestamp) = self.family.find(headers, |names| &names.timestamp)?;
        let (_, signatures) = self.family.find(headers, |names| &names.signature)?;
        let seconds = canonical(timestamp).ok_or_else(|| malformed(name, "a whole number of seconds"))?;
        self.check_age(seconds, now)?;
        let message = Message { id, timestamp, body };
        if !self.keys.iter().any(|key| key.matches(&message, signatures)) {
            return Err(VerifyError::NoMatch);
        }
        Ok(Verified {
            payload: Cow::Borrowed(body),
            id: Some(id),
            timestamp: UNIX_EPOCH.checked_add(Duration::from_secs(seconds)),
        })
    }
}

/// Reads a number in its one canonical form. The signature covers the text, and the reference
/// libraries sign the number: only for this form is that the same.
fn canonical(text: &str) -> Option<u64> {
    let digits_only = text.bytes().all(|byte| byte.is_ascii_digit());
    let shortest = text == "0" || !text.starts_with('0');
    if digits_only && shortest { text.parse().ok() } else { None }
}

impl StandardWebhooks {
    /// Counts in whole seconds, as the reference libraries do: exactly the tolerance is within it.
    fn check_age(&self, sent: u64, now: SystemTime) -> Result<(), VerifyError> {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let tolerance = self.tolerance;
        let difference = Duration::from_secs(now.abs_diff(sent));
        match difference.as_secs() > tolerance.as_secs() {
            false => Ok(()),
            true if sent < now => Err(VerifyError::TooOld { age: difference, tolerance }),
            true => Err(VerifyError::TooNew { ahead: difference, tolerance }),
        }
    }
}

impl Timed for StandardWebhooks {
    fn set_tolerance(&mut self, tolerance: Duration) {
        self.tolerance = tolerance;
    }
}

impl Keyed for StandardWebhooks {
    fn new(family: HeaderFamily, secret: &str) -> Result<Self, SecretError> {
        Ok(Self { family, tolerance: DEFAULT_TOLERANCE, keys: vec![Key::new(secret)?] })
    }

    fn add_secret(&mut self, secret: &str) -> Result<(), SecretError> {
        self.keys.push(Key::new(secret)?);
        Ok(())
    }
}

impl Sign for StandardWebhooks {
    /// Signs with every secret that can, as a provider does during a rotation.
    fn sign(&self, id: &str, at: SystemTime, body: &[u8]) -> Result<Signed, SignError> {
        let seconds = at.duration_since(UNIX_EPOCH).map_err(|_| SignError::Time)?.as_secs();
        let timestamp = seconds.to_string();
        let message = Message { id, timestamp: &timestamp, body };
        let signatures: Vec<String> = self.keys.iter().filter_map(|key| key.sign(&message)).collect();
        if signatures.is_empty() {
            return Err(SignError::NoPrivateKey);
        }
        if id.is_empty() {
            return Err(SignError::Id);
        }
        let names = self.family.names();
        let mut headers = HeaderMap::new();
        headers.insert(&names.id, HeaderValue::from_str(id).map_err(|_| SignError::Id)?);
        headers.insert(&names.timestamp, HeaderValue::from(seconds));
        let signatures = HeaderValue::try_from(signatures.join(" ")).map_err(|_| SignError::Failed)?;
        headers.insert(&names.signature, signatures);
        Ok(Signed { headers, body: body.to_vec() })
    }
}

impl fmt::Debug for StandardWebhooks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StandardWebhooks")
            .field("family", &self.family)
            .field("tolerance", &self.tolerance)
            .field("secrets", &self.keys.len())
            .finish()
    }
}
