//! The files of a provider's folder that documents take their parts from.

use super::address::{self, is_path, relative};
use crate::source::fragment::{percent_decode, similar, split};
use crate::source::pointer::join;
use crate::source::{Anchors, Failure, Source, Syntax, closest};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// A location in one of the files: the path from the provider's folder, and a JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Location {
    pub(super) file: String,
    pub(super) pointer: String,
}

impl Location {
    pub(super) fn member(&self, key: &str) -> Self {
        Self { file: self.file.clone(), pointer: join(&self.pointer, key) }
    }
}

/// Where a reference leads.
pub(super) enum Link {
    /// To a part.
    Part(Location),
    /// To a document, by a reference that says so from the provider's folder.
    Document(String),
    /// Elsewhere, or to a node of the document itself: it stays as it is written.
    Other,
    /// To no file, or to nowhere in one; what may help.
    Unresolved(String),
}

pub(super) struct FileCache {
    folder: PathBuf,
    /// The file names of the documents, which are no parts of each other.
    documents: BTreeSet<String>,
    /// The files that were asked for; none where one cannot be read.
    files: BTreeMap<String, Option<Arc<Source>>>,
    /// Where the anchors of each file are.
    anchors: BTreeMap<String, Anchors>,
    /// The names in each folder. A file system may take one case for the other; references do not.
    names: BTreeMap<PathBuf, BTreeSet<String>>,
    pub(super) failures: Vec<Failure>,
}

impl FileCache {
    pub(super) fn new(folder: PathBuf, documents: BTreeSet<String>) -> Self {
        Self {
            folder,
            documents,
            files: BTreeMap::new(),
            anchors: BTreeMap::new(),
            names: BTreeMap::new(),
            failures: Vec::new(),
        }
    }

    /// A file by its path from the provider's folder.
    pub(super) fn file(&mut self, file: &str) -> Option<Arc<Source>> {
        if let Some(known) = self.files.get(file) {
            return known.clone();
        }
        let read = Source::read(&self.folder.join(file)).map(Arc::new);
        let source = read.map_err(|failure| self.failures.push(failure)).ok();
        self.files.insert(file.to_owned(), source.clone());
        source
    }

    /// Where a reference leads that is in the file `base` of the document `own`.
    pub(super) fn find(&mut self, own: &str, base: &str, reference: &str) -> Link {
        let (path, fragment) = split(reference);
        if !is_path(path) || (path.is_empty() && base == own) {
            return Link::Other;
        }
        let path = percent_decode(path.split('?').next().unwrap_or_default());
        let file = match path.as_str() {
            "" => base.to_owned(),
            path => match address::join(base, path) {
                Some(file) => file,
                None => return Link::Unresolved(self.outside()),
            },
        };
        // Documents find each other, and say what is missing beside them.
        let (written, raw) = reference.split_once('#').unwrap_or((reference, ""));
        let is_beside = base == own && written.trim_start_matches("./") == file;
        if self.documents.contains(&file) {
            let file = if file == own { "" } else { &file };
            return if is_beside { Link::Other } else { Link::Document(format!("{file}#{raw}")) };
        }
        if !self.has(&file) {
            // Without a point or a folder it is rather the name of a schema.
            let first = file.split('/').next().unwrap_or_default();
            let is_file = path.contains('.') || self.names(&self.folder.clone()).contains(first);
            let is_below = !is_beside || file.contains(['/', '\\']);
            return if is_file && is_below { Link::Unresolved(self.missing(base, &file)) } else { Link::Other };
        }
        self.part(file, written, &fragment)
    }

    fn part(&mut self, file: String, written: &str, fragment: &str) -> Link {
        let Some(source) = self.file(&file) else { return Link::Other };
        if let Some(pointer) = self.within(&file, &source, fragment) {
            return Link::Part(Location { file, pointer });
        }
        Link::Unresolved(match similar(&source.value, fragment) {
            Some(similar) => format!("did you mean `{written}#{similar}`?"),
            None => format!("there is no such node in `{file}`"),
        })
    }

    /// The pointer that a fragment means in a file, if it leads anywhere.
    fn within(&mut self, file: &str, source: &Source, fragment: &str) -> Option<String> {
        if fragment.is_empty() || fragment.starts_with('/') {
            return source.value.pointer(fragment).map(|_| fragment.to_owned());
        }
        let anchors = self.anchors.entry(file.to_owned()).or_insert_with(|| Anchors::of(&source.value));
        anchors.find("", fragment).map(str::to_owned)
    }

    /// Whether a file is there that can be read.
    fn has(&mut self, file: &str) -> bool {
        let mut folder = self.folder.clone();
        let is_there = file.split('/').all(|name| {
            let is_there = self.names(&folder).contains(name);
            folder.push(name);
            is_there
        });
        is_there && Syntax::of(&folder).is_some() && folder.is_file()
    }

    fn names(&mut self, folder: &PathBuf) -> &BTreeSet<String> {
        self.names.entry(folder.clone()).or_insert_with(|| {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
        })
    }

    fn outside(&self) -> String {
        let folder = self.folder.display();
        format!("it leads out of {folder}: put the file there, and refer to it by its path from here")
    }

    /// A file with a similar name, for one that is not there.
    fn missing(&mut self, base: &str, file: &str) -> String {
        if file.contains('\\') {
            return "write `/` between folders and files".to_owned();
        }
        let mut folder = self.folder.clone();
        let mut found: Vec<String> = Vec::new();
        for name in file.split('/') {
            let names = self.names(&folder);
            let similar =
                if names.contains(name) { Some(name) } else { closest(name, names.iter().map(String::as_str)) };
            let Some(similar) = similar else {
                return format!("there is no `{name}` in {}", folder.display());
            };
            folder.push(similar);
            found.push(similar.to_owned());
        }
        match folder.is_file() && Syntax::of(&folder).is_some() {
            true => format!("there is no {file}: did you mean `{}`?", relative(base, &found.join("/"))),
            false => format!("{} is not a .yaml, .yml or .json file", folder.display()),
        }
    }
}

/// What a document took from other files, over all that was done to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// The files, by their paths from the provider's folder.
    pub(super) sources: IndexMap<String, Arc<Source>>,
    /// Where the parts are in the document that have a pointer of their own.
    pub(super) target_pointers: BTreeMap<Location, String>,
}

impl Parts {
    /// The index of a file, which is read if it is not among them yet.
    pub(super) fn index(&mut self, file: &str, cache: &mut FileCache) -> Option<usize> {
        if let Some(index) = self.sources.get_index_of(file) {
            return Some(index);
        }
        Some(self.sources.insert_full(file.to_owned(), cache.file(file)?).0)
    }
}
