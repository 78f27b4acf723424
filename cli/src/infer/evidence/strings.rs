//! What is kept of strings: few values whole, and what all of them look like.

use indexmap::IndexMap;

/// So many different values are kept of a location; more are no list that a person would write.
const MOST: usize = 40;
/// Nor are longer ones.
const LONGEST: usize = 80;

/// The strings that were at a location.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    /// How many were seen.
    pub count: u64,
    /// How many were empty.
    pub empty: u64,
    /// How often each value was seen, unless there were too many.
    pub values: Option<IndexMap<String, u64>>,
    /// Of those that are not empty, how many look like each format.
    formats: [u64; FORMATS.len()],
}

/// A form of strings that JSON Schema has a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 3339.
    DateTime,
    /// A full date of RFC 3339.
    Date,
    /// An absolute URI with an authority (RFC 3986).
    Uri,
    /// The same with expressions in braces (RFC 6570).
    UriTemplate,
    /// An address with one `@`.
    Email,
    /// RFC 9562.
    Uuid,
    /// An object or an array, as JSON.
    Json,
}

const FORMATS: [Format; 7] =
    [Format::DateTime, Format::Date, Format::Uri, Format::UriTemplate, Format::Email, Format::Uuid, Format::Json];

impl Strings {
    /// Counts a string.
    pub(super) fn add(&mut self, text: &str) {
        let is_first = self.count == 0;
        self.count += 1;
        if is_first {
            self.values = Some(IndexMap::new());
        }
        if text.is_empty() {
            self.empty += 1;
        } else {
            for (count, format) in self.formats.iter_mut().zip(FORMATS) {
                *count += u64::from(format.fits(text));
            }
        }
        if let Some(values) = &mut self.values {
            if let Some(count) = values.get_mut(text) {
                *count += 1;
            } else if values.len() < MOST && text.len() <= LONGEST {
                values.insert(text.to_owned(), 1);
            } else {
                self.values = None;
            }
        }
    }

    /// Counts all of `other`.
    pub(super) fn merge(&mut self, other: Self) {
        if other.count == 0 {
            return;
        }
        if self.count == 0 {
            *self = other;
            return;
        }
        self.count += other.count;
        self.empty += other.empty;
        self.formats.iter_mut().zip(other.formats).for_each(|(count, more)| *count += more);
        self.values = self.values.take().zip(other.values).and_then(|(mut values, others)| {
            others.into_iter().for_each(|(value, count)| *values.entry(value).or_default() += count);
            Some(values).filter(|values| values.len() <= MOST)
        });
    }

    /// The format that all have: an empty text has none.
    pub fn format(&self) -> Option<Format> {
        let mut formats = FORMATS.into_iter().zip(self.formats);
        formats.find(|(_, count)| self.count > 0 && *count == self.count).map(|(format, _)| format)
    }
}

impl Format {
    /// As JSON Schema writes it; JSON is no format there.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::DateTime => Some("date-time"),
            Self::Date => Some("date"),
            Self::Uri => Some("uri"),
            Self::UriTemplate => Some("uri-template"),
            Self::Email => Some("email"),
            Self::Uuid => Some("uuid"),
            Self::Json => None,
        }
    }

    /// Whether a text looks like it.
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::DateTime => is_date_time(text),
            Self::Date => text.len() == 10 && is_date(text),
            Self::Uri => is_uri(text, ""),
            Self::UriTemplate => is_uri(text, "{}"),
            Self::Email => is_email(text),
            Self::Uuid => is_uuid(text),
            Self::Json => json(text).is_some(),
        }
    }
}

/// The object or array that a text holds.
pub(super) fn json(text: &str) -> Option<serde_json::Value> {
    let is_like = matches!(text.trim_start().as_bytes().first(), Some(b'{' | b'['));
    if is_like { serde_json::from_str(text).ok() } else { None }
}

/// Whether a text follows a pattern in which `0` stands for a digit and `x` for a hexadecimal one.
fn follows(text: &[u8], pattern: &[u8]) -> bool {
    text.len() >= pattern.len()
        && text.iter().zip(pattern).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            b'x' => byte.is_ascii_hexdigit(),
            wanted => byte == wanted,
        })
}

fn is_date(text: &str) -> bool {
    follows(text.as_bytes(), b"0000-00-00")
}

fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else { return false };
    let is_time = |time: &str| follows(time.as_bytes(), b"00:00:00");
    let Some(rest) = time.strip_prefix(['T', 't']).filter(|time| is_time(time)).map(|time| &time[8..]) else {
        return false;
    };
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let is_offset =
        |zone: &str| zone.len() == 6 && zone.starts_with(['+', '-']) && follows(&zone.as_bytes()[1..], b"00:00");
    is_date(date) && (matches!(zone, "Z" | "z") || is_offset(zone))
}

/// Whether a text is a URI with an authority, in which further characters may be.
fn is_uri(text: &str, further: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let is_allowed =
        |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c) || further.contains(c);
    is_scheme && !rest.is_empty() && rest.chars().all(is_allowed)
}

fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    let is_plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@/:<>".contains(c));
    text.is_ascii()
        && is_plain(user)
        && is_plain(host)
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && follows(text.as_bytes(), b"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}
