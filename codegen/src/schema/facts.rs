//! Everything that a list of schemas, all of which apply at once, says about a value.

use super::Node;
use super::check::listed;
use super::lowering::Lowering;
use crate::keywords::{self, Kind, Role};
use crate::source::{WarningKind, one_of};
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

/// `oneOf` or `anyOf`, with its variants.
#[derive(Clone)]
pub struct Union<'a> {
    pub keyword: &'static str,
    pub variants: Vec<Node<'a>>,
}

#[derive(Default)]
pub struct Facts<'a> {
    pub title: Option<&'a str>,
    pub description: Option<&'a str>,
    pub deprecated: bool,
    pub default: Option<&'a Value>,
    /// In the order of the document; none where no schema restricts the type.
    pub types: Option<IndexSet<Kind>>,
    pub values: Option<IndexSet<&'a Value>>,
    /// Whether one of them says `nullable` (OpenAPI 3.0, section 4.7.24). Strictly that needs `type` beside it; it is as
    /// often written beside `allOf` and `$ref`, or in a document that only calls itself 3.1, and counts there, too.
    pub nullable_keyword: bool,
    pub format: Option<&'a str>,
    pub properties: IndexMap<&'a str, Vec<Node<'a>>>,
    pub required: IndexSet<&'a str>,
    pub additional: Vec<Node<'a>>,
    pub patterns: Vec<Node<'a>>,
    pub items: Vec<Node<'a>>,
    pub prefix_items: Vec<Node<'a>>,
    pub content: Option<Node<'a>>,
    pub unions: Vec<Union<'a>>,
    /// Whether one of them is `false`.
    pub is_false: bool,
    /// Keywords that no type expresses.
    pub unenforced: Vec<(&'a str, &'a Value)>,
    /// These, and others of which a type shows a part only, where they are.
    pub constraints: Vec<Node<'a>>,
}

