//! What a build script does with what was generated: write it where cargo looks for it, and report to cargo.

use crate::config::Config;
use crate::generated::Generated;
use crate::source::Failure;
use crate::source::diagnostics::cargo_lines;
use std::collections::BTreeMap;
use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fmt, fs, io};

/// What this build script has written so far.
static WRITTEN: Mutex<BTreeMap<PathBuf, String>> = Mutex::new(BTreeMap::new());

/// Something to generate with: the pipeline.
type Generate = fn(&Config) -> Result<Generated, Failure>;

/// Why a build script wrote nothing.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The documents, or what the `Config` says of them, are wrong.
    Documents(Failure),
    /// `OUT_DIR` is not set: cargo sets it for build scripts only.
    NoOutDir,
    /// Another build of the same script writes something else there, or within it.
    Taken {
        /// The file or folder.
        path: PathBuf,
    },
    /// It cannot be written.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Documents(failure) => failure.fmt(formatter),
            Self::NoOutDir => formatter.write_str("OUT_DIR is set for build scripts only; call this in one"),
            Self::Taken { path } => {
                let path = path.display();
                write!(formatter, "two builds of this script write {path}; give one of them another name or folder")
            }
            Self::Write { path, .. } => write!(formatter, "{} cannot be written", path.display()),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write { error, .. } => Some(error),
            Self::Documents(failure) => failure.source(),
            Self::NoOutDir | Self::Taken { .. } => None,
        }
    }
}

impl From<Failure> for BuildError {
    fn from(failure: Failure) -> Self {
        Self::Documents(failure)
    }
}

/// One file in `OUT_DIR`.
pub(crate) fn build(config: &Config, generate: Generate) -> Result<Generated, BuildError> {
    let out = env::var_os("OUT_DIR").ok_or(BuildError::NoOutDir)?;
    let path = Path::new(&out).join(&config.file_name);
    let generated = generate(config)?;
    let text = generated.files.single();
    claim(&path, &text)?;
    fs::write(&path, text).map_err(|error| BuildError::Write { path, error })?;
    Ok(generated)
}

/// A module in the source tree.
pub(crate) fn build_into(config: &Config, generate: Generate, dir: &Path) -> Result<Generated, BuildError> {
    let generated = generate(config)?;
    claim(dir, &generated.files.single())?;
    let module = generated.files.clone().renamed("lib.rs", "mod.rs");
    module.sync(dir).map_err(|error| BuildError::Write { path: dir.to_owned(), error })?;
    Ok(generated)
}

/// Tells cargo what to watch, and what came of it.
pub(crate) fn report(config: &Config, built: Result<Generated, BuildError>) {
    println!("cargo::rerun-if-changed={}", config.specs.display());
    match built {
        Ok(Generated { warnings, sources, .. }) => print!("{}", cargo_lines(&warnings, &sources)),
        // No panic and no exit code: the build fails by these lines, and cargo would print them all a second time.
        Err(BuildError::Documents(Failure { diagnostics, sources })) => {
            print!("{}", cargo_lines(&diagnostics, &sources))
        }
        Err(error) => {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            println!("cargo::error={error}{cause}");
        }
    }
}

/// Notes what a build writes; an error if another build of the same script wrote something else there, or within it: what
/// is not its own, a build takes for stale.
fn claim(path: &Path, text: &str) -> Result<(), BuildError> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    let is_taken = |(known, before): (&PathBuf, &String)| match *known == path {
        true => before != text,
        false => known.starts_with(&path) || path.starts_with(known),
    };
    if written.iter().any(is_taken) {
        return Err(BuildError::Taken { path });
    }
    written.insert(path, text.to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{BuildError, claim};
    use std::path::Path;

    #[test]
    fn a_second_build_does_not_take_the_place_of_the_first() {
        let claimed = |path: &str, text: &str| claim(Path::new(path), text);
        for (path, text) in [
            ("out/webhooks.rs", "first"),
            ("out/webhooks.rs", "first"),
            ("out/billing.rs", "second"),
            ("src/webhooks", "first"),
            ("src/webhooks_of_others", "second"),
        ] {
            assert!(claimed(path, text).is_ok());
        }
        for path in ["out/webhooks.rs", "src/webhooks", "./src/webhooks", "src/webhooks/shop", "src"] {
            let error = claimed(path, "second").expect_err("the first would be gone");
            assert!(matches!(error, BuildError::Taken { .. }), "{error}");
        }
    }
}
