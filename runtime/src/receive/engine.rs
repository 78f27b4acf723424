//! The one mechanism behind all schemes: it does what a [`Verify`] says.

use super::clock::Clock;
use super::format::MOST_SIGNATURES;
use super::key::{Prepared, Purpose, Secret};
use super::message::{self, Context};
use super::request::Location;
use super::{
    Algorithm, DEFAULT_TOLERANCE, Field, Incoming, Part, SecretError, Tolerance, Verified, Verify, VerifyError,
};
use http::Uri;
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A [`Verify`] with its secrets, ready to compare.
pub(super) struct Engine {
    pub(super) verify: Verify,
    /// Empty only where nothing is verified.
    pub(super) secrets: Vec<Secret>,
    pub(super) clock: Clock,
    pub(super) public_url: Option<Uri>,
    pub(super) signature: Vec<Location>,
    pub(super) id: Vec<Location>,
    pub(super) timestamp: Vec<Location>,
    pub(super) needs: Needs,
}

/// What a message is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needs {
    id: bool,
    timestamp: bool,
    url: bool,
}

/// A verified request, and by which secret.
pub(super) type Checked<'e, 'r> = (Verified<'r>, Option<&'e Secret>);

impl Engine {
    pub(super) fn new(verify: Verify) -> Self {
        let locations = |expressions: &[_]| expressions.iter().map(Location::new).collect();
        let (tolerance, is_declared) = match verify.tolerance {
            Tolerance::Default => (DEFAULT_TOLERANCE, false),
            Tolerance::Seconds(seconds) => (Duration::from_secs(seconds), true),
            Tolerance::Unlimited => (Duration::MAX, false),
        };
        let needs = Needs {
            id: message::any(verify.signed, |part| *part == Part::Id),
            timestamp: message::any(verify.signed, |part| *part == Part::Timestamp),
            url: message::needs_url(verify.signed),
        };
        Self {
            clock: Clock::Enforced { tolerance, is_declared },
            secrets: Vec::new(),
            public_url: None,
            signature: locations(verify.signature),
            id: locations(verify.id),
            timestamp: locations(verify.timestamp),
            needs,
            verify,
        }
    }

    pub(super) fn add(&mut self, secret: &str, purpose: Purpose) -> Result<(), SecretError> {
        self.secrets.push(Secret::new(&self.verify, secret, purpose)?);
        Ok(())
    }

