//! From a body to the variant of its event.

use crate::invalid_payload::InvalidPayload;
use crate::json::{self, Fault, faults};
use crate::pointer::Path;
use crate::schema::{self, Schema, Search};
use crate::{RawBody, Value};
use serde::de::DeserializeOwned;
use serde::ser::Serialize;
use std::borrow::Cow;

mod batch;
mod drift;
mod event_type;
mod invalid_header;
mod parse_error;
mod read_body;
mod unknown;

pub use batch::{Batch, BatchItem};
pub use drift::Drift;
#[doc(hidden)]
pub use event_type::{event_type, read};
pub use invalid_header::InvalidHeader;
pub use parse_error::ParseError;
pub use read_body::ReadBody;
pub use unknown::Unknown;

/// Where in a request a value is; OpenAPI 3.1's runtime expressions (section 4.8.20.3) that
/// concern a request, without the ones that a webhook has no use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expression {
    /// `$request.header.…`: a header's name in lower case.
    Header(&'static str),
    /// `$request.body#/…`: the tokens of a JSON pointer (RFC 6901). It goes on into JSON held in strings, and through an
    /// array without naming an index, where all items have the same value.
    Body(&'static [&'static str]),
    /// `$request.query.…`: a parameter of the query, decoded.
    Query(&'static str),
    /// `$request.path`: the last segment of the path.
    Path,
    /// `$method`: the method, in capitals.
    Method,
    /// `$url`: the URL as the provider called it, with the query.
    Url,
    /// `$endpoint`: the same without the query.
    Endpoint,
}

impl Expression {
    /// The value in headers or the body, as text; `None` where there is no value, or more than one.
    pub fn evaluate<'b>(&self, body: Body<'b>, header: impl Fn(&str) -> Option<&'b str>) -> Option<Cow<'b, str>> {
        match self {
            Self::Header(name) => header(name).map(Cow::Borrowed),
            Self::Body(tokens) => json::peek(body.text.ok()?, tokens),
            Self::Query(_) | Self::Path | Self::Method | Self::Url | Self::Endpoint => None,
        }
    }

    /// A value in a body that is not there for its own sake.
    #[cfg(all(feature = "jwt", feature = "body-digest"))]
    pub(crate) fn lookup<'b>(body: Body<'b>, tokens: &[&str]) -> Option<Cow<'b, str>> {
        json::peek(body.text.ok()?, tokens)
    }
}

/// An enum over the events of one provider; implemented by generated code alone, so that it may get further items.
pub trait Event: Serialize + Sized {
    /// All event types that have a variant.
    const EVENT_TYPES: &'static [&'static str];
    /// Where in a delivery the event type is found; the values of several locations are joined with a full stop.
    const EVENT_TYPE_LOCATION: &'static [Expression];
    /// The event types that are spelled like webhooks' keys and listed by no schema: of these, letters and digits alone are
    /// compared, and their case is ignored.
    const KEYS: &'static [&'static str] = &[];
    /// The event type of a body that has nothing at the event type location, if only one webhook has such bodies.
    const ABSENT: Option<&'static str> = None;
    /// The event type of a body whose own is not listed, if only one webhook has such bodies.
    const UNLISTED: Option<&'static str> = None;
    /// The event types of the webhooks whose bodies have no listed event type.
    const REST: &'static [&'static str] = &[];
    /// Where documents give a default for the event type: an event type of each payload, and whether it is the default.
    /// A body without an event type is the default of the payload that declares most of its keys.
    const FALLBACKS: &'static [(&'static str, bool)] = &[];
    /// Whether the provider sends several events in one body, as an array: a [`Batch`].
    const IS_IN_BATCHES: bool = false;
    /// What names events beside their event types: the documents' keys of webhooks, mostly. Each with the event types that
    /// it means.
    const WEBHOOKS: &'static [(&'static str, &'static [&'static str])];

    /// Reads the body as the variant of an event type.
    ///
    /// # Errors
    /// When the variant cannot hold it.
    fn parse(event_type: &str, body: Body<'_>) -> Result<Self, ParseFailure>;

    /// What the variant of an event type accepts.
    fn payload_schema(event_type: &str) -> Schema;

    /// The variant of what has no variant.
    fn unknown(event: Unknown) -> Self;
}

#[doc(hidden)]
/// Reads the body of an event whose type is known already.
///
/// # Errors
/// When the body is not JSON or does not fit the event's type.
pub fn parse<E: Event>(event_type: &str, body: Body<'_>) -> Result<E, ParseError> {
    E::parse(event_type, body).or_else(|_| failed(event_type, body))
}

/// Says why a body was not read. It is read again for that: only a failure pays for it.
#[cold]
fn failed<E: Event>(event_type: &str, body: Body<'_>) -> Result<E, ParseError> {
    let text = body.text.map_err(|offset| ParseError::NotUtf8 { offset })?;
    json::check_grammar(text).map_err(|error| ParseError::not_json(&error))?;
    let mut search = Search::default();
    faults::list(text, &Path::ROOT, &mut search.violations, |fault| fault != Fault::LargeInteger);
    if let Ok(value) = serde_json::from_str(text) {
        search.value(&E::payload_schema(event_type), &value, &Path::ROOT);
    }
    let mut violations = search.violations;
    if violations.is_empty()
        && search.is_outside_inferred
        && let Ok(event) = body.unknown(event_type)
    {
        return Ok(E::unknown(event));
    }
    if violations.is_empty() {
        faults::list(text, &Path::ROOT, &mut violations, |fault| fault == Fault::LargeInteger);
    }
    if violations.is_empty() {
        violations.add(String::new, "what its type accepts", "another value");
    }
    Err(ParseError::InvalidPayload(InvalidPayload::new(event_type, body.bytes, violations)))
}

