//! What a union's variants are called.

use super::builder::Builder;
use super::constraints::kind_of;
use super::def::Tag;
use crate::schema::{Data, Discriminator, Form, Location, Own, Schema};
use crate::source::pointer::unescape;

impl Builder<'_> {
    /// The words of a variant's name: those of the schema it refers to, its title, the constant that
    /// marks it, or else its JSON type.
    pub fn label(&self, schema: &Schema, index: usize) -> String {
        let schema = match schema {
            Schema::Named(location) => return self.referenced_label(location),
            Schema::Own(schema) => schema,
        };
        let merged = schema.data.variant.label.as_ref().filter(|label| !label.is_empty());
        if let Some(label) = merged.or(schema.data.title.as_ref()) {
            return label.clone();
        }
        match &schema.form {
            Form::Object(object) => {
                let mark = object.properties.values().filter_map(Schema::as_own).find_map(constant);
                mark.unwrap_or_else(|| "object".to_owned())
            }
            Form::Alias(Schema::Named(location)) => self.referenced_label(location),
            form => kind_of(form).map_or_else(|| format!("variant {}", index + 1), |kind| kind.name().to_owned()),
        }
    }

    fn referenced_label(&self, schema: &Location) -> String {
        self.find(schema).map(|id| self.types[id.0].path.join(" ")).unwrap_or_default()
    }
}

/// The discriminator's values for a variant: those that map to it, or else its name.
pub fn tags(discriminator: Option<&Discriminator>, schema: &Schema) -> Vec<String> {
    let Some(discriminator) = discriminator else { return Vec::new() };
    let (location, is_named) = match schema {
        Schema::Named(location) => (Some(location), true),
        Schema::Own(own) => match &own.data.variant.target {
            Some(merged) => (Some(merged), true),
            None => (own.data.location.as_ref(), false),
        },
    };
    let Some(location) = location else { return Vec::new() };
    let mut tags = mapped(discriminator, location);
    if tags.is_empty() && is_named {
        tags.extend(location.pointer.rsplit('/').next().map(unescape));
    }
    tags
}

/// The values of the discriminator of the schema that this one extends. Its name alone is none: without a mapping,
/// providers spell their events otherwise.
pub fn tag(data: &Data) -> Option<Tag> {
    let discriminator = data.discriminator.as_ref().filter(|found| found.is_inherited)?;
    let values = mapped(discriminator, data.location.as_ref()?);
    (!values.is_empty()).then(|| Tag { property: discriminator.property.clone(), values })
}

fn mapped(discriminator: &Discriminator, schema: &Location) -> Vec<String> {
    let mapped = discriminator.mapping.iter().filter(|(_, target)| *target == schema);
    mapped.map(|(value, _)| value.clone()).collect()
}

/// The only string that a schema allows.
fn constant(schema: &Own) -> Option<String> {
    let Form::String(text) = &schema.form else { return None };
    if let [only] = text.values.as_slice() { Some(only.clone()) } else { None }
}
