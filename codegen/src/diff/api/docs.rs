//! What is said of an item.

use super::Api;
use crate::diff::draft::{At, Draft, Kind, Reach, Spot};
use crate::model::Docs;

impl Api<'_, '_> {
    /// Reports other words, and a deprecation.
    pub(super) fn docs(&mut self, at: &At, docs: (&Docs, &Docs), spots: (Spot, Spot), reach: Reach) {
        let (old, new) = docs;
        let places = |draft: Draft| draft.places(Some(spots.0.clone()), Some(spots.1.clone())).reach(reach.clone());
        if old.deprecated != new.deprecated {
            let draft = Draft::new(Kind::Deprecation, at.clone());
            let note = if new.deprecated { "deprecated now: using it warns" } else { "no longer deprecated" };
            self.push(places(draft.note(note)));
        }
        let default = |docs: &Docs| docs.notes.iter().find(|note| note.starts_with("Default: ")).cloned();
        if words(old) != words(new) || default(old) != default(new) {
            self.push(places(Draft::new(Kind::Documentation, at.clone())));
        }
    }
}

/// The text without its line breaks: wrapping is not what it says.
fn words(docs: &Docs) -> Vec<&str> {
    docs.text.iter().flat_map(|text| text.split_whitespace()).collect()
}