impl<'a> Lowering<'a> {
    /// Gathers what the schemas say. They hold neither `allOf` nor `$ref` any more.
    pub(super) fn facts(&mut self, nodes: &[Node<'a>]) -> Facts<'a> {
        let mut facts = Facts::default();
        if !self.is_affordable(nodes) {
            return facts;
        }
        for node in nodes {
            facts.is_false |= *node.value == Value::Bool(false);
            for key in node.keys() {
                self.keyword(&mut facts, node, key);
            }
        }
        facts
    }

    fn keyword(&mut self, facts: &mut Facts<'a>, node: &Node<'a>, key: &'a str) {
        let Some(value) = node.value.get(key) else { return };
        if !self.is_set(node, key) {
            return;
        }
        facts.constraints.extend(node.get(key).filter(|_| is_constraint(key, value)));
        match key {
            "title" => facts.title = facts.title.or(value.as_str()),
            "description" => facts.description = facts.description.or(value.as_str()),
            "default" => facts.default = facts.default.or(Some(value)),
            "deprecated" => facts.deprecated |= node.flag(key),
            "type" => self.types(facts, node),
            "nullable" => facts.nullable_keyword |= node.flag(key),
            "enum" | "const" => {
                facts.nullable_keyword |= self.lists_null(node, key);
                let values = listed(node.value, key);
                if !values.is_empty() {
                    let values: IndexSet<_> = values.iter().collect();
                    facts.values = Some(match facts.values.take() {
                        Some(before) => &before & &values,
                        None => values,
                    });
                }
            }
            "format" => facts.format = facts.format.or(value.as_str()),
            "properties" => {
                for (name, property) in node.members(key) {
                    facts.properties.entry(name).or_default().push(property);
                }
            }
            "required" => facts.required.extend(value.as_array().into_iter().flatten().filter_map(Value::as_str)),
            "additionalProperties" => facts.additional.extend(node.get(key)),
            "patternProperties" => facts.patterns.extend(node.members(key).into_iter().map(|(_, schema)| schema)),
            "items" if value.is_array() => self.tuple(facts, node),
            "items" => facts.items.extend(node.get(key)),
            "unevaluatedProperties" if is_catch_all(node, value) => facts.additional.extend(node.get(key)),
            "unevaluatedItems" if is_catch_all(node, value) => facts.items.extend(node.get(key)),
            "prefixItems" => facts.prefix_items.extend(node.items(key)),
            "contentSchema" if holds_json(node) => facts.content = node.get(key),
            "oneOf" => facts.unions.push(Union { keyword: "oneOf", variants: node.items(key) }),
            "anyOf" => facts.unions.push(Union { keyword: "anyOf", variants: node.items(key) }),
            _ if !is_unenforced(key) => {}
            _ => {
                self.dangling(node, key);
                facts.unenforced.push((key, value));
            }
        }
    }

    /// Older editions of JSON Schema listed the first items under `items`.
    fn tuple(&mut self, facts: &mut Facts<'a>, node: &Node<'a>) {
        let Some(items) = node.get("items") else { return };
        let help = "it is read as `prefixItems`; write that";
        self.warning(
            WarningKind::Edition,
            &items,
            "a list of schemas is `prefixItems` since JSON Schema 2020-12",
            help,
        );
        facts.prefix_items.extend(node.items("items"));
    }

    fn types(&mut self, facts: &mut Facts<'a>, node: &Node<'a>) {
        let Some(written) = node.get("type") else { return };
        let names = if written.value.is_array() { node.items("type") } else { vec![written.clone()] };
        let mut kinds = IndexSet::new();
        for name in &names {
            let word =
                if name.value.is_null() { self.null_word(name) } else { name.value.as_str().unwrap_or_default() };
            match Kind::named(word) {
                Some(kind) => _ = kinds.insert(kind),
                None => self.error(name, format!("{} is not a type", name.value), one_of(word, &Kind::NAMES)),
            }
        }
        if names.is_empty() {
            self.error(&written, "`type` must name at least one type", "leave it out for any value");
        }
        if kinds.is_empty() {
            // What is beside it says more than a word that is no type.
            return;
        }
        facts.types = Some(match facts.types.take() {
            None => kinds,
            Some(before) => meet(&before, &kinds),
        });
    }
}

/// What both lists of types allow; every integer is a number.
fn meet(left: &IndexSet<Kind>, right: &IndexSet<Kind>) -> IndexSet<Kind> {
    let allows = |set: &IndexSet<Kind>, kind: Kind| {
        set.contains(&kind) || (kind == Kind::Integer && set.contains(&Kind::Number))
    };
    let either: IndexSet<Kind> = left.iter().chain(right).copied().collect();
    either.into_iter().filter(|kind| allows(left, *kind) && allows(right, *kind)).collect()
}

/// Whether an `unevaluated…` schema speaks of all that is left: what other keywords evaluate depends on the value, unless
/// they are merged with it, as `allOf` and `oneOf` are.
fn is_catch_all(node: &Node<'_>, schema: &Value) -> bool {
    let conditional = ["if", "anyOf", "not", "contains", "dependentSchemas", keywords::DYNAMIC_REF];
    schema.is_object() && !conditional.iter().any(|keyword| node.value.get(keyword).is_some())
}

/// Whether no type expresses a keyword. `unevaluated…` is one of them unless it speaks of all that is left.
fn is_unenforced(key: &str) -> bool {
    match keywords::find(key) {
        Some(keyword) => keyword.role == Role::Constraint || key.starts_with("unevaluated"),
        None => !keywords::is_annotation(key),
    }
}

/// Whether a keyword may rule out values that the type of the schema takes.
fn is_constraint(key: &str, value: &Value) -> bool {
    match key {
        "additionalProperties" | "unevaluatedProperties" | "items" | "unevaluatedItems" => {
            *value == Value::Bool(false) || value.is_array()
        }
        "enum" | "const" | "patternProperties" | "prefixItems" | "required" => true,
        key => is_unenforced(key),
    }
}

/// Whether a string is JSON as it is, not encoded once more.
fn holds_json(node: &Node<'_>) -> bool {
    node.text("contentMediaType").is_some_and(is_json) && node.get("contentEncoding").is_none()
}

/// Media types that hold JSON (RFC 6839, section 3.1; `text/json` is older). Case does not matter (RFC 9110, section
/// 8.3.1).
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

fn or_number(kind: Kind) -> Kind {
    if kind == Kind::Integer { Kind::Number } else { kind }
}

impl Union<'_> {
    /// Whether it is in this schema.
    pub(super) fn is_of(&self, schema: &Node<'_>) -> bool {
        let pointer = format!("{}/{}/0", schema.pointer, self.keyword);
        self.variants.first().is_some_and(|first| first.document == schema.document && first.pointer == pointer)
    }
}

impl Facts<'_> {
    /// The types of the value but null, from `type`, or else from the other keywords; empty: any.
    pub fn kinds(&self) -> Vec<Kind> {
        let kinds: IndexSet<Kind> = match (&self.types, &self.values) {
            (Some(types), _) => types.clone(),
            // Without `type: integer`, a number is one however it is spelled.
            (None, Some(values)) => values.iter().map(|value| or_number(Kind::of(value))).collect(),
            (None, None) => self.inferred_kind().into_iter().collect(),
        };
        let covered = |kind: &Kind| *kind == Kind::Integer && kinds.contains(&Kind::Number);
        kinds.iter().copied().filter(|kind| *kind != Kind::Null && !covered(kind)).collect()
    }

    /// Which type the writer of a schema without `type` had in mind.
    fn inferred_kind(&self) -> Option<Kind> {
        if self.has_members() || !self.required.is_empty() {
            return Some(Kind::Object);
        }
        if !self.items.is_empty() || !self.prefix_items.is_empty() {
            return Some(Kind::Array);
        }
        self.content.is_some().then_some(Kind::String)
    }

    pub fn has_members(&self) -> bool {
        !self.properties.is_empty() || !self.additional.is_empty() || !self.patterns.is_empty()
    }

    /// Whether null is allowed, by `type` or by the values.
    pub fn nullable(&self) -> bool {
        let typed = self.types.as_ref().is_some_and(|types| types.contains(&Kind::Null));
        self.nullable_keyword || typed || self.values.as_ref().is_some_and(|values| values.contains(&&Value::Null))
    }

    /// Whether null is all that is allowed.
    pub fn is_null(&self) -> bool {
        self.nullable() && self.allows(Kind::Null) && self.kinds().is_empty()
    }

    /// The values of one type.
    pub fn values_of(&self, kind: Kind) -> Option<Vec<&Value>> {
        let values = self.values.as_ref()?;
        Some(values.iter().copied().filter(|value| kind.covers(Kind::of(value))).collect())
    }

    /// Whether, apart from its unions, this says anything about the shape of the value beyond its
    /// type.
    pub fn has_shape(&self) -> bool {
        self.has_members() || !self.items.is_empty() || !self.prefix_items.is_empty() || self.values.is_some()
    }

    /// Whether `type` allows it.
    pub fn allows(&self, kind: Kind) -> bool {
        self.types.as_ref().is_none_or(|types| types.contains(&kind))
    }
}
