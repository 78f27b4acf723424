use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A `format: date-time` string, kept as it was written.
///
/// RFC 3339 allows any number of fraction digits and any offset, and senders go beyond it (no zone
/// at all, a year 1 for "never"), so a type that re-formats would change the body. The instant is
/// found on request, with the features `jiff` or `chrono`.
///
/// ```
/// use webhook_runtime::DateTime;
///
/// let created: DateTime = "2026-03-01T10:00:00.000Z".into();
/// assert_eq!(created, "2026-03-01T10:00:00.000Z");
/// assert_eq!(created.to_string(), created.as_str());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTime(String);

impl DateTime {
    /// The text as the sender wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text by move.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The instant (nanoseconds are kept).
    ///
    /// # Errors
    /// When the text is no RFC 3339 date-time with an offset; read a text without one with
    /// `jiff::civil::DateTime` from [`DateTime::as_str`].
    #[cfg(feature = "jiff")]
    pub fn to_jiff(&self) -> Result<jiff::Timestamp, jiff::Error> {
        self.0.parse()
    }

    /// The instant with the offset it was written with (nanoseconds are kept).
    ///
    /// # Errors
    /// When the text is no RFC 3339 date-time with an offset; read a text without one with
    /// `chrono::NaiveDateTime` from [`DateTime::as_str`].
    #[cfg(feature = "chrono")]
    pub fn to_chrono(&self) -> Result<chrono::DateTime<chrono::FixedOffset>, chrono::ParseError> {
        chrono::DateTime::parse_from_rfc3339(&self.0)
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<DateTime> for String {
    fn from(date_time: DateTime) -> Self {
        date_time.0
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for DateTime {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant.to_string())
    }
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for DateTime {
    fn from(instant: chrono::DateTime<Z>) -> Self {
        Self(instant.to_rfc3339())
    }
}

impl FromStr for DateTime {
    type Err = Infallible;

    /// Any text is taken: senders go beyond RFC 3339.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl AsRef<str> for DateTime {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for DateTime {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for DateTime {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
