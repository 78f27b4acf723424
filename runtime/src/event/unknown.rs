use crate::Value;
use serde::ser::{Serialize, Serializer};

/// An event that no document describes (yet), whole. So is one whose schema has no `type`, and whose body is not of the type
/// that its other keywords suggest.
///
/// ```
/// # mod shop { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/shop.rs")); }
/// # use shop::Event;
/// let event = Event::from_slice_as("order.lost", br#"{"reason": "rain"}"#)?;
/// let Event::Unknown(unknown) = event else { panic!("it is not documented") };
/// assert_eq!(unknown.event_type, "order.lost");
/// assert_eq!(unknown.body["reason"], "rain");
/// # Ok::<(), webhook_runtime::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Unknown {
    /// The event type it carries; empty where none is found.
    pub event_type: String,
    /// The body.
    pub body: Value,
}

impl Unknown {
    /// An event for a test of how it is handled.
    pub fn new(event_type: impl Into<String>, body: Value) -> Self {
        Self { event_type: event_type.into(), body }
    }
}

impl Serialize for Unknown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body.serialize(serializer)
    }
}
