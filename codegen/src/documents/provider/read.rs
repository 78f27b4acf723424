//! From the file to [`Settings`], reporting all that is wrong with it.

use super::expression::header_name;
use super::{Accessor, DeliveryId, Expression, Respond, Settings};
use crate::source::pointer::join;
use crate::source::{Diagnostic, Diagnostics, Source, one_of};
use crate::words::words;
use serde_json::Value;
use std::cell::RefCell;
use std::path::Path;

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
        let found = RefCell::default();
        let file = Node { path: &source.path, pointer: String::new(), value: &source.value, found: &found };
        let settings = settings(&file);
        let found = found.into_inner();
        if found.is_empty() { Ok(settings) } else { Err(found) }
    }
}

fn settings(file: &Node<'_>) -> Settings {
    file.keys(&[
        "title",
        "docs",
        "event_type",
        "strip_prefix",
        "delivery_id",
        "probe_header",
        "verify",
        "handshakes",
        "families",
        "accessors",
        "respond",
    ]);
    Settings {
        title: file.get("title").and_then(|title| title.text()).map(str::to_owned),
        docs: file.get("docs").and_then(|docs| docs.address()),
        event_type: file.get("event_type").map(|list| list.expressions()).unwrap_or_default(),
        strip_prefix: file.get("strip_prefix").and_then(|prefix| prefix.text()).map(str::to_owned),
        delivery_id: file.get("delivery_id").map(|ids| ids.delivery_ids()).unwrap_or_default(),
        probe_header: file.get("probe_header").and_then(|header| header.header_name()),
        verify: file.get("verify").and_then(|verify| verify.verify()).unwrap_or_default(),
        handshakes: file.get("handshakes").map(|list| list.handshakes()).unwrap_or_default(),
        families: file.get("families").is_some_and(|families| families.flag()),
        accessors: file.get("accessors").map(|accessors| accessors.accessors()).unwrap_or_default(),
        respond: file.get("respond").map(|respond| respond.respond()).unwrap_or_default(),
    }
}

/// A value of the file, the way to it, and where to report.
#[derive(Clone)]
pub(super) struct Node<'a> {
    path: &'a Path,
    pointer: String,
    pub(super) value: &'a Value,
    found: &'a RefCell<Diagnostics>,
}

impl<'a> Node<'a> {
    pub(super) fn below(&self, key: impl std::fmt::Display, value: &'a Value) -> Self {
        Self { path: self.path, pointer: format!("{}/{key}", self.pointer), value, found: self.found }
    }

    pub(super) fn get(&self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| self.below(key, value))
    }

    /// A member that must be there.
    pub(super) fn need(&self, key: &str, help: &str) -> Option<Self> {
        let member = self.get(key);
        if member.is_none() {
            self.report(format!("`{key}` is missing"), help);
        }
        member
    }

    pub(super) fn report(&self, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::error(self.path, &self.pointer, message).help(help);
        self.found.borrow_mut().push(diagnostic);
    }

    pub(super) fn refuse<T>(&self, message: impl Into<String>, help: impl Into<String>) -> Option<T> {
        self.report(message, help);
        None
    }

    /// Reports what is no object, and members that are none of `allowed`.
    pub(super) fn keys(&self, allowed: &[&str]) {
        let Some(members) = self.value.as_object() else {
            return self.report("expected an object", format!("its keys are {}", allowed.join(", ")));
        };
        for key in members.keys().filter(|key| !allowed.contains(&key.as_str())) {
            let pointer = join(&self.pointer, key);
            let unknown = Diagnostic::error(self.path, pointer, format!("unknown key `{key}`"));
            self.found.borrow_mut().push(unknown.at_key().help(one_of(key, allowed)));
        }
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        match self.value.as_str() {
            Some("") => self.refuse("expected a text, found an empty one", "leave the key out instead"),
            Some(text) => Some(text),
            None => self.refuse("expected a text", "put it in quotes"),
        }
    }

    fn address(&self) -> Option<String> {
        let text = self.text()?;
        let known = text.starts_with("https://") || text.starts_with("http://");
        if known && !text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Some(text.to_owned());
        }
        self.refuse("expected an address", "write it in full: https://…")
    }

    fn expressions(&self) -> Vec<Expression> {
        let items = self.items("leave the key out, and the event type is found from the documents");
        items.iter().filter_map(Self::expression).collect()
    }

    /// The items of a list, or what stands alone.
    pub(super) fn items(&self, help_if_empty: &str) -> Vec<Self> {
        let Some(items) = self.value.as_array() else { return vec![self.clone()] };
        if items.is_empty() {
            self.report("the list is empty", help_if_empty);
        }
        items.iter().enumerate().map(|(index, item)| self.below(index, item)).collect()
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

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Option<T> {
        let word = self.text()?;
        let choice = choices.iter().find(|(name, _)| *name == word);
        choice.map(|(_, choice)| *choice).or_else(|| {
            // None is suggested: what looks alike may be another algorithm.
            let names: Vec<_> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
            self.refuse(format!("unknown value `{word}`"), format!("allowed: {}", names.join(", ")))
        })
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

    pub(super) fn flag(&self) -> bool {
        self.value.as_bool().or_else(|| self.refuse("expected `true` or `false`", "without quotes")).unwrap_or_default()
    }

    pub(super) fn number(&self, least: u64, most: u64) -> Option<u64> {
        let number = self.value.as_u64().filter(|number| (least..=most).contains(number));
        number.or_else(|| self.refuse("expected a whole number", format!("from {least} to {most}")))
    }
}
