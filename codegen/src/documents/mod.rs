//! The documents of each provider, with their parts, their overlay and the provider's settings.

mod any;
mod bundle;
mod folder;
mod json_schema;
mod located;
mod openapi;
mod other_kinds;
mod overlay;
pub mod provider;
#[cfg(test)]
mod tests;

pub use any::{Extent, load_any, load_both};
pub use bundle::refers_to_files;
pub use folder::{Folder, load};
pub use openapi::is_openapi_3_0;
use std::borrow::Cow;
use std::path::Path;

/// The last part of a path, as text.
fn file_name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}
