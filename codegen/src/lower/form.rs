//! Whether a keyword holds what it must hold, before anybody reads it.

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

impl<'a> Lowering<'a> {
    /// Reports a keyword that holds something else than it must. Where only a note is lost by that, or a field becomes
    /// optional, the type is still right, and it is a warning.
    pub(super) fn check_form(&mut self, node: &Node<'a>, keyword: &str) {
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
            let help = "write `type: [string, 'null']`, for example";
            self.warning(member, "`nullable` means nothing since OpenAPI 3.1", help);
        }
    }

    /// Whether a part of a webhook is an object, as it must be.
    pub(super) fn is_object(&mut self, node: &Node<'a>, what: &str, help: &str) -> bool {
        if !node.value.is_object() {
            self.error(node, format!("{what} must be an object"), help);
        }
        node.value.is_object()
    }
}
