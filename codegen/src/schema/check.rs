//! Whether a keyword holds what it must hold, before anybody reads it.

use super::lowering::Lowering;
use super::{Kind, Node};
use crate::documents::is_openapi_3_0;
use crate::keywords::{self, Holds, Keyword, Role};
use crate::source::WarningKind;
use serde_json::Value;

/// Whether a value is what a keyword must hold.
fn fits(holds: Holds, value: &Value) -> bool {
    match holds {
        Holds::Schemas | Holds::Literals => value.as_array().is_some_and(|items| !items.is_empty()),
        // Programs in PHP write an empty object as `[]`.
        Holds::SchemasByName => value.is_object() || value.as_array().is_some_and(Vec::is_empty),
        Holds::Names => value.as_array().is_some_and(|names| names.iter().all(Value::is_string)),
        Holds::Text => value.is_string(),
        Holds::Flag => value.is_boolean(),
        // What is no schema is found where it is read as one.
        Holds::Schema | Holds::Literal | Holds::Number | Holds::Other => true,
    }
}

fn name(holds: Holds) -> &'static str {
    match holds {
        Holds::Schema => "a schema",
        Holds::Schemas => "a list of at least one schema",
        Holds::SchemasByName => "an object that holds a schema for each name",
        Holds::Literal | Holds::Other => "a value",
        Holds::Literals => "a list of at least one value",
        Holds::Names => "a list of names",
        Holds::Text => "a string",
        Holds::Flag => "`true` or `false`",
        Holds::Number => "a number",
    }
}

/// What a keyword must hold, if something is made of it: a mistake in the others changes no type.
fn form(keyword: &str) -> Option<Holds> {
    let is_noted = |keyword: &&Keyword| match keyword.role {
        Role::Shape => true,
        Role::Annotation => matches!(keyword.name, "title" | "description" | "deprecated" | "readOnly" | "writeOnly"),
        Role::Reference | Role::Constraint | Role::Definitions => false,
    };
    keywords::find(keyword).filter(is_noted).map(|keyword| keyword.holds)
}

/// The values that a schema lists.
pub(super) fn listed<'v>(schema: &'v Value, keyword: &str) -> &'v [Value] {
    match schema.get(keyword) {
        Some(Value::Array(values)) if keyword == "enum" => values,
        Some(value) if keyword == "const" => std::slice::from_ref(value),
        _ => &[],
    }
}

fn item<'a>(schema: &Node<'a>, keyword: &str, index: usize) -> Node<'a> {
    let member = schema.get(keyword).unwrap_or_else(|| schema.clone());
    member.item(index).unwrap_or(member)
}

