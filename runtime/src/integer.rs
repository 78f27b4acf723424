use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::TryFromIntError;
use std::str::FromStr;

#[cfg(test)]
mod tests;

/// The name under which [`Integer`] announces itself, so that one of more than 64 bits can be read by its digits.
pub(crate) const NAME: &str = "$webhook_runtime::Integer";

/// A `type: integer`, spelled as it came.
///
/// To JSON Schema `1.0` is an integer, and one may be of any size (Core 2020-12, sections 4.2.2 and 4.2.3; Validation,
/// section 6.1.1), so that an `i64` would refuse bodies that fit. Digits are kept, however many there are; only inside a
/// union, whose values are [`Value`](crate::Value)s first, one of more than 64 bits is an invalid payload.
///
/// It is compared by its value: `1.0` equals `1`, and both equal `1_i64`.
///
/// ```
/// use webhook_runtime::Integer;
///
/// let count: Integer = serde_json::from_str("42")?;
/// assert_eq!(count.as_i64(), Some(42));
/// assert!(count == 42 && count < 43);
/// assert_eq!(usize::try_from(&count), Ok(42));
/// assert_eq!(Integer::from(42_u8), count);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Integer(Repr);

#[derive(Clone)]
enum Repr {
    Signed(i64),
    /// Above `i64::MAX`.
    Unsigned(u64),
    /// Without fraction.
    Float(f64),
    /// More than 64 bits, as JSON writes it.
    Digits(Box<str>),
}

impl Integer {
    /// The value, where it is an `i64`.
    pub fn as_i64(&self) -> Option<i64> {
        self.try_into().ok()
    }

    /// The value, where it is a `u64`.
    pub fn as_u64(&self) -> Option<u64> {
        self.try_into().ok()
    }

    /// The closest `f64`.
    #[allow(clippy::cast_precision_loss, reason = "the closest one is what is asked for")]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Signed(value) => *value as f64,
            Repr::Unsigned(value) => *value as f64,
            Repr::Float(value) => *value,
            Repr::Digits(digits) => digits.parse().unwrap_or(f64::NAN),
        }
    }

    /// The value, or the closest `i128`.
    #[allow(clippy::cast_possible_truncation, reason = "it saturates")]
    fn closest(&self) -> i128 {
        match &self.0 {
            Repr::Signed(value) => (*value).into(),
            Repr::Unsigned(value) => (*value).into(),
            Repr::Float(value) => *value as i128,
            Repr::Digits(digits) if digits.starts_with('-') => digits.parse().unwrap_or(i128::MIN),
            Repr::Digits(digits) => digits.parse().unwrap_or(i128::MAX),
        }
    }

    /// The digits without sign.
    fn digits(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Digits(digits) => Cow::Borrowed(digits.trim_start_matches('-')),
            Repr::Float(value) => Cow::Owned(format!("{:.0}", value.abs())),
            Repr::Signed(value) => Cow::Owned(value.unsigned_abs().to_string()),
            Repr::Unsigned(value) => Cow::Owned(value.to_string()),
        }
    }

    /// An integer as JSON writes it, without a fraction or an exponent.
    fn from_digits(text: &str) -> Option<Self> {
        let is_integer =
            text.bytes().enumerate().all(|(index, byte)| byte.is_ascii_digit() || index == 0 && byte == b'-');
        match (text.parse::<i64>(), text.parse::<u64>()) {
            // An integer has no negative zero.
            _ if text == "-0" => Some(Self(Repr::Float(-0.0))),
            (Ok(value), _) => Some(value.into()),
            (_, Ok(value)) => Some(value.into()),
            _ if is_integer && !text.is_empty() => Some(Self(Repr::Digits(text.into()))),
            _ => text
                .parse::<f64>()
                .ok()
                .filter(|value| value.is_finite() && value.fract() == 0.0)
                .map(|value| Self(Repr::Float(value))),
        }
    }
}

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        let closest = self.closest();
        // Both are beyond an `i128`, on the same side.
        let beyond = || {
            let (left, right) = (self.digits(), other.digits());
            let larger = left.len().cmp(&right.len()).then_with(|| left.cmp(&right));
            if closest < 0 { larger.reverse() } else { larger }
        };
        let is_beyond = closest == i128::MAX || closest == i128::MIN;
        closest.cmp(&other.closest()).then_with(|| if is_beyond { beyond() } else { Ordering::Equal })
    }
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Integer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Integer {}

impl Hash for Integer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.closest().hash(state);
    }
}

macro_rules! try_into {
    ($($primitive:ty)*) => {$(
        impl TryFrom<Integer> for $primitive {
            type Error = TryFromIntError;

            fn try_from(integer: Integer) -> Result<Self, TryFromIntError> {
                integer.closest().try_into()
            }
        }

        impl TryFrom<&Integer> for $primitive {
            type Error = TryFromIntError;

            fn try_from(integer: &Integer) -> Result<Self, TryFromIntError> {
                integer.closest().try_into()
            }
        }
    )*};
}

