//! HAR 1.2, as browsers and proxies export it: the requests that have a body.

use super::error::CaptureError;
use super::record::{Captured, Each, headers, utc};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt::{self, Formatter};
use std::io::Read;
use std::path::Path;

/// By its name, or by what it starts with.
pub(super) fn is_har(path: &Path, start: &[u8]) -> bool {
    let is_named = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("har"));
    let start = String::from_utf8_lossy(&start[..start.len().min(512)]);
    let start: String = start.chars().filter(|c| !c.is_whitespace()).take(40).collect();
    is_named || start.starts_with("{\"log\":{\"")
}

/// Reads the entries one by one; an error of `each` comes before one of the file.
pub(super) fn read(path: &Path, reader: impl Read, each: &mut Each<'_>) -> Result<(), CaptureError> {
    let mut failed = None;
    let mut json = serde_json::Deserializer::from_reader(reader);
    let mut entry = |value: Value| {
        let captured = captured(path, &value).map_or(Ok(()), &mut *each);
        captured.map_err(|error| failed = Some(error))
    };
    let read = Within { keys: &["log", "entries"], entry: &mut entry }.deserialize(&mut json);
    let read = read.and_then(|()| json.end());
    match (failed, read) {
        (Some(error), _) => Err(error),
        (None, read) => read.map_err(|error| CaptureError::json(path, 1, &error)),
    }
}

/// The request of an entry, if it has a body.
fn captured(path: &Path, entry: &Value) -> Option<Captured> {
    let request = entry.get("request")?;
    let text_of = |holder: &Value, key: &str| holder.get(key).and_then(Value::as_str).map(str::to_owned);
    let time = text_of(entry, "startedDateTime").and_then(|time| time.parse().ok());
    let data = request.get("postData")?;
    let text = data.get("text").and_then(Value::as_str).filter(|text| !text.is_empty())?;
    let is_base64 = data.get("encoding").and_then(Value::as_str) == Some("base64");
    let decoded = if is_base64 { STANDARD.decode(text).ok() } else { None };
    Some(Captured {
        received_at: time.map(utc),
        method: text_of(request, "method").unwrap_or_else(|| "POST".to_owned()),
        url: text_of(request, "url").unwrap_or_default(),
        headers: request.get("headers").and_then(headers).unwrap_or_default(),
        body: decoded.unwrap_or_else(|| text.as_bytes().to_vec()),
        event: None,
        location: (path.to_owned(), None),
    })
}

/// The items of the list that keys lead to, each in turn; the rest is passed over.
struct Within<'w, F> {
    keys: &'w [&'w str],
    entry: &'w mut F,
}

impl<'de, F: FnMut(Value) -> Result<(), ()>> DeserializeSeed<'de> for Within<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, F: FnMut(Value) -> Result<(), ()>> Visitor<'de> for Within<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.keys {
            [key, ..] => write!(f, "an object with `{key}`, as HAR has it"),
            [] => f.write_str("a list of entries"),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let [wanted, deeper @ ..] = self.keys else { return Err(A::Error::custom("expected a list of entries")) };
        while let Some(key) = map.next_key::<String>()? {
            if key == *wanted {
                map.next_value_seed(Within { keys: deeper, entry: &mut *self.entry })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        if !self.keys.is_empty() {
            return Err(A::Error::custom("expected an object, as HAR has it"));
        }
        while let Some(entry) = entries.next_element::<Value>()? {
            (self.entry)(entry).map_err(|()| A::Error::custom("stopped"))?;
        }
        Ok(())
    }
}
