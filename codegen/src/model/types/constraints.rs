//! Gathers the constraints that no Rust type enforces.

use super::builder::Builder;
use super::constraint::{Constraint, Limit, Measure, Rule};
use super::def::Shape;
use super::ty::{Type, TypeId};
use crate::keywords::{self, Kind};
use crate::schema::{Additional, Form, Location, Node, Own, Schema};
use crate::source::pointer::unescape;
use serde_json::Value;

impl Builder<'_> {
    /// Notes what only a comparison of two editions needs of a type.
    pub fn compared(&mut self, id: TypeId, schema: &Own, shape: &Shape) {
        self.types[id.0].constraints = self.constraints(schema, shape);
        self.types[id.0].inherited = schema.data.inherited.clone();
    }

    /// The constraints of the document on the values of a type. Named types inside have their own.
    fn constraints(&self, schema: &Own, shape: &Shape) -> Vec<Constraint> {
        let mut holder = Holder { builder: self, property: None, gathered: Vec::new() };
        holder.own(schema, "");
        match &schema.form {
            Form::Object(object) if !object.properties.is_empty() => {
                let takes_null = matches!(shape, Shape::Struct(record) if record.extra != Type::Any);
                for (key, property) in &object.properties {
                    holder.property = Some(key);
                    holder.value(property, "");
                    if takes_null && !object.required.contains(key) && !self.allows_null(property) {
                        holder.gathered.extend(schema.data.location.clone().map(|location| Constraint {
                            property: Some(key.clone()),
                            inside: String::new(),
                            rule: Rule::NotNull,
                            location,
                        }));
                    }
                }
                holder.property = None;
                if let Additional::Schema(values) = &object.additional {
                    holder.value(values, "{}");
                }
            }
            _ => holder.inner(schema, ""),
        }
        holder.gathered
    }
}

/// The type or property whose constraints are gathered.
struct Holder<'h, 'b> {
    builder: &'h Builder<'b>,
    property: Option<&'h str>,
    gathered: Vec<Constraint>,
}

impl Holder<'_, '_> {
    fn value(&mut self, schema: &Schema, inside: &str) {
        let Some(schema) = schema.as_own() else { return };
        let has_name = match &schema.form {
            Form::Object(object) => !object.properties.is_empty(),
            Form::String(text) => !text.values.is_empty(),
            _ => false,
        };
        if !has_name {
            self.own(schema, inside);
            self.inner(schema, inside);
        }
    }

    /// Those of the values inside.
    fn inner(&mut self, schema: &Own, inside: &str) {
        match &schema.form {
            Form::Array(Some(items)) => self.value(items, &format!("{inside}[]")),
            Form::Object(object) => {
                if let Additional::Schema(values) = &object.additional {
                    self.value(values, &format!("{inside}{{}}"));
                }
            }
            Form::Alias(inner) => self.value(inner, inside),
            Form::OneOf(variants) => variants.iter().for_each(|variant| self.value(variant, inside)),
            _ => {}
        }
    }

    /// Those of the value itself.
    fn own(&mut self, schema: &Own, inside: &str) {
        let format = match &schema.form {
            Form::String(text) => text.format.as_ref().filter(|format| *format != "date-time"),
            Form::Integer(format) | Form::Number(format) => format.as_ref(),
            _ => None,
        };
        let format = format.zip(schema.data.location.as_ref()).map(|(format, at)| {
            let location = Location { pointer: format!("{}/format", at.pointer), ..*at };
            (Rule::Format(format.clone()), location)
        });
        let restrictions = schema.data.restrictions.iter().flat_map(|location| {
            let whole = &self.builder.folder.documents[location.document].value;
            let value = whole.pointer(&location.pointer);
            let Location { document, pointer } = location.clone();
            let rules = value.map(|value| rules(&Node { document, pointer, value }, whole, &schema.form));
            rules.into_iter().flatten().map(move |rule| (rule, location.clone()))
        });
        let property = self.property.map(str::to_owned);
        let found = format.into_iter().chain(restrictions).map(|(rule, location)| Constraint {
            property: property.clone(),
            inside: inside.to_owned(),
            rule,
            location,
        });
        self.gathered.extend(found);
    }
}

