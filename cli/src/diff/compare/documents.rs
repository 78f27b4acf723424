//! Documents, which are modules.

use super::comparison::Comparison;
use crate::diff::change::{self, Action, Change, Item, Part};
use crate::diff::side::Side;
use webhook_codegen::model::Location;
use webhook_codegen::name;

impl Comparison<'_, '_> {
    pub(super) fn of_documents(&mut self) {
        let modules = name::modules(&self.old.model.documents);
        for (index, document) in self.old.model.documents.iter().enumerate() {
            let Some(new) = self.documents.new_of[index] else {
                let action = Action::Removed(Some(Part::Types(self.old.types_of(index).len())));
                let change = Change::new(Item::Document, self.old.modules[index].to_string(), action).source();
                self.push(change.at(info(self.old, index), None));
                continue;
            };
            let (was, is) = (modules[index].to_string(), self.new.modules[new].to_string());
            let at = (info(self.old, index), info(self.new, new));
            let place = |change: Change| change.at(at.0.clone(), at.1.clone());
            if was != is && self.documents.are_named {
                let action = Action::Renamed(Part::Name(was), Part::Name(is.clone()));
                self.push(place(Change::new(Item::Document, is.as_str(), action).source()));
            }
            let now = &self.new.model.documents[new];
            if (&document.title, &document.description) != (&now.title, &now.description) {
                self.push(place(Change::new(Item::Document, is, Action::Documented)));
            }
        }
        for index in (0..self.new.model.documents.len()).filter(|index| self.documents.old_of(*index).is_none()) {
            let action = Action::Added(Some(Part::Types(self.new.types_of(index).len())));
            let change = Change::new(Item::Document, self.new.modules[index].to_string(), action);
            self.push(change.at(None, info(self.new, index)));
        }
    }
}

fn info(side: &Side<'_>, document: usize) -> Option<change::Location> {
    side.at_value(&Location { document, pointer: "/info".to_owned() })
}
