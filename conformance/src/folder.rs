use std::env;
use std::path::{Path, PathBuf};

/// The folder that a variable of the environment names, if there is one: a relative path starts where the workspace
/// stands.
pub fn folder(variable: &str) -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    env::var_os(variable).map(|folder| workspace.join(folder)).filter(|folder| folder.is_dir())
}