try_into!(i8 u8 i16 u16 i32 u32 i64 u64 isize usize);

impl TryFrom<&Integer> for i128 {
    type Error = TryFromIntError;

    fn try_from(integer: &Integer) -> Result<Self, TryFromIntError> {
        let closest = integer.closest();
        if Integer::from(closest) != *integer {
            // The error has no constructor; this has it.
            u8::try_from(Self::MIN)?;
        }
        Ok(closest)
    }
}

impl TryFrom<Integer> for i128 {
    type Error = TryFromIntError;

    fn try_from(integer: Integer) -> Result<Self, TryFromIntError> {
        (&integer).try_into()
    }
}

/// An integer that is written with a fraction, or is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotAnInteger;

impl fmt::Display for NotAnInteger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not an integer")
    }
}

impl std::error::Error for NotAnInteger {}

impl TryFrom<f64> for Integer {
    type Error = NotAnInteger;

    fn try_from(value: f64) -> Result<Self, NotAnInteger> {
        if value.is_finite() && value.fract() == 0.0 { Ok(Self(Repr::Float(value))) } else { Err(NotAnInteger) }
    }
}

impl FromStr for Integer {
    type Err = NotAnInteger;

    fn from_str(text: &str) -> Result<Self, NotAnInteger> {
        Self::from_digits(text).ok_or(NotAnInteger)
    }
}

// With `i64` alone, so that literals beside an `Integer` are of that type.
impl PartialEq<i64> for Integer {
    fn eq(&self, other: &i64) -> bool {
        self.closest() == i128::from(*other)
    }
}

impl PartialEq<Integer> for i64 {
    fn eq(&self, other: &Integer) -> bool {
        other == self
    }
}

impl PartialOrd<i64> for Integer {
    fn partial_cmp(&self, other: &i64) -> Option<Ordering> {
        Some(self.closest().cmp(&i128::from(*other)))
    }
}

impl From<i64> for Integer {
    fn from(value: i64) -> Self {
        Self(Repr::Signed(value))
    }
}

impl From<u64> for Integer {
    fn from(value: u64) -> Self {
        Self(value.try_into().map_or(Repr::Unsigned(value), Repr::Signed))
    }
}

macro_rules! from {
    ($($primitive:ty)*) => {$(
        impl From<$primitive> for Integer {
            fn from(value: $primitive) -> Self {
                i64::from(value).into()
            }
        }
    )*};
}

from!(i8 u8 i16 u16 i32 u32);

impl From<i128> for Integer {
    fn from(value: i128) -> Self {
        let small = i64::try_from(value).map(Self::from).or_else(|_| u64::try_from(value).map(Self::from));
        small.unwrap_or_else(|_| Self(Repr::Digits(value.to_string().into())))
    }
}

impl From<isize> for Integer {
    fn from(value: isize) -> Self {
        (value as i128).into()
    }
}

impl From<usize> for Integer {
    fn from(value: usize) -> Self {
        (value as i128).into()
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Signed(value) => value.fmt(formatter),
            Repr::Unsigned(value) => value.fmt(formatter),
            Repr::Float(value) => value.fmt(formatter),
            Repr::Digits(digits) => formatter.pad(digits),
        }
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NAME, IntegerVisitor)
    }
}

struct IntegerVisitor;

impl<'de> Visitor<'de> for IntegerVisitor {
    type Value = Integer;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an integer")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Integer, D::Error> {
        inner.deserialize_i64(self)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Integer, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Integer, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Integer, E> {
        match value.fract() == 0.0 {
            true => Ok(Integer(Repr::Float(value))),
            false => Err(E::invalid_type(Unexpected::Float(value), &self)),
        }
    }

    /// The text of a number: JSON has no bytes, so that only [`crate::json`] calls this.
    fn visit_bytes<E: Error>(self, text: &[u8]) -> Result<Integer, E> {
        let integer = std::str::from_utf8(text).ok().and_then(Integer::from_digits);
        integer.ok_or_else(|| E::invalid_type(Unexpected::Other("another value"), &self))
    }
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Signed(value) => serializer.serialize_i64(*value),
            Repr::Unsigned(value) => serializer.serialize_u64(*value),
            Repr::Float(value) => serializer.serialize_f64(*value),
            // Only a `serde_json` serializer writes this as a number; no type of serde's holds so many digits.
            Repr::Digits(digits) => {
                RawValue::from_string(digits.to_string()).map_err(S::Error::custom)?.serialize(serializer)
            }
        }
    }
}
