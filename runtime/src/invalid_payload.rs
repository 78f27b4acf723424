use std::fmt;

/// A body of a documented event that does not fit the event's type. Nothing of it is lost.
///
/// ```
/// # mod shop { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/shop.rs")); }
/// # use shop::Event;
/// use webhook_runtime::ParseError;
///
/// let body = br#"{"total": "much", "discount": 1}"#;
/// let Err(ParseError::InvalidPayload(invalid)) = Event::from_slice_as("order.paid", body) else { panic!("it fits") };
/// assert_eq!((invalid.event_type.as_str(), invalid.body.as_slice()), ("order.paid", body.as_slice()));
/// let [violation] = invalid.violations.as_slice() else { panic!("one value does not fit") };
/// assert_eq!((violation.pointer.as_str(), violation.found.as_str()), ("/total", "a string"));
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct InvalidPayload {
    /// The event type that the body carries.
    pub event_type: String,
    /// The whole body, byte for byte.
    pub body: Vec<u8>,
    /// What does not fit; at least one, and at most 100.
    pub violations: Vec<Violation>,
    /// How many more violations there are.
    pub more: usize,
}

impl InvalidPayload {
    pub(crate) fn new(event_type: &str, body: &[u8], violations: Violations) -> Box<Self> {
        let Violations { list, more, .. } = violations;
        Box::new(Self { event_type: event_type.to_owned(), body: body.to_owned(), violations: list, more })
    }

    /// The body as a value.
    ///
    /// # Errors
    /// When [`serde_json::Value`] cannot hold it: a number out of range, half of a surrogate pair, more than 127 arrays
    /// and objects inside each other. Of a duplicate key it holds the last value.
    pub fn value(&self) -> serde_json::Result<crate::Value> {
        serde_json::from_slice(self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body))
    }
}

/// One thing of a body that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where it is, as a JSON pointer (RFC 6901); tokens go on into JSON held in strings.
    pub pointer: String,
    /// What the type wants there.
    pub expected: String,
    /// What is there: the kind of value, never the value itself, so that it can be logged.
    pub found: String,
}

/// Without the body: that may hold what must not get into a log.
impl fmt::Debug for InvalidPayload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { event_type, body, violations, more } = self;
        let mut shown = formatter.debug_struct("InvalidPayload");
        shown.field("event_type", event_type).field("body", &format_args!("{} bytes", body.len()));
        shown.field("violations", violations).field("more", more).finish()
    }
}

impl fmt::Display for InvalidPayload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the body does not fit the event `{}`: ", self.event_type)?;
        for (index, violation) in self.violations.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(formatter, "{separator}{violation}")?;
        }
        if self.more > 0 {
            write!(formatter, "; and {} more", self.more)?;
        }
        Ok(())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, expected, found } = self;
        write!(formatter, "at `{pointer}` expected {expected}, found {found}")
    }
}

impl std::error::Error for InvalidPayload {}

/// The violations of a body as they are found; a long list helps nobody, and a sender must not decide how long it gets.
#[derive(Default)]
pub(crate) struct Violations {
    list: Vec<Violation>,
    more: usize,
    /// The bytes of the pointers.
    bytes: usize,
}

impl Violations {
    const MOST: usize = 100;
    const MOST_BYTES: usize = 1 << 16;

    /// Adds a violation, or only counts it.
    pub fn add(&mut self, pointer: impl FnOnce() -> String, expected: &str, found: &str) {
        if self.list.len() >= Self::MOST || self.bytes > Self::MOST_BYTES {
            self.more += 1;
            return;
        }
        let pointer = pointer();
        self.bytes += pointer.len();
        self.list.push(Violation { pointer, expected: expected.to_owned(), found: found.to_owned() });
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    #[cfg(test)]
    pub fn list(&self) -> &[Violation] {
        &self.list
    }
}
