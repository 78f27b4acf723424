//! The fields of `Headers`. None refuses a delivery.

use super::comparison::Comparison;
use crate::diff::change::{Action, Change, Item, Part};
use crate::diff::side::Side;
use webhook_codegen::model::Header;
use webhook_codegen::name;

impl Comparison<'_, '_> {
    pub(super) fn headers(&mut self) {
        let (old, new) = (fields(self.old), fields(self.new));
        for (name, was) in &old {
            let from = Part::Type(self.old.header_text(was));
            let change = |path: &str, action| Change::new(Item::Header, format!("Headers::{path}"), action);
            match new.iter().find(|(_, is)| is.name == was.name) {
                None => {
                    let change = change(name, Action::Removed(Some(from))).source();
                    self.push(change.at(self.old.at_value(&was.location), None));
                }
                Some((now, is)) => {
                    let at = (self.old.at_value(&was.location), self.new.at_value(&is.location));
                    let place = |change: Change| change.at(at.0.clone(), at.1.clone());
                    if name != now {
                        let action = Action::Renamed(Part::Name(name.clone()), Part::Name(now.clone()));
                        self.push(place(change(now, action).source()));
                    }
                    if !self.same(&was.ty, &is.ty) || was.is_text != is.is_text {
                        let to = Part::Type(self.new.header_text(is));
                        self.push(place(change(now, Action::Changed(from, to)).source()));
                    }
                    self.docs(&was.docs, &is.docs, |action| place(change(now, action)));
                }
            }
        }
        for (name, is) in new.iter().filter(|(_, is)| !old.iter().any(|(_, was)| was.name == is.name)) {
            let action = Action::Added(Some(Part::Type(self.new.header_text(is))));
            let change = Change::new(Item::Header, format!("Headers::{name}"), action);
            self.push(change.at(None, self.new.at_value(&is.location)));
        }
    }
}

fn fields<'s>(side: &Side<'s>) -> Vec<(String, &'s Header)> {
    let headers = &side.model.headers;
    let names = name::bindings(headers.iter().map(|header| header.name.as_str()));
    names.iter().map(ToString::to_string).zip(headers).collect()
}
