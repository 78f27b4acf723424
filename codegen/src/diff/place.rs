//! Where a change stands.

use super::Place;
use super::draft::Spot;
use crate::documents::Folder;
use crate::schema::reader::{Reader, Scratch};
use crate::source::pointer::escape;
use crate::source::{Origin, Part, Source, Span};
use std::collections::HashMap;

/// Finds places in the documents of one side.
pub struct Finder<'f> {
    folder: &'f Folder,
    reader: Reader<'f>,
    known: HashMap<Spot, Option<Place>>,
}

impl<'f> Finder<'f> {
    pub fn new(folder: &'f Folder, scratch: &'f mut Scratch) -> Self {
        Self { folder, reader: Reader::new(&folder.documents, scratch), known: HashMap::new() }
    }

    /// Line and column; those of the nearest node that stands in a text where there is none.
    pub fn place(&mut self, spot: &Spot) -> Option<Place> {
        if let Some(known) = self.known.get(spot) {
            return known.clone();
        }
        let (document, pointer) = self.pointer(spot);
        let source = self.folder.documents.get(document).or(self.folder.provider_source.as_ref());
        let source = source.or(self.folder.documents.first());
        let place = source.and_then(|source| self.in_text(source, &pointer, spot.part));
        self.known.insert(spot.clone(), place.clone());
        place
    }

    /// A property stands in any of the schemas that apply.
    fn pointer(&mut self, spot: &Spot) -> (usize, String) {
        let own = (spot.document, spot.pointer.clone());
        let (Some(key), Some(node)) = (&spot.property, self.reader.node(spot.document, &spot.pointer)) else {
            return own;
        };
        let holders = self.reader.flat(&[node]);
        let holder = holders.iter().find(|node| node.value.get("properties").is_some_and(|all| all.get(key).is_some()));
        match holder {
            Some(node) => (node.document, format!("{}/properties/{}", node.pointer, escape(key))),
            None => own,
        }
    }

    fn in_text(&self, source: &Source, pointer: &str, part: Part) -> Option<Place> {
        let (source, pointer) = match (source.origin(pointer), &self.folder.overlay) {
            (Origin::Patch(pointer), Some(overlay)) => (overlay, pointer),
            _ => source.file_of(pointer, part),
        };
        let span = nearest(source, &pointer, part)?;
        Some(Place { file: source.path.clone(), line: span.line, column: span.column, pointer })
    }
}

fn nearest(source: &Source, pointer: &str, part: Part) -> Option<Span> {
    source.span(pointer, part).or_else(|| nearest(source, pointer.rsplit_once('/')?.0, Part::Key))
}
