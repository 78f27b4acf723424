//! From the file to its actions, reporting all that is wrong with it.

use super::target;
use crate::documents::located::Located;
use crate::source::{Diagnostics, Source};
use serde_json::Value;
use serde_json_path::JsonPath;

/// What the file says.
pub(super) struct Overlay<'a> {
    pub(super) extends: Option<&'a str>,
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
const VERSION_HELP: &str = "write `overlay: 1.1.0`";

impl<'a> Overlay<'a> {
    /// Reads `overlay.yaml`. What is not as the Overlay Specification has it is an error; what its `info` says is of no use
    /// here, and not looked at.
    pub(super) fn read(source: &'a Source) -> Result<Self, Diagnostics> {
        Located::read(source, Located::overlay)
    }
}

impl<'a> Located<'a> {
    fn overlay(&self) -> Overlay<'a> {
        self.keys_beside(&["overlay", "info", "extends", "actions"], is_extension);
        let knows_copy = self.knows_copy();
        let extends = self.get("extends").and_then(|extends| {
            let help = "name a document of this folder, such as `./contact.yaml`";
            extends.value.as_str().or_else(|| extends.refuse("expected a string", help))
        });
        let list = self.get("actions");
        let actions = list.iter().flat_map(|list| list.value.as_array()).flatten().enumerate();
        let actions: Vec<_> =
            actions.map(|(index, action)| self.below(format!("actions/{index}"), action).action(knows_copy)).collect();
        if actions.is_empty() {
            let holder = list.as_ref().unwrap_or(self);
            holder
                .report("`actions` must be a list of at least one action", "write a `target` and an `update` for each");
        }
        Overlay { extends, actions: actions.into_iter().flatten().collect() }
    }

    /// Whether this version of the specification knows `copy`.
    fn knows_copy(&self) -> bool {
        let Some(version) = self.get("overlay") else {
            self.report("`overlay`, the version of the Overlay Specification, is missing", VERSION_HELP);
            return true;
        };
        let is_version = |start: &str| version.value.as_str().is_some_and(|text| text.starts_with(start));
        if !is_version("1.0.") && !is_version("1.1.") {
            version.report("this version of the Overlay Specification is not known", VERSION_HELP);
        }
        !is_version("1.0.")
    }

    fn action(&self, knows_copy: bool) -> Option<Action<'a>> {
        if !self.keys_beside(&["target", "description", "update", "copy", "remove"], is_extension) {
            return None;
        }
        let target_node = self.need("target", PATH_HELP);
        let target = target_node.as_ref().and_then(Self::path);
        let change = self.change(knows_copy);
        let ((path, target), change) = (target?, change?);
        // Where nothing else is, a path can only match the root.
        if matches!(change, Change::Remove) && target.query(&Value::Null).len() == 1 {
            return target_node?.refuse("the whole document cannot be removed", "delete the file instead");
        }
        Some(Action { pointer: self.pointer.clone(), path, target, change })
    }

    fn path(&self) -> Option<(&'a str, JsonPath)> {
        let text = self.value.as_str().or_else(|| self.refuse("expected a string", PATH_HELP))?;
        match target::parse(text) {
            Ok(path) => Some((text, path)),
            Err(problem) => self.refuse(format!("this is not a JSONPath: {problem}"), PATH_HELP),
        }
    }

    fn change(&self, knows_copy: bool) -> Option<Change<'a>> {
        let is_removal = |remove: Self| {
            remove.value.as_bool().or_else(|| remove.refuse("expected `true`", "leave the key out for `false`"))
        };
        let remove = self.get("remove").map_or(Some(false), is_removal)?;
        match (self.get("update"), self.get("copy"), remove) {
            (Some(update), None, false) => Some(Change::Update(update.value)),
            (None, Some(from), false) => {
                if !knows_copy {
                    from.report("`copy` came with version 1.1 of the specification", VERSION_HELP);
                }
                from.path().map(|(_, path)| Change::Copy(path))
            }
            (None, None, true) => Some(Change::Remove),
            (None, None, false) => {
                self.refuse("this action does nothing", "give it an `update`, a `copy`, or `remove: true`")
            }
            _ => {
                let help = "write several actions: they apply one after the other";
                self.refuse("only one of `update`, `copy` and `remove` has an effect", help)
            }
        }
    }
}

fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}
