//! What a delivery is signed with.

use std::fmt;

/// A secret, which nothing that is printed shows.
#[derive(Clone, Default)]
pub(crate) struct Secret(String);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Secret {
    /// The secret itself; none where it is empty, as an unset variable of a script is.
    pub(crate) fn reveal(&self) -> Option<&str> {
        Some(self.0.as_str()).filter(|secret| !secret.is_empty())
    }

    /// A text of somebody else's without the secret, in case it is there: a URL, or what a receiver answers.
    pub(crate) fn hide(&self, text: &str) -> String {
        match self.reveal() {
            Some(secret) => text.replace(secret, "…"),
            None => text.to_owned(),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}
