//! OpenAPI 3.1 webhooks in, a typed Rust crate out.
#![warn(missing_docs)]

mod build_script;
pub mod files;
mod generated;
mod print;

// The floors of the house. The command stands on them, and nobody else should: no version promises anything of them.
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod diff;
#[doc(hidden)]
pub mod documents;
#[doc(hidden)]
pub mod emit;
#[doc(hidden)]
pub mod keywords;
#[doc(hidden)]
pub mod model;
mod name;
#[doc(hidden)]
pub mod scc;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod selection;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod words;

pub use config::Config;
pub use emit::Origin;
pub use generated::Generated;
pub use source::diagnostics;

use documents::Folder;
use files::Files;
use model::Provider;
use selection::Selection;
use source::{Diagnostics, Failure};
use std::path::Path;

/// Generates a crate for a folder that holds a folder per provider, with a feature for each.
///
/// # Errors
/// Everything that is wrong with the specifications. Nothing is written.
pub fn generate(specs: impl AsRef<Path>) -> Result<Generated, Failure> {
    Config::new(specs.as_ref()).features().generate()
}

impl Config {
    /// Generates, without writing anything.
    ///
    /// # Errors
    /// Everything that is wrong with the documents, or with what is said here about them.
    pub fn generate(&self) -> Result<Generated, Failure> {
        generate_with(self)
    }

    /// For a build script: one file, `OUT_DIR/webhooks.rs`, to be included. What is wrong is reported to cargo, with
    /// its location, and fails the build.
    pub fn build(&self) {
        build_script::build(self, generate_with);
    }

    /// For a build script: a module in the source tree, `dir/mod.rs` and what stands below it, so that changes show
    /// in version control. What is wrong is reported to cargo, and leaves the folder as it was.
    pub fn build_into(&self, dir: impl AsRef<Path>) {
        build_script::build_into(self, generate_with, dir.as_ref());
    }
}

/// The documents of a run and what they say, before anything is chosen or written: what `check` and example deliveries
/// start from.
#[doc(hidden)]
#[derive(Debug)]
pub struct Reading {
    pub folders: Vec<Folder>,
    /// Those of the folders.
    pub providers: Vec<Provider>,
    pub found: Diagnostics,
    pub untyped: Diagnostics,
}

impl Reading {
    pub fn of(config: &Config) -> Result<Self, Failure> {
        let (mut found, mut untyped) = (Diagnostics::new(), Diagnostics::new());
        (config.step)("reading the documents");
        let mut folders = documents::load(&config.specs)?;
        selection::folders(&mut folders, config, &mut found);
        let providers = folders.iter().map(|folder| {
            (config.step)(&format!("finding the types of {}", folder.name));
            found.extend(folder.warnings.clone());
            let lowered = schema::lower(folder, &mut found, &mut untyped);
            model::build(folder, &lowered, &mut found)
        });
        let providers = providers.collect();
        Ok(Self { folders, providers, found, untyped })
    }

    /// Leaves what `config` asks for, and has it written as `files`.
    pub fn write(
        mut self,
        config: &Config,
        files: impl FnOnce(&[Provider], &[Selection], &[Folder]) -> Files,
    ) -> Result<Generated, Failure> {
        let wanted = selection::events(&mut self.providers, config, &mut self.found);
        selection::replace(&mut self.providers, config, &mut self.found);
        if self.found.has_errors() {
            return Err(self.failure());
        }
        let selections = self.providers.iter().zip(wanted);
        let selections = selections.map(|(provider, types)| Selection::new(provider, types, config.features));
        let selections: Vec<_> = selections.collect();
        let pairs = || self.providers.iter().zip(&selections);
        Ok(Generated {
            files: files(&self.providers, &selections, &self.folders),
            features: if config.features { emit::features(pairs()) } else { String::new() },
            types: pairs().flat_map(|(provider, selection)| emit::origins(provider, selection)).collect(),
            warnings: self.found,
            untyped: self.untyped,
            sources: self.folders.into_iter().flat_map(Folder::into_sources).collect(),
        })
    }

    /// What was found, with the files to show it with.
    pub fn failure(self) -> Failure {
        let sources = self.folders.into_iter().flat_map(Folder::into_sources).collect();
        Failure { diagnostics: self.found, sources }
    }
}

#[doc(hidden)]
pub fn generate_with(config: &Config) -> Result<Generated, Failure> {
    write_rust(Reading::of(config)?, config)
}

#[doc(hidden)]
pub fn write_rust(reading: Reading, config: &Config) -> Result<Generated, Failure> {
    reading.write(config, |providers, selections, _| {
        (config.step)("writing Rust");
        files(providers, selections, config)
    })
}

/// Types and parts of the impls are printed side by side: with a large document that takes most of the time.
fn files(providers: &[Provider], selections: &[Selection], config: &Config) -> Files {
    let pairs = || providers.iter().zip(selections);
    let context = |(provider, selection)| emit::Context::new(provider, selection, config);
    let contexts = || pairs().map(context).collect::<Vec<_>>();
    let impls = |part| print::print(contexts().iter().flat_map(|context| emit::impls(context, part)));
    let types = || print::print(contexts().iter().flat_map(emit::types).chain(emit::root(providers, config)));
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..emit::PARTS).map(|part| scope.spawn(move || impls(part))).collect();
        let mut printed = types();
        printed.extend(parts.into_iter().flat_map(|part| part.join().expect("the emitter writes Rust")));
        print::whole(printed).with_crate_paths(&config.crate_paths)
    })
}
