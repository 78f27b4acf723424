//! `provider.yaml`.

use super::Api;
use crate::diff::draft::{At, Draft, Kind, Spot};
use crate::documents::provider::{Accessor, DeliveryId, Expression, Settings, Verify};

impl Api<'_, '_> {
    /// What `provider.yaml` says, and what was found in the documents because it does not.
    pub(super) fn settings(&mut self) {
        let (old, new) = (&self.old.model.settings, &self.new.model.settings);
        let (told, tell) = (&self.old.model.event_type, &self.new.model.event_type);
        self.setting("event_type", told, tell, true, "events are told apart by another place");
        let (Settings { verify: before, .. }, Settings { verify: after, .. }) = (old, new);
        if before != after {
            let draft = self.changed("verify", verify(before), verify(after));
            let draft = draft.wire("deliveries are verified in another way");
            self.push(Draft { source: scheme(before) != scheme(after), ..draft });
        }
        self.setting("delivery_id", &old.delivery_id, &new.delivery_id, true, "`Delivery::id` stands elsewhere");
        self.setting(
            "probe_header",
            &old.probe_header,
            &new.probe_header,
            true,
            "other deliveries are taken for tests",
        );
        if old.accessors != new.accessors {
            let draft = self.changed("accessors", old.accessors.shown(), new.accessors.shown());
            let is_kept = |accessor: &Accessor| new.accessors.iter().any(|other| other.name == accessor.name);
            self.push(Draft { source: !old.accessors.iter().all(is_kept), ..draft.note("methods of `Event`") });
        }
        self.setting("respond", &old.respond, &new.respond, false, "what the sender wants to hear");
        let about = |settings: &Settings| (settings.title.clone(), settings.docs.clone());
        self.setting("title, docs", &about(old), &about(new), false, "only documentation");
    }

    fn setting<T: PartialEq + Shown>(&mut self, key: &str, old: &T, new: &T, wire: bool, note: &str) {
        if old != new {
            let draft = self.changed(key, old.shown(), new.shown()).note(note);
            self.push(Draft { wire, ..draft });
        }
    }

    fn changed(&self, key: &str, from: String, to: String) -> Draft {
        let draft = Draft::new(Kind::SettingChanged, At::item(format!("provider.yaml: {key}"))).from(from).to(to);
        draft.places(Some(Spot::setting(key)), Some(Spot::setting(key)))
    }
}

fn scheme(verify: &Verify) -> &'static str {
    match verify {
        Verify::None { explicit: false } => "nothing",
        Verify::None { explicit: true } => "none",
        Verify::StandardWebhooks { .. } => "standard-webhooks",
        Verify::HmacSha256 { .. } => "hmac-sha256",
        Verify::Jwt { .. } => "jwt",
    }
}

fn verify(verify: &Verify) -> String {
    match verify {
        Verify::HmacSha256 { header, encoding, prefix } => format!("hmac-sha256 ({header}, {encoding:?}, `{prefix}`)"),
        Verify::StandardWebhooks { headers } => format!("standard-webhooks ({headers:?})"),
        other => scheme(other).to_owned(),
    }
}

/// How a setting is written in a line.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Expression {
    fn shown(&self) -> String {
        match self {
            Self::Header(name) => format!("$request.header.{name}"),
            Self::Body(pointer) => format!("$request.body#{pointer}"),
        }
    }
}

impl Shown for Vec<Accessor> {
    fn shown(&self) -> String {
        let shown = |accessor: &Accessor| format!("{}: {}", accessor.name, accessor.pointers.join(", "));
        match self.as_slice() {
            [] => "nothing".to_owned(),
            all => all.iter().map(shown).collect::<Vec<_>>().join("; "),
        }
    }
}

impl Shown for Vec<DeliveryId> {
    fn shown(&self) -> String {
        let shown = |id: &DeliveryId| match id {
            DeliveryId::At(at) => at.shown(),
            DeliveryId::BodyDigest => "a digest of the body".to_owned(),
        };
        match self.as_slice() {
            [] => "nothing".to_owned(),
            all => all.iter().map(shown).collect::<Vec<_>>().join(", else "),
        }
    }
}

impl Shown for Vec<Expression> {
    fn shown(&self) -> String {
        match self.as_slice() {
            [] => "a webhook's key".to_owned(),
            all => all.iter().map(Shown::shown).collect::<Vec<_>>().join(", "),
        }
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> String {
        self.as_ref().map_or_else(|| "nothing".to_owned(), Shown::shown)
    }
}

impl Shown for String {
    fn shown(&self) -> String {
        self.clone()
    }
}

impl Shown for (Option<String>, Option<String>) {
    fn shown(&self) -> String {
        format!("{}, {}", self.0.shown(), self.1.shown())
    }
}

impl Shown for crate::documents::provider::Respond {
    fn shown(&self) -> String {
        match self.within_ms {
            Some(within) => format!("{} within {within} ms", self.status),
            None => self.status.to_string(),
        }
    }
}
