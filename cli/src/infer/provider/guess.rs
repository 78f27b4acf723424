//! A guess.

/// A setting of provider.yaml that is only a guess.
pub(super) struct Guess {
    /// The lines.
    pub yaml: String,
    /// What it was guessed from.
    pub reason: String,
}
