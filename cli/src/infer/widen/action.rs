//! An action of an overlay.

use serde_json::{Value, json};
use std::fmt::{self, Display, Formatter};
use webhook_codegen::source::pointer::tokens;

/// What is done where (OpenAPI Overlay).
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The pointer to what is changed, or holds what is removed.
    pointer: String,
    target: String,
    /// What is merged there; without it the target is removed.
    update: Option<Value>,
}

impl Action {
    /// Merges a value into what is at a pointer.
    pub fn update(pointer: &str, update: Value) -> Self {
        Self { pointer: pointer.to_owned(), target: path(pointer), update: Some(update) }
    }

    /// Removes what is at a pointer.
    pub fn remove(pointer: &str) -> Self {
        Self { pointer: pointer.to_owned(), target: path(pointer), update: None }
    }

    /// Removes a text from the list at a pointer.
    pub fn remove_item(pointer: &str, item: &str) -> Self {
        Self { pointer: pointer.to_owned(), target: format!("{}[?@ == {}]", path(pointer), quoted(item)), update: None }
    }

    /// The same in one document only, which its title tells from those that have the target too.
    pub fn only_in(mut self, title: &str) -> Self {
        let (tokens, title) = (tokens(&self.pointer), quoted(title));
        if let Some(first) = tokens.first().map(|token| step(token)) {
            // Any member of the root may be chosen; only the right one holds what the next step names.
            let which = if tokens.len() == 1 { format!(" && @ == ${first}") } else { String::new() };
            self.target = self.target.replacen(&first, &format!("[?$.info.title == {title}{which}]"), 1);
        }
        self
    }

    /// The JSONPath of what it changes.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The pointer to what it changes.
    pub fn holder(&self) -> &str {
        &self.pointer
    }

    fn value(&self) -> Value {
        match &self.update {
            Some(update) => json!({"target": self.target, "update": update}),
            None => json!({"target": self.target, "remove": true}),
        }
    }
}

impl Display for Action {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value())
    }
}

/// A JSON pointer as JSONPath (RFC 9535).
fn path(pointer: &str) -> String {
    std::iter::once("$".to_owned()).chain(tokens(pointer).iter().map(|token| step(token))).collect()
}

/// A token of a pointer as a step of JSONPath.
fn step(token: &str) -> String {
    let is_name = token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && token.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    match token {
        token if is_name => format!(".{token}"),
        token if token.parse::<usize>().is_ok() => format!("[{token}]"),
        token => format!("[{}]", quoted(token)),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// The text of an overlay with actions, after those of the one that is there.
///
/// # Errors
/// Where the actions cannot be written behind those that are there.
pub fn overlay(known: Option<&str>, actions: &[Action]) -> Result<String, String> {
    const HEAD: &str = "overlay: 1.0.0\ninfo:\n  title: What deliveries showed besides\n  version: 0.1.0\nactions:\n";
    let values: Vec<_> = actions.iter().map(Action::value).collect();
    let lines = serde_yaml::to_string(&values).map_err(|error| error.to_string())?;
    let known = known.unwrap_or(HEAD);
    let end = if known.ends_with('\n') { "" } else { "\n" };
    let before = count(known)?;
    // The list may be indented; a wrong indentation is no YAML, or another list.
    for indent in ["", "  "] {
        let lines: String = lines.lines().map(|line| format!("{indent}{line}\n")).collect();
        let text = format!("{known}{end}{lines}");
        if count(&text) == Ok(before + actions.len()) {
            return Ok(text);
        }
    }
    Err("the actions of overlay.yaml do not end it: move them there".to_owned())
}

/// How many actions an overlay has.
fn count(text: &str) -> Result<usize, String> {
    let overlay: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    Ok(overlay.get("actions").and_then(Value::as_array).map(Vec::len).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Action, overlay};
    use serde_json::json;

    #[test]
    fn pointers_become_paths() {
        for (pointer, expected) in [
            ("", "$"),
            ("/a/properties/b_1/oneOf/0", "$.a.properties.b_1.oneOf[0]"),
            ("/webhooks/order.paid/a~1b/$ref/it's", "$.webhooks['order.paid']['a/b']['$ref']['it\\'s']"),
        ] {
            assert_eq!(Action::remove(pointer).target, expected);
        }
    }

    #[test]
    fn actions_come_after_those_that_are_there() {
        let action = [Action::update("/a", json!({"b": [1]}))];
        let added = "target: $.a\n";
        for known in [
            "overlay: 1.0.0\nactions:\n- {target: $.x, remove: true}\n# the end",
            "actions:\n  - target: $.x\n    remove: true\n",
        ] {
            let text = overlay(Some(known), &action).unwrap();
            assert!(text.starts_with(known) && text.contains(added), "{text}");
        }
        assert!(overlay(Some("actions:\n  - target: $.x\ninfo: {}\n"), &action).is_err());
    }
}
