//! A value as a tree, with what its document does not say marked.

use maud::{Markup, html};
use webhook_runtime::Value;

/// What stands for a value that is not shown.
pub const MASK: &str = "•••";

/// How deep a tree is shown.
const DEEPEST: usize = 64;

/// What is marked.
pub struct Marks<'v> {
    /// By JSON pointer.
    pub violations: &'v [(String, String)],
    pub additional: &'v [&'v str],
    /// Texts and numbers are masked otherwise: names, addresses and phone numbers are of both kinds.
    pub show: bool,
}

impl Marks<'_> {
    fn class(&self, pointer: &str) -> &'static str {
        match () {
            () if self.violation(pointer).is_some() => "violation",
            () if self.additional.contains(&pointer) => "additional",
            () => "",
        }
    }

    fn violation(&self, pointer: &str) -> Option<&str> {
        self.violations.iter().find(|(at, _)| at == pointer).map(|(_, text)| text.as_str())
    }
}

/// Draws a value; `pointer` leads to it.
pub fn value(value: &Value, pointer: &mut String, marks: &Marks<'_>) -> Markup {
    let children: Vec<(String, &Value)> = match value {
        _ if pointer.matches('/').count() >= DEEPEST => return html! { "…" },
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        leaf => return html! { code { (text(leaf, marks.show)) } },
    };
    if children.is_empty() {
        return html! { code { (if value.is_array() { "[]" } else { "{}" }) } };
    }
    html! {
        ul {
            @for (key, child) in children {
                (member(&key, child, pointer, marks))
            }
        }
    }
}

fn member(key: &str, child: &Value, pointer: &mut String, marks: &Marks<'_>) -> Markup {
    let length = pointer.len();
    *pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
    let (class, violation) = (marks.class(pointer), marks.violation(pointer).map(str::to_owned));
    let drawn = value(child, pointer, marks);
    pointer.truncate(length);
    let why = violation.or_else(|| (class == "additional").then(|| "not declared".to_owned()));
    let why = html! { @if let Some(text) = why { span.why { (text) } } };
    // Beside the key, not below all that a tree has.
    let (before, after) = if child.is_object() || child.is_array() { (why, html! {}) } else { (html! {}, why) };
    html! {
        li class=(class) { span.key { (key) } ": " (before) (drawn) (after) }
    }
}

fn text(leaf: &Value, show: bool) -> String {
    match leaf {
        Value::Null | Value::Bool(_) => leaf.to_string(),
        _ if show => leaf.to_string(),
        _ => MASK.to_owned(),
    }
}
