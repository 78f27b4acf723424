//! What a run gives.

use crate::emit::Origin;
use crate::files::Files;
use crate::source::{Diagnostics, Source};

/// What came out of a run without errors.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The crate's source files, to be synced into its `src`.
    pub files: Files,
    /// The `[features]` that the crate's `Cargo.toml` needs, where each provider is behind one.
    pub features: String,
    /// What the types do not say though the specification does.
    pub warnings: Diagnostics,
    /// The places that became any JSON though their schemas say more; shown by `check --report-fallbacks` only.
    pub fallbacks: Diagnostics,
    /// The files that were read, to show the warnings with.
    pub sources: Vec<Source>,
    /// Where each generated type comes from.
    pub types: Vec<Origin>,
}
