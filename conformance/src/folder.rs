use std::env;
use std::path::{Path, PathBuf};

/// The folder that a variable of the environment names, if there is one: a relative path starts where the workspace
/// is.
pub fn folder(variable: &str) -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let named = env::var_os(variable).filter(|folder| !folder.is_empty())?;
    Some(workspace.join(named)).filter(|folder| folder.is_dir())
}
