//! Choosing the variant of a union.

use crate::Value;
use serde::de::DeserializeOwned;
use std::cell::Cell;

thread_local! {
    /// How far what was read so far lies outside of its documents.
    static DISTANCE: Cell<u64> = const { Cell::new(0) };
}

/// A key that is not declared: allowed, but a schema that declares it fits better.
const UNDECLARED: u64 = 1;
/// A value that an enum or const does not list: another schema is probably meant.
const UNLISTED: u64 = 1 << 20;
/// A value that fits none of a union's variants.
const UNFIT: u64 = 1 << 40;

fn add(distance: u64) {
    DISTANCE.set(DISTANCE.get().saturating_add(distance));
}

/// Notes a key that is not declared.
pub(super) fn undeclared() {
    add(UNDECLARED);
}

/// Notes a value that an enum does not list. Generated code calls it where it makes an `Other`.
pub fn unlisted(text: &str) -> String {
    add(UNLISTED);
    text.to_owned()
}

/// The variants of a union are tried in the order of the document; the first into which a value fits
/// without anything left over is taken, or else the one in which the least is.
///
/// What is weighed, heaviest first: JSON type and required keys (a variant that refuses the value is
/// out), values of `const` and `enum`, undeclared keys.
pub struct Choice<'v, U> {
    value: &'v Value,
    before: u64,
    best: Option<(u64, U)>,
}

impl<'v, U> Choice<'v, U> {
    /// Begins a choice.
    pub fn new(value: &'v Value) -> Self {
        Self { value, before: DISTANCE.get(), best: None }
    }

    /// Tries a variant.
    #[must_use]
    pub fn or<T: DeserializeOwned>(mut self, wrap: impl FnOnce(T) -> U) -> Self {
        let closest = self.best.as_ref().map_or(u64::MAX, |(distance, _)| *distance);
        if closest > 0 {
            DISTANCE.set(0);
            if let Ok(value) = T::deserialize(self.value) {
                let distance = DISTANCE.get();
                if distance < closest {
                    self.best = Some((distance, wrap(value)));
                }
            }
        }
        self
    }

    /// Tries a variant if the discriminator names it (OpenAPI 3.1, section 4.8.25); it is then the
    /// one that is meant, whatever is left over.
    #[must_use]
    pub fn or_tagged<T: DeserializeOwned>(self, property: &str, tags: &[&str], wrap: impl FnOnce(T) -> U) -> Self {
        let tag = self.value.get(property).and_then(Value::as_str);
        if !tag.is_some_and(|tag| tags.contains(&tag)) {
            return self;
        }
        match T::deserialize(self.value) {
            Ok(value) => Self { best: Some((0, wrap(value))), ..self },
            Err(_) => self,
        }
    }

    /// The variant that was chosen; none if all refuse the value.
    pub fn made(self) -> Option<U> {
        let (distance, chosen) = match self.best {
            Some((distance, chosen)) => (distance, Some(chosen)),
            None => (UNFIT, None),
        };
        DISTANCE.set(self.before.saturating_add(distance));
        chosen
    }
}
