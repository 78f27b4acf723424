//! What warnings are about, so that they can be counted and switched off.

use crate::source::suggest::one_of;

/// What a warning is about. Those that decide which event a delivery is come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum WarningKind {
    /// Which event a delivery is.
    EventType,
    /// A webhook or a document that has no events.
    NoEvent,
    /// How deliveries are signed.
    Signature,
    /// A reference that cannot be resolved.
    Reference,
    /// A union, its discriminator and its mapping.
    Union,
    /// A schema that no value satisfies.
    Contradiction,
    /// A schema without a `type`, which is inferred.
    InferredType,
    /// A body whose media type is not JSON.
    MediaType,
    /// A keyword or a field that is ignored because OpenAPI or JSON Schema does not allow its value.
    Malformed,
    /// What another edition of OpenAPI or JSON Schema says otherwise.
    Edition,
    /// An example that is not valid.
    Example,
    /// A format that looks misspelt.
    Format,
    /// A component that is never used.
    Unused,
    /// A file that is not a document.
    IgnoredFile,
    /// A constraint that the Rust type does not enforce.
    Unenforced,
}

impl WarningKind {
    const NAMES: [(&'static str, Self); 15] = [
        ("event-type", Self::EventType),
        ("no-event", Self::NoEvent),
        ("signature", Self::Signature),
        ("reference", Self::Reference),
        ("union", Self::Union),
        ("contradiction", Self::Contradiction),
        ("inferred-type", Self::InferredType),
        ("media-type", Self::MediaType),
        ("malformed", Self::Malformed),
        ("edition", Self::Edition),
        ("example", Self::Example),
        ("format", Self::Format),
        ("unused", Self::Unused),
        ("ignored-file", Self::IgnoredFile),
        ("unenforced", Self::Unenforced),
    ];

    /// The names of all kinds.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(name, _)| *name)
    }

    /// Its name, as users write it.
    pub(super) fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// Reads what may be allowed: the name of a kind, or `unenforced:` and a keyword.
///
/// # Errors
/// When there is no such kind: those that there are.
pub fn parse_label(text: &str) -> Result<String, String> {
    let has_keyword = text.strip_prefix("unenforced:").is_some_and(|keyword| !keyword.is_empty());
    match has_keyword || WarningKind::names().any(|name| name == text) {
        true => Ok(text.to_owned()),
        false => Err(one_of(text, &WarningKind::names().collect::<Vec<_>>())),
    }
}

#[cfg(test)]
mod tests {
    use super::{WarningKind, parse_label};

    #[test]
    fn a_kind_has_the_name_at_its_place_in_the_order() {
        assert!(WarningKind::NAMES.iter().all(|(name, kind)| kind.name() == *name && parse_label(name).is_ok()));
        assert!(parse_label("unenforced:pattern").is_ok() && parse_label("unenforced:").is_err());
    }
}