#[doc(hidden)]
/// The keys of an event that its document does not declare, as JSON pointers.
pub fn additional_properties<E: Event>(event: &E, event_type: &str) -> Vec<String> {
    let value = serde_json::to_value(event).unwrap_or_default();
    schema::additional_properties(&E::payload_schema(event_type), &value)
}

#[doc(hidden)]
/// An event as JSON, with every JSON text as the value that it holds.
pub fn expanded<E: Event>(event: &E, event_type: &str) -> Value {
    let value = serde_json::to_value(event).unwrap_or_default();
    schema::expanded(&E::payload_schema(event_type), &value)
}

/// Reads a body, finding out its event from the body alone.
///
/// # Errors
/// When the body is not JSON or does not fit its event's type.
pub fn from_slice<E: Event>(body: &[u8]) -> Result<E, ParseError> {
    let body = Body::new(body);
    match (E::EVENT_TYPE_LOCATION, E::EVENT_TYPES) {
        // Nothing names the event, and nothing needs to.
        ([], [only]) => parse(only, body),
        _ => read(body, |_| None).or_else(|error| several(body, error)),
    }
}

/// Reads a body as the event `name`: an event type, or the key of a webhook in its document.
///
/// # Errors
/// When the body is not JSON or does not fit that event's type.
pub fn from_slice_as<E: Event>(name: &str, body: &[u8]) -> Result<E, ParseError> {
    let body = Body::new(body);
    named(name, body).or_else(|error| several(body, error))
}

fn named<E: Event>(name: &str, body: Body<'_>) -> Result<E, ParseError> {
    let types = match E::WEBHOOKS.iter().find(|(key, _)| *key == name) {
        None => return parse(name, body),
        Some((_, [only])) => return parse(only, body),
        Some((_, several)) => several,
    };
    let found = event_type::<E>(body, |_| None);
    if types.contains(&&*found) {
        return parse(&found, body);
    }
    let unknown = || body.unknown(&found).map(E::unknown).or_else(|_| failed(&found, body));
    let is_complete = E::EVENT_TYPE_LOCATION.iter().all(|expression| matches!(expression, Expression::Body(_)));
    match types.iter().find(|event_type| E::REST.contains(event_type)) {
        Some(rest) if found.is_empty() => parse(rest, body),
        Some(rest) if is_complete => E::parse(rest, body).or_else(|_| unknown()),
        None if is_complete && !found.is_empty() => unknown(),
        _ => parse(name, body),
    }
}

/// An array of events is not one of the events that documents describe. Where it may be one, because the same event comes
/// with and without an array, what does not fit stays an error.
#[cold]
fn several<E: Event>(body: Body<'_>, error: ParseError) -> Result<E, ParseError> {
    match &error {
        ParseError::InvalidPayload(invalid) if E::IS_IN_BATCHES && body.is_array() => {
            match E::payload_schema(&invalid.event_type) {
                Schema::OneOrMany(_) => Err(error),
                _ => body.unknown("").map(E::unknown).map_err(|_| error),
            }
        }
        _ => Err(error),
    }
}

/// The value of a header that is no text; where it does not fit, the text as it came.
///
/// # Errors
/// When the text is not the JSON of such a value.
#[doc(hidden)]
pub fn header<T: DeserializeOwned>(text: &str) -> Result<T, InvalidHeader> {
    serde_json::from_str(text).map_err(|_| InvalidHeader { text: text.to_owned() })
}

/// A body.
#[derive(Debug, Clone, Copy)]
pub struct Body<'b> {
    bytes: &'b [u8],
    /// The bytes as text; they are looked through once. Where they are none, the length of what is.
    text: Result<&'b str, usize>,
}

impl<'b> Body<'b> {
    /// Any bytes: whether they are text matters once they are parsed.
    pub fn new(bytes: &'b [u8]) -> Self {
        let text = std::str::from_utf8(bytes).map_err(|error| error.valid_up_to());
        // A byte order mark may be ignored (RFC 8259, section 8.1).
        Self { bytes, text: text.map(|text| text.strip_prefix('\u{feff}').unwrap_or(text)) }
    }

    #[cfg(feature = "body-digest")]
    pub(crate) fn bytes(self) -> &'b [u8] {
        self.bytes
    }

    /// Whether it is an array, if it is JSON.
    fn is_array(self) -> bool {
        self.text.is_ok_and(|text| text.trim_start().starts_with('['))
    }

    /// The body of an event that is not JSON.
    pub fn raw(self) -> Box<RawBody> {
        Box::new(RawBody(self.bytes.to_owned()))
    }

    /// Reads the body as the type of an event.
    ///
    /// # Errors
    /// When it is not JSON or does not fit.
    pub fn parse<T: DeserializeOwned>(self) -> Result<Box<T>, ParseFailure> {
        json::from_str(self.text.map_err(|_| ParseFailure)?).map_err(|_| ParseFailure)
    }

    /// Keeps the body of an event that no document describes.
    ///
    /// # Errors
    /// When it is not JSON, or no [`Value`] can hold it.
    pub fn unknown(self, event_type: &str) -> Result<Unknown, ParseFailure> {
        let body = json::from_str(self.text.map_err(|_| ParseFailure)?).map_err(|_| ParseFailure)?;
        Ok(Unknown { event_type: event_type.to_owned(), body })
    }
}

/// That the variant of an event does not hold a body. Why is found out later.
#[derive(Debug)]
pub struct ParseFailure;
