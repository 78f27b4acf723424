//! What to generate, for a build script of one's own.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    pub(crate) file_name: String,
    pub(crate) receivers: bool,
    pub(crate) features: bool,
    pub(crate) step: Step,
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
            step: Step(Arc::new(|_| {})),
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
    /// `provider.yaml` says `event_groups: true`, each group of events behind `<name>-<group>`, too.
    /// [`Generated::features`](crate::Generated::features) is the table for `Cargo.toml`.
    #[must_use]
    pub fn features(mut self) -> Self {
        self.receivers = true;
        self.features = true;
        self
    }

    /// Reports what is being done, step by step: a large document takes a second.
    #[must_use]
    pub fn steps(mut self, report: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.step = Step(Arc::new(report));
        self
    }

    /// The folder of the documents.
    #[doc(hidden)]
    pub fn specs(&self) -> &Path {
        &self.specs
    }

    /// Says what is being done now.
    #[doc(hidden)]
    pub fn step(&self, doing: &str) {
        (self.step.0)(doing);
    }
}

/// Where each step is reported.
#[derive(Clone)]
pub(crate) struct Step(Arc<dyn Fn(&str) + Send + Sync>);

impl fmt::Debug for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Step")
    }
}
