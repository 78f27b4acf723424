use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// A `format: date-time` string, kept as it was written.
///
/// RFC 3339 allows any number of fraction digits and any offset, and senders go beyond it (no zone
/// at all, a year 1 for "never"), so a type that re-formats would change the body. The instant is
/// found on request, with the features `jiff` or `chrono`.
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
