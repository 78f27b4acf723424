//! Evidence to an OpenAPI document that a person would have written.

mod basis;
mod components;
mod document;
mod holders;
pub(super) mod keys;
mod names;
mod presence;
mod schema;
pub(super) mod vocabulary;

pub use basis::Draft;
pub use document::document;
