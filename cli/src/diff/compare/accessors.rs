//! The methods by which an `Event` gives what several variants have in common.

use super::comparison::Comparison;
use crate::diff::change::{Action, Compared, Item, Location};
use crate::diff::side::Side;
use webhook_codegen::emit::event_methods;
use webhook_codegen::model::Type;

impl Comparison<'_, '_> {
    pub(super) fn accessors(&mut self) {
        let (old, new) = (event_methods(self.old.model), event_methods(self.new.model));
        for (was, is) in both(&old, &new, |(name, _)| name.as_str()) {
            let Some((name, _)) = is.or(was) else { continue };
            let at = |side, method: Option<&(_, _)>| method.and_then(|(_, ty)| location(side, name, ty));
            let path = format!("Event::{name}");
            let compared = Compared::new(Item::Accessor, path, at(self.old, was), at(self.new, is));
            if !was.zip(is).is_some_and(|((_, was), (_, is))| self.same(was, is)) {
                let text = |side: &Side<'_>, method: Option<&(_, _)>| method.map(|(_, ty)| side.text(ty, None));
                let action = Action::between(text(self.old, was), text(self.new, is));
                self.changes.push(compared.change(action).source_if(was.is_some()));
            }
        }
    }
}

/// What is named on both sides or on one: first what the old side has, then what is new.
pub(super) fn both<'i, T>(
    old: &'i [T],
    new: &'i [T],
    name: impl Fn(&T) -> &str + 'i,
) -> impl Iterator<Item = (Option<&'i T>, Option<&'i T>)> {
    let find =
        move |all: &'i [T], wanted: &T, name: &dyn Fn(&T) -> &str| all.iter().find(|other| name(other) == name(wanted));
    let pairs: Vec<_> = old.iter().map(|was| (Some(was), find(new, was, &name))).collect();
    let fresh: Vec<_> = new.iter().filter(|is| find(old, is, &name).is_none()).map(|is| (None, Some(is))).collect();
    pairs.into_iter().chain(fresh)
}

/// The setting that asks for it, or the type that it gives.
fn location(side: &Side<'_>, name: &str, ty: &Type) -> Option<Location> {
    let is_asked_for = side.model.settings.accessors.iter().any(|accessor| accessor.name == name);
    match ty.named().filter(|_| !is_asked_for) {
        Some(id) => side.at(id),
        None => side.at_setting("accessors"),
    }
}
