//! The variants of `Event`, and the webhooks that send them.

use super::accepts::of_types;
use super::comparison::Comparison;
use super::members::similar;
use crate::diff::change::{self, Action, Cause, Compared, Deliveries, Item, Mismatch};
use crate::diff::side::Side;
use webhook_codegen::model::{Batch, Event, Location, Type, Webhook};

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

    fn compared(&self, item: Item, old: Option<change::Location>, new: Option<change::Location>) -> Compared {
        Compared::new(item, format!("Event::{}", self.name), old, new).events(vec![self.event.event_type.clone()])
    }

    fn at(&self, side: &Side<'_>) -> Option<change::Location> {
        side.at_key(&Location { document: self.webhook.document, pointer: self.webhook.item().to_owned() })
    }

    /// What is read as this event. Where both sides read arrays event by event, an array makes no difference.
    fn read(&self, side: &Side<'_>, other: &Side<'_>) -> Type {
        let payload = self.event.payload.clone();
        match (self.webhook.batch, side.model.has_batches() && other.model.has_batches(), payload) {
            (_, true, Type::OneOrMany(event)) => *event,
            (Batch::Always, false, payload) => Type::OneOrMany(Box::new(payload)),
            (_, _, payload) => payload,
        }
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
                    let payload = self.new.text(&event.event.payload, None);
                    let compared = event.compared(Item::Event, None, event.at(self.new));
                    self.changes.push(compared.change(Action::Added(Some(payload))));
                }
            }
        }
        for event in gone {
            let payload = self.old.text(&event.event.payload, None);
            let change = event.compared(Item::Event, event.at(self.old), None).change(Action::Removed(Some(payload)));
            let is_known = new.iter().any(|new| new.is_called(&event.event.event_type));
            self.changes.push(change.source().wire(unknown(!is_known, Deliveries::Stored)));
        }
    }

    /// Whether an event that is gone has the same body as a new one, and a similar name.
    fn is_renamed(&self, old: &Sent<'_>, new: &Sent<'_>) -> bool {
        self.same(&old.event.payload, &new.event.payload) && similar(&old.event.event_type, &new.event.event_type)
    }

    fn event(&mut self, old: &Sent<'_>, new: &Sent<'_>, all: &[Sent<'_>]) {
        let (from, to) = (&old.event.event_type, &new.event.event_type);
        let at = (old.at(self.old), new.at(self.new));
        let webhook = new.compared(Item::Webhook, at.0.clone(), at.1.clone());
        let compared = new.compared(Item::Event, at.0, at.1);
        let is_gone = !all.iter().any(|event| event.name == old.name);
        if from != to {
            let unknown =
                [unknown(!old.is_called(to), Deliveries::New), unknown(!new.is_called(from), Deliveries::Stored)];
            let change = compared.change(Action::Renamed(quoted(from), quoted(to))).source_if(is_gone);
            self.changes.push(change.wire(unknown.into_iter().flatten()));
        } else if old.name != new.name {
            let action = Action::Renamed(old.name.clone(), new.name.clone());
            self.changes.push(compared.change(action).source_if(is_gone));
        }
        let bodies = (old.read(self.old, self.new), new.read(self.new, self.old));
        if !self.same(&bodies.0, &bodies.1) {
            let wire = of_types(self, &bodies.0, &bodies.1);
            let texts = (self.old.text(&bodies.0, None), self.new.text(&bodies.1, None));
            self.changes.push(compared.change(Action::Changed(texts.0, texts.1)).source().wire(wire));
        }
        if old.webhook.key != new.webhook.key && from == to {
            let action = Action::Renamed(quoted(&old.webhook.key), quoted(&new.webhook.key));
            self.changes.push(webhook.change(action));
        }
        self.method(old, new, &webhook);
        self.docs(&old.event.docs, &new.event.docs, &compared);
    }

    /// Routes take the methods that any webhook of the provider declares.
    fn method(&mut self, old: &Sent<'_>, new: &Sent<'_>, webhook: &Compared) {
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
        let text = |method: &str| quoted(&method.to_ascii_uppercase());
        self.changes.push(webhook.change(Action::Changed(text(from), text(to))).wire(refused));
    }
}

/// An event type, the key of a webhook, or the name of a method.
fn quoted(text: &str) -> String {
    format!("`{text}`")
}

fn unknown(is_unknown: bool, deliveries: Deliveries) -> Option<Mismatch> {
    is_unknown.then_some(Mismatch { deliveries, cause: Cause::Event })
}
