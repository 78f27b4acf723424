//! One schema at a time.

use super::facts::Facts;
use super::lowered::{Additional, Data, Form, Object, Schema, Text};
use super::lowering::Lowering;
use super::node::Location;
use super::{Kind, Node};
use serde_json::Value;

impl<'a> Lowering<'a> {
    /// Lowers schemas that all apply at once, of which one is at `first`.
    pub(super) fn merged(&mut self, first: &Node<'a>, nodes: Vec<Node<'a>>) -> Schema {
        let mut facts = self.facts(&nodes);
        self.contradiction(first, &facts);
        let mut unions = std::mem::take(&mut facts.unions);
        unions.retain(|union| !self.is_met(union, &nodes));
        let mut data = facts.data(first.location());
        if let Some(holder) = nodes.iter().find(|node| self.resolved_discriminator(node).is_some()) {
            let is_inherited = !holder.is_part_of(&nodes[0]) && !unions.iter().any(|union| union.is_of(holder));
            if let Some(base) = self.base(&nodes, holder) {
                return self.union_of(&base, &facts, data);
            }
            data.discriminator = match is_inherited {
                true => self.inherited(holder, first),
                false => self.discriminator(holder),
            };
        }
        self.with_unions(nodes, facts, unions, data)
    }

    /// The location of a schema: that of the one which it consists of, or its own.
    pub(super) fn named(&mut self, schema: Node<'a>) -> Location {
        match self.alias(std::slice::from_ref(&schema)) {
            Some(Schema::Named(location)) => location,
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

    pub(super) fn without_unions(&mut self, facts: &Facts<'a>, mut data: Data) -> Schema {
        let kinds = facts.kinds();
        self.infer_type(facts, &mut data);
        match kinds.as_slice() {
            [] => {
                match facts.is_null() {
                    true => data.values = vec![Value::Null],
                    false => self.fallback(facts, &data),
                }
                Schema::own(data, Form::Any)
            }
            [kind] => self.kind(facts, *kind, data),
            several => {
                let placed = Data { location: data.location.clone(), ..Data::default() };
                let variants = several.iter().map(|kind| self.kind(facts, *kind, placed.clone())).collect();
                Schema::own(data, Form::OneOf(variants))
            }
        }
    }

    fn kind(&mut self, facts: &Facts<'a>, kind: Kind, mut data: Data) -> Schema {
        let values = facts.values_of(kind).unwrap_or_default();
        let format = facts.format.map(str::to_owned);
        if kind != Kind::String {
            data.values = values.iter().copied().cloned().collect();
        }
        let form = match kind {
            Kind::String => {
                data.content = facts.content.clone().map(|content| self.named(content));
                let values = values.into_iter().filter_map(Value::as_str).map(str::to_owned).collect();
                Form::String(Text { format, values })
            }
            Kind::Integer => Form::Integer(format),
            Kind::Number => Form::Number(format),
            Kind::Boolean | Kind::Null => Form::Boolean,
            Kind::Array => Form::Array(self.array(facts)),
            Kind::Object => Form::Object(self.object(facts)),
        };
        Schema::own(data, form)
    }

    /// The items of a tuple have the types of all its places: a list cannot tell them apart.
    fn array(&mut self, facts: &Facts<'a>) -> Option<Schema> {
        let mut schemas: Vec<_> = facts.prefix_items.iter().map(|node| self.schema(vec![node.clone()])).collect();
        let is_closed = facts.items.iter().any(|node| *node.value == Value::Bool(false));
        if !is_closed && (!facts.items.is_empty() || !schemas.is_empty()) {
            schemas.push(match facts.items.as_slice() {
                [] => Schema::any(),
                items => self.schema(items.to_vec()),
            });
        }
        one_of_distinct(schemas)
    }

    fn object(&mut self, facts: &Facts<'a>) -> Object {
        let properties = facts.properties.iter();
        Object {
            properties: properties.map(|(name, nodes)| ((*name).to_owned(), self.schema(nodes.clone()))).collect(),
            required: facts.required.iter().map(|name| (*name).to_owned()).collect(),
            additional: self.additional(facts),
        }
    }

    /// The type of the keys that are not named: the one that `patternProperties` and
    /// `additionalProperties` agree on, or one of several.
    fn additional(&mut self, facts: &Facts<'a>) -> Additional {
        let mut schemas: Vec<_> = facts.patterns.iter().map(|node| self.schema(vec![node.clone()])).collect();
        let typed: Vec<_> = facts.additional.iter().filter(|node| !node.value.is_boolean()).cloned().collect();
        let closed = facts.additional.iter().any(|node| *node.value == Value::Bool(false));
        if !typed.is_empty() {
            schemas.push(self.schema(typed));
        } else if !closed && !schemas.is_empty() {
            schemas.push(Schema::any());
        }
        match one_of_distinct(schemas) {
            Some(schema) => Additional::Schema(schema),
            None if facts.additional.is_empty() => Additional::Unspecified,
            None if closed => Additional::Nothing,
            None => Additional::Any,
        }
    }
}

/// Any one of some schemas, without repetition.
fn one_of_distinct(schemas: Vec<Schema>) -> Option<Schema> {
    let mut distinct: Vec<Schema> = Vec::new();
    for schema in schemas {
        if !distinct.iter().any(|known| known.is_same_shape(&schema)) {
            distinct.push(schema);
        }
    }
    match distinct.len() {
        0 | 1 => distinct.pop(),
        _ => Some(Schema::own(Data::default(), Form::OneOf(distinct))),
    }
}
