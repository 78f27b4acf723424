//! Times of deliveries, and how far they may lie from now.

use super::{Unit, VerifyError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What becomes of the time of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    Enforced {
        tolerance: Duration,
        /// Whether the provider says how old a delivery may be.
        is_declared: bool,
    },
    Ignored,
}

impl Clock {
    /// Counts in whole seconds, as the reference libraries do: exactly the tolerance is within it.
    pub(super) fn check(self, sent: Duration, now: SystemTime) -> Result<(), VerifyError> {
        let Self::Enforced { tolerance, .. } = self else { return Ok(()) };
        let (sent, now) = (sent.as_secs(), since_1970(now).as_secs());
        let difference = Duration::from_secs(now.abs_diff(sent));
        match difference.as_secs() > tolerance.as_secs() {
            false => Ok(()),
            true if sent < now => Err(VerifyError::TooOld { age: difference, tolerance }),
            true => Err(VerifyError::TooNew { ahead: difference, tolerance }),
        }
    }
}

pub(super) fn since_1970(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

impl Unit {
    /// Reads a time; how long after 1970 it is.
    pub(super) fn read(self, text: &str) -> Option<Duration> {
        match self {
            Self::Seconds => canonical(text).map(Duration::from_secs),
            Self::Milliseconds => canonical(text).map(Duration::from_millis),
            Self::Rfc3339 => rfc3339(text),
        }
    }

    pub(super) fn write(self, since: Duration) -> String {
        match self {
            Self::Seconds => since.as_secs().to_string(),
            Self::Milliseconds => since.as_millis().to_string(),
            Self::Rfc3339 => written(since.as_secs()),
        }
    }

    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Seconds => "a whole number of seconds",
            Self::Milliseconds => "a whole number of milliseconds",
            Self::Rfc3339 => "a time of RFC 3339",
        }
    }
}

/// Reads a number in its one canonical form. The signature covers the text, and the reference libraries sign the
/// number: only for this form is that the same.
fn canonical(text: &str) -> Option<u64> {
    let digits_only = text.bytes().all(|byte| byte.is_ascii_digit());
    let shortest = text == "0" || !text.starts_with('0');
    if digits_only && shortest { text.parse().ok() } else { None }
}

const DAY: i64 = 86_400;

fn rfc3339(text: &str) -> Option<Duration> {
    let (date, rest) = text.split_at_checked(11)?;
    let (time, rest) = rest.split_at_checked(8)?;
    let [year, month, day] = numbers(date.strip_suffix(['T', 't', ' '])?, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let is_time = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|digit: char| digit.is_ascii_digit());
            if zone.len() == fraction.len() {
                return None;
            }
            zone
        }
        None => rest,
    };
    let seconds = days(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset(zone)?;
    u64::try_from(seconds).ok().filter(|_| is_time).map(Duration::from_secs)
}

/// How far a zone is ahead, in seconds.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let [hours, minutes] = numbers(zone.strip_prefix(['+', '-'])?, ':', [2, 2])?;
    let offset = hours * 3600 + minutes * 60;
    (hours < 24 && minutes < 60).then_some(if zone.starts_with('-') { -offset } else { offset })
}

fn numbers<const N: usize>(text: &str, separator: char, lengths: [usize; N]) -> Option<[i64; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split(separator);
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = parts.next().filter(|part| part.len() == length)?;
        *number = part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(numbers)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar. A year begins in March here, so that a leap day ends it.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn written(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    let (day, time) = (seconds / DAY, seconds % DAY);
    // Of the days that `days` counts, the last one that is not later.
    let mut year = 1970 + day / 366;
    while days(year + 1, 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12).rev().find(|month| days(year, *month, 1) <= day).unwrap_or(1);
    let of_month = day - days(year, month, 1) + 1;
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{year:04}-{month:02}-{of_month:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_rfc_3339_is_a_number_of_seconds() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2026-01-01T00:00:00Z", Some(1_767_225_600)),
            ("2026-01-01T00:00:00.123456789Z", Some(1_767_225_600)),
            ("2026-01-01T02:30:00+02:30", Some(1_767_225_600)),
            ("2025-12-31T23:00:00-01:00", Some(1_767_225_600)),
            ("2024-02-29t12:00:00z", Some(1_709_208_000)),
            ("2026-01-01T00:00:00", None),
            ("2026-01-01T00:00:00.Z", None),
            ("2026-13-01T00:00:00Z", None),
            ("2026-01-01T24:00:00Z", None),
            ("2026-1-01T00:00:00Z", None),
            ("1969-12-31T23:59:59Z", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(Unit::Rfc3339.read(text), seconds.map(Duration::from_secs), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_as_the_same_time() {
        for day in 0..40_000 {
            let since = Duration::from_secs(day * 86_400 + day % 86_400);
            for unit in [Unit::Seconds, Unit::Milliseconds, Unit::Rfc3339] {
                assert_eq!(unit.read(&unit.write(since)), Some(since));
            }
        }
    }
}
