//! `overlay.yaml`: corrections to a provider's documents, in the format of the OpenAPI Overlay Specification 1.1.
//!
//! Stricter than that in one point: an action that matches nothing, or changes nothing, is an error. It corrects what
//! the sender has meanwhile corrected or moved, and somebody should know.

mod change;
mod read;
mod target;

use super::file_name;
use crate::source::{Diagnostic, Diagnostics, Source, closest};
use change::{Changes, Conflict, MOST_VALUES};
use read::{Action, Change, Overlay};

/// The one overlay of a folder.
pub(super) const FILE_NAME: &str = "overlay.yaml";

/// Applies `overlay` to the documents of its folder.
pub(super) fn apply(overlay: &Source, documents: &mut [Source]) -> Diagnostics {
    let script = match Overlay::read(overlay) {
        Ok(script) => script,
        Err(found) => return found,
    };
    let mut application = Application { overlay, found: Diagnostics::new(), left: MOST_VALUES };
    let only = script.extends.as_deref().and_then(beside);
    let mut chosen: Vec<_> =
        documents.iter_mut().filter(|document| only.is_none_or(|name| name == file_name(&document.path))).collect();
    match only {
        Some(name) if chosen.is_empty() => application.no_document(name, documents),
        _ => script.actions.iter().for_each(|action| application.action(action, &mut chosen)),
    }
    application.found
}

/// The file name in a reference to a document of this folder; an address elsewhere only says where documents came from.
fn beside(extends: &str) -> Option<&str> {
    (!extends.contains("://")).then(|| extends.trim_start_matches("./"))
}

struct Application<'a> {
    overlay: &'a Source,
    found: Diagnostics,
    /// How many values may still be put into documents.
    left: usize,
}

impl Application<'_> {
    fn action(&mut self, action: &Action<'_>, documents: &mut [&mut Source]) {
        let before = self.found.len();
        let mut changes = Changes::new(self.left);
        let mut matched = false;
        for document in documents.iter_mut() {
            let pointers = target::select(&action.target, &document.value);
            if pointers.is_empty() {
                continue;
            }
            matched = true;
            document.patch = Some(self.overlay.path.clone());
            match &action.change {
                Change::Remove => changes.remove(document, pointers),
                Change::Update(value) => {
                    changes.update(document, &pointers, value, &format!("{}/update", action.pointer));
                }
                Change::Copy(from) => {
                    let place = format!("{}/copy", action.pointer);
                    match target::one(from, &document.value) {
                        Ok(value) => changes.update(document, &pointers, &value, &place),
                        Err(count) => self.no_copy(document, &place, count),
                    }
                }
            }
        }
        self.left = changes.left;
        if !matched {
            self.no_match(action, documents);
        } else if !changes.changed && changes.conflicts.is_empty() && self.found.len() == before {
            self.no_change(action);
        }
        changes.conflicts.into_iter().for_each(|conflict| self.conflict(conflict));
    }

    fn error(&mut self, pointer: &str, message: String, help: impl Into<String>) {
        self.found.push(Diagnostic::error(&self.overlay.path, pointer, message).help(help));
    }

    fn no_document(&mut self, name: &str, documents: &[Source]) {
        let names: Vec<_> = documents.iter().map(|document| file_name(&document.path)).collect();
        let help = match closest(name, names.iter().map(|name| &**name)) {
            Some(meant) => format!("did you mean `./{meant}`?"),
            None => "name a document of this folder, or leave `extends` out: then all of them are patched".to_owned(),
        };
        self.error("/extends", format!("there is no document `{name}` in this folder"), help);
    }

    fn no_match(&mut self, action: &Action<'_>, documents: &[&mut Source]) {
        let place = match documents {
            [only] => file_name(&only.path).into_owned(),
            _ => "any document of this folder".to_owned(),
        };
        let message = format!("`{}` matches nothing in {place}", action.path);
        let values: Vec<_> = documents.iter().map(|document| &document.value).collect();
        let help = target::nearest(action.path, &values).unwrap_or_default();
        let help = format!("{help}correct the path, or delete the action if the document no longer needs it");
        self.error(&format!("{}/target", action.pointer), message, help);
    }

    fn no_change(&mut self, action: &Action<'_>) {
        let message = "this action changes nothing: the document says all of it already".to_owned();
        self.error(&action.pointer, message, "delete the action");
    }

    fn no_copy(&mut self, document: &Source, place: &str, count: usize) {
        let message = format!("this matches {count} values in {}", file_name(&document.path));
        self.error(place, message, "a copy is of exactly one value");
    }

    fn conflict(&mut self, conflict: Conflict) {
        let Conflict { file, at, from, message, help } = conflict;
        self.error(&from, format!("{message} (#{at} of {file})"), help);
    }
}

#[cfg(test)]
mod tests;
