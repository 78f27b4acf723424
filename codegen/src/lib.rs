//! OpenAPI 3.1 webhooks in, typed and verified Rust out.
//!
//! A [`Config`] names a folder that holds a folder of documents for each provider. In a build script, [`Config::build`] writes
//! one file for `include!`, and [`Config::build_into`] a module into the source tree:
//!
//! ```no_run
//! // in `main` of build.rs
//! webhook_codegen::Config::new("specs").receivers().build();
//! ```
//!
//! Anywhere else, [`Config::generate`] gives the files as texts:
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! # let specs = folder.path();
//! std::fs::create_dir(specs.join("shop"))?;
//! std::fs::write(
//!     specs.join("shop/orders.yaml"),
//!     r#"
//! openapi: 3.1.0
//! info: {title: Orders, version: 1.0.0}
//! webhooks:
//!   order.paid:
//!     post:
//!       requestBody:
//!         content:
//!           application/json:
//!             schema:
//!               type: object
//!               required: [type, total]
//!               properties:
//!                 type: {const: order.paid}
//!                 total: {type: integer, description: In cents.}
//! "#,
//! )?;
//!
//! let generated = webhook_codegen::Config::new(specs).generate()?;
//! let types = generated.files.iter().find(|(path, _)| path.ends_with("shop/orders/mod.rs"));
//! assert!(types.is_some_and(|(_, text)| text.contains("/// In cents.\n    pub total: Integer,")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is wrong with the documents is a [`Failure`]: [`Diagnostic`](diagnostics::Diagnostic)s with the file, line and column,
//! which [`render`](diagnostics::render) shows with the source.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]

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

pub use build_script::BuildError;
pub use config::Config;
pub use emit::Origin;
pub use generated::Generated;
pub use source::diagnostics;

use pipeline::Documents;
pub use source::Failure;
use std::path::Path;

impl Config {
    /// Generates, without writing anything.
    ///
    /// ```no_run
    /// let generated = webhook_codegen::Config::new("specs").generate()?;
    /// for (path, text) in generated.files.iter() {
    ///     println!("{}: {} lines", path.display(), text.lines().count());
    /// }
    /// # Ok::<(), webhook_codegen::Failure>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the documents, or with what is said here about them.
    pub fn generate(&self) -> Result<Generated, Failure> {
        generate(self)
    }

    /// For a build script: one file, `OUT_DIR/webhooks.rs`, to be included. What is wrong is reported to cargo, with
    /// its location, and fails the build.
    pub fn build(&self) {
        build_script::report(self, self.try_build());
    }

    /// [`build`](Self::build) without a word to cargo: what to watch, the warnings and the error are the caller's to report.
    ///
    /// ```no_run
    /// fn main() -> Result<(), webhook_codegen::BuildError> {
    ///     println!("cargo::rerun-if-changed=specs");
    ///     webhook_codegen::Config::new("specs").try_build()?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// When the documents are wrong, or the file cannot be written.
    pub fn try_build(&self) -> Result<Generated, BuildError> {
        build_script::build(self, generate)
    }

    /// For a build script: a module in the source tree, `dir/mod.rs` and what is below it, so that changes show
    /// in version control. What is wrong is reported to cargo, and leaves the folder as it was.
    pub fn build_into(&self, dir: impl AsRef<Path>) {
        build_script::report(self, self.try_build_into(dir));
    }

    /// [`build_into`](Self::build_into) without a word to cargo, as [`try_build`](Self::try_build).
    ///
    /// # Errors
    /// When the documents are wrong, or a file cannot be written.
    pub fn try_build_into(&self, dir: impl AsRef<Path>) -> Result<Generated, BuildError> {
        build_script::build_into(self, generate, dir.as_ref())
    }
}

/// Documents in, a crate out: a line for each floor, from the ground up.
fn generate(config: &Config) -> Result<Generated, Failure> {
    let documents = Documents::read(config)?; // source, documents
    let model = documents.model(config); // schema, model
    let selected = model.select(config)?; // selection
    let files = selected.files(config); // emit, name, print
    Ok(selected.generated(files, config))
}
