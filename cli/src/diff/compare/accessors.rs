//! The methods by which an `Event` gives what several variants have in common.

use super::comparison::Comparison;
use crate::diff::change::{Action, Change, Item, Location, Part};
use crate::diff::side::Side;
use webhook_codegen::emit::event_methods;
use webhook_codegen::model::Type;

impl Comparison<'_, '_> {
    pub(super) fn accessors(&mut self) {
        let (old, new) = (event_methods(self.old.model), event_methods(self.new.model));
        for (name, was) in &old {
            let from = Part::Type(self.old.text(was, None));
            match new.iter().find(|(other, _)| other == name) {
                None => {
                    let change = accessor(name, Action::Removed(Some(from))).source();
                    self.push(change.at(at(self.old, name, was), None));
                }
                Some((_, is)) if !self.same(was, is) => {
                    let to = Part::Type(self.new.text(is, None));
                    let change = accessor(name, Action::Changed(from, to)).source();
                    self.push(change.at(at(self.old, name, was), at(self.new, name, is)));
                }
                Some(_) => {}
            }
        }
        for (name, is) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
            let to = Part::Type(self.new.text(is, None));
            self.push(accessor(name, Action::Added(Some(to))).at(None, at(self.new, name, is)));
        }
    }
}

fn accessor(name: &str, action: Action) -> Change {
    Change::new(Item::Accessor, format!("Event::{name}"), action)
}

/// The setting that asks for it, or the type that it gives.
fn at(side: &Side<'_>, name: &str, ty: &Type) -> Option<Location> {
    let is_asked_for = side.model.settings.accessors.iter().any(|accessor| accessor.name == name);
    match ty.named().filter(|_| !is_asked_for) {
        Some(id) => side.at(id),
        None => side.at_setting("accessors"),
    }
}
