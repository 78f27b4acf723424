//! Folders as values, to compare and to copy.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files in and below a folder: path relative to it, and content. What cargo built is left out,
/// and so is what begins with a full stop.
pub fn read(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("a folder can be listed").path();
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if path.is_dir() {
                if !(hidden || path.ends_with("target") || path.join("CACHEDIR.TAG").exists()) {
                    folders.push(path);
                }
            } else if !hidden {
                let content = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                files.insert(path.strip_prefix(folder).expect("found below it").to_owned(), content);
            }
        }
    }
    files
}

/// Makes `folder` hold these files and no others. Files that are right already are not touched, so
/// that cargo takes them for what they are.
pub fn write(files: &BTreeMap<PathBuf, Vec<u8>>, folder: &Path) {
    fs::create_dir_all(folder).expect("the folder can be made");
    let there = read(folder);
    for path in there.keys().filter(|path| !files.contains_key(*path)) {
        fs::remove_file(folder.join(path)).expect("a file can be removed");
    }
    for (path, content) in files.iter().filter(|(path, content)| there.get(*path) != Some(content)) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("the folder can be made");
        fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

/// Exchanges a text that is in a file exactly once.
pub fn edit(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert_eq!(text.matches(old).count(), 1, "{} holds {old:?} once", file.display());
    fs::write(file, text.replacen(old, new, 1)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}