/// Some values of a list for the text of a message.
fn several<T>(values: &[T], text: impl Fn(&T) -> &str) -> String {
    const MOST: usize = 5;
    let shown: Vec<_> = values.iter().take(MOST).map(|value| format!("`{:.40}`", text(value))).collect();
    match values.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn is_null(text: &str) -> bool {
    text.eq_ignore_ascii_case("null")
}

/// Whether the `type` of a schema allows no such value; a number without fraction is an integer, however it is spelled.
fn is_ruled_out(node: &Node<'_>, value: &Value) -> bool {
    let types = match node.value.get("type") {
        Some(Value::Array(types)) => types.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => return false,
    };
    let kind = match value.as_f64().filter(|number| number.fract() == 0.0) {
        Some(_) => Kind::Integer,
        None => Kind::of(value),
    };
    let is_meant = |ty: &Value| match ty.as_str() {
        Some(name) => Kind::named(name).is_none_or(|allowed| allowed.covers(kind)),
        None => kind == Kind::Null || !ty.is_null(),
    };
    let is_null = kind == Kind::Null && node.flag("nullable");
    !is_null && !types.iter().any(is_meant)
}

impl<'a> Lowering<'a> {
    /// Whether a keyword holds anything: empty YAML is null, and what holds no schema leaves everything open.
    pub(super) fn is_set(&mut self, node: &Node<'a>, keyword: &str) -> bool {
        let Some(member) = node.get(keyword) else { return false };
        let form = form(keyword);
        let is_list = matches!(form, Some(Holds::Schemas | Holds::Literals));
        let is_empty = match member.value {
            Value::Null => {
                keyword == "type"
                    || is_list
                    || matches!(form, Some(Holds::Schema | Holds::SchemasByName | Holds::Names))
            }
            Value::Array(items) => items.is_empty() && is_list,
            _ => false,
        };
        match is_empty {
            true => self.warning(
                WarningKind::Malformed,
                &member,
                format!("`{keyword}` is empty"),
                "it is ignored; remove it, or give it a value",
            ),
            false => self.check_form(node, keyword),
        }
        if matches!(keyword, "enum" | "const") {
            self.check_values(node, keyword);
        }
        !is_empty
    }

    /// Reports listed values that `type` beside them rules out. If that are all of them, the schema is reported itself.
    fn check_values(&mut self, node: &Node<'a>, keyword: &str) {
        let unquoted = self.unquoted(node, keyword);
        if let Some((first, text)) = unquoted.first() {
            let message =
                format!("YAML does not read {} as a string, as `type` asks", several(&unquoted, |(_, text)| *text));
            let null =
                if unquoted.iter().any(|(_, text)| is_null(text)) { ", and null is accepted as well" } else { "" };
            self.warning(
                WarningKind::Malformed,
                first,
                message,
                format!("it is read as the string{null}; put it in quotes: `'{text}'`"),
            );
        }
        let values = listed(node.value, keyword);
        let out: Vec<_> = (0..values.len()).filter(|index| is_ruled_out(node, &values[*index])).collect();
        let Some(first) = out.first().filter(|_| out.len() < values.len()) else { return };
        let shown: Vec<_> = out.iter().map(|index| values[*index].to_string()).collect();
        let message = format!("this list has values that `type` rules out: {}", several(&shown, String::as_str));
        let help = match out.iter().any(|index| values[*index].is_null()) {
            true => "null is accepted all the same; add `'null'` to the `type`",
            false => "such a value can never be valid, and is left out; correct it or the `type`",
        };
        self.warning(WarningKind::Malformed, &item(node, keyword, *first), message, help);
    }

    /// Whether a listed value is null to YAML, but taken for a text: only the provider knows which of the two it is.
    pub(super) fn lists_null(&self, node: &Node<'a>, keyword: &str) -> bool {
        let is_possible = listed(node.value, keyword).iter().filter_map(Value::as_str).any(is_null);
        is_possible && self.unquoted(node, keyword).into_iter().any(|(_, text)| is_null(text))
    }

    /// The listed values that are texts only because `type` says so.
    fn unquoted(&self, node: &Node<'a>, keyword: &str) -> Vec<(Node<'a>, &'a str)> {
        let source = &self.sources[node.document];
        if !source.has_unquoted() {
            return Vec::new();
        }
        let values = listed(node.value, keyword).iter().enumerate();
        let texts = values.filter_map(|(index, value)| Some((item(node, keyword, index), value.as_str()?)));
        texts.filter(|(value, _)| source.is_unquoted(&value.pointer)).collect()
    }

    /// Reports a keyword that holds something else than it must. Where only a note is lost by that, or a field becomes
    /// optional, the type is still right, and it is a warning.
    fn check_form(&mut self, node: &Node<'a>, keyword: &str) {
        let Some(member) = node.get(keyword) else { return };
        if keyword == "nullable" {
            return self.check_nullable(&member);
        }
        let Some(form) = form(keyword).filter(|form| !fits(*form, member.value)) else { return };
        let message = format!("`{keyword}` must be {}", name(form));
        match form {
            Holds::Names if member.value.is_boolean() => {
                let help = "this `required` is ignored; list the property in the `required` of its object";
                self.warning(WarningKind::Malformed, &member, message, help);
            }
            Holds::Text | Holds::Flag => self.warning(
                WarningKind::Malformed,
                &member,
                message,
                "it is ignored until it is corrected, here or in overlay.yaml",
            ),
            _ => self.error(&member, message, "correct it here or in overlay.yaml"),
        }
    }

    /// `nullable` ended with OpenAPI 3.0.
    fn check_nullable(&mut self, member: &Node<'a>) {
        if !is_openapi_3_0(&self.sources[member.document]) && member.value != &Value::Bool(false) {
            let help = "null is allowed all the same; write `type: [string, 'null']`, for example";
            self.warning(WarningKind::Edition, member, "`nullable` means nothing since OpenAPI 3.1", help);
        }
    }

    /// YAML reads `null` as the value; among types it can only be the word.
    pub(super) fn null_word(&mut self, node: &Node<'a>) -> &'static str {
        self.warning(
            WarningKind::Malformed,
            node,
            "`null` is not a string",
            "it is read as the type `null`; write `'null'`",
        );
        "null"
    }

    /// Whether a part of a webhook is an object, as it must be.
    pub(super) fn is_object(&mut self, node: &Node<'a>, what: &str, help: &str) -> bool {
        if !node.value.is_object() {
            self.error(node, format!("{what} must be an object"), help);
        }
        node.value.is_object()
    }
}
