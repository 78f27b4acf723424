//! Whether a keyword holds what it must hold, before anybody reads it.

use super::facts::Facts;
use super::{Lowering, Node};
use serde_json::Value;

/// What a keyword holds (JSON Schema 2020-12, Core section 10 and Validation sections 6 and 9).
#[derive(Clone, Copy)]
enum Form {
    Schemas,
    SchemasByName,
    Values,
    Names,
    Text,
    Flag,
}

impl Form {
    fn of(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => Self::Schemas,
            "properties" | "patternProperties" => Self::SchemasByName,
            "enum" => Self::Values,
            "required" => Self::Names,
            "title" | "description" | "format" | "contentMediaType" | "contentEncoding" => Self::Text,
            "deprecated" | "readOnly" | "writeOnly" => Self::Flag,
            _ => return None,
        })
    }

    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Schemas | Self::Values => value.as_array().is_some_and(|items| !items.is_empty()),
            // Programs in PHP write an empty object as `[]`.
            Self::SchemasByName => value.is_object() || value.as_array().is_some_and(Vec::is_empty),
            Self::Names => value.as_array().is_some_and(|names| names.iter().all(Value::is_string)),
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Schemas => "a list of at least one schema",
            Self::SchemasByName => "an object that holds a schema for each name",
            Self::Values => "a list of at least one value",
            Self::Names => "a list of names",
            Self::Text => "a text",
            Self::Flag => "`true` or `false`",
        }
    }
}

fn is_schema(keyword: &str) -> bool {
    ["items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contentSchema"].contains(&keyword)
}

impl<'a> Lowering<'a> {
    /// Whether a keyword says anything: empty YAML is null, and what holds no schema leaves everything open.
    pub(super) fn is_said(&mut self, node: &Node<'a>, keyword: &str) -> bool {
        let Some(member) = node.get(keyword) else { return false };
        let form = Form::of(keyword);
        let is_list = matches!(form, Some(Form::Schemas | Form::Values));
        let is_empty = match member.value {
            Value::Null => {
                keyword == "type"
                    || is_list
                    || matches!(form, Some(Form::SchemasByName | Form::Names))
                    || is_schema(keyword)
            }
            Value::Array(items) => items.is_empty() && is_list,
            _ => false,
        };
        match is_empty {
            true => self.warning(&member, format!("`{keyword}` holds nothing"), "it is not read; leave it out"),
            false => self.check_form(node, keyword),
        }
        !is_empty
    }

    /// Reports a keyword that holds something else than it must. Where only a note is lost by that, or a field becomes
    /// optional, the type is still right, and it is a warning.
    fn check_form(&mut self, node: &Node<'a>, keyword: &str) {
        let Some(member) = node.get(keyword) else { return };
        if keyword == "nullable" {
            return self.check_nullable(&member);
        }
        let Some(form) = Form::of(keyword).filter(|form| !form.fits(member.value)) else { return };
        let message = format!("`{keyword}` must be {}", form.name());
        match form {
            Form::Names if member.value.is_boolean() => {
                let help = "the `required` of the object that holds this property lists its name; this one is not read";
                self.warning(&member, message, help);
            }
            Form::Text | Form::Flag => self.warning(&member, message, "it is not read"),
            _ => self.error(&member, message, "correct it here or in overlay.yaml"),
        }
    }

    /// `nullable` ended with OpenAPI 3.0.
    fn check_nullable(&mut self, member: &Node<'a>) {
        if !self.sources[member.document].is_openapi_3_0() && member.value != &Value::Bool(false) {
            let help = "null is allowed all the same; write `type: [string, 'null']`, for example";
            self.warning(member, "`nullable` means nothing since OpenAPI 3.1", help);
        }
    }

    /// YAML reads `null` as the value; among types only the word can be meant.
    pub(super) fn bare_null(&mut self, node: &Node<'a>) -> &'static str {
        self.warning(node, "null is no text", "it is read as the type of that name; write `'null'`");
        "null"
    }

    /// Older editions of JSON Schema listed the first items under `items`.
    pub(super) fn tuple(&mut self, facts: &mut Facts<'a>, node: &Node<'a>) {
        let Some(items) = node.get("items") else { return };
        let help = "it is read as such; write `prefixItems`";
        self.warning(&items, "a list of schemas is `prefixItems` since JSON Schema 2020-12", help);
        facts.prefix_items.extend(node.items("items"));
    }

    /// Whether a part of a webhook is an object, as it must be.
    pub(super) fn is_object(&mut self, node: &Node<'a>, what: &str, help: &str) -> bool {
        if !node.value.is_object() {
            self.error(node, format!("{what} must be an object"), help);
        }
        node.value.is_object()
    }
}
