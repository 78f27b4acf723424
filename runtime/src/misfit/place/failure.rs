//! Why a value could not be read, and where.

use crate::Problem;
use serde::de::{self, Expected, Unexpected};
use std::fmt;

/// A failure to read a value.
#[derive(Debug)]
pub struct Failure {
    pub pointer: Option<String>,
    pub reason: Reason,
}

#[derive(Debug)]
pub enum Reason {
    /// Keys that an object must have, and has not.
    Missing(Vec<&'static str>),
    /// Keys that stand in an object twice, with pointers that begin at this place.
    Twice(Vec<Problem>),
    /// A value that its schema allows because it has no `type`.
    Untyped,
    /// A field that got no value.
    Field(&'static str),
    Other {
        expected: String,
        found: String,
    },
}

impl Failure {
    /// The value at `pointer` is not of the type that was made of its schema, but need not be.
    pub fn untyped(self, pointer: &str) -> Self {
        match &self.reason {
            Reason::Other { .. } if self.pointer.as_deref() == Some(pointer) => {
                Self { reason: Reason::Untyped, ..self }
            }
            _ => self,
        }
    }
}

impl From<Reason> for Failure {
    fn from(reason: Reason) -> Self {
        Self { pointer: None, reason }
    }
}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Reason::Other { expected: "what its type says".to_owned(), found: message.to_string() }.into()
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = match expected.to_string() {
            // What serde calls it.
            unit if unit == "unit" => "null".to_owned(),
            other => other,
        };
        Reason::Other { expected, found: kind(&unexpected).to_owned() }.into()
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Reason::Field(field).into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.reason)
    }
}

impl std::error::Error for Failure {}

fn kind(unexpected: &Unexpected<'_>) -> &'static str {
    match unexpected {
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(_) => "a number",
        Unexpected::Str(_) | Unexpected::Char(_) => "a string",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "another value",
    }
}
