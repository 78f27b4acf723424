//! What to generate, for a build script of one's own.

use crate::source::{Style, render};
use crate::{Generated, generate_with};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{env, fs};

/// What this build script has written so far.
static WRITTEN: Mutex<BTreeMap<PathBuf, String>> = Mutex::new(BTreeMap::new());

/// What to generate from a folder that holds a folder of documents for each provider.
///
/// A line in the `main` of a build script, and one where the code is wanted:
///
/// ```no_run
/// // in build.rs
/// webhook_codegen::Config::new("specs").build();
/// ```
///
/// ```text
/// // src/lib.rs
/// pub mod webhooks {
///     include!(concat!(env!("OUT_DIR"), "/webhooks.rs"));
/// }
/// ```
///
/// The code needs `webhook-runtime` and `serde`.
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) specs: PathBuf,
    pub(crate) providers: Vec<String>,
    pub(crate) events: Vec<String>,
    pub(crate) replacements: BTreeMap<String, String>,
    pub(crate) derives: Vec<String>,
    pub(crate) crate_paths: BTreeMap<&'static str, String>,
    file_name: String,
    pub(crate) receivers: bool,
    pub(crate) features: bool,
    #[cfg(feature = "check")]
    pub(crate) checks: bool,
    pub(crate) step: fn(&str),
}

impl Config {
    /// Everything in the folder `specs`: types and events, without receivers.
    pub fn new(specs: impl Into<PathBuf>) -> Self {
        Self {
            specs: specs.into(),
            providers: Vec::new(),
            events: Vec::new(),
            replacements: BTreeMap::new(),
            derives: Vec::new(),
            crate_paths: BTreeMap::new(),
            file_name: "webhooks.rs".to_owned(),
            receivers: false,
            features: false,
            #[cfg(feature = "check")]
            checks: false,
            step: |_| {},
        }
    }

    /// Only this provider, a folder's name; may be said several times.
    #[must_use]
    pub fn provider(mut self, name: impl Into<String>) -> Self {
        self.providers.push(name.into());
        self
    }

    /// Only events whose type is this, or begins so if it ends in `*`; may be said several times. Types that no
    /// remaining event reaches are left out.
    #[must_use]
    pub fn event(mut self, pattern: impl Into<String>) -> Self {
        self.events.push(pattern.into());
        self
    }

    /// A type of one's own in place of a schema: `.replace("#/components/schemas/Money", "crate::Money")`. It must
    /// read and write itself with serde, and derive `Debug`, `Clone` and `PartialEq`.
    #[must_use]
    pub fn replace(mut self, schema: impl Into<String>, path: impl Into<String>) -> Self {
        self.replacements.insert(schema.into(), path.into());
        self
    }