    pub(super) fn verify<'r>(&self, incoming: &Incoming<'r>) -> Result<Checked<'_, 'r>, VerifyError> {
        if self.secrets.is_empty() {
            return Ok((self.unverified(incoming), None));
        }
        match (self.verify.algorithm, &self.verify.token) {
            (Algorithm::None, _) => self.secret_in_url(incoming),
            (Algorithm::Shared | Algorithm::Basic { .. }, _) => self.shared(incoming),
            (_, None) => self.signature(incoming),
            #[cfg(feature = "jwt")]
            (_, Some(token)) => self.token(token, incoming),
            #[cfg(not(feature = "jwt"))]
            (_, Some(_)) => Err(VerifyError::NoMatch),
        }
    }

    fn unverified<'r>(&self, incoming: &Incoming<'r>) -> Verified<'r> {
        match &self.verify.token {
            #[cfg(feature = "jwt")]
            Some(token) => self.unwrapped(token, incoming),
            _ => Verified::new(incoming.body),
        }
    }

    /// One of the locations must hold a signature over the message, by one of the keys.
    fn signature<'r>(&self, incoming: &Incoming<'r>) -> Result<Checked<'_, 'r>, VerifyError> {
        let id = match self.needs.id && !self.verify.format.has(Field::Id) {
            true => Location::first(&self.id, incoming)?,
            false => Cow::Borrowed(""),
        };
        let in_format = self.verify.format.has(Field::Timestamp);
        let is_late = !in_format && !self.needs.timestamp && self.timestamp.iter().any(Location::is_in_body);
        let timestamp = match self.timestamp.is_empty() || in_format || is_late {
            true => Cow::Borrowed(""),
            false => Location::first(&self.timestamp, incoming)?,
        };
        let sent = if timestamp.is_empty() { None } else { Some(self.time(&timestamp, incoming.now)?) };
        let url = self.url(incoming)?;
        let context = Context { incoming, url: &url, id: &id, timestamp: &timestamp, secret: None };
        context.check(self.verify.signed)?;
        let (secret, found) = self.matching(context)?;
        // What is in the body is looked at once the body is verified.
        let late = || Location::first(&self.timestamp, incoming).and_then(|text| self.time(&text, incoming.now));
        let sent = if is_late { Some(late()?) } else { sent.or(found) };
        let id = match id {
            Cow::Borrowed(id) if !id.is_empty() => Some(id),
            _ => None,
        };
        let timestamp = sent.and_then(|sent| UNIX_EPOCH.checked_add(sent));
        Ok((Verified { payload: Cow::Borrowed(incoming.body), id, timestamp }, Some(secret)))
    }

    /// What `check` makes of the first text that it accepts, at the locations of signatures.
    pub(super) fn any<T>(
        &self,
        incoming: &Incoming<'_>,
        mut check: impl FnMut(&Location, &str) -> Result<T, VerifyError>,
    ) -> Result<T, VerifyError> {
        let mut refused = None;
        for location in &self.signature {
            let Some(text) = location.text(incoming)? else { continue };
            match check(location, &text) {
                Ok(checked) => return Ok(checked),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        Err(refused.or_else(|| self.signature.first().map(Location::missing)).unwrap_or(VerifyError::NoMatch))
    }

    /// The secret that made one of the signatures, and the time beside it.
    fn matching(&self, context: Context<'_>) -> Result<(&Secret, Option<Duration>), VerifyError> {
        self.any(context.incoming, |location, text| {
            let mut refused = None;
            for secret in &self.secrets {
                match self.matches(context, secret, text) {
                    Ok(sent) => return Ok((secret, sent)),
                    Err(mismatch) => refused = refused.or(Some(mismatch)),
                }
            }
            Err(refused.unwrap_or(Mismatch::NoMatch).of(location, self))
        })
    }

    /// Whether one of the signatures in a text is this secret's; the time beside it.
    fn matches<'c>(
        &self,
        context: Context<'c>,
        secret: &'c Secret,
        text: &'c str,
    ) -> Result<Option<Duration>, Mismatch> {
        let format = &self.verify.format;
        let mut context = Context { secret: Some(secret), ..context };
        let has_time = format.has(Field::Timestamp);
        // A signature may come before its time.
        if has_time {
            context.timestamp = format.first(text, Field::Timestamp).unwrap_or_default();
        }
        if format.has(Field::Id) {
            context.id = format.first(text, Field::Id).unwrap_or_default();
        }
        let mut sent = self.time_of(context, has_time);
        let mut prepared: Option<Prepared<'_>> = None;
        let mut outcome = Mismatch::NoSignature;
        let mut left = MOST_SIGNATURES;
        for (field, value) in format.fields(text) {
            match field {
                Field::Timestamp if value != context.timestamp => {
                    context.timestamp = value;
                    (sent, prepared) = (self.time_of(context, true), None);
                }
                Field::Id if value != context.id => (context.id, prepared) = (value, None),
                Field::Signature | Field::Ed25519Signature if self.is_by(field, secret) => {
                    left = left.checked_sub(1).ok_or(Mismatch::NoMatch)?;
                    if let Err(error) = &sent {
                        outcome = Mismatch::Time(error.clone());
                        continue;
                    }
                    let message = |sink: &mut dyn FnMut(&[u8])| context.feed(self.verify.signed, sink);
                    let prepared = prepared.get_or_insert_with(|| secret.prepare(self.verify.algorithm, &message));
                    match self.is_signature(prepared, value.as_bytes()) {
                        Some(true) => return Ok(sent.unwrap_or_default()),
                        Some(false) => outcome = Mismatch::NoMatch,
                        None => {}
                    }
                }
                _ => {}
            }
        }
        Err(outcome)
    }

    /// Whether a text is the signature of a message; none where it is no signature.
    fn is_signature(&self, prepared: &Prepared<'_>, text: &[u8]) -> Option<bool> {
        let is = |room: &mut [u8]| Some(prepared.is(self.decode(text, room)?));
        match self.verify.algorithm {
            Algorithm::Hmac(_) | Algorithm::Digest(_) | Algorithm::Ed25519 => is(&mut [0; 66]),
            // Of RSA they have up to 1024 bytes.
            _ => is(&mut [0; 1026]),
        }
    }

    /// Reads the time of a header that holds signatures, too.
    fn time_of(&self, context: Context<'_>, has_time: bool) -> Result<Option<Duration>, VerifyError> {
        match has_time {
            true => self.time(context.timestamp, context.incoming.now).map(Some),
            false => Ok(None),
        }
    }

    /// Whether a part of a header is for the kind of key that a secret is.
    fn is_by(&self, field: Field, secret: &Secret) -> bool {
        let is_apart = self.verify.format.has(Field::Ed25519Signature);
        (field == Field::Ed25519Signature) == (is_apart && secret.is_ed25519())
    }

    fn decode<'b>(&self, text: &[u8], room: &'b mut [u8]) -> Option<&'b [u8]> {
        let decoded = self.verify.encoding.decode_into(text, room)?;
        let fits = match self.verify.algorithm {
            Algorithm::Hmac(hash) | Algorithm::Digest(hash) => decoded.len() == hash.length() || decoded.len() == 64,
            _ => true,
        };
        fits.then_some(decoded)
    }

    /// Reads a time and judges it.
    pub(super) fn time(&self, text: &str, now: SystemTime) -> Result<Duration, VerifyError> {
        let unit = self.verify.unit;
        let malformed = || match (self.verify.format.has(Field::Timestamp), self.timestamp.first()) {
            (false, Some(location)) => location.malformed(unit.description()),
            _ => self.signature.first().map_or(VerifyError::NoMatch, |location| location.malformed(unit.description())),
        };
        let sent = unit.read(text).ok_or_else(malformed)?;
        self.clock.check(sent, now)?;
        Ok(sent)
    }

    /// The URL as the provider called it, if it is signed.
    pub(super) fn url(&self, incoming: &Incoming<'_>) -> Result<String, VerifyError> {
        if self.needs.url { self.called(incoming) } else { Ok(String::new()) }
    }

    /// What an endpoint is called behind a proxy, with the query of this request. `https://host` alone leaves the path
    /// to the request.
    pub(super) fn called(&self, incoming: &Incoming<'_>) -> Result<String, VerifyError> {
        let Some(public) = &self.public_url else {
            let is_whole = incoming.uri.authority().is_some();
            return if is_whole { Ok(incoming.uri.to_string()) } else { Err(VerifyError::NeedsPublicUrl) };
        };
        let text = public.to_string();
        if public.query().is_some() {
            return Ok(text);
        }
        if public.path() == "/" {
            return Ok(format!("{}{}", text.trim_end_matches('/'), incoming.path_and_query()));
        }
        let query = incoming.uri.query();
        Ok(query.map_or_else(|| text.clone(), |query| format!("{text}?{query}")))
    }
}

/// Why no signature of a text holds.
enum Mismatch {
    NoSignature,
    NoMatch,
    Time(VerifyError),
}

impl Mismatch {
    fn of(self, location: &Location, engine: &Engine) -> VerifyError {
        match self {
            Self::NoMatch => VerifyError::NoMatch,
            Self::Time(error) => error,
            Self::NoSignature => location.malformed(engine.verify.encoding.description()),
        }
    }
}

impl super::Hash {
    fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Verify")
            .field("algorithm", &self.verify.algorithm)
            .field("clock", &self.clock)
            .field("public_url", &self.public_url)
            .field("secrets", &self.secrets.len())
            .finish_non_exhaustive()
    }
}
