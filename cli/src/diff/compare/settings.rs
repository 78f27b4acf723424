//! `provider.yaml`.

use super::comparison::Comparison;
use crate::diff::change::{Action, Cause, Compared, Item};
use webhook_codegen::documents::provider::{Accessor, DeliveryId, Expression, Respond, Settings, Verify};

/// What a change of a setting breaks besides.
#[derive(Clone, Copy, PartialEq)]
enum Breaks {
    Nothing,
    Requests,
    RequestsAndCode,
}

impl Comparison<'_, '_> {
    /// What `provider.yaml` says, and what was found in the documents because it does not.
    pub(super) fn settings(&mut self) {
        let (old, new) = (&self.old.model.settings, &self.new.model.settings);
        let (was, is) = (&self.old.model.event_type, &self.new.model.event_type);
        // Where a side has no events, nothing says where their types would be.
        if !self.old.events.is_empty() && !self.new.events.is_empty() {
            self.setting("event_type", (was, is), Breaks::Requests, |all| match all.as_slice() {
                [] => "a webhook's key".to_owned(),
                all => all.iter().map(expression).collect::<Vec<_>>().join(", "),
            });
        }
        let breaks = if old.verify.scheme == new.verify.scheme { Breaks::Requests } else { Breaks::RequestsAndCode };
        self.setting("verify", (&old.verify, &new.verify), breaks, Verify::to_string);
        self.setting("handshakes", (&old.handshakes, &new.handshakes), Breaks::Requests, |handshakes| {
            format!("{} answered", handshakes.len())
        });
        self.setting("delivery_id", (&old.delivery_id, &new.delivery_id), Breaks::Requests, |ids| {
            or_nothing(&ids.iter().map(delivery_id).collect::<Vec<_>>().join(", else "))
        });
        let probes = (&old.test_header, &new.test_header);
        self.setting("test_header", probes, Breaks::Requests, |header| {
            or_nothing(header.as_deref().unwrap_or_default())
        });
        self.setting("accessors", (&old.accessors, &new.accessors), Breaks::Nothing, |accessors| {
            or_nothing(&accessors.iter().map(accessor).collect::<Vec<_>>().join("; "))
        });
        self.setting("respond", (&old.respond, &new.respond), Breaks::Nothing, respond);
        let about = |settings: &Settings| [settings.title.clone(), settings.docs.clone()];
        self.setting("title, docs", (&about(old), &about(new)), Breaks::Nothing, |about| {
            about.iter().map(|text| or_nothing(text.as_deref().unwrap_or_default())).collect::<Vec<_>>().join(", ")
        });
    }

    fn setting<T: PartialEq>(&mut self, key: &str, (old, new): (&T, &T), breaks: Breaks, written: fn(&T) -> String) {
        if old == new {
            return;
        }
        let at = (self.old.at_setting(key), self.new.at_setting(key));
        let compared = Compared::new(Item::Setting, format!("provider.yaml: {key}"), at.0, at.1);
        let change = compared.change(Action::Changed(written(old), written(new)));
        let change = change.source_if(breaks == Breaks::RequestsAndCode);
        self.changes.push(if breaks == Breaks::Nothing { change } else { change.wire_both(Cause::Request) });
    }
}

fn expression(expression: &Expression) -> String {
    match expression {
        Expression::Header(name) => format!("$request.header.{name}"),
        Expression::Body(pointer) => format!("$request.body#{pointer}"),
    }
}

fn delivery_id(id: &DeliveryId) -> String {
    match id {
        DeliveryId::At(at) => expression(at),
        DeliveryId::BodyDigest => "a digest of the body".to_owned(),
    }
}

fn accessor(accessor: &Accessor) -> String {
    format!("{}: {}", accessor.name, accessor.pointers.join(", "))
}

fn respond(respond: &Respond) -> String {
    match respond.within_ms {
        Some(within) => format!("{} within {within} ms", respond.status),
        None => respond.status.to_string(),
    }
}

fn or_nothing(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { text.to_owned() }
}
