//! The fields of `Headers`. A malformed header never refuses a delivery.

use super::accessors::both;
use super::comparison::Comparison;
use crate::diff::change::{Action, Compared, Item};
use crate::diff::side::Side;
use webhook_codegen::model::Header;
use webhook_codegen::name;

/// A header on one side, and its field.
type Named<'s> = (String, &'s Header);

impl Comparison<'_, '_> {
    pub(super) fn headers(&mut self) {
        let (old, new) = (fields(self.old), fields(self.new));
        for (was, is) in both(&old, &new, |(_, header)| header.name.as_str()) {
            let Some((field, _)) = is.or(was) else { continue };
            let at = |side: &Side<'_>, one: Option<&Named<'_>>| side.at_value(&one?.1.location);
            let path = format!("Headers::{field}");
            let compared = Compared::new(Item::Header, path, at(self.old, was), at(self.new, is));
            let text = |side: &Side<'_>, one: Option<&Named<'_>>| one.map(|(_, header)| side.header_text(header));
            let between = Action::between(text(self.old, was), text(self.new, is));
            let Some(((name, was), (now, is))) = was.zip(is) else {
                self.changes.push(compared.change(between).source_if(was.is_some()));
                continue;
            };
            if name != now {
                self.changes.push(compared.change(Action::Renamed(name.clone(), now.clone())).source());
            }
            if !self.same(&was.ty, &is.ty) || was.is_text != is.is_text {
                self.changes.push(compared.change(between).source());
            }
            if was.is_required != is.is_required {
                let presence = |header: &Header| if header.is_required { "required" } else { "optional" }.to_owned();
                self.changes.push(compared.change(Action::Changed(presence(was), presence(is))));
            }
            self.docs(&was.docs, &is.docs, &compared);
        }
    }
}

fn fields<'s>(side: &Side<'s>) -> Vec<Named<'s>> {
    let headers = &side.model.headers;
    let names = name::bindings(headers.iter().map(|header| header.name.as_str()));
    names.iter().map(ToString::to_string).zip(headers).collect()
}
