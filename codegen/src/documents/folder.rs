//! A folder of provider folders.

use super::bundle::Bundler;
use super::provider::Settings;
use super::{file_name, json_schema, openapi, overlay, provider};
use crate::source::{Diagnostic, Diagnostics, Failure, Severity, Source, Syntax};
use crate::words::words;
use std::fs;
use std::path::{Path, PathBuf};

/// What a provider's settings are called.
const SETTINGS: &str = "provider.yaml";

/// All files of one provider.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The folder's name: a Rust identifier in lower case, the provider's module.
    pub name: String,
    /// What `provider.yaml` says, or the defaults without one.
    pub provider: Settings,
    /// `provider.yaml` itself.
    pub provider_source: Option<Source>,
    /// `overlay.yaml`, which the documents are patched with already.
    pub overlay: Option<Source>,
    /// The documents, by file name, each with its parts from files in folders below.
    pub documents: Vec<Source>,
    /// The files beside them that are no documents.
    pub others: Vec<Source>,
    /// The warnings about those.
    pub warnings: Diagnostics,
}

impl Folder {
    pub(super) fn new(name: String) -> Self {
        Self {
            name,
            provider: Settings::default(),
            provider_source: None,
            overlay: None,
            documents: Vec::new(),
            others: Vec::new(),
            warnings: Diagnostics::new(),
        }
    }

    /// Whether any of the documents has a webhook.
    pub fn has_webhooks(&self) -> bool {
        self.documents.iter().any(openapi::has_webhooks)
    }

    /// The files, for showing diagnostics.
    pub fn into_sources(self) -> impl Iterator<Item = Source> {
        self.provider_source.into_iter().chain(self.overlay).chain(self.documents).chain(self.others)
    }
}

/// Reads a folder of provider folders, sorted by name. What starts with `.` or `_` is left alone, in either folder, and
/// so are folders in those of the providers, but for files that a document refers to.
///
/// # Errors
/// Everything that is wrong with any of the files, not only the first.
pub fn load(specs: &Path) -> Result<Vec<Folder>, Failure> {
    let mut loader = Loader::default();
    let folders = loader.folders(specs);
    loader.done(folders)
}

/// Collects what is wrong, and the files it is wrong with.
#[derive(Default)]
pub(super) struct Loader {
    found: Diagnostics,
    sources: Vec<Source>,
    /// Whether the documents are to be compared with others: either side may have no webhook.
    compares: bool,
}

impl Loader {
    pub(super) fn new(compares: bool) -> Self {
        Self { compares, ..Self::default() }
    }

    /// The folders, if nothing is wrong with them.
    pub(super) fn done(mut self, folders: Vec<Folder>) -> Result<Vec<Folder>, Failure> {
        if self.found.is_empty() {
            return Ok(folders);
        }
        self.sources.extend(folders.into_iter().flat_map(Folder::into_sources));
        Err(Failure { diagnostics: self.found, sources: self.sources })
    }

    pub(super) fn folders(&mut self, specs: &Path) -> Vec<Folder> {
        let (folders, files): (Vec<_>, Vec<_>) = self.entries(specs).into_iter().partition(|path| path.is_dir());
        for file in files.iter().filter(|path| Syntax::of(path).is_some()) {
            let inside = specs.join("<provider>").join(&*file_name(file));
            self.found.push(
                Diagnostic::error(file, "", "a document must be in the folder of its provider")
                    .help(format!("move it to {}", inside.display())),
            );
        }
        if folders.is_empty() && self.found.is_empty() {
            self.found.push(
                Diagnostic::error(specs, "", "the folder holds no provider")
                    .help("make a folder for each provider, named like a Rust module, and put its documents there"),
            );
        }
        folders.iter().map(|path| self.folder(path)).collect()
    }

    fn folder(&mut self, path: &Path) -> Folder {
        let name = file_name(path).into_owned();
        self.found.extend(misnamed(path, &name));
        self.contents(path, name)
    }

    /// Reads a document as a provider called like the file.
    pub(super) fn document(&mut self, path: &Path) -> Folder {
        let mut folder = Folder::new(suggestion(file_name(path).split('.').next().unwrap_or_default()));
        if Syntax::of(path).is_none() {
            let error = Diagnostic::error(path, "", "this is not an OpenAPI document");
            self.found.push(error.help("a document ends in .yaml, .yml or .json"));
        } else if let Some(document) = self.read(path) {
            folder.documents.push(document);
            self.documents(path.parent().unwrap_or(path), &mut folder);
        }
        folder
    }

    /// Reads a provider's folder as the provider `name`.
    pub(super) fn contents(&mut self, path: &Path, name: String) -> Folder {
        let files = self.entries(path);
        let mut folder = Folder::new(name);
        let mut complete = true;
        // A folder may be called like a file, and hold parts of documents; only our own names are taken.
        let is_ours = |file: &Path| [SETTINGS, overlay::FILE_NAME].contains(&&*file_name(file));
        let is_read = |file: &&PathBuf| Syntax::of(file).is_some() && (!file.is_dir() || is_ours(file));
        for file in files.iter().filter(is_read) {
            complete &= self.file(file, &mut folder);
        }
        // Whether an overlay's action still matches something, or a file is referred to, shows only with all files.
        match (complete, folder.documents.is_empty()) {
            (false, _) => {}
            (true, true) => self.found.push(no_document(path, &files)),
            (true, false) => self.documents(path, &mut folder),
        }
        folder
    }

