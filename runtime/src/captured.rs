//! Requests that are stored: to be parsed later, sent again or learned from.

use crate::receive::{Delivery, Incoming, Receive, ReceiveError, Receiver};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::time::SystemTime;

/// A request as it came, in the format of captured deliveries: a line of JSON.
///
/// ```json
/// {"received_at": "2026-11-25T12:00:00Z", "method": "POST", "url": "/hooks", "headers": [["webhook-id", "1"]], "body": "{}"}
/// ```
///
/// A body that is not UTF-8 is in `body_base64`. It is made of whatever a [`Receiver`] takes, and a receiver takes it:
/// its signature is then judged by the time at which it came.
///
/// ```
/// # use webhook_runtime::{Captured, http};
/// let request = http::Request::post("/hooks").header("webhook-id", "1").body("{}")?;
/// let line = serde_json::to_string(&Captured::new(&request))?;
/// let captured: Captured = serde_json::from_str(&line)?;
/// assert_eq!(captured.body, b"{}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The headers or the URL may hold what the request was verified by: whoever can read it can send it again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Line")]
pub struct Captured {
    /// When it came.
    pub received_at: SystemTime,
    /// Its method.
    pub method: Method,
    /// Its URL: whole, or the path and the query.
    pub url: Uri,
    /// Its headers, in the order in which they came as far as HTTP keeps it.
    pub headers: HeaderMap,
    /// Its body, byte for byte.
    pub body: Vec<u8>,
}

impl Captured {
    /// Keeps a request, as of the time that it is judged by: now, unless it says otherwise.
    #[must_use]
    pub fn new<'r>(request: impl Into<Incoming<'r>>) -> Self {
        let Incoming { method, uri, headers, body, now } = request.into();
        let (method, url, headers) = (method.clone(), uri.clone(), headers.clone());
        Self { received_at: now, method, url, headers, body: body.to_owned() }
    }
}

impl<'r> From<&'r Captured> for Incoming<'r> {
    fn from(captured: &'r Captured) -> Self {
        let Captured { received_at, method, url, headers, body } = captured;
        Self { method, uri: url, headers, body, now: *received_at }
    }
}

impl<E: Receive> Delivery<E> {
    /// Reads a delivery that was verified when it came; nothing is verified again. An event whose body does not fit its
    /// type is `Unknown`, with the violations in [`invalid`](Self::invalid).
    ///
    /// # Errors
    /// When the body is not JSON, or the request is a handshake.
    pub fn from_captured(captured: &Captured) -> Result<Self, ReceiveError> {
        Receiver::unverified().max_body(usize::MAX).receive_any(&captured.into())
    }
}

/// The line of JSON.
#[derive(Serialize, Deserialize)]
struct Line<'c> {
    received_at: Timestamp,
    method: Cow<'c, str>,
    url: Cow<'c, str>,
    headers: Vec<(Cow<'c, str>, Cow<'c, str>)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Cow<'c, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
}

impl Serialize for Captured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (body, body_base64) = match str::from_utf8(&self.body) {
            Ok(text) => (Some(text.into()), None),
            Err(_) => (None, Some(STANDARD.encode(&self.body))),
        };
        let text = String::from_utf8_lossy;
        let headers = self.headers.iter().map(|(name, value)| (name.as_str().into(), text(value.as_bytes())));
        let line = Line {
            // No clock shows a time that jiff cannot hold.
            received_at: self.received_at.try_into().unwrap_or(Timestamp::UNIX_EPOCH),
            method: self.method.as_str().into(),
            url: self.url.to_string().into(),
            headers: headers.collect(),
            body,
            body_base64,
        };
        line.serialize(serializer)
    }
}

impl TryFrom<Line<'_>> for Captured {
    type Error = String;

    fn try_from(line: Line<'_>) -> Result<Self, String> {
        let mut headers = HeaderMap::new();
        for (name, value) in &line.headers {
            let name: HeaderName = name.parse().map_err(|_| format!("`{name}` is no name of a header"))?;
            let value = HeaderValue::from_bytes(value.as_bytes());
            let value = value.map_err(|_| format!("the value of `{name}` cannot be in a header"))?;
            headers.append(name, value);
        }
        let body = match (line.body, line.body_base64) {
            (Some(text), None) => text.into_owned().into_bytes(),
            (None, Some(base64)) => STANDARD.decode(base64).map_err(|_| "`body_base64` is not base64")?,
            (None, None) => Vec::new(),
            (Some(_), Some(_)) => return Err("there is both a `body` and a `body_base64`".to_owned()),
        };
        Ok(Self {
            received_at: line
                .received_at
                .try_into()
                .map_err(|_| "no clock shows the time in `received_at`".to_owned())?,
            method: line.method.parse().map_err(|_| format!("`{}` is no method", line.method))?,
            url: line.url.parse().map_err(|_| format!("`{}` is no URL", line.url))?,
            headers,
            body,
        })
    }
}
