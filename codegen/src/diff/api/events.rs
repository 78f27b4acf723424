//! The variants of `Event`.

use super::members::alike;
use super::{Api, Draft, Kind};
use crate::diff::draft::{At, Reach, Spot};
use crate::diff::view::View;
use crate::model::Event;

/// An event on one side.
struct Side<'e> {
    event: &'e Event,
    name: String,
    key: &'e str,
    spot: Spot,
}

impl<'e> Side<'e> {
    fn of(view: &View<'e>, index: usize) -> Self {
        let event = &view.model.events[index];
        let webhook = &view.model.webhooks[event.webhook];
        let spot = Spot::key(webhook.document, webhook.item());
        Self { event, name: view.events[index].to_string(), key: &webhook.key, spot }
    }

    fn at(&self) -> At {
        At::item("Event").part(&self.event.event_type, format!("Event::{}", self.name))
    }

    fn reach(&self) -> Reach {
        Reach::Event(self.event.event_type.clone())
    }
}

impl<'s> Api<'_, 's> {
    pub(super) fn events(&mut self) {
        let old: Vec<_> = (0..self.old.model.events.len()).map(|index| Side::of(self.old, index)).collect();
        let new: Vec<_> = (0..self.new.model.events.len()).map(|index| Side::of(self.new, index)).collect();
        let is_in =
            |all: &[Side<'s>], one: &Side<'s>| all.iter().any(|event| event.event.event_type == one.event.event_type);
        let mut gone: Vec<_> = old.iter().filter(|event| !is_in(&new, event)).collect();
        for event in &new {
            let before = old.iter().find(|old| old.event.event_type == event.event.event_type);
            let renamed = || self.renamed_event(&gone, event);
            match before.or_else(renamed) {
                Some(before) => {
                    gone.retain(|other| other.event.event_type != before.event.event_type);
                    self.event(before, event, &new);
                }
                None => self.event_added(event),
            }
        }
        gone.into_iter().for_each(|event| self.event_gone(event));
    }

    /// An event that is gone, has the same body and a name that is alike.
    fn renamed_event<'e>(&self, gone: &[&'e Side<'s>], event: &Side<'_>) -> Option<&'e Side<'s>> {
        let same = |old: &&&Side<'s>| {
            self.same(&old.event.payload, &event.event.payload) && alike(&old.event.event_type, &event.event.event_type)
        };
        gone.iter().find(same).copied()
    }

    fn event(&mut self, old: &Side<'_>, new: &Side<'_>, all: &[Side<'_>]) {
        let place = |draft: Draft| draft.places(Some(old.spot.clone()), Some(new.spot.clone())).reach(new.reach());
        let is_other = old.event.event_type != new.event.event_type;
        if is_other || old.name != new.name {
            let draft = Draft::new(Kind::EventRenamed, new.at());
            let draft = if is_other {
                let (from, to) = (old.event.event_type.as_str(), new.event.event_type.as_str());
                draft.from(format!("`{from}`")).to(format!("`{to}`")).wire("with the old one it arrives as `Unknown`")
            } else {
                draft.from(old.name.as_str()).to(new.name.as_str())
            };
            let is_gone = !all.iter().any(|event| event.name == old.name);
            self.push(place(Draft { source: is_gone, ..draft }));
        }
        if !self.same(&old.event.payload, &new.event.payload) {
            let texts = (self.old.text(&old.event.payload, usize::MAX), self.new.text(&new.event.payload, usize::MAX));
            self.push(place(Draft::new(Kind::EventChanged, new.at()).source().from(texts.0).to(texts.1)));
        }
        if old.key != new.key && !new.event.is_key && !is_other {
            let draft = Draft::new(Kind::WebhookRenamed, new.at()).from(format!("`{}`", old.key));
            let draft = draft.to(format!("`{}`", new.key));
            self.push(place(draft.wire("`from_slice_as` knows it by the new key only")));
        }
        let docs = (&old.event.docs, &new.event.docs);
        self.docs(&new.at(), docs, (old.spot.clone(), new.spot.clone()), new.reach());
    }

    fn event_added(&mut self, event: &Side<'_>) {
        let text = self.new.text(&event.event.payload, usize::MAX);
        let draft = Draft::new(Kind::EventAdded, event.at()).to(text);
        self.push(draft.places(None, Some(event.spot.clone())).reach(event.reach()));
    }

    fn event_gone(&mut self, event: &Side<'_>) {
        let text = self.old.text(&event.event.payload, usize::MAX);
        let draft = Draft::new(Kind::EventRemoved, event.at()).source().from(text);
        let draft = draft.wire("its deliveries arrive as `Unknown`");
        self.push(draft.places(Some(event.spot.clone()), None).reach(event.reach()));
    }
}
