//! Reading JSON without losing anything of it: the one way from text to a type.
//!
//! [`serde_json`] reads; [`Strict`] around it refuses a key that an object has twice, and notices integers that an
//! `f64` would round.

pub(crate) mod faults;
mod node;
mod peek;
mod strict;

pub(crate) use faults::Fault;
pub(crate) use node::Node;
pub(crate) use peek::peek;

use serde::de::{DeserializeOwned, IgnoredAny};
pub(crate) use strict::{DUPLICATE, OBJECT};
use strict::{LargeNumbers, Reading, Strict};

/// Reads a value from the whole of a text.
///
/// # Errors
/// When the text is not JSON, is not of this type, or holds what no type here can hold (a [`Fault`]).
pub(crate) fn from_str<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    let reading = Reading::new(LargeNumbers::Refuse);
    let result = read(text, &reading);
    if result.is_ok() || !reading.met_large_number() {
        return result;
    }
    // Rare, and therefore decided only now: a number such as 1e300 loses nothing as an `f64`, and a long row of digits does.
    let has_large_integer = faults::any(text, |fault| fault == Fault::LargeInteger);
    read(text, &Reading::new(if has_large_integer { LargeNumbers::ByDigits } else { LargeNumbers::Accept }))
}

fn read<T: DeserializeOwned>(text: &str, reading: &Reading) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Strict::new(&mut deserializer, reading))?;
    deserializer.end()?;
    Ok(value)
}

/// Whether a text is JSON by the grammar (RFC 8259), whatever types can make of it.
///
/// # Errors
/// Says where it is not.
pub(crate) fn check_grammar(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<IgnoredAny>(text).map(drop)
}
