//! What the body of a delivery is read as.

use super::{Body, Drift, Event, ParseError, Unknown, read};
use crate::invalid_payload::InvalidPayload;
use serde::ser::Serialize;

/// What the body of a delivery is read as: an event, or a batch of events.
pub trait ReadBody: Serialize + Sized + sealed::Sealed {
    /// Reads a body; `header` gives the text of a header by its name in lower case, `id` what identifies one of several
    /// events.
    ///
    /// # Errors
    /// When the body is not JSON, or its only event does not fit its type.
    fn read_body<'b>(
        body: Body<'b>,
        header: impl Fn(&str) -> Option<&'b str>,
        id: impl Fn(Body<'b>) -> Option<String>,
    ) -> Result<Self, ParseError>;

    /// What has no variant.
    fn from_unknown(event: Unknown) -> Self;

    /// What the events of a body have that their documents do not declare.
    fn drift<'b>(body: Body<'b>, header: impl Fn(&str) -> Option<&'b str>) -> Vec<Drift>;

    /// Of several events those that do not fit their types.
    fn invalid(&self) -> impl Iterator<Item = &InvalidPayload> {
        std::iter::empty()
    }
}

mod sealed {
    use crate::event::{Batch, Event};

    /// What a body is read as is known here alone.
    pub trait Sealed {}

    impl<E: Event> Sealed for E {}

    impl<E: Event> Sealed for Batch<E> {}
}

impl<E: Event> ReadBody for E {
    fn read_body<'b>(
        body: Body<'b>,
        header: impl Fn(&str) -> Option<&'b str>,
        _: impl Fn(Body<'b>) -> Option<String>,
    ) -> Result<Self, ParseError> {
        read(body, header)
    }

    fn drift<'b>(body: Body<'b>, header: impl Fn(&str) -> Option<&'b str>) -> Vec<Drift> {
        vec![Drift::of::<E>(body, header)]
    }

    fn from_unknown(event: Unknown) -> Self {
        E::unknown(event)
    }
}
