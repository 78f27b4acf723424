//! From the file to its actions, reporting all that is wrong with it.

use super::target;
use crate::source::pointer::join;
use crate::source::{Diagnostic, Diagnostics, Source, one_of};
use serde_json::{Map, Value};
use serde_json_path::JsonPath;

/// What the file says.
pub(super) struct Overlay<'a> {
    pub(super) extends: Option<String>,
    pub(super) actions: Vec<Action<'a>>,
}

/// One change.
pub(super) struct Action<'a> {
    /// JSON pointer to it in the overlay.
    pub(super) pointer: String,
    /// The target as it is written.
    pub(super) path: &'a str,
    pub(super) target: JsonPath,
    pub(super) change: Change<'a>,
}

/// What happens to the nodes that the target matches.
pub(super) enum Change<'a> {
    Update(&'a Value),
    Copy(JsonPath),
    Remove,
}

const PATH_HELP: &str = "write a JSONPath as in RFC 9535, such as `$.components.schemas['new-contact'].properties.id`";

impl<'a> Overlay<'a> {
    /// Reads `overlay.yaml`.
    ///
    /// # Errors
    /// Everything in it that is not as the Overlay Specification has it. What its `info` says is of no use here, and
    /// not looked at.
    pub(super) fn read(source: &'a Source) -> Result<Self, Diagnostics> {
        let mut reader = Reader { source, found: Diagnostics::new(), copies: true };
        let overlay = reader.overlay();
        if reader.found.is_empty() { Ok(overlay) } else { Err(reader.found) }
    }
}

struct Reader<'a> {
    source: &'a Source,
    found: Diagnostics,
    /// Whether this version of the specification knows `copy`.
    copies: bool,
}

impl<'a> Reader<'a> {
    fn error(&mut self, pointer: &str, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::error(&self.source.path, pointer, message).help(help));
    }

    fn overlay(&mut self) -> Overlay<'a> {
        let file = &self.source.value;
        self.keys("", file, &["overlay", "info", "extends", "actions"]);
        self.version(file.get("overlay"));
        let extends = file.get("extends");
        if extends.is_some_and(|extends| !extends.is_string()) {
            self.error("/extends", "expected a text", "name a document of this folder, such as `./contact.yaml`");
        }
        let actions = file.get("actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if actions.is_empty() {
            let pointer = if file.get("actions").is_some() { "/actions" } else { "" };
            self.error(
                pointer,
                "`actions` must be a list of at least one action",
                "each is a `target` and an `update`",
            );
        }
        let actions = actions.iter().enumerate().filter_map(|(index, action)| self.action(index, action));
        Overlay { actions: actions.collect(), extends: extends.and_then(Value::as_str).map(str::to_owned) }
    }

    fn version(&mut self, version: Option<&Value>) {
        const HELP: &str = "write `overlay: 1.1.0`";
        match version.map(Value::as_str) {
            None => self.error("", "`overlay` is missing: which version of the specification is this?", HELP),
            Some(Some(text)) if text.starts_with("1.1.") => {}
            Some(Some(text)) if text.starts_with("1.0.") => self.copies = false,
            Some(_) => self.error("/overlay", "this version of the Overlay Specification is not known", HELP),
        }
    }

    fn action(&mut self, index: usize, action: &'a Value) -> Option<Action<'a>> {
        let pointer = format!("/actions/{index}");
        let members = self.keys(&pointer, action, &["target", "description", "update", "copy", "remove"])?;
        let target = match members.get("target") {
            Some(target) => self.path(format!("{pointer}/target"), target),
            None => {
                self.error(&pointer, "`target` is missing", PATH_HELP);
                None
            }
        };
        let change = self.change(&pointer, members);
        let ((path, target), change) = (target?, change?);
        // Where nothing else is, a path can only match the root.
        if matches!(change, Change::Remove) && target.query(&Value::Null).len() == 1 {
            self.error(&format!("{pointer}/target"), "the whole document cannot be removed", "delete the file instead");
            return None;
        }
        Some(Action { pointer, path, target, change })
    }

    fn path(&mut self, pointer: String, value: &'a Value) -> Option<(&'a str, JsonPath)> {
        let Some(text) = value.as_str() else {
            self.error(&pointer, "expected a text", PATH_HELP);
            return None;
        };
        match target::parse(text) {
            Ok(path) => Some((text, path)),
            Err(problem) => {
                self.error(&pointer, format!("this is no JSONPath: {problem}"), PATH_HELP);
                None
            }
        }
    }

    fn change(&mut self, pointer: &str, members: &'a Map<String, Value>) -> Option<Change<'a>> {
        let remove = match members.get("remove") {
            None => false,
            Some(Value::Bool(remove)) => *remove,
            Some(_) => {
                self.error(&format!("{pointer}/remove"), "expected `true`", "leave the key out for `false`");
                return None;
            }
        };
        match (members.get("update"), members.get("copy"), remove) {
            (Some(value), None, false) => Some(Change::Update(value)),
            (None, Some(path), false) => self.copy(format!("{pointer}/copy"), path),
            (None, None, true) => Some(Change::Remove),
            (None, None, false) => {
                self.error(pointer, "this action does nothing", "give it an `update`, a `copy`, or `remove: true`");
                None
            }
            _ => {
                let help = "write several actions: they apply one after the other";
                self.error(pointer, "only one of `update`, `copy` and `remove` has an effect", help);
                None
            }
        }
    }

    fn copy(&mut self, pointer: String, path: &'a Value) -> Option<Change<'a>> {
        if !self.copies {
            self.error(&pointer, "`copy` came with version 1.1 of the specification", "write `overlay: 1.1.0`");
        }
        self.path(pointer, path).map(|(_, path)| Change::Copy(path))
    }

    /// The members of an object, less those that the specification does not know, which are reported.
    fn keys(&mut self, pointer: &str, value: &'a Value, allowed: &[&str]) -> Option<&'a Map<String, Value>> {
        let Some(members) = value.as_object() else {
            self.error(pointer, "expected an object", format!("its keys are {}", allowed.join(", ")));
            return None;
        };
        for key in members.keys().filter(|key| !allowed.contains(&key.as_str()) && !key.starts_with("x-")) {
            let pointer = join(pointer, key);
            let unknown = Diagnostic::error(&self.source.path, pointer, format!("unknown key `{key}`"));
            self.found.push(unknown.at_key().help(one_of(key, allowed)));
        }
        Some(members)
    }
}
