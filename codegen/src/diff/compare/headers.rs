//! The fields of `Headers`. None refuses a delivery.

use super::Comparison;
use crate::diff::change::{Action, Item, Part, PendingChange, Reach, SourceRef};
use crate::diff::side::Side;
use crate::model::Header;
use crate::name;

impl Comparison<'_, '_> {
    pub(super) fn headers(&mut self) {
        let (old, new) = (fields(self.old), fields(self.new));
        for (name, was) in &old {
            let from = Part::Type(self.old.header_text(was));
            let change = |path: &str, action| PendingChange::new(Item::Header, format!("Headers::{path}"), action);
            match new.iter().find(|(_, is)| is.name == was.name) {
                None => {
                    let change = change(name, Action::Removed(Some(from))).source();
                    self.push(change.at(Some(at(was)), None));
                }
                Some((now, is)) => {
                    let places = (at(was), at(is));
                    let place = |change: PendingChange| change.at(Some(places.0.clone()), Some(places.1.clone()));
                    if name != now {
                        let action = Action::Renamed(Part::Name(name.clone()), Part::Name(now.clone()));
                        self.push(place(change(now, action).source()));
                    }
                    if !self.same(&was.ty, &is.ty) || was.is_text != is.is_text {
                        let to = Part::Type(self.new.header_text(is));
                        self.push(place(change(now, Action::Changed(from, to)).source()));
                    }
                    self.docs(Item::Header, &format!("Headers::{now}"), (&was.docs, &is.docs), places, &Reach::All);
                }
            }
        }
        for (name, is) in new.iter().filter(|(_, is)| !old.iter().any(|(_, was)| was.name == is.name)) {
            let action = Action::Added(Some(Part::Type(self.new.header_text(is))));
            let change = PendingChange::new(Item::Header, format!("Headers::{name}"), action);
            self.push(change.at(None, Some(at(is))));
        }
    }
}

fn fields<'s>(side: &Side<'s>) -> Vec<(String, &'s Header)> {
    let headers = &side.model.headers;
    let names = name::fields(headers.iter().map(|header| header.name.as_str()));
    names.iter().map(ToString::to_string).zip(headers).collect()
}

fn at(header: &Header) -> SourceRef {
    SourceRef::Value(header.location.clone())
}
