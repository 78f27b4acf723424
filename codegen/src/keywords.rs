//! The keywords of a schema (JSON Schema 2020-12, with what OpenAPI adds), and the fields of OpenAPI whose keys are
//! names: the one list of them.

use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The types of JSON Schema 2020-12 (Core, section 4.2.1; `integer` from Validation, section 6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    pub const NAMES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    pub fn covers(self, other: Self) -> bool {
        self == other || (self == Self::Number && other == Self::Integer)
    }

    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}

/// What a keyword holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Schema,
    Schemas,
    SchemasByName,
    /// A value of a body: nothing in it is a keyword.
    Literal,
    Literals,
    Names,
    Text,
    Flag,
    Number,
    /// What is read by itself, such as `type`.
    Other,
}

/// What a keyword is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It leads to another schema.
    Reference,
    /// The Rust type is made of it.
    Shape,
    /// It restricts values, and the Rust type does not check it.
    Constraint,
    /// It holds schemas that apply only where something refers to them.
    Definitions,
    /// It says something to a reader, and nothing about the value.
    Annotation,
}

/// A keyword.
#[derive(Debug)]
pub struct Keyword {
    pub name: &'static str,
    pub holds: Holds,
    pub role: Role,
    /// The type whose values it speaks of; none where it applies to any value.
    pub of: Option<Kind>,
}

impl Keyword {
    /// Whether its schemas apply to the very value that the schema itself applies to.
    pub fn is_in_place(&self) -> bool {
        self.role != Role::Definitions && (self.of.is_none() || self.name == "dependentSchemas")
    }

    pub fn holds_schemas(&self) -> bool {
        matches!(self.holds, Holds::Schema | Holds::Schemas | Holds::SchemasByName)
    }
}

const fn keyword(name: &'static str, holds: Holds, role: Role, of: Option<Kind>) -> Keyword {
    Keyword { name, holds, role, of }
}

const NUMBER: Option<Kind> = Some(Kind::Number);
const STRING: Option<Kind> = Some(Kind::String);
const ARRAY: Option<Kind> = Some(Kind::Array);
const OBJECT: Option<Kind> = Some(Kind::Object);

/// The keyword of a reference.
pub const REF: &str = "$ref";
/// That of one which a schema on the way to it may redefine; it leads to the same place where none does.
pub const DYNAMIC_REF: &str = "$dynamicRef";
/// Both, in the order of preference.
pub const REFERENCES: [&str; 2] = [REF, DYNAMIC_REF];

/// A schema, or another object, that is nothing but a reference.
pub fn reference_to(uri: &str) -> Value {
    json!({REF: uri})
}

/// All of them. Schemas inside a schema are visited in this order.
pub static KEYWORDS: [Keyword; 63] = [
    keyword(REF, Holds::Text, Role::Reference, None),
    keyword(DYNAMIC_REF, Holds::Text, Role::Reference, None),
    // Schemas that the type is made of (Core, sections 10 and 11; Validation, section 8).
    keyword("properties", Holds::SchemasByName, Role::Shape, OBJECT),
    keyword("patternProperties", Holds::SchemasByName, Role::Shape, OBJECT),
    keyword("allOf", Holds::Schemas, Role::Shape, None),
    keyword("oneOf", Holds::Schemas, Role::Shape, None),
    keyword("anyOf", Holds::Schemas, Role::Shape, None),
    keyword("prefixItems", Holds::Schemas, Role::Shape, ARRAY),
    keyword("items", Holds::Schema, Role::Shape, ARRAY),
    keyword("additionalProperties", Holds::Schema, Role::Shape, OBJECT),
    keyword("unevaluatedItems", Holds::Schema, Role::Shape, ARRAY),
    keyword("unevaluatedProperties", Holds::Schema, Role::Shape, OBJECT),
    keyword("contentSchema", Holds::Schema, Role::Shape, STRING),
    // What else it is made of.
    keyword("type", Holds::Other, Role::Shape, None),
    keyword("enum", Holds::Literals, Role::Shape, None),
    keyword("const", Holds::Literal, Role::Shape, None),
    keyword("required", Holds::Names, Role::Shape, OBJECT),
    keyword("format", Holds::Text, Role::Shape, None),
    keyword("contentMediaType", Holds::Text, Role::Shape, STRING),
    keyword("contentEncoding", Holds::Text, Role::Shape, STRING),
    // Schemas that no type shows.
    keyword("not", Holds::Schema, Role::Constraint, None),
    keyword("if", Holds::Schema, Role::Constraint, None),
    keyword("then", Holds::Schema, Role::Constraint, None),
    keyword("else", Holds::Schema, Role::Constraint, None),
    keyword("contains", Holds::Schema, Role::Constraint, ARRAY),
    keyword("propertyNames", Holds::Schema, Role::Constraint, OBJECT),
    keyword("dependentSchemas", Holds::SchemasByName, Role::Constraint, OBJECT),
    // Limits (Validation, section 6).
    keyword("multipleOf", Holds::Number, Role::Constraint, NUMBER),
    keyword("minimum", Holds::Number, Role::Constraint, NUMBER),
    keyword("exclusiveMinimum", Holds::Number, Role::Constraint, NUMBER),
    keyword("maximum", Holds::Number, Role::Constraint, NUMBER),
    keyword("exclusiveMaximum", Holds::Number, Role::Constraint, NUMBER),
    keyword("minLength", Holds::Number, Role::Constraint, STRING),
    keyword("maxLength", Holds::Number, Role::Constraint, STRING),
    keyword("pattern", Holds::Text, Role::Constraint, STRING),
    keyword("minItems", Holds::Number, Role::Constraint, ARRAY),
    keyword("maxItems", Holds::Number, Role::Constraint, ARRAY),
    keyword("uniqueItems", Holds::Flag, Role::Constraint, ARRAY),
    keyword("minContains", Holds::Number, Role::Constraint, ARRAY),
    keyword("maxContains", Holds::Number, Role::Constraint, ARRAY),
    keyword("minProperties", Holds::Number, Role::Constraint, OBJECT),
    keyword("maxProperties", Holds::Number, Role::Constraint, OBJECT),
    keyword("dependentRequired", Holds::Other, Role::Constraint, OBJECT),
    keyword("$defs", Holds::SchemasByName, Role::Definitions, None),
    keyword("definitions", Holds::SchemasByName, Role::Definitions, None),
    // Annotations (Validation, section 9), and what a schema is called (Core, section 8).
    keyword("title", Holds::Text, Role::Annotation, None),
    keyword("description", Holds::Text, Role::Annotation, None),
    keyword("default", Holds::Literal, Role::Annotation, None),
    keyword("deprecated", Holds::Flag, Role::Annotation, None),
    keyword("readOnly", Holds::Flag, Role::Annotation, None),
    keyword("writeOnly", Holds::Flag, Role::Annotation, None),
    keyword("example", Holds::Literal, Role::Annotation, None),
    keyword("examples", Holds::Literals, Role::Annotation, None),
    keyword("$id", Holds::Text, Role::Annotation, None),
    keyword("$schema", Holds::Text, Role::Annotation, None),
    keyword("$anchor", Holds::Text, Role::Annotation, None),
    keyword("$dynamicAnchor", Holds::Text, Role::Annotation, None),
    keyword("$vocabulary", Holds::Other, Role::Annotation, None),
    keyword("$comment", Holds::Text, Role::Annotation, None),
    // OpenAPI 3.0, section 4.7.24. Of `discriminator` and `nullable` more is made than a note, wherever they are.
    keyword("externalDocs", Holds::Other, Role::Annotation, None),
    keyword("xml", Holds::Other, Role::Annotation, None),
    keyword("discriminator", Holds::Other, Role::Annotation, None),
    keyword("nullable", Holds::Flag, Role::Annotation, None),
];

