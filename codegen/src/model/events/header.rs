//! The headers that the documents declare.

use crate::model::types::{Builder, Docs, Scope, Shape, Type, TypeId, code, code_of_name, without_null};
use crate::schema::{Lowered, schema_of};
use indexmap::IndexMap;
use openapiv3::{Operation, ParameterData, ReferenceOr, Schema, SchemaKind, StringType};
use std::collections::HashMap;

/// A header that deliveries bring.
#[derive(Debug)]
pub struct Header {
    /// Its name in lower case.
    pub name: String,
    /// What is said of it.
    pub docs: Docs,
    /// The type of its value.
    pub ty: Type,
    /// Whether the type takes any text.
    pub is_text: bool,
}

/// A webhook that declares a header, and how.
struct Declared<'a> {
    document: usize,
    webhook: &'a str,
    parameter: &'a ParameterData,
}

/// The headers of all webhooks, each once: documents declare them anew for every webhook.
pub fn headers(builder: &mut Builder<'_>, lowered: &[Lowered]) -> Vec<Header> {
    let mut declared: IndexMap<String, Vec<Declared<'_>>> = IndexMap::new();
    let mut all = 0;
    let webhooks = lowered.iter().flat_map(|lowered| &lowered.webhooks);
    for webhook in webhooks.filter(|webhook| webhook.operation.request_body.is_some()) {
        all += 1;
        for (name, parameter) in parameters(&webhook.operation) {
            let (document, webhook) = (webhook.document, webhook.key.as_str());
            declared.entry(name).or_default().push(Declared { document, webhook, parameter });
        }
    }
    declared.into_iter().map(|(name, declared)| header(builder, name, &declared, all)).collect()
}

/// The texts that the operation of a webhook lists for its headers.
pub fn values(builder: &Builder<'_>, operation: &Operation) -> HashMap<String, Vec<String>> {
    let values = parameters(operation);
    values.filter_map(|(name, parameter)| Some((name, all(builder, parameter)?))).collect()
}

fn all(builder: &Builder<'_>, parameter: &ParameterData) -> Option<Vec<String>> {
    match schema_of(parameter)? {
        ReferenceOr::Item(schema) => listed(schema),
        ReferenceOr::Reference { reference } => match builder.types.shape(builder.find(reference)?) {
            Shape::Enum(values) => Some(values.clone()),
            _ => None,
        },
    }
}

fn parameters(operation: &Operation) -> impl Iterator<Item = (String, &ParameterData)> {
    let parameters = operation.parameters.iter().filter_map(ReferenceOr::as_item);
    parameters.map(|parameter| {
        let data = parameter.parameter_data_ref();
        (data.name.to_ascii_lowercase(), data)
    })
}

fn header(builder: &mut Builder<'_>, name: String, declared: &[Declared<'_>], all: usize) -> Header {
    let first = &declared[0];
    let schema = merged(declared);
    let path = vec![first.parameter.name.clone()];
    let said = match &schema {
        Some(ReferenceOr::Item(schema)) => builder.docs(&schema.schema_data, &path),
        _ => Docs::default(),
    };
    let scope = Scope { document: first.document, owner: TypeId(usize::MAX), path };
    let ty = schema.map_or(Type::String, |schema| without_null(builder.ty(&schema, &scope)));
    let (ty, is_text) = of_text(builder, ty);
    Header { docs: docs(declared, all, said), name, ty, is_text }
}

/// What all webhooks say of a header's value; none where they say different things.
fn merged(declared: &[Declared<'_>]) -> Option<ReferenceOr<Schema>> {
    let mut schemas = declared.iter().map(|declared| schema_of(declared.parameter));
    let first = schemas.next()??.clone();
    if schemas.clone().all(|schema| schema.is_some_and(|schema| same(schema, &first))) {
        return Some(first);
    }
    // Every webhook may list its own value: together they are the list.
    let ReferenceOr::Item(mut first) = first else { return None };
    let mut values = listed(&first)?;
    for schema in schemas {
        values.extend(
            listed(schema?.as_item()?)?.into_iter().filter(|value| !values.contains(value)).collect::<Vec<_>>(),
        );
    }
    let enumeration = values.into_iter().map(Some).collect();
    let text = StringType { enumeration, ..Default::default() };
    first.schema_kind = SchemaKind::Type(openapiv3::Type::String(text));
    first.schema_data = Default::default();
    Some(ReferenceOr::Item(first))
}

/// Whether two schemas look the same, wherever they stand.
fn same(left: &ReferenceOr<Schema>, right: &ReferenceOr<Schema>) -> bool {
    match (left, right) {
        (ReferenceOr::Item(left), ReferenceOr::Item(right)) => left.schema_kind == right.schema_kind,
        _ => left == right,
    }
}

fn listed(schema: &Schema) -> Option<Vec<String>> {
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(text)) if !text.enumeration.is_empty() => {
            Some(text.enumeration.iter().flatten().cloned().collect())
        }
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

fn docs(declared: &[Declared<'_>], all: usize, said: Docs) -> Docs {
    let parameter = declared[0].parameter;
    let text = [parameter.description.as_ref(), said.text.as_ref()].into_iter().flatten().next();
    let name = code_of_name(&parameter.name);
    let text = text.map_or_else(|| name.clone(), |text| format!("{name}: {text}"));
    let mut notes = said.notes;
    notes.extend(parameter.example.as_ref().map(|example| format!("Example: {}.", code(example))));
    let webhooks: Vec<_> = declared.iter().map(|declared| code_of_name(declared.webhook)).collect();
    let is_required = webhooks.len() == all && declared.iter().all(|declared| declared.parameter.required);
    notes.extend(is_required.then(|| "It comes with every event.".to_owned()));
    notes.extend((webhooks.len() < all && all <= 8).then(|| format!("Declared for {}.", webhooks.join(", "))));
    let deprecated = said.deprecated || declared.iter().all(|declared| declared.parameter.deprecated == Some(true));
    Docs { text: Some(text), deprecated, notes }
}
