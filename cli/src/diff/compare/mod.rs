//! The models of both editions, compared item by item: what the compiler will say of code that was written for the old
//! one, and what code of either says of the other's bodies.

mod accepts;
mod accessors;
mod comparison;
mod constraints;
mod documents;
mod events;
mod fields;
mod headers;
mod members;
mod renames;
mod settings;
mod types;
mod variants;

use super::change::Change;
use super::pairs::Documents;
use super::side::Side;
use comparison::Comparison;

/// All changes of a provider, in no particular order.
pub fn changes(old: &Side<'_>, new: &Side<'_>, documents: &Documents) -> Vec<Change> {
    let mut comparison = Comparison::new(old, new, documents);
    comparison.settings();
    comparison.of_documents();
    comparison.of_types_by_name();
    comparison.events();
    comparison.accessors();
    comparison.headers();
    let provider = &new.folder.name;
    comparison.changes.into_iter().map(|change| Change { provider: provider.clone(), ..change }).collect()
}
