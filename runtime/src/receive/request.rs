//! What came.

use super::{VerifyError, header};
use crate::event::{Body, Expression};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderName, Method, Request, Uri, request};
use std::borrow::Cow;
use std::sync::LazyLock;
use std::time::SystemTime;

static POST: Method = Method::POST;
static ROOT: LazyLock<Uri> = LazyLock::new(Uri::default);

/// A request, as far as receiving depends on it.
///
/// It is made of an [`http::Request`], of its parts and a body, or of headers and a body where nothing else matters:
///
/// ```
/// # use webhook_runtime::{Incoming, http};
/// let request = http::Request::post("/hooks").body(b"{}".to_vec())?;
/// let incoming = Incoming::from(&request);
/// let incoming = Incoming::from((request.headers(), request.body()));
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'r> {
    /// Its method.
    pub method: &'r Method,
    /// Its URL: whole, or the path and the query.
    pub uri: &'r Uri,
    /// Its headers.
    pub headers: &'r HeaderMap,
    /// Its body, byte for byte as it came.
    pub body: &'r [u8],
    /// The time to judge its age by.
    pub now: SystemTime,
}

impl<'r> Incoming<'r> {
    /// A POST that came now, to a URL that does not matter.
    #[must_use]
    pub fn new(headers: &'r HeaderMap, body: &'r [u8]) -> Self {
        Self { method: &POST, uri: &ROOT, headers, body, now: SystemTime::now() }
    }

    /// The same at another time.
    #[must_use]
    pub fn at(self, now: SystemTime) -> Self {
        Self { now, ..self }
    }

    /// The text of a value; none where nothing is there.
    pub(super) fn text(&self, at: &Expression) -> Option<Cow<'r, str>> {
        match at {
            Expression::Header(name) => header::text(self.headers, name).map(Cow::Borrowed),
            Expression::Body([]) => std::str::from_utf8(self.body).ok().map(Cow::Borrowed),
            Expression::Body(_) => at.evaluate(Body::new(self.body), |_| None),
            Expression::Query(name) => self.query(name),
            Expression::Path => Some(Cow::Borrowed(self.last_segment())),
            Expression::Method => Some(Cow::Borrowed(self.method.as_str())),
            Expression::Url => Some(Cow::Owned(self.uri.to_string())),
            Expression::Endpoint => {
                let url = self.uri.to_string();
                let end = url.find('?').unwrap_or(url.len());
                Some(Cow::Owned(url[..end].to_owned()))
            }
        }
    }

    fn query(&self, name: &str) -> Option<Cow<'r, str>> {
        let parameters = self.uri.query()?.split('&');
        let mut values = parameters.filter_map(|parameter| {
            let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            (decoded(key) == name).then(|| decoded(value))
        });
        let value = values.next();
        // Of two it is open which one counts.
        value.filter(|_| values.next().is_none())
    }

    pub(super) fn last_segment(&self) -> &'r str {
        let path = self.uri.path().trim_end_matches('/');
        path.rsplit_once('/').map_or(path, |(_, last)| last)
    }

    pub(super) fn path_and_query(&self) -> &'r str {
        self.uri.path_and_query().map_or("", PathAndQuery::as_str)
    }
}

impl<'r, B: AsRef<[u8]>> From<&'r Request<B>> for Incoming<'r> {
    fn from(request: &'r Request<B>) -> Self {
        let incoming = Self::new(request.headers(), request.body().as_ref());
        Self { method: request.method(), uri: request.uri(), ..incoming }
    }
}

impl<'r, B: AsRef<[u8]> + ?Sized> From<(&'r HeaderMap, &'r B)> for Incoming<'r> {
    fn from((headers, body): (&'r HeaderMap, &'r B)) -> Self {
        Self::new(headers, body.as_ref())
    }
}

impl<'r, B: AsRef<[u8]> + ?Sized> From<(&'r request::Parts, &'r B)> for Incoming<'r> {
    fn from((parts, body): (&'r request::Parts, &'r B)) -> Self {
        Self { method: &parts.method, uri: &parts.uri, ..Self::new(&parts.headers, body.as_ref()) }
    }
}

/// The location of a value in a request, with the name of a header ready for looking up.
#[derive(Debug, Clone)]
pub(super) enum Location {
    Header(HeaderName),
    Other(Expression),
}

impl Location {
    pub(super) fn new(at: &Expression) -> Self {
        match at {
            Expression::Header(name) => Self::Header(HeaderName::from_static(name)),
            other => Self::Other(*other),
        }
    }

    /// The text at this location.
    pub(super) fn text<'r>(&self, incoming: &Incoming<'r>) -> Result<Option<Cow<'r, str>>, VerifyError> {
        let name = match self {
            Self::Header(name) => name,
            Self::Other(at) => return Ok(incoming.text(at).filter(|text| !text.is_empty())),
        };
        let Some(value) = header::single(incoming.headers, name)? else { return Ok(None) };
        match value.to_str() {
            Ok(text) if !text.is_empty() => Ok(Some(Cow::Borrowed(text))),
            _ => Err(self.malformed("text in visible ASCII")),
        }
    }

    /// The text at the first of several locations that has one.
    pub(super) fn first<'r>(locations: &[Self], incoming: &Incoming<'r>) -> Result<Cow<'r, str>, VerifyError> {
        for location in locations {
            if let Some(text) = location.text(incoming)? {
                return Ok(text);
            }
        }
        Err(locations.first().map_or(VerifyError::NoMatch, Self::missing))
    }

    pub(super) fn missing(&self) -> VerifyError {
        match self {
            Self::Header(name) => VerifyError::MissingHeader { name: name.clone() },
            Self::Other(at) => VerifyError::MissingValue { at: *at },
        }
    }

    pub(super) fn malformed(&self, expected: &'static str) -> VerifyError {
        match self {
            Self::Header(name) => VerifyError::MalformedHeader { name: name.clone(), expected },
            Self::Other(at) => VerifyError::MalformedValue { at: *at, expected },
        }
    }

    pub(super) fn is_in_body(&self) -> bool {
        matches!(self, Self::Other(Expression::Body(_)))
    }
}

/// A name or value of a query or a form, decoded. What is no escape stays as it is.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = || Some(16 * digit(*after.first()?)? + digit(*after.get(1)?)?);
        match (first, escaped()) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(*first),
        }
        rest = after;
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

fn digit(character: u8) -> Option<u8> {
    char::from(character).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
