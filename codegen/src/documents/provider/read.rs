//! From the file to [`Settings`], reporting all that is wrong with it.

use super::expression::header_name;
use super::{Accessor, DeliveryId, Expression, Respond, Settings};
use crate::documents::located::Located;
use crate::source::diagnostics::parse_label;
use crate::source::{Diagnostics, Source};
use crate::words::words;

const EXPRESSION_HELP: &str = "write `$request.body#/type` or `$request.header.x-event`";
/// What `Event` has methods for.
const METHODS: [&str; 6] =
    ["additional_properties", "event_type", "from_slice", "from_slice_as", "payload", "to_expanded"];

impl Settings {
    /// Reads `provider.yaml`.
    ///
    /// # Errors
    /// Everything in it that is unknown or of the wrong type.
    pub fn read(source: &Source) -> Result<Self, Diagnostics> {
        Located::read(source, Located::settings)
    }
}

impl Located<'_> {
    fn settings(&self) -> Settings {
        self.keys(&[
            "title",
            "docs",
            "event_type",
            "strip_prefix",
            "delivery_id",
            "test_header",
            "verify",
            "handshakes",
            "event_groups",
            "accessors",
            "respond",
            "allow",
        ]);
        let event_type = self.get("event_type").map(|locations| {
            let items = locations.items("leave the key out, and the event type is found from the documents");
            items.iter().filter_map(Self::expression).collect()
        });
        Settings {
            title: self.text_at("title"),
            docs: self.get("docs").and_then(|docs| docs.address()),
            event_type: event_type.unwrap_or_default(),
            strip_prefix: self.text_at("strip_prefix"),
            delivery_id: self.get("delivery_id").map(|ids| ids.delivery_ids()).unwrap_or_default(),
            test_header: self.get("test_header").and_then(|header| header.header_name()),
            verify: self.get("verify").and_then(|verify| verify.verify()).unwrap_or_default(),
            handshakes: self.get("handshakes").map(|list| list.handshakes()).unwrap_or_default(),
            event_groups: self.flag_at("event_groups", false),
            accessors: self.get("accessors").map(|accessors| accessors.accessors()).unwrap_or_default(),
            respond: self.get("respond").map(|respond| respond.respond()).unwrap_or_default(),
            allow: self.get("allow").map(|kinds| kinds.allow()).unwrap_or_default(),
        }
    }

    fn allow(&self) -> Vec<String> {
        let kind = |item: &Self| {
            let text = item.text()?;
            parse_label(text).map_err(|help| item.report(format!("unknown kind of warning `{text}`"), help)).ok()
        };
        self.items("leave the key out").iter().filter_map(kind).collect()
    }

    fn address(&self) -> Option<String> {
        let text = self.text()?;
        let known = text.starts_with("https://") || text.starts_with("http://");
        if known && !text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Some(text.to_owned());
        }
        self.refuse("expected an address", "write it in full: https://…")
    }

    fn accessors(&self) -> Vec<Accessor> {
        let Some(members) = self.value.as_object() else {
            self.report("expected an object", "its keys name methods: `contact: $request.body#/data/contact`");
            return Vec::new();
        };
        let accessors = members.iter().map(|(name, value)| self.below(name, value).accessor(name));
        accessors.flatten().collect()
    }

    fn accessor(&self, name: &str) -> Option<Accessor> {
        let is_free = !METHODS.contains(&name) && !name.starts_with("as_");
        if words(name).join("_") != name || !name.starts_with(|start: char| start.is_ascii_lowercase()) {
            return self.refuse("not the name of a method", "write it in small letters, with `_` between words");
        }
        if !is_free {
            return self.refuse(format!("`{name}` may be the name of another method of events"), "choose another name");
        }
        let pointers = self.items("leave the key out").iter().filter_map(Self::pointer).collect();
        Some(Accessor { name: name.to_owned(), pointers })
    }

    /// A location in the body.
    fn pointer(&self) -> Option<String> {
        match self.expression()? {
            Expression::Body(pointer) => Some(pointer),
            Expression::Header(_) => self.refuse("not a location in the body", "write `$request.body#/data/contact`"),
        }
    }

    fn delivery_ids(&self) -> Vec<DeliveryId> {
        self.items("leave the key out").iter().filter_map(Self::delivery_id).collect()
    }

    fn delivery_id(&self) -> Option<DeliveryId> {
        if !self.value.is_object() {
            return self.expression().map(DeliveryId::At);
        }
        self.keys(&["digest"]);
        let digest = self.need("digest", "write `digest: $request.body`")?;
        match digest.expression()? {
            Expression::Body(pointer) if pointer.is_empty() => Some(DeliveryId::BodyDigest),
            _ => digest.refuse("a digest is made of the whole body", "write `digest: $request.body`"),
        }
    }

    fn expression(&self) -> Option<Expression> {
        match self.text()?.parse() {
            Ok(expression) => Some(expression),
            Err(problem) => self.refuse(problem, EXPRESSION_HELP),
        }
    }

    pub(super) fn header_name(&self) -> Option<String> {
        match header_name(self.text()?) {
            Ok(name) => Some(name),
            Err(problem) => self.refuse(problem, "such as x-signature"),
        }
    }

    fn respond(&self) -> Respond {
        self.keys(&["status", "within_ms"]);
        let default = Respond::default();
        let status = self.get("status").and_then(|status| status.number(200, 299));
        let within_ms = self.get("within_ms").and_then(|within| within.number(1, 3_600_000));
        Respond { status: status.and_then(|status| u16::try_from(status).ok()).unwrap_or(default.status), within_ms }
    }
}
