//! One schema at a time.

use super::facts::{Facts, Group, Kind, is_annotation};
use super::{Lowering, Node, ext};
use openapiv3::{
    AdditionalProperties, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringType, Type,
};
use serde_json::Value;
use std::collections::HashSet;

/// So many types one schema may become.
const MOST_TYPES: usize = 64;

impl<'a> Lowering<'a> {
    /// Lowers the intersection of some schemas.
    pub(super) fn schema(&mut self, nodes: Vec<Node<'a>>) -> ReferenceOr<Schema> {
        let place = nodes.first().map(|node| self.name(node)).unwrap_or_default();
        if let Some(reference) = self.bare_reference(&nodes) {
            return reference;
        }
        let nodes = self.flatten(nodes);
        let mut facts = self.facts(&nodes);
        let groups = std::mem::take(&mut facts.groups);
        let mut data = data(&facts, place);
        data.discriminator = nodes.iter().find_map(|node| self.discriminator(node));
        self.with_groups(nodes, facts, groups, data)
    }

    /// A lone `$ref`; annotations beside it become an `allOf` of one.
    fn bare_reference(&mut self, nodes: &[Node<'a>]) -> Option<ReferenceOr<Schema>> {
        let [node] = nodes else { return None };
        let referring = sole_reference(node)?;
        let target = self.target(&referring)?;
        let reference = ReferenceOr::Reference { reference: self.reference(target) };
        let described = self.facts(std::slice::from_ref(node));
        let has_notes = described.description.is_some() || described.deprecated || described.default.is_some();
        if !has_notes {
            return Some(reference);
        }
        let data = data(&described, self.name(node));
        Some(item(data, SchemaKind::AllOf { all_of: vec![reference] }))
    }

    /// The reference to a schema: the one that it consists of, or one to itself.
    pub(super) fn named(&mut self, schema: Node<'a>) -> String {
        match self.bare_reference(std::slice::from_ref(&schema)) {
            Some(ReferenceOr::Reference { reference }) => reference,
            _ => self.reference(schema),
        }
    }

    /// Puts what `allOf` and `$ref` lead to beside the schemas that hold them.
    fn flatten(&mut self, nodes: Vec<Node<'a>>) -> Vec<Node<'a>> {
        let mut flat = Vec::new();
        let mut seen = HashSet::new();
        let mut queue: Vec<_> = nodes.into_iter().rev().collect();
        while let Some(node) = queue.pop() {
            if !seen.insert((node.document, node.pointer.clone())) {
                continue;
            }
            if !matches!(node.value, Value::Object(_) | Value::Bool(_)) {
                self.error(&node, "a schema must be an object or a boolean", "write `{}` for any value");
                continue;
            }
            queue.extend(node.items("allOf").into_iter().rev());
            queue.extend(self.target(&node));
            flat.push(node);
        }
        flat
    }

    fn with_groups(
        &mut self,
        nodes: Vec<Node<'a>>,
        facts: Facts<'a>,
        mut groups: Vec<Group<'a>>,
        mut data: SchemaData,
    ) -> ReferenceOr<Schema> {
        groups.retain(|group| shapes(group));
        if groups.is_empty() {
            return self.without_groups(&facts, data);
        }
        self.limit(&mut groups);
        let Group { keyword, branches } = groups.remove(0);
        let (nulls, branches): (Vec<_>, Vec<_>) = branches.into_iter().partition(|branch| self.is_null(branch));
        data.nullable |= !nulls.is_empty() && facts.allows(Kind::Null);
        if let Some(values) = self.listed(&facts, &groups, &branches) {
            return self.without_groups(&Facts { values: Some(values), ..facts }, data);
        }
        let base = if facts.has_shape() || !groups.is_empty() { nodes } else { Vec::new() };
        let mut one_of: Vec<_> =
            branches.into_iter().map(|branch| self.branch(&base, groups.clone(), branch)).collect();
        one_of.dedup();
        if one_of.len() > 1 {
            data.extensions.insert(ext::ORIGIN.to_owned(), keyword.into());
            return item(data, SchemaKind::OneOf { one_of });
        }
        match one_of.pop() {
            Some(only) => only_branch(only, data),
            None => item(data, SchemaKind::Any(Default::default())),
        }
    }

    /// Choices that apply at once multiply: past a few dozen types the first choice alone is told apart.
    fn limit(&mut self, groups: &mut Vec<Group<'a>>) {
        let product = groups.iter().fold(1usize, |product, group| product.saturating_mul(group.branches.len()));
        if groups.len() > 1 && product > MOST_TYPES {
            let first = groups[0].branches.first().cloned();
            groups.truncate(1);
            if let Some(node) = first {
                let message = format!("this choice and those beside it allow {product} combinations");
                self.warning(
                    &node,
                    message,
                    "only this one becomes types; what the others add is kept as undeclared keys",
                );
            }
        }
    }

    /// The strings that a choice between constants amounts to.
    fn listed(&mut self, facts: &Facts<'a>, groups: &[Group<'a>], branches: &[Node<'a>]) -> Option<Vec<&'a Value>> {
        if facts.has_shape() || !groups.is_empty() || branches.iter().any(|branch| branch.get("$ref").is_some()) {
            return None;
        }
        let mut values = Vec::new();
        for branch in branches {
            let facts = self.facts(std::slice::from_ref(branch));
            let is_list = facts.groups.is_empty() && branch.get("allOf").is_none();
            values.extend(facts.values.filter(|values| is_list && values.iter().all(|value| value.is_string()))?);
        }
        Some(values)
    }

    /// A branch holds what stands beside its `oneOf`, too.
    fn branch(&mut self, base: &[Node<'a>], mut groups: Vec<Group<'a>>, branch: Node<'a>) -> ReferenceOr<Schema> {
        if base.is_empty() {
            return self.schema(vec![branch]);
        }
        let place = self.name(&branch);
        let label = branch.text("$ref").and_then(|reference| reference.rsplit('/').next());
        let mut nodes = self.flatten(vec![branch]);
        let is_in_base = |node: &Node<'a>| base.iter().any(|known| known.is(node));
        // A branch that refers to what it stands in would open its `oneOf` again and again.
        nodes.retain(|node| !is_in_base(node));
        groups.extend(self.facts(&nodes).groups);
        nodes.splice(..0, base.iter().cloned());
        let mut facts = self.facts(&nodes);
        facts.groups.clear();
        let mut data = data(&facts, place);
        if let Some(label) = label {
            data.extensions.insert(ext::LABEL.to_owned(), label.into());
        }
        self.with_groups(nodes, facts, groups, data)
    }

    fn is_null(&mut self, node: &Node<'a>) -> bool {
        let null = |node: &Node<'a>| node.text("type") == Some("null") || node.value.get("const") == Some(&Value::Null);
        null(node) || (sole_reference(node).is_some() && self.resolve(node.clone()).is_some_and(|target| null(&target)))
    }

    fn without_groups(&mut self, facts: &Facts<'a>, data: SchemaData) -> ReferenceOr<Schema> {
        let kinds = facts.kinds();
        match kinds.as_slice() {
            [] => item(data, SchemaKind::Any(Default::default())),
            [kind] => {
                let (data, kind) = self.kind(facts, *kind, data);
                item(data, SchemaKind::Type(kind))
            }
            several => {
                let place = ext::text(&data, ext::PLACE).to_owned();
                let one_of = several.iter().map(|kind| {
                    let (data, kind) = self.kind(facts, *kind, placed(&place));
                    item(data, SchemaKind::Type(kind))
                });
                let one_of = one_of.collect();
                item(data, SchemaKind::OneOf { one_of })
            }
        }
    }

    fn kind(&mut self, facts: &Facts<'a>, kind: Kind, mut data: SchemaData) -> (SchemaData, Type) {
        if let Some(values) = facts.values_of(kind).filter(|_| kind != Kind::String) {
            data.extensions.insert(ext::VALUES.to_owned(), values.into_iter().cloned().collect());
        }
        let format = || facts.format.map(str::to_owned);
        let kind = match kind {
            Kind::String => {
                if let Some(content) = facts.content.clone() {
                    let reference = self.named(content);
                    data.extensions.insert(ext::CONTENT.to_owned(), reference.into());
                }
                let values = facts.values_of(kind).into_iter().flatten();
                let enumeration = values.map(|value| value.as_str().map(str::to_owned)).collect();
                Type::String(StringType { format: format().into(), enumeration, ..Default::default() })
            }
            Kind::Integer => Type::Integer(IntegerType { format: format().into(), ..Default::default() }),
            Kind::Number => Type::Number(NumberType { format: format().into(), ..Default::default() }),
            Kind::Boolean | Kind::Null => Type::Boolean(BooleanType::default()),
            Kind::Array => Type::Array(self.array(facts)),
            Kind::Object => Type::Object(self.object(facts)),
        };
        (data, kind)
    }

    /// The items of a tuple have the types of all its places: a list cannot tell them apart.
    fn array(&mut self, facts: &Facts<'a>) -> ArrayType {
        let mut schemas: Vec<_> = facts.prefix_items.iter().map(|node| self.schema(vec![node.clone()])).collect();
        let is_closed = facts.items.iter().any(|node| *node.value == Value::Bool(false));
        if !is_closed && (!facts.items.is_empty() || !schemas.is_empty()) {
            schemas.push(match facts.items.as_slice() {
                [] => any(),
                items => self.schema(items.to_vec()),
            });
        }
        ArrayType { items: one_of_distinct(schemas).map(boxed), min_items: None, max_items: None, unique_items: false }
    }

    fn object(&mut self, facts: &Facts<'a>) -> ObjectType {
        let properties = facts.properties.iter();
        ObjectType {
            properties: properties
                .map(|(name, nodes)| ((*name).to_owned(), boxed(self.schema(nodes.clone()))))
                .collect(),
            required: facts.required.iter().map(|name| (*name).to_owned()).collect(),
            additional_properties: self.additional(facts),
            ..Default::default()
        }
    }

    /// The type of the keys that are not named: the one that `patternProperties` and
    /// `additionalProperties` agree on, or one of several.
    fn additional(&mut self, facts: &Facts<'a>) -> Option<AdditionalProperties> {
        let mut schemas: Vec<_> = facts.patterns.iter().map(|node| self.schema(vec![node.clone()])).collect();
        let typed: Vec<_> = facts.additional.iter().filter(|node| !node.value.is_boolean()).cloned().collect();
        let closed = facts.additional.iter().any(|node| *node.value == Value::Bool(false));
        if !typed.is_empty() {
            schemas.push(self.schema(typed));
        } else if !closed && !schemas.is_empty() {
            schemas.push(any());
        }
        match one_of_distinct(schemas) {
            Some(schema) => Some(AdditionalProperties::Schema(Box::new(schema))),
            None => (!facts.additional.is_empty()).then_some(AdditionalProperties::Any(!closed)),
        }
    }
}

/// Any one of some schemas, without repetition.
fn one_of_distinct(schemas: Vec<ReferenceOr<Schema>>) -> Option<ReferenceOr<Schema>> {
    let mut distinct: Vec<ReferenceOr<Schema>> = Vec::new();
    for schema in schemas {
        if !distinct.iter().any(|known| same_shape(known, &schema)) {
            distinct.push(schema);
        }
    }
    match distinct.len() {
        0 | 1 => distinct.pop(),
        _ => Some(item(SchemaData::default(), SchemaKind::OneOf { one_of: distinct })),
    }
}

fn any() -> ReferenceOr<Schema> {
    item(SchemaData::default(), SchemaKind::Any(Default::default()))
}

/// The node with the `$ref`, if a schema is nothing but that reference and notes.
fn sole_reference<'a>(node: &Node<'a>) -> Option<Node<'a>> {
    if node.keys().any(|key| !is_annotation(key) && !matches!(key, "$ref" | "$dynamicRef" | "allOf")) {
        return None;
    }
    match (node.reference(), node.items("allOf").as_slice()) {
        (Some(_), []) => Some(node.clone()),
        (None, [only]) => sole_reference(only),
        _ => None,
    }
}

/// Whether a `oneOf` tells apart values of different shape, rather than only asking for keys.
fn shapes(group: &Group<'_>) -> bool {
    let asks = |key: &str| is_annotation(key) || matches!(key, "required" | "not");
    !group.branches.iter().all(|branch| branch.keys().all(asks))
}

/// A `oneOf` with one branch left is that branch, with the notes of both.
fn only_branch(only: ReferenceOr<Schema>, outer: SchemaData) -> ReferenceOr<Schema> {
    match only {
        ReferenceOr::Reference { .. } => item(outer, SchemaKind::AllOf { all_of: vec![only] }),
        ReferenceOr::Item(inner) => {
            let mut data = inner.schema_data;
            data.nullable |= outer.nullable;
            data.deprecated |= outer.deprecated;
            data.title = outer.title.or(data.title);
            data.description = outer.description.or(data.description);
            item(data, inner.schema_kind)
        }
    }
}

fn data(facts: &Facts<'_>, place: String) -> SchemaData {
    let mut data = placed(&place);
    data.title = facts.title.map(str::to_owned);
    data.description = facts.description.map(str::to_owned);
    data.deprecated = facts.deprecated;
    // OpenAPI 3.0 forbids both at once, and openapiv3 holds 3.0: a field that goes neither way is left alone.
    data.read_only = facts.read_only && !facts.write_only;
    data.write_only = facts.write_only && !facts.read_only;
    data.default = facts.default.cloned();
    data.nullable = facts.nullable();
    if !facts.unsaid.is_empty() {
        let unsaid = facts.unsaid.iter().map(|(key, value)| ((*key).to_owned(), (*value).clone()));
        data.extensions.insert(ext::UNSAID.to_owned(), Value::Object(unsaid.collect()));
    }
    data
}

fn placed(place: &str) -> SchemaData {
    let mut data = SchemaData::default();
    data.extensions.insert(ext::PLACE.to_owned(), place.into());
    data
}

fn item(schema_data: SchemaData, schema_kind: SchemaKind) -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema { schema_data, schema_kind })
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Item(schema) => ReferenceOr::boxed_item(schema),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}

/// Whether two schemas become one type: their places and notes do not matter.
fn same_shape(left: &ReferenceOr<Schema>, right: &ReferenceOr<Schema>) -> bool {
    match (left, right) {
        (ReferenceOr::Item(left), ReferenceOr::Item(right)) => {
            left.schema_kind == right.schema_kind && left.schema_data.nullable == right.schema_data.nullable
        }
        _ => left == right,
    }
}
