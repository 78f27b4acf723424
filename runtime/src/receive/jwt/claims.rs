//! The claims that concern time (RFC 7519, section 4.1).

use crate::de::{self, Extra, Members, Object};
use crate::receive::VerifyError;
use crate::receive::clock::since_1970;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess};
use std::borrow::Cow;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// In seconds since 1970, with or without a fraction.
#[derive(Default)]
pub(super) struct Claims {
    expires: Option<f64>,
    not_before: Option<f64>,
    issued: Option<f64>,
}

impl Claims {
    pub(super) fn read(payload: &[u8]) -> Option<Self> {
        serde_json::from_slice(payload).ok()
    }

    /// At the second that `exp` names, the token is over; the tolerance is the leeway that the RFC allows. Where nothing
    /// says until when it holds, or the provider says how old it may be (`limits_age`), `iat` counts.
    pub(super) fn check(
        &self,
        now: SystemTime,
        tolerance: Duration,
        limits_age: bool,
        needs_time: bool,
    ) -> Result<(), VerifyError> {
        let now = since_1970(now).as_secs_f64();
        // Claims may name times that no `Duration` can hold.
        let leeway = if tolerance == Duration::MAX { f64::INFINITY } else { tolerance.as_secs_f64() };
        let (earliest, latest) = (now - leeway, now + leeway);
        if needs_time && self.expires.is_none() && self.issued.is_none() {
            return Err(VerifyError::TokenClaims);
        }
        if self.expires.is_some_and(|expires| earliest >= expires) {
            return Err(VerifyError::Expired);
        }
        if self.not_before.is_some_and(|start| latest < start) {
            return Err(VerifyError::NotYetValid);
        }
        let distance = |seconds: f64| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
        match self.issued {
            Some(issued) if latest < issued => Err(VerifyError::TooNew { ahead: distance(issued - now), tolerance }),
            Some(issued) if issued < earliest && (limits_age || self.expires.is_none()) => {
                Err(VerifyError::TooOld { age: distance(now - issued), tolerance })
            }
            _ => Ok(()),
        }
    }

    pub(super) fn issued_at(&self) -> Option<SystemTime> {
        let since = Duration::try_from_secs_f64(self.issued?).ok()?;
        UNIX_EPOCH.checked_add(since)
    }
}

impl<'de> Deserialize<'de> for Claims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::object(deserializer)
    }
}

impl<'de> Object<'de> for Claims {
    fn read<A: MapAccess<'de>>(mut members: Members<A>) -> Result<Self, A::Error> {
        let (mut expires, mut not_before, mut issued) = (None, None, None);
        while let Some(key) = members.next_key()? {
            match &*key {
                "exp" => members.value(&mut expires),
                "nbf" => members.value(&mut not_before),
                "iat" => members.value(&mut issued),
                _ => members.keep(Cow::Borrowed(""), &mut Others),
            }?;
        }
        Ok(Self { expires: expires.flatten(), not_before: not_before.flatten(), issued: issued.flatten() })
    }
}

/// The claims of the event, which are parsed later, with their types.
struct Others;

impl Extra<'_> for Others {
    type Value = IgnoredAny;

    fn insert(&mut self, _: String, _: IgnoredAny) -> Option<IgnoredAny> {
        None
    }
}
