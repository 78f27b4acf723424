//! OpenAPI 3.1 webhooks in, a typed Rust crate out.
#![warn(missing_docs)]

mod build_script;
pub mod files;
mod generated;
mod print;

// The floors of the house. The command is built on them, and nobody else should be: no version promises anything of them.
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod documents;
#[doc(hidden)]
pub mod emit;
#[doc(hidden)]
pub mod keywords;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod name;
#[doc(hidden)]
pub mod pipeline;
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

use pipeline::Documents;
use source::Failure;
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
        run(self)
    }

    /// For a build script: one file, `OUT_DIR/webhooks.rs`, to be included. What is wrong is reported to cargo, with
    /// its location, and fails the build.
    pub fn build(&self) {
        build_script::build(self, run);
    }

    /// For a build script: a module in the source tree, `dir/mod.rs` and what is below it, so that changes show
    /// in version control. What is wrong is reported to cargo, and leaves the folder as it was.
    pub fn build_into(&self, dir: impl AsRef<Path>) {
        build_script::build_into(self, run, dir.as_ref());
    }
}

/// Documents in, a crate out: a line for each floor, from the ground up.
fn run(config: &Config) -> Result<Generated, Failure> {
    let documents = Documents::read(config)?; // source, documents
    let model = documents.model(config); // schema, model
    let selected = model.select(config)?; // selection
    let files = selected.files(config); // emit, name, print
    Ok(selected.generated(files, config))
}
