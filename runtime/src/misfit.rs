use crate::Value;
use std::fmt;

mod duplicates;
mod place;

pub(crate) use duplicates::duplicates;
pub(crate) use place::search;

/// A body of a documented event that does not fit the event's type. Nothing of it is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// The event type the body carries.
    pub event_type: String,
    /// The whole body.
    pub body: Value,
    /// The places that do not fit; at least one.
    pub problems: Vec<Problem>,
}

/// One place of a body that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The place, as a JSON pointer (RFC 6901); tokens go on into JSON held in strings.
    pub pointer: String,
    /// What the type wants there.
    pub expected: String,
    /// What stands there: the kind of value, never the value itself, so that it can be logged.
    pub found: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the body does not fit the event `{}`: ", self.event_type)?;
        for (index, problem) in self.problems.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(formatter, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, expected, found } = self;
        write!(formatter, "at `{pointer}` expected {expected}, found {found}")
    }
}

impl std::error::Error for Misfit {}

/// Appends a token to a JSON pointer, escaped as RFC 6901 (section 3) says.
pub(crate) fn join(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}
