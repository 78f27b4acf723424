//! Documents, which are modules.

use super::Comparison;
use crate::diff::change::{Action, Item, Part, PendingChange, SourceRef};
use crate::model::Location;
use crate::name;

impl Comparison<'_, '_> {
    pub(super) fn of_documents(&mut self) {
        let modules = name::modules(&self.old.model.documents);
        for (index, document) in self.old.model.documents.iter().enumerate() {
            let Some(new) = self.documents.new_of[index] else {
                let action = Action::Removed(Some(Part::Types(self.old.types_of(index).len())));
                let change = PendingChange::new(Item::Document, self.old.modules[index].to_string(), action).source();
                self.push(change.at(Some(info(index)), None));
                continue;
            };
            let (was, is) = (modules[index].to_string(), self.new.modules[new].to_string());
            let place = |change: PendingChange| change.at(Some(info(index)), Some(info(new)));
            if was != is && self.documents.are_named {
                let action = Action::Renamed(Part::Name(was), Part::Name(is.clone()));
                self.push(place(PendingChange::new(Item::Document, is.as_str(), action).source()));
            }
            let now = &self.new.model.documents[new];
            if (&document.title, &document.description) != (&now.title, &now.description) {
                self.push(place(PendingChange::new(Item::Document, is, Action::Documented)));
            }
        }
        for index in (0..self.new.model.documents.len()).filter(|index| self.documents.old_of(*index).is_none()) {
            let action = Action::Added(Some(Part::Types(self.new.types_of(index).len())));
            let change = PendingChange::new(Item::Document, self.new.modules[index].to_string(), action);
            self.push(change.at(None, Some(info(index))));
        }
    }
}

fn info(document: usize) -> SourceRef {
    SourceRef::Value(Location { document, pointer: "/info".to_owned() })
}
