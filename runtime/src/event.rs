//! From a body to the variant of its event.

use crate::de::Implied;
use crate::misfit::{Misfit, duplicates, search};
use crate::{Problem, RawBody, Value, json};
use serde::de::DeserializeOwned;
use serde::ser::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

mod event_type;
mod peek;

pub use event_type::{event_type, read};

/// Where in a request a value stands; OpenAPI 3.1's runtime expressions (section 4.8.20.3) that
/// concern a request, without the ones that a webhook has no use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expression {
    /// `$request.header.…`: a header's name in lower case.
    Header(&'static str),
    /// `$request.body#/…`: the tokens of a JSON pointer (RFC 6901). It walks through JSON held in
    /// strings, and through an array of one element without naming its index.
    Body(&'static [&'static str]),
}

impl Expression {
    /// The value in a request, as text; `None` where nothing or no single value stands there.
    pub fn evaluate<'b>(&self, body: Body<'b>, header: impl Fn(&str) -> Option<&'b str>) -> Option<Cow<'b, str>> {
        match self {
            Self::Header(name) => header(name).map(Cow::Borrowed),
            Self::Body(tokens) => peek::peek(body.text.ok()?, tokens),
        }
    }
}

/// An enum over the events of one provider; implemented by generated code.
pub trait Event: Serialize + Sized {
    /// All event types that have a variant.
    const EVENT_TYPES: &'static [&'static str];
    /// What names the event of a body; several expressions are joined with a full stop.
    const EVENT_TYPE: &'static [Expression];
    /// The event types that are webhooks' keys, as neither schemas nor examples spell them: of these, letters and digits
    /// alone are compared, and their case is ignored.
    const KEYS: &'static [&'static str] = &[];
    /// The event type of a body that has nothing where event types stand, if only one webhook has such bodies.
    const ABSENT: Option<&'static str> = None;
    /// The documents' keys of webhooks, each with the event types of that webhook; without keys that only name themselves.
    const WEBHOOKS: &'static [(&'static str, &'static [&'static str])];

    /// Reads the body as the variant of an event type.
    ///
    /// # Errors
    /// When the body is no JSON or the variant cannot hold it.
    fn parse(event_type: &str, body: Body<'_>) -> Result<Self, Refusal>;

    /// The variant of what has no variant.
    fn unknown(event: Unknown) -> Self;
}

/// Reads the body of an event whose type is known already.
///
/// # Errors
/// When the body is no JSON or does not fit the event's type.
pub fn parse<E: Event>(event_type: &str, body: Body<'_>) -> Result<E, ParseError> {
    match E::parse(event_type, body) {
        Ok(event) => Ok(event),
        Err(Refusal::Untyped(event)) => Ok(E::unknown(event)),
        Err(Refusal::Error(error)) => Err(error),
    }
}

/// Reads a body, finding out its event from the body alone.
///
/// # Errors
/// When the body is no JSON or does not fit its event's type.
pub fn from_slice<E: Event>(body: &[u8]) -> Result<E, ParseError> {
    let body = Body::new(body);
    match (E::EVENT_TYPE, E::EVENT_TYPES) {
        // Nothing names the event, and nothing needs to.
        ([], [only]) => parse(only, body),
        _ => read(body, |_| None),
    }
}

/// Reads a body as the event `name`: an event type, or the key of a webhook in its document.
///
/// # Errors
/// When the body is no JSON or does not fit that event's type.
pub fn from_slice_as<E: Event>(name: &str, body: &[u8]) -> Result<E, ParseError> {
    let body = Body::new(body);
    let types = match E::WEBHOOKS.iter().find(|(key, _)| *key == name) {
        None => return parse(name, body),
        Some((_, [only])) => return parse(only, body),
        Some((_, several)) => several,
    };
    let found = event_type::<E>(body, |_| None);
    let is_complete = E::EVENT_TYPE.iter().all(|expression| matches!(expression, Expression::Body(_)));
    match found {
        found if types.contains(&&*found) => parse(&found, body),
        found if is_complete && !found.is_empty() => body.unknown(&found).map(E::unknown),
        _ => parse(name, body),
    }
}

