//! What a union's variants are called.

use super::builder::Builder;
use super::constraints::kind_of;
use super::def::Tag;
use crate::schema::{Data, Discriminator, Form, Location, Object, Schema};
use crate::source::pointer::unescape;
use crate::words::words;
use indexmap::IndexSet;

impl Builder<'_> {
    /// The words of the variants' names: those of the schema that one refers to, its title, what sets an object apart
    /// from the others, or else its JSON type.
    pub fn labels(&self, schemas: &[Schema]) -> Vec<String> {
        let given: Vec<_> = schemas.iter().map(|schema| self.given_label(schema)).collect();
        let unnamed = schemas.iter().zip(&given).filter(|(_, given)| given.is_none());
        let objects: Vec<_> = unnamed.filter_map(|(schema, _)| object(schema)).collect();
        let mut marks = marks(&objects).into_iter();
        let labels = schemas.iter().zip(given).enumerate().map(|(index, (schema, given))| {
            given.or_else(|| object(schema).and_then(|_| marks.next()?)).unwrap_or_else(|| kind_label(schema, index))
        });
        labels.collect()
    }

    /// What the document calls a variant.
    fn given_label(&self, schema: &Schema) -> Option<String> {
        let own = match schema {
            Schema::Named(location) => return Some(self.referenced_label(location)),
            Schema::Own(own) => own,
        };
        let merged = own.data.variant.label.as_ref().filter(|label| !label.is_empty());
        let target = || match &own.form {
            Form::Alias(Schema::Named(location)) => Some(self.referenced_label(location)),
            _ => None,
        };
        merged.or(own.data.title.as_ref()).cloned().or_else(target)
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

fn object(schema: &Schema) -> Option<&Object> {
    match &schema.as_own()?.form {
        Form::Object(object) => Some(object),
        _ => None,
    }
}

fn kind_label(schema: &Schema, index: usize) -> String {
    let kind = schema.as_own().and_then(|own| kind_of(&own.form));
    kind.map_or_else(|| format!("variant {}", index + 1), |kind| kind.name().to_owned())
}

/// What sets objects apart: the constants of a property, or for each object a key that no other has. Words with which all
/// of them begin are left out.
fn marks(objects: &[&Object]) -> Vec<Option<String>> {
    let of_each =
        |mark: &dyn Fn(&Object) -> Option<String>| objects.iter().map(|object| mark(object)).collect::<Vec<_>>();
    let properties = objects.iter().flat_map(|object| object.properties.keys());
    let mut by_property = properties.map(|key| of_each(&|object| constant(object.properties.get(key)?)));
    let all_differ = |marks: &[Option<String>]| {
        let set: IndexSet<_> = marks.iter().flatten().collect();
        set.len() == marks.len()
    };
    let constants = by_property.find(|marks| all_differ(marks));
    without_common_words(
        constants
            .unwrap_or_else(|| of_each(&|object| own_constant(object, objects).or_else(|| own_key(object, objects)))),
    )
}

/// The first constant that no other object has under the same key.
fn own_constant(object: &Object, objects: &[&Object]) -> Option<String> {
    let of = |object: &Object, key: &str| constant(object.properties.get(key)?);
    let mut constants = object.properties.keys().filter_map(|key| Some((key, of(object, key)?)));
    let others = || objects.iter().filter(|other| !std::ptr::eq(**other, object));
    let own = constants.find(|(key, value)| !others().any(|other| of(other, key).as_ref() == Some(value)));
    own.map(|(_, value)| value)
}

/// The first key that only this object has, of the required ones if possible.
fn own_key(object: &Object, objects: &[&Object]) -> Option<String> {
    let others = || objects.iter().filter(|other| !std::ptr::eq(**other, object));
    let is_own = |key: &&String| !others().any(|other| other.properties.contains_key(*key));
    let own = || object.properties.keys().filter(is_own);
    own().find(|key| object.required.contains(*key)).or_else(|| own().next()).cloned()
}

fn without_common_words(marks: Vec<Option<String>>) -> Vec<Option<String>> {
    let split: Vec<_> = marks.iter().flatten().map(|mark| words(mark)).collect();
    let [first, others @ ..] = split.as_slice() else { return marks };
    if others.is_empty() {
        return marks;
    }
    let is_common = |index: usize| split.iter().all(|words| words.len() > index + 1 && words[index] == first[index]);
    let common = (0..first.len()).take_while(|index| is_common(*index)).count();
    marks.into_iter().map(|mark| mark.map(|mark| words(&mark)[common..].join(" "))).collect()
}

/// The only string that a schema allows.
fn constant(schema: &Schema) -> Option<String> {
    let Form::String(text) = &schema.as_own()?.form else { return None };
    if let [only] = text.values.as_slice() { Some(only.clone()) } else { None }
}
