//! The headers that the documents declare.

use crate::model::types::{Builder, Docs, Scope, Shape, Type, TypeId, code, code_of_name, without_null};
use crate::schema::{self, Form, Lowered, Own, Schema, Text};
use indexmap::{IndexMap, IndexSet};
use std::collections::HashMap;

/// A header that deliveries bring.
#[derive(Debug)]
pub struct Header {
    /// Its name in lower case.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// The type of its value.
    pub ty: Type,
    /// Whether the type takes any text.
    pub is_text: bool,
    /// Whether it comes with every event.
    pub is_required: bool,
    /// Where it is declared first.
    pub location: schema::Location,
}

/// A webhook that declares a header, and how.
struct Declared<'a> {
    document: usize,
    webhook: &'a str,
    parameter: &'a schema::Header,
}

/// The headers of all webhooks, each once: documents declare them anew for every webhook.
pub fn headers(builder: &mut Builder<'_>, lowered: &[Lowered]) -> Vec<Header> {
    let mut declared: IndexMap<String, Vec<Declared<'_>>> = IndexMap::new();
    let mut all = 0;
    let webhooks = lowered.iter().flat_map(|lowered| &lowered.webhooks);
    for webhook in webhooks.filter(|webhook| webhook.has_body) {
        all += 1;
        for (name, parameter) in parameters(webhook) {
            let (document, webhook) = (webhook.document, webhook.key.as_str());
            declared.entry(name).or_default().push(Declared { document, webhook, parameter });
        }
    }
    declared.into_iter().map(|(name, declared)| header(builder, name, &declared, all)).collect()
}

/// The texts that a webhook lists for its headers.
pub fn values(builder: &Builder<'_>, webhook: &schema::Webhook) -> HashMap<String, Vec<String>> {
    let values = parameters(webhook);
    values.filter_map(|(name, parameter)| Some((name, all(builder, parameter)?))).collect()
}

fn all(builder: &Builder<'_>, parameter: &schema::Header) -> Option<Vec<String>> {
    match parameter.schema.as_ref()? {
        Schema::Own(schema) => listed(schema),
        Schema::Named(location) => match builder.types.shape(builder.find(location)?) {
            Shape::Enum(values) => Some(values.clone()),
            _ => None,
        },
    }
}

fn parameters(webhook: &schema::Webhook) -> impl Iterator<Item = (String, &schema::Header)> {
    webhook.headers.iter().map(|header| (header.data.name.to_ascii_lowercase(), header))
}

fn header(builder: &mut Builder<'_>, name: String, declared: &[Declared<'_>], all: usize) -> Header {
    let first = &declared[0];
    let schema = merged(declared);
    let path = vec![first.parameter.data.name.clone()];
    let described = match &schema {
        Some(Schema::Own(schema)) => builder.docs(&schema.data, &path),
        _ => Docs::default(),
    };
    let scope = Scope { document: first.document, owner: TypeId(usize::MAX), path };
    let ty = schema.map_or(Type::String, |schema| without_null(builder.ty(&schema, &scope)));
    let (ty, is_text) = of_text(builder, ty);
    let location = first.parameter.location.clone();
    let is_required = declared.len() == all && declared.iter().all(|declared| declared.parameter.data.required);
    Header { docs: docs(declared, all, is_required, described), name, ty, is_text, is_required, location }
}

/// The schema of a header's value; none if the webhooks declare different ones.
fn merged(declared: &[Declared<'_>]) -> Option<Schema> {
    let mut schemas = declared.iter().map(|declared| declared.parameter.schema.as_ref());
    let first = schemas.next()??.clone();
    if schemas.clone().all(|schema| schema.is_some_and(|schema| same(schema, &first))) {
        return Some(first);
    }
    // Every webhook may list its own value: together they are the list.
    let Schema::Own(first) = first else { return None };
    let mut values: IndexSet<_> = listed(&first)?.into_iter().collect();
    for schema in schemas {
        values.extend(listed(schema?.as_own()?)?);
    }
    Some(Schema::own(
        Default::default(),
        Form::String(Text { values: values.into_iter().collect(), ..Text::default() }),
    ))
}

/// Whether two schemas are equal, wherever they are.
fn same(left: &Schema, right: &Schema) -> bool {
    match (left, right) {
        (Schema::Own(left), Schema::Own(right)) => left.form == right.form,
        _ => left == right,
    }
}

fn listed(schema: &Own) -> Option<Vec<String>> {
    match &schema.form {
        Form::String(text) if !text.values.is_empty() => Some(text.values.clone()),
        _ => None,
    }
}

/// The type of a value that comes as text, and whether any text is one. What has parts stays text: how a sender
/// writes them into a header differs.
fn of_text(builder: &Builder<'_>, ty: Type) -> (Type, bool) {
    let shown = match &ty {
        Type::Named(id) => match builder.types.shape(*id) {
            Shape::Enum(_) => return (ty, true),
            Shape::Alias(inner) => inner,
            _ => &Type::Any,
        },
        ty => ty,
    };
    match shown {
        Type::String | Type::DateTime => (ty, true),
        Type::Boolean | Type::Integer | Type::Number => (ty, false),
        _ => (Type::String, true),
    }
}

fn docs(declared: &[Declared<'_>], all: usize, is_required: bool, described: Docs) -> Docs {
    let parameter = declared[0].parameter;
    let text = [parameter.data.description.as_ref(), described.text.as_ref()].into_iter().flatten().next();
    let name = code_of_name(&parameter.data.name);
    let text = text.map_or_else(|| name.clone(), |text| format!("{name}: {text}"));
    let mut notes = described.notes;
    notes.extend(parameter.example.as_ref().map(|example| format!("Example: {}.", code(example))));
    let webhooks: Vec<_> = declared.iter().map(|declared| code_of_name(declared.webhook)).collect();
    notes.extend(is_required.then(|| "It comes with every event.".to_owned()));
    notes.extend((webhooks.len() < all && all <= 8).then(|| format!("Declared for {}.", webhooks.join(", "))));
    let deprecated =
        described.deprecated || declared.iter().all(|declared| declared.parameter.data.deprecated == Some(true));
    Docs { text: Some(text), deprecated, default: described.default, notes }
}