    /// Reads a file into the folder; whether that holds all that matters to the documents.
    fn file(&mut self, file: &Path, folder: &mut Folder) -> bool {
        match &*file_name(file) {
            SETTINGS => self.provider(file, folder),
            overlay::FILE_NAME => {
                folder.overlay = self.read(file);
                return folder.overlay.is_some();
            }
            name @ ("provider.yml" | "provider.json" | "overlay.yml" | "overlay.json") => {
                let (name, _) = name.split_once('.').unwrap_or_default();
                self.found.push(
                    Diagnostic::error(file, "", "this file is not read")
                        .help(format!("name it {name}.yaml, or give a document that only looks like it another name")),
                );
            }
            _ => {
                let document = self.read(file);
                let is_read = document.is_some();
                folder.documents.extend(document);
                return is_read;
            }
        }
        true
    }

    fn documents(&mut self, path: &Path, folder: &mut Folder) {
        folder.documents.extend(json_schema::document(path, &folder.documents));
        let mut bundler = Bundler::new(path, &folder.documents);
        bundler.run(&mut folder.documents).into_iter().for_each(|failure| self.add(failure));
        if let Some(overlay) = &folder.overlay {
            self.found.extend(overlay::apply(overlay, &mut folder.documents));
            // What it put there may refer to further files.
            bundler.run(&mut folder.documents).into_iter().for_each(|failure| self.add(failure));
        }
        let (found, others) = openapi::check(&mut folder.documents, !self.compares);
        let (errors, warnings) = found.into_iter().partition(|found| found.severity == Severity::Error);
        self.found.extend::<Diagnostics>(errors);
        (folder.others, folder.warnings) = (others, warnings);
        let is_verified = |settings: &Source| settings.value.get("verify").is_some();
        if !folder.provider_source.as_ref().is_some_and(is_verified) {
            let (verify, found) = provider::signature(&folder.documents);
            folder.provider.verify = verify.unwrap_or_default();
            folder.warnings.extend(found);
        }
    }

    fn provider(&mut self, file: &Path, folder: &mut Folder) {
        let Some(source) = self.read(file) else { return };
        match Settings::read(&source) {
            Ok(settings) => folder.provider = settings,
            Err(found) => self.found.extend(found),
        }
        folder.provider_source = Some(source);
    }

    fn read(&mut self, file: &Path) -> Option<Source> {
        Source::read(file).map_err(|failure| self.add(failure)).ok()
    }

    fn add(&mut self, failure: Failure) {
        self.found.extend(failure.diagnostics);
        self.sources.extend(failure.sources);
    }

    /// What a folder holds, by name, less what is kept aside.
    fn entries(&mut self, folder: &Path) -> Vec<PathBuf> {
        let read = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut paths: Vec<PathBuf> = match read {
            Ok(entries) => entries.into_iter().map(|entry| entry.path()).collect(),
            Err(error) => {
                let message = format!("the folder cannot be read: {error}");
                let help = "name a folder that holds a folder for each provider";
                self.found.push(Diagnostic::error(folder, "", message).help(help));
                Vec::new()
            }
        };
        paths.retain(|path| !file_name(path).starts_with(['.', '_']));
        paths.sort();
        paths
    }
}

/// Modules, files and crates at the root of what is generated, and the feature that Cargo reads itself.
const IN_USE: [&str; 8] = ["core", "default", "lib", "main", "provider", "serde", "std", "webhook_runtime"];

fn misnamed(path: &Path, name: &str) -> Option<Diagnostic> {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if IN_USE.contains(&name) {
        let other = path.with_file_name(format!("{name}_webhooks"));
        let error = Diagnostic::error(path, "", "the generated crate uses this name itself");
        return Some(error.help(format!("rename the folder, for example to {}", other.display())));
    }
    // Underscores that no word is between would make two folders one module.
    let is_itself = words(name).join("_") == name;
    if is_itself && name.chars().all(letters) && syn::parse_str::<syn::Ident>(name).is_ok() {
        return None;
    }
    let other = path.with_file_name(suggestion(name));
    Some(
        Diagnostic::error(path, "", "the folder's name cannot name a module and a Cargo feature")
            .help(format!("rename it, for example to {}", other.display())),
    )
}

pub(super) fn suggestion(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<_> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = words.join("_");
    match syn::parse_str::<syn::Ident>(&joined) {
        Ok(_) => joined,
        Err(_) => format!("provider_{joined}"),
    }
}

fn no_document(path: &Path, files: &[PathBuf]) -> Diagnostic {
    let others: Vec<_> = files.iter().filter(|file| Syntax::of(file).is_none()).map(|file| file_name(file)).collect();
    let help = match others.as_slice() {
        [] => "put an OpenAPI 3.1 document into it, or delete it".to_owned(),
        names => format!("a document ends in .yaml, .yml or .json; there is only {}", names.join(", ")),
    };
    Diagnostic::error(path, "", "the folder holds no OpenAPI document").help(help)
}
