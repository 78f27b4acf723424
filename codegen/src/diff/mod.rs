//! What a change of the documents does to who receives the webhooks.
//!
//! Two comparisons, each exact where the other is blind: `api` compares what is generated, name by name, as the
//! compiler will; `wire` compares the schemas, keyword by keyword, as a validator would. `merge` makes one list of both.

mod api;
mod draft;
mod merge;
mod pair;
mod place;
pub mod render;
mod view;
mod wire;

use crate::documents::{Extent, Folder, load_any};
use crate::source::{Diagnostics, Failure};
use crate::{model, schema};
use std::path::{Path, PathBuf};

pub use draft::Kind;

/// What a change of the documents comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// By provider, in the order of their names; then the most severe first.
    pub changes: Vec<Change>,
}

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The provider's name in the new documents; in the old ones if it is gone.
    pub provider: String,
    /// What sort of change it is.
    pub kind: Kind,
    /// Whether code that compiles today may not.
    pub source: bool,
    /// Whether a body that was accepted can be refused, or a value that was always there may be missing. The
    /// documents decide: of some limits a Rust type knows nothing, and then the note says so.
    pub wire: bool,
    /// What changed, as it is called in Rust, below the provider's module: `contact::Contact.first_name`.
    pub path: String,
    /// What it was: a type, a name or a limit.
    pub from: Option<String>,
    /// What it is now.
    pub to: Option<String>,
    /// What follows from it, in a few words.
    pub note: Option<String>,
    /// Where it stands in the old documents.
    pub old: Option<Place>,
    /// Where it stands in the new documents.
    pub new: Option<Place>,
    /// The events whose bodies it concerns, by event type.
    pub events: Vec<String>,
}

/// A place in a document, or in the overlay that patches it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// JSON pointer.
    pub pointer: String,
}

/// How severe a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Code that compiles today may not.
    Source,
    /// A body accepted before can be refused now, or a value that was always there may be missing.
    Wire,
    /// Neither.
    Compatible,
}

/// The part of a version that follows (Semantic Versioning 2.0.0, items 6 to 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Nothing changed.
    None,
    /// Documentation, and what is accepted besides.
    Patch,
    /// Something is new.
    Minor,
    /// Something breaks.
    Major,
}

impl Change {
    /// The most severe of its verdicts.
    pub fn verdict(&self) -> Verdict {
        match (self.source, self.wire) {
            (true, _) => Verdict::Source,
            (false, true) => Verdict::Wire,
            (false, false) => Verdict::Compatible,
        }
    }

    /// The version that follows from this change alone.
    pub fn bump(&self) -> Bump {
        match self.verdict() {
            Verdict::Source | Verdict::Wire => Bump::Major,
            Verdict::Compatible if self.kind.is_new() => Bump::Minor,
            Verdict::Compatible => Bump::Patch,
        }
    }
}

impl Diff {
    /// The version that follows.
    pub fn bump(&self) -> Bump {
        self.changes.iter().map(Change::bump).max().unwrap_or(Bump::None)
    }

    /// Whether something breaks.
    pub fn breaks(&self) -> bool {
        self.bump() == Bump::Major
    }

    /// The changes of a provider's item and of what stands in it: those of `contact::Contact` are its own and those
    /// of its fields.
    pub fn of<'d>(&'d self, provider: &'d str, item: &'d str) -> impl Iterator<Item = &'d Change> {
        let is_in = move |path: &str| {
            let rest = path.strip_prefix(item);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        self.changes.iter().filter(move |change| change.provider == provider && is_in(&change.path))
    }
}

/// Compares what stands at two paths: a document each, a provider's folder each, or a folder of those each. Two
/// documents are the same one, however the files are called, and so are two providers.
///
/// # Errors
/// What keeps either side from being generated.
pub fn between(old: &Path, new: &Path) -> Result<Diff, Failure> {
    let are_named = (Extent::of(old), Extent::of(new)) != (Extent::Document, Extent::Document);
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| load_any(old));
        let new = load_any(new);
        (old.join().expect("loading does not panic"), new)
    });
    compare(old?, new?, are_named)
}

/// Compares two sets of providers. Documents `are_named` where another file name is another module; two files that
/// somebody wants to see compared are one document.
///
/// # Errors
/// What keeps either side from being generated.
pub fn compare(mut old: Vec<Folder>, mut new: Vec<Folder>, are_named: bool) -> Result<Diff, Failure> {
    if let ([old], [new]) = (old.as_mut_slice(), new.as_mut_slice()) {
        old.name.clone_from(&new.name);
    }
    let mut diff = Diff::default();
    for (before, after) in pair::folders(old, new) {
        diff.changes.extend(match (before, after) {
            (Some(before), Some(after)) => one_provider(&before, &after, are_named)?,
            (before, after) => api::provider(before.as_ref(), after.as_ref()).into_iter().collect(),
        });
    }
    Ok(diff)
}

fn one_provider(old: &Folder, new: &Folder, are_named: bool) -> Result<Vec<Change>, Failure> {
    if is_same(old, new, are_named) {
        return Ok(Vec::new());
    }
    let (old_side, new_side) = std::thread::scope(|scope| {
        let old = scope.spawn(|| read(old));
        let new = read(new);
        (old.join().expect("the generator does not panic"), new)
    });
    let (old_model, new_model) = (old_side?, new_side?);
    let pairs = pair::Documents::of(old, new, are_named);
    let (old, new) = (view::View::new(old, &old_model), view::View::new(new, &new_model));
    Ok(merge::changes(old, new, &pairs))
}

/// Whether nothing but the order of keys differs: equal objects compare so.
fn is_same(old: &Folder, new: &Folder, are_named: bool) -> bool {
    let documents = |folder: &Folder| folder.documents.iter().map(schema::file_name).collect::<Vec<_>>();
    old.provider == new.provider
        && (!are_named || documents(old) == documents(new))
        && old.documents.len() == new.documents.len()
        && old.documents.iter().zip(&new.documents).all(|(old, new)| old.value == new.value)
}

/// The model of a provider. Where its events cannot be told apart, and it does not say how, each webhook is an event:
/// who compares documents may not have written a `provider.yaml` yet.
fn read(folder: &Folder) -> Result<model::Provider, Failure> {
    let build = |folder: &Folder, found: &mut Diagnostics| {
        let lowered = schema::lower(folder, found, &mut Diagnostics::new());
        model::build(folder, &lowered, found)
    };
    let mut found = Diagnostics::new();
    let model = build(folder, &mut found);
    if !found.has_errors() {
        return Ok(model);
    }
    if folder.provider.event_type.is_empty() {
        let mut by_key = folder.clone();
        by_key.provider.event_type.push(crate::documents::provider::Expression::Header("webhook".to_owned()));
        let mut again = Diagnostics::new();
        let model = build(&by_key, &mut again);
        if !again.has_errors() {
            return Ok(model);
        }
    }
    Err(Failure { diagnostics: found, sources: folder.clone().into_sources().collect() })
}
