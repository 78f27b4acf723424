//! What a change of the documents does to who receives the webhooks.
//!
//! The models of both editions are compared once (`compare`). What differs is a list of changes, as data: what became of
//! what, whether it breaks code, and which bodies code of the other edition refuses. Texts are made of that in `render`.

mod change;
mod compare;
mod pairs;
pub mod render;
mod rules;
mod side;

use side::Side;
use std::path::Path;
use webhook_codegen::documents::{Extent, Folder, load_both};
use webhook_codegen::source::{Diagnostics, Failure};
use webhook_codegen::{model, schema};

use change::Compared;
pub use change::{Action, Bump, Cause, Change, Deliveries, Item, Location, Mismatch, Verdict};
pub use webhook_codegen::model::{Limit, Measure, Rule};

/// What a change of the documents comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// By provider, in the order of their names; then the most severe first.
    pub changes: Vec<Change>,
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

    /// The changes of a provider's item and of what is in it: those of `contact::Contact` are its own and those
    /// of its fields.
    pub fn of<'d>(&'d self, provider: &'d str, item: &'d str) -> impl Iterator<Item = &'d Change> {
        let is_in = move |path: &str| {
            let rest = path.strip_prefix(item);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        self.changes.iter().filter(move |change| change.provider == provider && is_in(&change.path))
    }
}

/// Compares what is at two paths: a document each, a provider's folder each, or a folder of those each. Two
/// documents are the same one, however the files are called, and so are two providers.
///
/// ```no_run
/// use std::path::Path;
/// use webhook_codegen_cli::diff::{Bump, between};
///
/// let diff = between(Path::new("old"), Path::new("new"))?;
/// for change in &diff.changes {
///     println!("{}: {}", change.path, change.what());
/// }
/// assert_ne!(diff.bump(), Bump::Major);
/// # Ok::<(), webhook_codegen::Failure>(())
/// ```
///
/// # Errors
/// What keeps either side from being generated.
pub fn between(old: &Path, new: &Path) -> Result<Diff, Failure> {
    let are_named = (Extent::of(old), Extent::of(new)) != (Extent::Document, Extent::Document);
    let [old, new] = load_both(old, new)?;
    compare(old, new, are_named)
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
    for (before, after) in pairs::folders(old, new) {
        diff.changes.extend(match (before, after) {
            (Some(before), Some(after)) => one_provider(&before, &after, are_named)?,
            (before, after) => whole_provider(before.as_ref(), after.as_ref()).into_iter().collect(),
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
    let pairs = pairs::Documents::of(old, new, are_named);
    Ok(changes(Side::new(old, &old_model), &Side::new(new, &new_model), &pairs))
}

/// All changes of a provider that is on both sides, the most severe first.
fn changes(mut old: Side<'_>, new: &Side<'_>, documents: &pairs::Documents) -> Vec<Change> {
    for (before, after) in documents.new_of.iter().enumerate() {
        if let Some(after) = after {
            old.modules[before] = new.modules[*after].clone();
        }
    }
    let mut changes = compare::changes(&old, new, documents);
    changes.sort_by_cached_key(|change| {
        let severity = (change.verdict(), change.wire.is_empty(), change.action == Action::Documented);
        (severity, change.new.clone().or_else(|| change.old.clone()))
    });
    changes
}

/// A provider that is on one side only.
fn whole_provider(old: Option<&Folder>, new: Option<&Folder>) -> Option<Change> {
    let folder = new.or(old)?;
    let at = |folder: &Folder| {
        let file = folder.documents.first().map(|document| document.path.clone())?;
        Some(Location { file, line: 1, column: 1, pointer: String::new() })
    };
    let lost = Mismatch { deliveries: Deliveries::Stored, cause: Cause::Event };
    let action = if new.is_some() { Action::Added(None) } else { Action::Removed(None) };
    let compared = Compared::new(Item::Provider, folder.name.as_str(), old.and_then(at), new.and_then(at));
    let change = compared.change(action).source_if(new.is_none()).wire(new.is_none().then_some(lost));
    Some(Change { provider: folder.name.clone(), ..change })
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
        by_key.provider.event_type.push(webhook_codegen::documents::provider::Expression::Header("webhook".to_owned()));
        let mut again = Diagnostics::new();
        let model = build(&by_key, &mut again);
        if !again.has_errors() {
            return Ok(model);
        }
    }
    Err(Failure { diagnostics: found, sources: folder.clone().into_sources().collect() })
}
