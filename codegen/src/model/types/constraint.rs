//! The constraints of the documents that the Rust types do not enforce.

use crate::schema::Location;
use serde_json::{Number, Value};

/// A keyword that the Rust type does not enforce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// The property that it is about; none where it is about the type itself.
    pub property: Option<String>,
    /// The values inside that it constrains: `[]` for the items, `{}` for the members, and so on; empty for the value.
    pub inside: String,
    /// What it allows.
    pub rule: Rule,
    /// The location of the keyword.
    pub location: Location,
}

/// What a constraint allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nothing below a limit.
    Least(Limit),
    /// Nothing above a limit.
    Greatest(Limit),
    /// Multiples of a number.
    MultipleOf(Number),
    /// Texts that match a regular expression.
    Pattern(String),
    /// Texts or numbers of a format, which is a note for the reader.
    Format(String),
    /// A list of values; not all are strings.
    Values(Vec<Value>),
    /// No keys but those that are declared.
    NoOtherKeys,
    /// Keys that match one of some regular expressions, among those that are not declared.
    KeyPatterns(Vec<String>),
    /// Objects with a key that is not declared.
    Key(String),
    /// No null, though the type accepts it.
    NotNull,
    /// Any other keyword.
    Other {
        /// The keyword.
        keyword: String,
        /// Its value.
        value: Value,
    },
}

/// A limit of a value's size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is measured.
    pub measure: Measure,
    /// The limit.
    pub value: Number,
    /// Whether the limit itself is out.
    pub excludes: bool,
    /// Whether only integers are measured.
    pub is_integer: bool,
}

/// What a limit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// The value of a number.
    Value,
    /// The characters of a text.
    Length,
    /// The items of an array.
    Items,
    /// The keys of an object.
    Keys,
}