/// What a keyword constrains in the values of a schema; nothing if it applies to values of other types.
fn rules(keyword: &Node<'_>, document: &Value, form: &Form) -> Vec<Rule> {
    let (schema, name) = keyword.pointer.rsplit_once('/').unwrap_or_default();
    let (name, value) = (unescape(name), keyword.value);
    let beside = |key: &str| document.pointer(schema).and_then(|schema| schema.get(key));
    let texts = || value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    let applies_to = keywords::find(&name).and_then(|keyword| keyword.of);
    if applies_to.zip(kind_of(form)).is_some_and(|(applies_to, kind)| !applies_to.covers(kind)) {
        return Vec::new();
    }
    let number = value.as_number().cloned();
    let limit = |measure, is_excluding: bool| {
        // OpenAPI 3.0 writes whether the limit itself is out as a flag.
        let flag = if name == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
        let excludes = is_excluding || measure == Measure::Value && beside(flag) == Some(&Value::Bool(true));
        let is_integer = measure != Measure::Value || matches!(form, Form::Integer(_));
        number.clone().map(|value| Limit { measure, value, excludes, is_integer })
    };
    let rule = match (name.as_str(), value) {
        ("minimum", _) => limit(Measure::Value, false).map(Rule::Least),
        ("exclusiveMinimum", _) => limit(Measure::Value, true).map(Rule::Least),
        ("maximum", _) => limit(Measure::Value, false).map(Rule::Greatest),
        ("exclusiveMaximum", _) => limit(Measure::Value, true).map(Rule::Greatest),
        ("minLength", _) => limit(Measure::Length, false).map(Rule::Least),
        ("maxLength", _) => limit(Measure::Length, false).map(Rule::Greatest),
        ("minItems", _) => limit(Measure::Items, false).map(Rule::Least),
        ("maxItems", _) => limit(Measure::Items, false).map(Rule::Greatest),
        ("minProperties", _) => limit(Measure::Keys, false).map(Rule::Least),
        ("maxProperties", _) => limit(Measure::Keys, false).map(Rule::Greatest),
        ("multipleOf", _) => number.map(Rule::MultipleOf),
        ("pattern", Value::String(pattern)) => Some(Rule::Pattern(pattern.clone())),
        ("enum", Value::Array(values)) => {
            Some(Rule::Values(values.iter().filter(|value| !value.is_null()).cloned().collect()))
        }
        ("const", value) => Some(Rule::Values(vec![value.clone()])),
        ("additionalProperties" | "unevaluatedProperties", Value::Bool(_)) => Some(Rule::NoOtherKeys),
        ("patternProperties", Value::Object(patterns)) => Some(Rule::KeyPatterns(patterns.keys().cloned().collect())),
        ("required", _) => {
            let Form::Object(object) = form else { return Vec::new() };
            return texts().filter(|key| !object.properties.contains_key(key)).map(Rule::Key).collect();
        }
        ("uniqueItems", Value::Bool(false)) => None,
        (_, value) => Some(Rule::Other { keyword: name.clone(), value: value.clone() }),
    };
    rule.into_iter().collect()
}

/// The type of a schema's values, if it is one.
pub fn kind_of(form: &Form) -> Option<Kind> {
    Some(match form {
        Form::Boolean => Kind::Boolean,
        Form::Integer(_) => Kind::Integer,
        Form::Number(_) => Kind::Number,
        Form::String(_) => Kind::String,
        Form::Array(_) => Kind::Array,
        Form::Object(_) => Kind::Object,
        Form::Any | Form::Alias(_) | Form::OneOf(_) => return None,
    })
}
