//! One thing that arrives and is not declared.

use crate::capture::Captured;
use std::fmt::{self, Display, Formatter};

/// A longer value is cut where it is shown.
const LONGEST: usize = 60;

/// What was found, and where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The event type.
    pub event_type: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// The pointer into the event, with `*` for items and keys that are data.
    pub pointer: String,
    /// The value that is not listed, or what is wrong.
    pub detail: String,
}

/// A kind of thing that is not declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The body is not JSON.
    NotJson,
    /// No document declares the event.
    UndocumentedEvent,
    /// The event does not fit its type.
    Violation,
    /// A key that no document declares.
    AdditionalProperty,
    /// A text that is none of those that are listed.
    UnlistedValue,
    /// Null where none is declared.
    Null,
    /// A property that is declared, and was in none of the bodies.
    NeverSeen,
}

/// How often something was found.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// In how many deliveries, or several times in one.
    pub count: u64,
    /// When it came first and last, where captures say that.
    pub times: Option<(String, String)>,
    /// Where the first delivery is.
    pub example: String,
}

impl Finding {
    pub(super) fn new(event_type: &str, kind: Kind, pointer: &str, detail: &str) -> Self {
        let is_cut = detail.chars().count() > LONGEST;
        let detail: String = detail.chars().take(LONGEST).chain(is_cut.then_some('…')).collect();
        Self { event_type: event_type.to_owned(), kind, pointer: pointer.to_owned(), detail }
    }
}

impl Seen {
    pub(super) fn add(&mut self, captured: &Captured) {
        self.count += 1;
        if self.count == 1 {
            self.example = captured.at();
        }
        let Some(time) = &captured.received_at else { return };
        match &mut self.times {
            // Captures may come in any order; as RFC 3339 in one time zone, texts compare as times do.
            Some((first, last)) => {
                if time < first {
                    first.clone_from(time);
                }
                if time > last {
                    last.clone_from(time);
                }
            }
            None => self.times = Some((time.clone(), time.clone())),
        }
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotJson => "not JSON",
            Self::UndocumentedEvent => "undocumented event",
            Self::Violation => "violation",
            Self::AdditionalProperty => "additional property",
            Self::UnlistedValue => "unlisted value",
            Self::Null => "null, not declared",
            Self::NeverSeen => "declared, never seen",
        })
    }
}
