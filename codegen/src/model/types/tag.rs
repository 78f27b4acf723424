//! The property whose value decides which variant of a union a body is.

use super::def::{Shape, Union};
use super::table::Types;
use super::ty::{Type, TypeId};
use crate::source::pointer::unescape;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};

/// Gives every union its tag: the discriminator, or a required property for which each variant lists its own values.
pub fn bind(types: &mut Types) {
    for id in 0..types.len() {
        let Shape::Union(union) = &types[id].shape else { continue };
        let (tag, values) = if union.discriminator.is_empty() {
            by_property(types, union).unwrap_or_default()
        } else {
            by_discriminator(types, union)
        };
        let Shape::Union(union) = &mut types[id].shape else { continue };
        union.tag = tag;
        union.variants.iter_mut().zip(values).for_each(|(variant, values)| variant.tag_values = values);
    }
}

/// The tag of a union, and the values that mean each variant.
type Tag = (String, Vec<Vec<Value>>);

/// A discriminator knows a variant by its mapping and by the schema's name (OpenAPI 3.1, section 4.8.25), and by what the
/// variant itself lists.
fn by_discriminator(types: &Types, union: &Union) -> Tag {
    let property = &union.discriminator;
    let values = union.variants.iter().map(|variant| {
        let names = variant.tags.iter().cloned().chain(component_name(types, &variant.ty));
        let own = listed(types, &variant.ty).unwrap_or_default().swap_remove(property).unwrap_or_default();
        let all = names.map(Value::String).chain(own);
        all.collect::<IndexSet<_>>().into_iter().collect()
    });
    let mut values: Vec<Vec<_>> = values.collect();
    // What one variant is mapped to is no name of another.
    for (index, variant) in union.variants.iter().enumerate() {
        for (other, values) in values.iter_mut().enumerate().filter(|(other, _)| *other != index) {
            let keeps = |value: &Value| union.variants[other].tags.iter().any(|tag| value == tag);
            values.retain(|value| keeps(value) || !variant.tags.iter().any(|tag| value == tag));
        }
    }
    (property.clone(), values)
}

/// The name of a schema among the components of its document.
fn component_name(types: &Types, ty: &Type) -> Option<String> {
    let Type::Named(id) = ty else { return None };
    let name = types.get(*id).pointer.strip_prefix("/components/schemas/")?;
    (!name.contains('/')).then(|| unescape(name))
}

/// The property that distinguishes the most variants; of equals the first.
fn by_property(types: &Types, union: &Union) -> Option<Tag> {
    let objects = union.variants.iter().map(|variant| listed(types, &variant.ty).unwrap_or_default());
    let objects: Vec<_> = objects.collect();
    let properties: IndexSet<_> = objects.iter().flat_map(IndexMap::keys).collect();
    let candidates = properties.into_iter().filter_map(|property| {
        let values = objects.iter().map(|own| own.get(property).cloned().unwrap_or_default());
        let values: Vec<_> = values.collect();
        let listing = values.iter().filter(|values| !values.is_empty()).count();
        are_distinct(&values).then(|| (listing, (property.clone(), values)))
    });
    // `max_by_key` takes the last of equals.
    candidates.rev().max_by_key(|(listing, _)| *listing).map(|(_, tag)| tag)
}

/// Whether no two variants share a value, or each variant has just one value and not all are the same.
fn are_distinct(values: &[Vec<Value>]) -> bool {
    let lists: Vec<_> = values.iter().filter(|values| !values.is_empty()).collect();
    let all: Vec<_> = lists.iter().flat_map(|values| values.iter().map(Value::to_string)).collect();
    let distinct: BTreeSet<_> = all.iter().collect();
    let is_single = lists.iter().all(|values| values.len() == 1);
    match lists.as_slice() {
        [] => false,
        [_] => is_single,
        _ => distinct.len() == all.len() || is_single && distinct.len() > 1,
    }
}

/// The values that a document lists for properties.
type Listed = IndexMap<String, Vec<Value>>;

/// The required properties of an object whose values the document lists; `None` if the type is not an object.
fn listed(types: &Types, ty: &Type) -> Option<Listed> {
    Search { types, seen: HashSet::new(), depth: 0 }.listed(ty)
}

/// Unions within unions are looked through this deep.
const DEEPEST: usize = 32;

struct Search<'p> {
    types: &'p Types,
    /// A union may be one of its own variants.
    seen: HashSet<TypeId>,
    depth: usize,
}

impl Search<'_> {
    fn listed(&mut self, ty: &Type) -> Option<Listed> {
        match ty {
            Type::Nullable(inner) | Type::Boxed(inner) => self.listed(inner),
            Type::Named(id) if self.seen.insert(*id) => match &self.types.get(*id).shape {
                Shape::Alias(inner) | Shape::Newtype(inner) => self.listed(inner),
                Shape::Struct(record) => {
                    let required = record.fields.iter().filter(|field| field.required && !field.nullable);
                    let listed = required.map(|field| (field.key.clone(), self.values(&field.ty, &field.listed)));
                    Some(listed.filter(|(_, values)| !values.is_empty()).collect())
                }
                Shape::Union(union) if self.depth < DEEPEST => {
                    self.depth += 1;
                    let all = self.of_variants(union);
                    self.depth -= 1;
                    all
                }
                Shape::Union(_) | Shape::Enum(_) => None,
            },
            _ => None,
        }
    }

    /// What all variants that are objects list.
    fn of_variants(&mut self, union: &Union) -> Option<Listed> {
        let mut variants = union.variants.iter().filter_map(|variant| self.listed(&variant.ty));
        let mut all = variants.next()?;
        for own in variants {
            all.retain(|key, _| own.contains_key(key));
            for (key, values) in &mut all {
                let more = own[key].iter().filter(|value| !values.contains(value));
                let more: Vec<_> = more.cloned().collect();
                values.extend(more);
            }
        }
        Some(all)
    }

    /// The values of a property; none if one of them cannot be a tag.
    fn values(&self, ty: &Type, listed: &[Value]) -> Vec<Value> {
        let texts = match ty {
            Type::Named(id) => match self.types.shape(*id) {
                Shape::Enum(values) => values.as_slice(),
                _ => &[],
            },
            _ => &[],
        };
        let can_be_tag = |value: &Value| value.is_boolean() || value.is_i64();
        match listed.iter().all(can_be_tag) {
            true => texts.iter().cloned().map(Value::String).chain(listed.iter().cloned()).collect(),
            false => Vec::new(),
        }
    }
}
