//! `overlay.yaml`: corrections to a provider's documents, in the format of the OpenAPI Overlay Specification 1.1.
//!
//! Stricter than that in one point: an action that matches nothing, or changes nothing, is an error. It corrects what
//! the sender has meanwhile corrected or moved, and somebody should know.

mod change;
mod read;
mod target;

use super::file_name;
use crate::source::{Diagnostics, Source, closest};
use change::Changes;
use read::{Action, Change, Overlay};

/// The one overlay of a folder.
pub(super) const FILE_NAME: &str = "overlay.yaml";

/// Applies `overlay` to the documents of its folder.
pub(super) fn apply(overlay: &Source, documents: &mut [Source]) -> Diagnostics {
    let script = match Overlay::read(overlay) {
        Ok(script) => script,
        Err(found) => return found,
    };
    let mut changes = Changes::new(overlay);
    let only = script.extends.and_then(beside);
    let mut chosen: Vec<_> =
        documents.iter_mut().filter(|document| only.is_none_or(|name| name == file_name(&document.path))).collect();
    match only {
        Some(name) if chosen.is_empty() => changes.no_document(name, documents),
        _ => script.actions.iter().for_each(|action| changes.action(action, &mut chosen)),
    }
    changes.found
}

/// The file name in a reference to a document of this folder; an address elsewhere only says where documents came from.
fn beside(extends: &str) -> Option<&str> {
    (!extends.contains("://")).then(|| extends.trim_start_matches("./"))
}

impl Changes<'_> {
    fn action(&mut self, action: &Action<'_>, documents: &mut [&mut Source]) {
        let before = self.found.len();
        let mut matched = false;
        self.changed = false;
        for document in documents.iter_mut() {
            let pointers = target::select(&action.target, &document.value);
            if pointers.is_empty() {
                continue;
            }
            matched = true;
            document.patch = Some(self.overlay.path.clone());
            match &action.change {
                Change::Remove => self.remove(document, pointers),
                Change::Update(value) => {
                    self.update(document, &pointers, value, &format!("{}/update", action.pointer));
                }
                Change::Copy(from) => {
                    let location = format!("{}/copy", action.pointer);
                    match target::one(from, &document.value) {
                        Ok(value) => self.update(document, &pointers, &value, &location),
                        Err(count) => {
                            let message = format!("this matches {count} values in {}", file_name(&document.path));
                            self.error(&location, message, "`copy` must match exactly one value");
                        }
                    }
                }
            }
        }
        if !matched {
            self.no_match(action, documents);
        } else if !self.changed && self.found.len() == before {
            let message = "this action changes nothing: the document says all of it already";
            self.error(&action.pointer, message, "delete the action");
        }
    }

    fn no_document(&mut self, name: &str, documents: &[Source]) {
        let names: Vec<_> = documents.iter().map(|document| file_name(&document.path)).collect();
        let help = match closest(name, names.iter().map(|name| &**name)) {
            Some(similar) => format!("did you mean `./{similar}`?"),
            None => "name a document of this folder, or leave `extends` out: then all of them are patched".to_owned(),
        };
        self.error("/extends", format!("there is no document `{name}` in this folder"), help);
    }

    fn no_match(&mut self, action: &Action<'_>, documents: &[&mut Source]) {
        let location = match documents {
            [only] => file_name(&only.path).into_owned(),
            _ => "any document of this folder".to_owned(),
        };
        let message = format!("`{}` matches nothing in {location}", action.path);
        let values: Vec<_> = documents.iter().map(|document| &document.value).collect();
        let help = target::nearest(action.path, &values).unwrap_or_default();
        let help = format!("{help}correct the path, or delete the action if the document no longer needs it");
        self.error(&format!("{}/target", action.pointer), message, help);
    }
}

#[cfg(test)]
mod tests;
