//! What a union's variants are called.

use super::builder::Builder;
use super::def::Tag;
use crate::schema::ext;
use crate::source::pointer::unescape;
use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

impl Builder<'_> {
    /// The words of a variant's name: those of the schema it refers to, its title, the constant that
    /// marks it, or else its JSON type.
    pub fn label(&self, schema: &ReferenceOr<Schema>, index: usize) -> String {
        let schema = match schema {
            ReferenceOr::Reference { reference } => return self.referenced_label(reference),
            ReferenceOr::Item(schema) => schema,
        };
        let data = &schema.schema_data;
        let merged = Some(ext::text(data, ext::LABEL)).filter(|label| !label.is_empty());
        if let Some(label) = merged.or(data.title.as_deref()) {
            return label.to_owned();
        }
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(_)) => "string".to_owned(),
            SchemaKind::Type(Type::Integer(_)) => "integer".to_owned(),
            SchemaKind::Type(Type::Number(_)) => "number".to_owned(),
            SchemaKind::Type(Type::Boolean(_)) => "boolean".to_owned(),
            SchemaKind::Type(Type::Array(_)) => "array".to_owned(),
            SchemaKind::Type(Type::Object(object)) => {
                let properties = object.properties.values().filter_map(|property| property.as_item());
                let mark = properties.filter_map(|property| constant(property)).next();
                mark.unwrap_or_else(|| "object".to_owned())
            }
            SchemaKind::AllOf { all_of } => match all_of.as_slice() {
                [ReferenceOr::Reference { reference }] => self.referenced_label(reference),
                _ => format!("variant {}", index + 1),
            },
            _ => format!("variant {}", index + 1),
        }
    }

    fn referenced_label(&self, reference: &str) -> String {
        let id = self.find(reference);
        id.map(|id| self.types[id.0].path.join(" ")).unwrap_or_default()
    }
}

/// The discriminator's values that mean a branch: those that map to it, or else its name.
pub fn tags(discriminator: Option<&Discriminator>, schema: &ReferenceOr<Schema>) -> Vec<String> {
    let Some(discriminator) = discriminator else { return Vec::new() };
    let (reference, is_named) = match schema {
        ReferenceOr::Reference { reference } => (reference.as_str(), true),
        ReferenceOr::Item(schema) => match ext::text(&schema.schema_data, ext::BRANCH) {
            "" => (ext::text(&schema.schema_data, ext::PLACE), false),
            merged => (merged, true),
        },
    };
    let mut tags = mapped(discriminator, reference);
    if tags.is_empty() && is_named {
        tags.extend(reference.rsplit('/').next().map(unescape));
    }
    tags
}

/// What the discriminator of a schema that this one is made of knows it by. Its name alone is none: without a mapping,
/// senders spell their events otherwise.
pub fn tag(data: &SchemaData) -> Option<Tag> {
    let discriminator = data.discriminator.as_ref().filter(|_| ext::flag(data, ext::INHERITED))?;
    let values = mapped(discriminator, ext::text(data, ext::PLACE));
    (!values.is_empty()).then(|| Tag { property: discriminator.property_name.clone(), values })
}

fn mapped(discriminator: &Discriminator, reference: &str) -> Vec<String> {
    let mapped = discriminator.mapping.iter().filter(|(_, target)| *target == reference);
    mapped.map(|(value, _)| value.clone()).collect()
}

/// The only string that a schema allows.
fn constant(schema: &Schema) -> Option<String> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => match text.enumeration.as_slice() {
            [Some(only)] => Some(only.clone()),
            _ => None,
        },
        _ => None,
    }
}
