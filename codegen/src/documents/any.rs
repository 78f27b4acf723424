//! A document, a provider's folder or a folder of those, whichever it is.

use super::file_name;
use super::folder::{Folder, Loader, suggestion};
use crate::source::{Failure, Syntax};
use std::path::Path;

/// How much a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// One document; the files beside it are parts of it, as far as it refers to them.
    Document,
    /// A provider's folder.
    Provider,
    /// A folder that holds a folder for each provider.
    Specs,
}

impl Extent {
    /// How much is at `path`. Whoever holds documents is a provider, whatever else is there. What is no folder, a
    /// pipe for example, is read as a document or refused as one.
    pub fn of(path: &Path) -> Self {
        if path.exists() && !path.is_dir() {
            return Self::Document;
        }
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_document =
            |path: &Path| path.is_file() && Syntax::of(path).is_some() && !file_name(path).starts_with('.');
        if entries.into_iter().any(|path| is_document(&path)) { Self::Provider } else { Self::Specs }
    }
}

/// Reads what is at either path, to compare it with what is at the other: a document alone is a provider without
/// `provider.yaml`, called like the file. One side may have no webhook.
///
/// # Errors
/// Everything that is wrong with any of the files.
pub fn load_both(old: &Path, new: &Path) -> Result<[Vec<Folder>; 2], Failure> {
    let (before, after) = std::thread::scope(|scope| {
        let old = scope.spawn(|| load_side(old, true));
        let new = load_side(new, true);
        (old.join().expect("loading does not panic"), new)
    });
    let sides = [before?, after?];
    if !sides.iter().flatten().any(Folder::has_webhooks) {
        load_any(new)?;
    }
    Ok(sides)
}

/// Reads what is at `path`, likewise.
///
/// # Errors
/// Everything that is wrong with any of the files.
pub fn load_any(path: &Path) -> Result<Vec<Folder>, Failure> {
    load_side(path, false)
}

fn load_side(path: &Path, compares: bool) -> Result<Vec<Folder>, Failure> {
    let mut loader = Loader::new(compares);
    let folders = match Extent::of(path) {
        Extent::Document => vec![loader.document(path)],
        Extent::Provider => {
            let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            vec![loader.contents(path, suggestion(&file_name(&whole)))]
        }
        Extent::Specs => loader.folders(path),
    };
    loader.done(folders)
}
