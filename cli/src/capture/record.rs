//! One captured delivery.

use super::error::CaptureError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// A line, a plain body or a text file is no larger: what is, is none.
pub(super) const LARGEST: u64 = 64 << 20;

/// What is done with each delivery.
pub type Each<'e> = dyn FnMut(Captured) -> Result<(), CaptureError> + 'e;

/// A request as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    /// When it came, as RFC 3339.
    pub received_at: Option<String>,
    /// The HTTP method; `POST` where nothing says otherwise.
    pub method: String,
    /// The URL or its path; empty where nothing says it.
    pub url: String,
    /// Names, in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// What the name of the file says of the event.
    pub event: Option<String>,
    /// The file that it stands in, and the line.
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

    /// What an object of the format says; `None` for an object that is a plain body.
    pub(super) fn of(record: &Map<String, Value>) -> Option<Result<Self, String>> {
        let (text, base64) = (record.get("body"), record.get("body_base64"));
        let headers = record.get("headers").filter(|_| text.is_some() || base64.is_some())?;
        let said = |key: &str| record.get(key).and_then(Value::as_str).map(str::to_owned);
        let bytes = match (text, base64.and_then(Value::as_str)) {
            (_, Some(base64)) => STANDARD.decode(base64).map_err(|error| format!("body_base64: {error}")),
            (Some(Value::String(text)), None) => Ok(text.clone().into_bytes()),
            (Some(value), None) => Ok(value.to_string().into_bytes()),
            (None, None) => Err("body_base64: expected a string".to_owned()),
        };
        Some(bytes.and_then(|body| {
            Ok(Self {
                received_at: said("received_at"),
                method: said("method").unwrap_or_else(|| "POST".to_owned()),
                url: said("url").unwrap_or_default(),
                headers: self::headers(headers).ok_or("headers: expected [[name, value]]")?,
                body,
                ..Self::default()
            })
        }))
    }

    /// A body of which nothing else is known.
    pub(super) fn plain(body: Vec<u8>) -> Self {
        Self { method: "POST".to_owned(), body, ..Self::default() }
    }
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

/// The line of the format, without its end.
pub fn to_line(captured: &Captured) -> String {
    let headers: Vec<_> = captured.headers.iter().map(|(name, value)| json!([name, value])).collect();
    let mut record = json!({
        "received_at": captured.received_at,
        "method": captured.method,
        "url": captured.url,
        "headers": headers,
    });
    match std::str::from_utf8(&captured.body) {
        Ok(text) => record["body"] = text.into(),
        Err(_) => record["body_base64"] = STANDARD.encode(&captured.body).into(),
    }
    record.to_string()
}
