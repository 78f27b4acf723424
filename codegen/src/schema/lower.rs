//! One schema at a time.

use super::facts::Facts;
use super::references::follow;
use super::subtypes::is_own;
use super::{Kind, Lowering, Node, ext, is_annotation};
use crate::keywords::leads_on;
use openapiv3::{
    AdditionalProperties, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringType, Type,
};
use serde_json::Value;

impl<'a> Lowering<'a> {
    /// Lowers schemas that all apply at once, of which one stands at `first`.
    pub(super) fn merged(&mut self, first: &Node<'a>, nodes: Vec<Node<'a>>) -> ReferenceOr<Schema> {
        let mut facts = self.facts(&nodes);
        self.contradiction(first, &facts);
        let mut groups = std::mem::take(&mut facts.groups);
        groups.retain(|group| !self.is_met(group, &nodes));
        let mut data = data(&facts, self.name(first));
        if let Some(holder) = nodes.iter().find(|node| self.told(node).is_some()) {
            let is_inherited = !is_own(holder, &nodes[0]) && !groups.iter().any(|group| group.is_of(holder));
            data.extensions.insert(ext::INHERITED.to_owned(), is_inherited.into());
            if let Some(base) = self.base(&nodes, holder) {
                return self.union_of(&base, &facts, data);
            }
            data.discriminator = match is_inherited {
                true => self.inherited(holder, first),
                false => self.discriminator(holder),
            };
        }
        self.with_groups(nodes, facts, groups, data)
    }

    /// What a schema that is nothing but a reference leads to; itself otherwise.
    pub(super) fn meant(&mut self, node: Node<'a>) -> Node<'a> {
        let next = |node: &Node<'a>| sole_reference(node).and_then(|referring| self.target(&referring));
        follow(node.clone(), next).last().unwrap_or(node)
    }

    /// The reference to a schema: the one that it consists of, or one to itself.
    pub(super) fn named(&mut self, schema: Node<'a>) -> String {
        match self.bare_reference(std::slice::from_ref(&schema)) {
            Some(ReferenceOr::Reference { reference }) => reference,
            _ => self.reference(schema),
        }
    }

    /// Puts what `allOf` and `$ref` lead to beside the schemas that hold them.
    pub(super) fn flatten(&mut self, nodes: Vec<Node<'a>>) -> Vec<Node<'a>> {
        let mut flat: Vec<_> = self.references.flat(nodes).collect();
        flat.retain(|node| self.is_schema(node));
        // Where one leads nowhere, that is reported.
        flat.iter().for_each(|node| _ = self.target(node));
        self.is_affordable(&flat);
        flat
    }

    fn is_schema(&mut self, node: &Node<'a>) -> bool {
        let is_schema = matches!(node.value, Value::Object(_) | Value::Bool(_));
        if !is_schema {
            self.error(node, "a schema must be an object or a boolean", "write `{}` for any value");
        }
        is_schema
    }

    pub(super) fn without_groups(&mut self, facts: &Facts<'a>, mut data: SchemaData) -> ReferenceOr<Schema> {
        let kinds = facts.kinds();
        self.implied(facts, &mut data);
        match kinds.as_slice() {
            [] => {
                match facts.is_null() {
                    true => _ = data.extensions.insert(ext::VALUES.to_owned(), vec![Value::Null].into()),
                    false => self.untyped(facts, &data),
                }
                item(data, SchemaKind::Any(Default::default()))
            }
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

pub(super) fn any() -> ReferenceOr<Schema> {
    item(SchemaData::default(), SchemaKind::Any(Default::default()))
}

/// The node with the `$ref`, if a schema is nothing but that reference and notes.
pub(super) fn sole_reference<'a>(node: &Node<'a>) -> Option<Node<'a>> {
    if node.keys().any(|key| !is_annotation(key) && !leads_on(key)) {
        return None;
    }
    match (node.reference(), node.items("allOf").as_slice()) {
        (Some(_), []) => Some(node.clone()),
        (None, [only]) => sole_reference(only),
        _ => None,
    }
}

pub(super) fn data(facts: &Facts<'_>, place: String) -> SchemaData {
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

pub(super) fn item(schema_data: SchemaData, schema_kind: SchemaKind) -> ReferenceOr<Schema> {
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
