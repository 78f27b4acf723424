//! What a body has that its document does not declare.

use super::{Body, Event, event_type};
use crate::schema;

/// What the body of an event has that its document does not declare: JSON pointers (RFC 6901), and no values. They go on
/// into JSON held in strings.
///
/// [`Receiver::on_drift`](crate::Receiver::on_drift) is given one for each such event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// The event type.
    pub event_type: String,
    /// Whether no document declares the event: then nothing is known of its properties.
    pub is_unknown_event: bool,
    /// The keys that no document declares. The list ends after a mebibyte.
    pub additional_properties: Vec<String>,
    /// The values that are none of those which the document lists, likewise.
    pub unlisted_values: Vec<String>,
}

impl Drift {
    /// Whether the body is all that its document says.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.is_unknown_event && self.additional_properties.is_empty() && self.unlisted_values.is_empty()
    }

    /// Compares a body with the document of its event.
    pub(super) fn of<'b, E: Event>(body: Body<'b>, header: impl Fn(&str) -> Option<&'b str>) -> Self {
        let event_type = event_type::<E>(body, header).into_owned();
        let known = match E::EVENT_TYPES {
            [only] if E::EVENT_TYPE_LOCATION.is_empty() => Some(*only),
            listed if listed.contains(&&*event_type) => Some(&*event_type),
            _ if event_type.is_empty() => E::ABSENT,
            _ => E::UNLISTED,
        };
        let value = body.unknown("").map(|unknown| unknown.body);
        let Some((known, value)) = known.zip(value.ok()) else {
            return Self { event_type, is_unknown_event: true, ..Self::default() };
        };
        let (additional_properties, unlisted_values) = schema::drift(&E::payload_schema(known), &value);
        Self { event_type: known.to_owned(), is_unknown_event: false, additional_properties, unlisted_values }
    }
}
