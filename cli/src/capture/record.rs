//! One captured delivery.

use super::error::CaptureError;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::path::PathBuf;

/// A line, a plain body or a text file is no larger.
pub(super) const LARGEST: u64 = 64 << 20;

/// What is done with each delivery.
pub type Each<'e> = dyn FnMut(Captured) -> Result<(), CaptureError> + 'e;

/// A request that was read from a file. Files of other formats than [`webhook_runtime::Captured`] leave parts of it out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    /// When it came: RFC 3339 in UTC, so that texts compare as times do.
    pub received_at: Option<String>,
    /// The HTTP method; `POST` where the file does not name it.
    pub method: String,
    /// The URL or its path; empty where the file does not name it.
    pub url: String,
    /// Names, in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The event that the name of the file names.
    pub event: Option<String>,
    /// The file, and the line in it.
    pub location: (PathBuf, Option<usize>),
}

impl Captured {
    /// The value of a header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// `file:line`, for messages.
    pub fn at(&self) -> String {
        match self.location.1 {
            Some(line) => format!("{}:{line}", self.location.0.display()),
            None => self.location.0.display().to_string(),
        }
    }

    /// Reads an object of the format. Lines that people write may leave out all but headers and body, may hold the
    /// headers as an object, and the body as JSON.
    pub(super) fn from_record(mut record: Map<String, Value>) -> Result<Self, String> {
        record.retain(|_, value| !value.is_null());
        let is_dated = record.contains_key("received_at");
        record.entry("received_at").or_insert_with(|| "1970-01-01T00:00:00Z".into());
        record.entry("method").or_insert_with(|| "POST".into());
        record.entry("url").or_insert_with(|| "/".into());
        let pairs = record.get("headers").and_then(headers).ok_or("headers: expected [[name, value]]")?;
        record.insert("headers".to_owned(), pairs.into_iter().map(|(name, value)| vec![name, value]).collect());
        if let Some(body) = record.get_mut("body").filter(|body| !body.is_string()) {
            *body = body.to_string().into();
        }
        let captured: webhook_runtime::Captured =
            serde_json::from_value(record.into()).map_err(|error| error.to_string())?;
        let captured = Self::from(captured);
        Ok(Self { received_at: captured.received_at.filter(|_| is_dated), ..captured })
    }

    /// A body of which nothing else is known.
    pub(super) fn plain(body: Vec<u8>) -> Self {
        Self { method: "POST".to_owned(), body, ..Self::default() }
    }
}

impl From<webhook_runtime::Captured> for Captured {
    fn from(captured: webhook_runtime::Captured) -> Self {
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let headers = captured.headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes())));
        Self {
            received_at: Timestamp::try_from(captured.received_at).ok().map(utc),
            method: captured.method.to_string(),
            url: captured.url.to_string(),
            headers: headers.collect(),
            body: captured.body,
            ..Self::default()
        }
    }
}

/// Whether an object is one of the format, and no plain body.
pub(super) fn is_record(object: &Map<String, Value>) -> bool {
    object.contains_key("headers") && (object.contains_key("body") || object.contains_key("body_base64"))
}

/// RFC 3339 in UTC with milliseconds.
pub fn utc(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// Pairs, objects of `name` and `value` as in HAR, or one object of names and values.
pub(super) fn headers(value: &Value) -> Option<Vec<(String, String)>> {
    let pair = |name: &str, value: &Value| Some((name.to_ascii_lowercase(), value.as_str()?.to_owned()));
    if let Some(members) = value.as_object() {
        return members.iter().map(|(name, value)| pair(name, value)).collect();
    }
    let item = |item: &Value| match item.as_array().map(Vec::as_slice) {
        Some([name, value]) => pair(name.as_str()?, value),
        Some(_) => None,
        None => pair(item.get("name")?.as_str()?, item.get("value")?),
    };
    value.as_array()?.iter().map(item).collect()
}
