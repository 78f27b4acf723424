//! Documents, which are modules.

use super::Api;
use crate::diff::draft::{At, Draft, Kind, Spot};

impl Api<'_, '_> {
    pub(super) fn documents(&mut self) {
        for (index, document) in self.old.model.documents.iter().enumerate() {
            let spot = Some(Spot::value(index, "/info"));
            let Some(new) = self.documents.new_of[index] else {
                let types = self.old.types_of(index).len();
                let draft = Draft::new(Kind::DocumentRemoved, At::item(self.old.modules[index].to_string())).source();
                self.push(draft.note(&format!("with its {types} types")).places(spot, None));
                continue;
            };
            let (before, after) = (crate::name::modules(&self.old.model.documents), &self.new.modules);
            let spots = (spot, Some(Spot::value(new, "/info")));
            let at = At::item(after[new].to_string());
            if before[index] != after[new] && self.documents.are_named {
                let draft = Draft::new(Kind::DocumentRenamed, at.clone()).source();
                let draft = draft.from(before[index].to_string()).to(after[new].to_string());
                self.push(draft.note("the module has the file's name").places(spots.0.clone(), spots.1.clone()));
            }
            let now = &self.new.model.documents[new];
            if (&document.title, &document.description) != (&now.title, &now.description) {
                self.push(Draft::new(Kind::Documentation, at).places(spots.0, spots.1));
            }
        }
        for index in 0..self.new.model.documents.len() {
            if self.documents.old_of(index).is_none() {
                let types = self.new.types_of(index).len();
                let draft = Draft::new(Kind::DocumentAdded, At::item(self.new.modules[index].to_string()));
                self.push(draft.note(&format!("with {types} types")).places(None, Some(Spot::value(index, "/info"))));
            }
        }
    }
}