/// The value of a header that is no text; where it does not fit, the text as it came.
///
/// # Errors
/// When the text is not the JSON of such a value.
pub fn header<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|_| text.to_owned())
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
        Self { bytes, text: std::str::from_utf8(bytes).map_err(|error| error.valid_up_to()) }
    }

    /// RFC 8259 (section 8.1) asks of JSON to be UTF-8.
    fn text(self) -> Result<&'b str, ParseError> {
        self.text.map_err(|offset| ParseError::NotUtf8 { offset })
    }

    /// The body of an event that is not JSON.
    pub fn raw(self) -> Box<RawBody> {
        Box::new(RawBody(self.bytes.to_owned()))
    }

    /// Reads the body as the type of an event.
    ///
    /// # Errors
    /// When it is no JSON or does not fit.
    pub fn parse<T: DeserializeOwned>(self, event_type: &str) -> Result<Box<T>, Refusal> {
        let text = self.text()?;
        json::from_str(text).map(Box::new).map_err(|error| refusal::<T>(text, event_type, &error))
    }

    /// [`parse`](Self::parse) of a body whose schema has no `type`.
    ///
    /// # Errors
    /// As `parse`.
    pub fn implied<T: DeserializeOwned>(self, event_type: &str) -> Result<Box<T>, Refusal> {
        let text = self.text()?;
        json::from_str(text).map(Box::new).map_err(|error| refusal::<Implied<T>>(text, event_type, &error))
    }

    /// Keeps the body of an event that no document describes.
    ///
    /// # Errors
    /// When it is no JSON.
    pub fn unknown(self, event_type: &str) -> Result<Unknown, ParseError> {
        let body = json::from_str(self.text()?).map_err(|error| ParseError::not_json(&error))?;
        Ok(Unknown { event_type: event_type.to_owned(), body })
    }
}

/// Why a body was refused. Runs through it again, as often as it takes to list all places: only a
/// failure pays for that.
#[cold]
fn refusal<T: DeserializeOwned>(text: &str, event_type: &str, error: &serde_json::Error) -> Refusal {
    let body: Value = match serde_json::from_str(text) {
        Ok(body) => body,
        Err(error) => return ParseError::not_json(&error).into(),
    };
    let event_type = event_type.to_owned();
    let mut search = search::<T>(&body);
    search.problems.extend(duplicates(text));
    if search.problems.is_empty() && search.untyped > 0 {
        return Refusal::Untyped(Unknown { event_type, body });
    }
    let mut problems = search.problems;
    if problems.is_empty() {
        let (expected, found) = ("what its type says".to_owned(), error.to_string());
        problems.push(Problem { pointer: String::new(), expected, found });
    }
    ParseError::Misfit(Box::new(Misfit { event_type, body, problems })).into()
}

/// Why the variant of an event does not hold a body.
#[derive(Debug)]
pub enum Refusal {
    /// The body is no JSON or does not fit.
    Error(ParseError),
    /// The body fits: where it is not of the types that were made of its schemas, these have no `type`, and so allow it.
    Untyped(Unknown),
}

impl From<ParseError> for Refusal {
    fn from(error: ParseError) -> Self {
        Self::Error(error)
    }
}

/// An event that no document describes (yet), whole; or one that does not have the types that its document implies, and
/// need not have them.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// The event type it carries; empty where none is found.
    pub event_type: String,
    /// The body.
    pub body: Value,
}

impl Serialize for Unknown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body.serialize(serializer)
    }
}

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ParseError {
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// How many bytes from the start are.
        offset: usize,
    },
    /// The text is not JSON.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, in bytes from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// The body is JSON, but does not fit the type of its event.
    Misfit(Box<Misfit>),
}

impl ParseError {
    fn not_json(error: &serde_json::Error) -> Self {
        Self::NotJson { line: error.line(), column: error.column(), message: error.to_string() }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 { offset } => write!(formatter, "the body is not UTF-8 from byte {offset} on"),
            Self::NotJson { message, .. } => write!(formatter, "the body is not JSON: {message}"),
            Self::Misfit(misfit) => misfit.fmt(formatter),
        }
    }
}

impl std::error::Error for ParseError {}
