//! The variants of `Event`, and the webhooks that send them.

use super::accepts::of_types;
use super::comparison::Comparison;
use super::members::alike;
use crate::diff::change::{self, Action, Cause, Change, Deliveries, Item, Mismatch, Part};
use crate::diff::side::Side;
use webhook_codegen::model::{Event, Location, Webhook};

/// An event on one side.
struct Sent<'e> {
    event: &'e Event,
    webhook: &'e Webhook,
    name: String,
}

impl<'e> Sent<'e> {
    fn all(side: &Side<'e>) -> Vec<Self> {
        let sent = |(event, name): (&'e Event, _)| Self {
            event,
            webhook: &side.model.webhooks[event.webhook],
            name: ToString::to_string(name),
        };
        side.model.events.iter().zip(&side.events).map(sent).collect()
    }

    fn path(&self) -> String {
        format!("Event::{}", self.name)
    }

    fn at(&self, side: &Side<'_>) -> Option<change::Location> {
        side.at_key(&Location { document: self.webhook.document, pointer: self.webhook.item().to_owned() })
    }

    fn types(&self) -> Vec<String> {
        vec![self.event.event_type.clone()]
    }

    /// Whether deliveries with an event type are read as this event.
    fn is_called(&self, event_type: &str) -> bool {
        self.event.event_type == event_type || self.event.aliases.iter().any(|alias| alias == event_type)
    }
}

impl Comparison<'_, '_> {
    pub(super) fn events(&mut self) {
        let (old, new) = (Sent::all(self.old), Sent::all(self.new));
        let is_in =
            |all: &[Sent<'_>], one: &Sent<'_>| all.iter().any(|other| other.event.event_type == one.event.event_type);
        let mut gone: Vec<_> = old.iter().filter(|event| !is_in(&new, event)).collect();
        for event in &new {
            let before = old.iter().find(|old| old.event.event_type == event.event.event_type);
            let before = before.or_else(|| gone.iter().copied().find(|old| self.is_renamed(old, event)));
            match before {
                Some(before) => {
                    gone.retain(|other| other.event.event_type != before.event.event_type);
                    self.event(before, event, &new);
                }
                None => {
                    let payload = Part::Type(self.new.text(&event.event.payload, None));
                    let change = Change::new(Item::Event, event.path(), Action::Added(Some(payload)));
                    self.push(change.at(None, event.at(self.new)).events(event.types()));
                }
            }
        }
        for event in gone {
            let payload = Part::Type(self.old.text(&event.event.payload, None));
            let change = Change::new(Item::Event, event.path(), Action::Removed(Some(payload))).source();
            let is_known = new.iter().any(|new| new.is_called(&event.event.event_type));
            let change = change.wire(unknown(!is_known, Deliveries::Stored).into_iter().collect());
            self.push(change.at(event.at(self.old), None).events(event.types()));
        }
    }

    /// Whether an event that is gone has the same body as a new one, and a name that is alike.
    fn is_renamed(&self, old: &Sent<'_>, new: &Sent<'_>) -> bool {
        self.same(&old.event.payload, &new.event.payload) && alike(&old.event.event_type, &new.event.event_type)
    }

    fn event(&mut self, old: &Sent<'_>, new: &Sent<'_>, all: &[Sent<'_>]) {
        let (from, to) = (&old.event.event_type, &new.event.event_type);
        let sides = (self.old, self.new);
        let place = |change: Change| change.at(old.at(sides.0), new.at(sides.1)).events(new.types());
        let is_gone = !all.iter().any(|event| event.name == old.name);
        if from != to {
            let unknown =
                [unknown(!old.is_called(to), Deliveries::New), unknown(!new.is_called(from), Deliveries::Stored)];
            let action = Action::Renamed(Part::Text(from.clone()), Part::Text(to.clone()));
            let change = Change::new(Item::Event, new.path(), action).source_if(is_gone);
            self.push(place(change.wire(unknown.into_iter().flatten().collect())));
        } else if old.name != new.name {
            let action = Action::Renamed(Part::Name(old.name.clone()), Part::Name(new.name.clone()));
            self.push(place(Change::new(Item::Event, new.path(), action).source_if(is_gone)));
        }
        if !self.same(&old.event.payload, &new.event.payload) {
            let texts = (self.old.text(&old.event.payload, None), self.new.text(&new.event.payload, None));
            let wire = of_types(self, &old.event.payload, &new.event.payload);
            let action = Action::Changed(Part::Type(texts.0), Part::Type(texts.1));
            self.push(place(Change::new(Item::Event, new.path(), action).source().wire(wire)));
        }
        if old.webhook.key != new.webhook.key && from == to {
            let action = Action::Renamed(Part::Text(old.webhook.key.clone()), Part::Text(new.webhook.key.clone()));
            self.push(place(Change::new(Item::Webhook, new.path(), action)));
        }
        self.method(old, new);
        let like = |action| place(Change::new(Item::Event, new.path(), action));
        self.docs(&old.event.docs, &new.event.docs, like);
    }

    /// Routes take the methods that any webhook of the provider declares.
    fn method(&mut self, old: &Sent<'_>, new: &Sent<'_>) {
        let (from, to) = (old.webhook.method(), new.webhook.method());
        if from.eq_ignore_ascii_case(to) {
            return;
        }
        let takes = |side: &Side<'_>, method: &str| {
            side.model.webhooks.iter().any(|webhook| webhook.method().eq_ignore_ascii_case(method))
        };
        let refused =
            [(!takes(self.old, to)).then_some(Deliveries::New), (!takes(self.new, from)).then_some(Deliveries::Stored)];
        let refused = refused.into_iter().flatten().map(|deliveries| Mismatch { deliveries, cause: Cause::Request });
        let text = |method: &str| Part::Text(method.to_ascii_uppercase());
        let change = Change::new(Item::Webhook, new.path(), Action::Changed(text(from), text(to)));
        let change = change.wire(refused.collect()).at(old.at(self.old), new.at(self.new));
        self.push(change.events(new.types()));
    }
}

fn unknown(is_unknown: bool, deliveries: Deliveries) -> Option<Mismatch> {
    is_unknown.then_some(Mismatch { deliveries, cause: Cause::Event })
}
