//! The documentation of a schema.

use super::builder::Builder;
use super::def::Docs;
use super::markdown::code;
use crate::schema::Data;
use crate::source::{Diagnostic, WarningKind};
use crate::words::same_words;

impl Builder<'_> {
    /// The documentation of a schema. A title counts unless it is the name again.
    pub fn docs(&mut self, data: &Data, path: &[String]) -> Docs {
        let text = match (&data.title, &data.description) {
            (_, Some(description)) if !description.trim().is_empty() => Some(description),
            (Some(title), _) if !path.last().is_some_and(|name| same_words(title, name)) => Some(title),
            _ => None,
        };
        let mut notes = Vec::new();
        if let Some(default) = &data.default {
            notes.push(format!("Default: {}.", code(default)));
        }
        match data.values.as_slice() {
            [] => {}
            [only] => notes.push(format!("Always {}.", code(only))),
            values => notes.push(format!("One of {}.", values.iter().map(code).collect::<Vec<_>>().join(", "))),
        }
        if !data.constraints.is_empty() {
            let all = data.constraints.iter().map(|(keyword, value)| format!("`{keyword}` {}", code(value)));
            notes.push(format!("Not checked: {}.", all.collect::<Vec<_>>().join(", ")));
        }
        data.constraints.keys().for_each(|keyword| self.unenforced(data, keyword));
        Docs { text: text.cloned(), deprecated: data.deprecated, default: data.default.clone(), notes }
    }

    /// Reports a keyword that no Rust type expresses.
    fn unenforced(&mut self, data: &Data, keyword: &str) {
        let Some(location) = &data.location else { return };
        let file = &self.folder.documents[location.document].path;
        let message = format!("`{keyword}` is not enforced by the Rust type");
        let warning =
            Diagnostic::warning(WarningKind::Unenforced, file, format!("{}/{keyword}", location.pointer), message);
        self.found.push(warning.help("the documentation of the type names it; values are not checked against it"));
    }
}