    /// A further derive on every struct and enum, by its path.
    #[must_use]
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        self.derives.push(path.into());
        self
    }

    /// The file in `OUT_DIR` that [`build`](Self::build) writes, in place of `webhooks.rs`: a second build in one script
    /// needs a name of its own.
    ///
    /// ```no_run
    /// webhook_codegen::Config::new("specs").build();
    /// webhook_codegen::Config::new("specs-billing").file_name("billing.rs").build();
    /// ```
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = name.into();
        self
    }

    /// The path of `webhook-runtime`, where the dependency is renamed (`::hooks_rt`) or another crate passes it on
    /// (`::my_platform::webhook_runtime`).
    #[must_use]
    pub fn runtime_path(mut self, path: impl Into<String>) -> Self {
        self.crate_paths.insert("webhook_runtime", path.into());
        self
    }

    /// The path of `serde`, likewise.
    #[must_use]
    pub fn serde_path(mut self, path: impl Into<String>) -> Self {
        self.crate_paths.insert("serde", path.into());
        self
    }

    /// A `Receiver` for each provider; `webhook-runtime` needs the features of the schemes in use.
    #[must_use]
    pub fn receivers(mut self) -> Self {
        self.receivers = true;
        self
    }

    /// Puts each provider behind a Cargo feature of its name, and its receiver behind `<name>-verify`; where its
    /// `provider.yaml` says `families: true`, each family of events behind `<name>-<family>`, too.
    /// [`Generated::features`] is the table for `Cargo.toml`.
    #[must_use]
    pub fn features(mut self) -> Self {
        self.receivers = true;
        self.features = true;
        self
    }

    /// Looks closer at the documents, for [`Generated::checks`]: examples, schemas that nothing fits, components that
    /// nothing refers to, misspelt formats.
    #[cfg(feature = "check")]
    #[must_use]
    pub fn checks(mut self) -> Self {
        self.checks = true;
        self
    }

    /// Tells what is being done, step by step: a large document takes a second.
    #[must_use]
    pub fn steps(mut self, told: fn(&str)) -> Self {
        self.step = told;
        self
    }

    /// Generates, without writing anything.
    ///
    /// # Errors
    /// Everything that is wrong with the documents, or with what is said here about them.
    pub fn generate(&self) -> Result<Generated, crate::source::Failure> {
        generate_with(self)
    }

    /// For a build script: one file, `OUT_DIR/webhooks.rs`, to be included. What is wrong is reported to cargo, with
    /// its location, and fails the build.
    pub fn build(&self) {
        self.report(|generated| {
            let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is set for build scripts only")?;
            let path = Path::new(&out).join(&self.file_name);
            let text = generated.files.single();
            claim(&path, &text, "another `Config::file_name`")?;
            fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
        });
    }

    /// For a build script: a module in the source tree, `dir/mod.rs` and what stands below it, so that changes show
    /// in version control. What is wrong is reported to cargo, and leaves the folder as it was.
    pub fn build_into(&self, dir: impl AsRef<Path>) {
        self.report(|generated| {
            let module = generated.files.clone().renamed("lib.rs", "mod.rs");
            claim(dir.as_ref(), &generated.files.single(), "a folder of its own")?;
            module.sync(dir.as_ref()).map(drop).map_err(|error| error.to_string())
        });
    }

    fn report(&self, write: impl FnOnce(&Generated) -> Result<(), String>) {
        println!("cargo::rerun-if-changed={}", self.specs.display());
        let written = self.generate().map_err(|failure| failure.to_string()).and_then(|generated| {
            for line in render(&generated.warnings, &generated.sources, Style::Lines).lines() {
                println!("cargo::warning={line}");
            }
            write(&generated)
        });
        // No panic and no exit code: the build fails by these lines, and cargo would print them all a second time.
        for line in written.err().iter().flat_map(|text| text.lines()) {
            println!("cargo::error={line}");
        }
    }
}

/// Notes what a build writes; an error if another build of the same script wrote something else there, or within it: what
/// is not its own, a build takes for stale.
fn claim(path: &Path, text: &str, other: &str) -> Result<(), String> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut written = WRITTEN.lock().map_err(|_| "another build of this script panicked")?;
    let is_taken = |(known, before): (&PathBuf, &String)| match *known == path {
        true => before != text,
        false => known.starts_with(&path) || path.starts_with(known),
    };
    if written.iter().any(is_taken) {
        return Err(format!("two builds of this script write {}; give one of them {other}", path.display()));
    }
    written.insert(path, text.to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::claim;
    use std::path::Path;

    #[test]
    fn a_second_build_does_not_take_the_place_of_the_first() {
        let claimed = |path: &str, text: &str| claim(Path::new(path), text, "another name");
        for (path, text) in [
            ("out/webhooks.rs", "first"),
            ("out/webhooks.rs", "first"),
            ("out/billing.rs", "second"),
            ("src/webhooks", "first"),
            ("src/webhooks_of_others", "second"),
        ] {
            assert_eq!(claimed(path, text), Ok(()));
        }
        for path in ["out/webhooks.rs", "src/webhooks", "./src/webhooks", "src/webhooks/shop", "src"] {
            let error = claimed(path, "second").expect_err("the first would be gone");
            assert!(error.contains("another name"), "{error}");
        }
    }
}
