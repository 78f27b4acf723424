//! Several events in one body.

use super::{Body, Drift, Event, ParseError, ReadBody, Unknown, from_slice, read};
use crate::invalid_payload::InvalidPayload;
use crate::json;
use serde::ser::{self, Serialize, Serializer};
use serde_json::value::RawValue;
use std::ops::Deref;

/// The events of one body: those of a JSON array, each of its own type, or the one that a provider sends without an array.
///
/// It is written in the form it came in.
///
/// ```
/// # mod shop { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/shop.rs")); }
/// # use shop::Event;
/// use webhook_runtime::Batch;
///
/// let batch: Batch<Event> = Batch::from_slice(br#"[{"total": 1250}, {"total": 80}]"#)?;
/// for item in &batch {
///     match &item.event {
///         Ok(event) => println!("{event:?}"),
///         Err(invalid) => println!("{invalid}"),
///     }
/// }
/// assert_eq!((batch.len(), batch.is_array), (2, true));
/// # Ok::<(), webhook_runtime::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Batch<E> {
    /// The events, in the order in which they are in the body.
    pub items: Vec<BatchItem<E>>,
    /// Whether they came in an array.
    pub is_array: bool,
}

/// One event of a [`Batch`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BatchItem<E> {
    /// What stays the same of this event over all attempts to deliver it, where the provider says that in the body. A
    /// receiver sets it; [`Batch::from_slice`] does not.
    pub id: Option<String>,
    /// The event; where it does not fit its type, what does not fit. The others are events all the same.
    pub event: Result<E, Box<InvalidPayload>>,
}

impl<E: Event> Batch<E> {
    /// Reads a body, finding out of each event which one it is.
    ///
    /// # Errors
    /// When the body is not JSON. An event that does not fit its type is an item of the batch.
    pub fn from_slice(body: &[u8]) -> Result<Self, ParseError> {
        Self::read(Body::new(body), |item| from_slice(item.bytes), |_| None)
    }

    fn read<'b>(
        body: Body<'b>,
        event: impl Fn(Body<'b>) -> Result<E, ParseError>,
        id: impl Fn(Body<'b>) -> Option<String>,
    ) -> Result<Self, ParseError> {
        let text = body.text.map_err(|offset| ParseError::NotUtf8 { offset })?;
        let is_array = body.is_array();
        let items = match is_array {
            true => split(text).map_err(|error| ParseError::not_json(&error))?,
            false => {
                json::check_grammar(text).map_err(|error| ParseError::not_json(&error))?;
                vec![text]
            }
        };
        let item = |text: &'b str| {
            let body = Body::new(text.as_bytes());
            let event = match event(body) {
                Ok(event) => Ok(event),
                Err(ParseError::InvalidPayload(invalid)) => Err(invalid),
                Err(error) => return Err(error),
            };
            Ok(BatchItem { id: id(body), event })
        };
        let items: Result<_, _> = items.into_iter().map(item).collect();
        Ok(Self { items: items?, is_array })
    }
}

/// The items of an array, as they are written.
fn split(text: &str) -> serde_json::Result<Vec<&str>> {
    let items: Vec<&RawValue> = serde_json::from_str(text)?;
    Ok(items.into_iter().map(RawValue::get).collect())
}

impl<E: Event> ReadBody for Batch<E> {
    fn read_body<'b>(
        body: Body<'b>,
        header: impl Fn(&str) -> Option<&'b str>,
        id: impl Fn(Body<'b>) -> Option<String>,
    ) -> Result<Self, ParseError> {
        Self::read(body, |item| read(item, &header), id)
    }

    fn drift<'b>(body: Body<'b>, header: impl Fn(&str) -> Option<&'b str>) -> Vec<Drift> {
        let items = body.text.ok().filter(|_| body.is_array()).and_then(|text| split(text).ok());
        match items {
            Some(items) => items.iter().map(|item| Drift::of::<E>(Body::new(item.as_bytes()), &header)).collect(),
            None => vec![Drift::of::<E>(body, header)],
        }
    }

    fn from_unknown(event: Unknown) -> Self {
        Self { items: vec![BatchItem { id: None, event: Ok(E::unknown(event)) }], is_array: false }
    }

    fn invalid(&self) -> impl Iterator<Item = &InvalidPayload> {
        self.items.iter().filter_map(|item| item.event.as_ref().err().map(|invalid| &**invalid))
    }
}

impl<E> Deref for Batch<E> {
    type Target = [BatchItem<E>];

    fn deref(&self) -> &[BatchItem<E>] {
        &self.items
    }
}

impl<E> IntoIterator for Batch<E> {
    type Item = BatchItem<E>;
    type IntoIter = std::vec::IntoIter<BatchItem<E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'b, E> IntoIterator for &'b Batch<E> {
    type Item = &'b BatchItem<E>;
    type IntoIter = std::slice::Iter<'b, BatchItem<E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<E: Serialize> Serialize for Batch<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.items.as_slice() {
            [item] if !self.is_array => item.serialize(serializer),
            items => items.serialize(serializer),
        }
    }
}

impl<E: Serialize> Serialize for BatchItem<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.event {
            Ok(event) => event.serialize(serializer),
            Err(invalid) => {
                let text = String::from_utf8(invalid.body.clone()).map_err(ser::Error::custom)?;
                RawValue::from_string(text).map_err(ser::Error::custom)?.serialize(serializer)
            }
        }
    }
}
