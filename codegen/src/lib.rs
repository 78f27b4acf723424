//! OpenAPI 3.1 webhooks in, a typed Rust crate out.
#![warn(missing_docs)]

mod build_script;
pub mod catalog;
#[cfg(feature = "check")]
mod check;
mod config;
pub mod diff;
pub mod documents;
mod emit;
pub mod examples;
mod families;
pub mod files;
// Only `check` asks for all that is known of a keyword.
mod generated;
#[cfg_attr(not(feature = "check"), allow(dead_code))]
mod keywords;
mod model;
mod name;
mod print;
mod scc;
mod schema;
mod select;
pub mod source;
mod words;

pub use config::Config;
pub use documents::provider;
pub use emit::Origin;
pub use generated::Generated;
pub use source::diagnostics;

use documents::Folder;
use examples::Sender;
use files::Files;
use model::Provider;
use source::{Diagnostics, Failure};
use std::path::Path;

/// Generates a crate for a folder that holds a folder per provider, with a feature for each.
///
/// # Errors
/// Everything that is wrong with the specifications. Nothing is written.
pub fn generate(specs: impl AsRef<Path>) -> Result<Generated, Failure> {
    Config::new(specs.as_ref()).features().generate()
}

/// Writes about the events for people: see [`catalog`].
///
/// # Errors
/// Everything that is wrong with the specifications, as with [`generate`].
pub fn catalogue(specs: impl AsRef<Path>, format: catalog::Format, changes: &diff::Diff) -> Result<Generated, Failure> {
    let config = Config::new(specs.as_ref()).features();
    run(&config, |providers, folders| catalog::files(providers, folders, &config, format, changes))
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

fn generate_with(config: &Config) -> Result<Generated, Failure> {
    run(config, |providers, _| {
        (config.step)("writing Rust");
        files(providers, config)
    })
}

/// The providers, to take example deliveries from: see [`examples`]. What `config` says of events and of code does not
/// concern them.
///
/// # Errors
/// Everything that is wrong with the specifications, as with [`generate`].
pub fn senders(config: &Config) -> Result<Vec<Sender>, Failure> {
    let (mut found, mut untyped) = (Diagnostics::new(), Diagnostics::new());
    let (folders, providers) = read(config, &mut found, &mut untyped)?;
    if found.has_errors() {
        return Err(Failure {
            diagnostics: found,
            sources: folders.into_iter().flat_map(Folder::into_sources).collect(),
        });
    }
    let senders = providers.into_iter().zip(folders);
    Ok(senders.map(|(provider, folder)| Sender::new(provider, folder, &config.specs)).collect())
}

/// The documents, and what they say.
fn read(
    config: &Config,
    found: &mut Diagnostics,
    untyped: &mut Diagnostics,
) -> Result<(Vec<Folder>, Vec<Provider>), Failure> {
    (config.step)("reading the documents");
    let mut folders = documents::load(&config.specs)?;
    select::folders(&mut folders, config, found);
    let providers = folders.iter().map(|folder| {
        (config.step)(&format!("finding the types of {}", folder.name));
        found.extend(folder.warnings.clone());
        let lowered = schema::lower(folder, found, untyped);
        model::build(folder, &lowered, found)
    });
    let providers = providers.collect();
    Ok((folders, providers))
}

/// Everything up to the files, which are left to `write`.
fn run(config: &Config, write: impl FnOnce(&[Provider], &[Folder]) -> Files) -> Result<Generated, Failure> {
    let (mut found, mut untyped) = (Diagnostics::new(), Diagnostics::new());
    let (folders, mut providers) = read(config, &mut found, &mut untyped)?;
    let checks = closer(config, &providers, &folders, &found);
    select::events(&mut providers, config, &mut found);
    select::replace(&mut providers, config, &mut found);
    if config.features {
        providers.iter_mut().for_each(families::gate);
    }
    let files = (!found.has_errors()).then(|| write(&providers, &folders));
    let sources = folders.into_iter().flat_map(Folder::into_sources).collect();
    let Some(files) = files else { return Err(Failure { diagnostics: found, sources }) };
    let types = providers.iter().flat_map(emit::origins).collect();
    let features = if config.features { emit::features(&providers) } else { String::new() };
    Ok(Generated { files, features, warnings: found, checks, untyped, sources, types })
}

#[cfg(feature = "check")]
fn closer(
    config: &Config,
    providers: &[model::Provider],
    folders: &[documents::Folder],
    found: &Diagnostics,
) -> Diagnostics {
    if !config.checks || found.has_errors() {
        return Diagnostics::new();
    }
    (config.step)("checking the documents");
    let pairs = providers.iter().zip(folders);
    pairs.flat_map(|(provider, folder)| check::check(provider, folder, found)).collect()
}

#[cfg(not(feature = "check"))]
fn closer(_: &Config, _: &[model::Provider], _: &[documents::Folder], _: &Diagnostics) -> Diagnostics {
    Diagnostics::new()
}

/// Types and parts of the impls are printed side by side: with a large document that takes most of the time.
fn files(providers: &[Provider], config: &Config) -> Files {
    let contexts = || providers.iter().map(|provider| emit::Context::new(provider, config)).collect::<Vec<_>>();
    let impls = |part| print::print(contexts().iter().flat_map(|context| emit::impls(context, part)));
    let types = || print::print(contexts().iter().flat_map(emit::types).chain(emit::root(providers, config)));
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..emit::PARTS).map(|part| scope.spawn(move || impls(part))).collect();
        let mut printed = types();
        printed.extend(parts.into_iter().flat_map(|part| part.join().expect("the emitter writes Rust")));
        print::whole(printed).with_crate_paths(&config.crate_paths)
    })
}