/// The parts of `components` (OpenAPI 3.1, section 4.8.7, and `mediaTypes` of 3.2).
pub const SECTIONS: [&str; 11] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
];

/// The maps of webhooks. Documents of OpenAPI 3.0 have no better home for them than an extension.
pub const WEBHOOKS: [&str; 2] = ["webhooks", "x-webhooks"];

/// The keyword of a name.
pub fn find(name: &str) -> Option<&'static Keyword> {
    static BY_NAME: LazyLock<HashMap<&str, &Keyword>> =
        LazyLock::new(|| KEYWORDS.iter().map(|keyword| (keyword.name, keyword)).collect());
    BY_NAME.get(name).copied()
}

/// Whether a key of a schema says something to a reader, and nothing about the value.
pub fn is_annotation(key: &str) -> bool {
    match find(key) {
        Some(keyword) => matches!(keyword.role, Role::Annotation | Role::Definitions),
        None => key.starts_with("x-") || key.starts_with('$'),
    }
}

/// Whether a key of a schema leads to others which apply to the same value, and says nothing else.
pub fn leads_on(key: &str) -> bool {
    key == "allOf" || is_reference(key)
}

/// Whether a key holds a reference.
pub fn is_reference(key: &str) -> bool {
    REFERENCES.contains(&key)
}

/// Whether a key of a schema holds values, in which nothing is a keyword.
pub fn holds_literals(key: &str) -> bool {
    find(key).is_some_and(|keyword| matches!(keyword.holds, Holds::Literal | Holds::Literals))
}

/// Whether the keys of the object under a key, in a schema or another part of a document, are names of the author's.
pub fn holds_names(key: &str) -> bool {
    let mut of_openapi = SECTIONS.iter().chain(&WEBHOOKS).chain(&["content", "encoding", "paths"]);
    find(key).is_some_and(|keyword| keyword.holds == Holds::SchemasByName) || of_openapi.any(|field| *field == key)
}

#[cfg(test)]
mod tests {
    use super::{Holds, KEYWORDS, REF, Role, find, is_annotation};
    use std::collections::HashSet;

    #[test]
    fn each_keyword_once() {
        let names: HashSet<_> = KEYWORDS.iter().map(|keyword| keyword.name).collect();
        assert_eq!(names.len(), KEYWORDS.len());
    }

    #[test]
    fn a_keyword_that_no_table_has_restricts_values_unless_its_name_says_otherwise() {
        assert!(is_annotation("x-internal") && is_annotation("$recursiveAnchor") && is_annotation("$defs"));
        assert!(!is_annotation(REF) && !is_annotation("minLength") && !is_annotation("unheardOf"));
    }

    #[test]
    fn what_the_type_is_made_of_is_no_constraint() {
        let holds = |name: &str| find(name).map(|keyword| (keyword.holds, keyword.role));
        assert_eq!(holds("items"), Some((Holds::Schema, Role::Shape)));
        assert_eq!(holds("contains"), Some((Holds::Schema, Role::Constraint)));
    }
}
