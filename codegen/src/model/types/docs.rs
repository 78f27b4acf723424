//! What a schema says to the reader.

use super::builder::Builder;
use super::def::Docs;
use super::markdown::code;
use crate::schema::{ext, file_name};
use crate::source::Diagnostic;
use crate::words::same_words;
use openapiv3::SchemaData;
use serde_json::Value;

impl Builder<'_> {
    /// The documentation of a schema. A title counts unless it is the name again.
    pub fn docs(&mut self, data: &SchemaData, path: &[String]) -> Docs {
        let text = match (&data.title, &data.description) {
            (_, Some(description)) if !description.trim().is_empty() => Some(description),
            (Some(title), _) if !path.last().is_some_and(|name| same_words(title, name)) => Some(title),
            _ => None,
        };
        let mut notes = Vec::new();
        if let Some(default) = &data.default {
            notes.push(format!("Default: {}.", code(default)));
        }
        match data.extensions.get(ext::VALUES).and_then(Value::as_array).map(Vec::as_slice) {
            None | Some([]) => {}
            Some([only]) => notes.push(format!("Always {}.", code(only))),
            Some(values) => notes.push(format!("One of {}.", values.iter().map(code).collect::<Vec<_>>().join(", "))),
        }
        let unsaid: Vec<_> =
            data.extensions.get(ext::UNSAID).and_then(Value::as_object).into_iter().flatten().collect();
        if !unsaid.is_empty() {
            let all: Vec<_> = unsaid.iter().map(|(keyword, value)| format!("`{keyword}` {}", code(value))).collect();
            notes.push(format!("Not checked: {}.", all.join(", ")));
        }
        for (keyword, _) in unsaid {
            self.unsaid(data, keyword);
        }
        Docs { text: text.cloned(), deprecated: data.deprecated, notes }
    }

    /// Reports a keyword that no Rust type expresses.
    fn unsaid(&mut self, data: &SchemaData, keyword: &str) {
        let Some((file, pointer)) = ext::text(data, ext::PLACE).split_once('#') else { return };
        let Some(source) = self.folder.documents.iter().find(|source| file_name(source) == file) else { return };
        let message = format!("`{keyword}` is not expressed by the Rust type");
        let warning = Diagnostic::warning(&source.path, format!("{pointer}/{keyword}"), message);
        self.found.push(warning.help("it stands in the documentation of the type; values are not checked against it"));
    }
}
