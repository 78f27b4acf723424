//! Documents, which are modules.

use super::comparison::Comparison;
use crate::diff::change::{self, Action, Compared, Item};
use crate::diff::side::Side;
use webhook_codegen::model::Location;
use webhook_codegen::name;

impl Comparison<'_, '_> {
    pub(super) fn of_documents(&mut self) {
        let modules = name::modules(&self.old.model.documents);
        let old = (0..self.old.model.documents.len()).map(|index| (Some(index), self.documents.new_of[index]));
        let fresh = (0..self.new.model.documents.len()).filter(|index| self.documents.old_of(*index).is_none());
        for (was, is) in old.chain(fresh.map(|index| (None, Some(index)))) {
            let module = |side: &Side<'_>, index: Option<usize>| index.map(|index| side.modules[index].to_string());
            let Some(now) = module(self.new, is).or_else(|| module(self.old, was)) else { continue };
            let compared = Compared::new(Item::Document, now.as_str(), info(self.old, was), info(self.new, is));
            let Some((old, new)) = was.zip(is) else {
                let action = Action::between(types(self.old, was), types(self.new, is));
                self.changes.push(compared.change(action).source_if(was.is_some()));
                continue;
            };
            let name = modules[old].to_string();
            if name != now && self.documents.are_named {
                self.changes.push(compared.change(Action::Renamed(name, now)).source());
            }
            let (old, new) = (&self.old.model.documents[old], &self.new.model.documents[new]);
            if (&old.title, &old.description) != (&new.title, &new.description) {
                self.changes.push(compared.change(Action::Documented));
            }
        }
    }
}

/// How many types it has.
fn types(side: &Side<'_>, document: Option<usize>) -> Option<String> {
    let count = side.types_of(document?).len();
    Some(if count == 1 { "with 1 type".to_owned() } else { format!("with {count} types") })
}

fn info(side: &Side<'_>, document: Option<usize>) -> Option<change::Location> {
    side.at_value(&Location { document: document?, pointer: "/info".to_owned() })
}
