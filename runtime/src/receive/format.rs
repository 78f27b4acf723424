//! From the text of a header to the signatures in it.

use super::{Field, Format, Slot};

/// More signatures than any rotation needs. Without a bound, a request could buy a lot of work with one long header.
pub(super) const MOST_SIGNATURES: usize = 32;

impl Format {
    /// Whether it has such a part.
    pub(super) fn has(&self, field: Field) -> bool {
        self.slots.iter().any(|slot| slot.field == field)
    }

    /// The parts of a text that this format knows.
    pub(super) fn fields<'t>(&self, text: &'t str) -> impl Iterator<Item = (Field, &'t str)> {
        let tokens = tokens(text, self.separators.as_bytes());
        let slots = self.slots;
        let mut position = 0;
        tokens.filter_map(move |token| {
            let labelled = slots.iter().filter(|slot| !slot.is_unlabelled()).find_map(|slot| slot.value(token));
            labelled.or_else(|| {
                // The last one may be repeated.
                let unlabelled = || slots.iter().filter(|slot| slot.is_unlabelled());
                let slot = unlabelled().nth(position).or_else(|| unlabelled().next_back())?;
                position += 1;
                Some((slot.field, token))
            })
        })
    }

    /// What the first such part holds.
    pub(super) fn first<'t>(&self, text: &'t str, field: Field) -> Option<&'t str> {
        self.fields(text).find(|(found, _)| *found == field).map(|(_, value)| value)
    }
}

/// The text between separators, which are ASCII: a search for bytes finds whole characters.
fn tokens<'t>(text: &'t str, separators: &'static [u8]) -> impl Iterator<Item = &'t str> {
    let mut rest = Some(text);
    let next = move || {
        let text = rest?;
        let end = text.bytes().position(|byte| separators.contains(&byte));
        let (token, after) = end.map_or((text, None), |end| (&text[..end], Some(&text[end + 1..])));
        rest = after;
        Some(token)
    };
    std::iter::from_fn(next).filter(|token| !token.is_empty())
}

impl Slot {
    fn is_unlabelled(&self) -> bool {
        self.label.is_empty() && self.suffix.is_empty()
    }

    fn value<'t>(&self, token: &'t str) -> Option<(Field, &'t str)> {
        let value = token.strip_prefix(self.label)?.strip_suffix(self.suffix)?;
        Some((self.field, value))
    }
}
