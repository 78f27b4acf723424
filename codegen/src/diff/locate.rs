//! Where a change stands.

use super::Location;
use super::change::SourceRef;
use crate::documents::Folder;
use crate::source::{Origin, Part, Source, Span};
use std::collections::HashMap;

/// Finds locations in the files of one side.
pub struct Finder<'f> {
    folder: &'f Folder,
    known: HashMap<SourceRef, Option<Location>>,
}

impl<'f> Finder<'f> {
    pub fn new(folder: &'f Folder) -> Self {
        Self { folder, known: HashMap::new() }
    }

    /// Line and column; those of the nearest node that stands in a text where there is none.
    pub fn location(&mut self, wanted: &SourceRef) -> Option<Location> {
        if let Some(known) = self.known.get(wanted) {
            return known.clone();
        }
        let location = match wanted {
            SourceRef::Key(at) => self.in_text(self.folder.documents.get(at.document)?, &at.pointer, Part::Key),
            SourceRef::Value(at) => self.in_text(self.folder.documents.get(at.document)?, &at.pointer, Part::Value),
            SourceRef::Setting(key) => {
                let source = self.folder.provider_source.as_ref().or(self.folder.documents.first())?;
                self.in_text(source, &format!("/{key}"), Part::Key)
            }
        };
        self.known.insert(wanted.clone(), location.clone());
        location
    }

    fn in_text(&self, source: &Source, pointer: &str, part: Part) -> Option<Location> {
        let (source, pointer) = match (source.origin(pointer), &self.folder.overlay) {
            (Origin::Patch(pointer), Some(overlay)) => (overlay, pointer),
            _ => source.file_of(pointer, part),
        };
        let span = nearest(source, &pointer, part)?;
        Some(Location { file: source.path.clone(), line: span.line, column: span.column, pointer })
    }
}

fn nearest(source: &Source, pointer: &str, part: Part) -> Option<Span> {
    source.span(pointer, part).or_else(|| nearest(source, pointer.rsplit_once('/')?.0, Part::Key))
}
