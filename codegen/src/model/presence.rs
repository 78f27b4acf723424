//! How a property's absence and null show in Rust.

use super::build::Builder;
use super::{Field, Provider, Shape, Type, TypeId};
use crate::lower::ext;
use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind};
use serde_json::Value;
use std::collections::HashSet;

/// What a field does with a key that is missing, and with null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The key must stand there, with a value.
    Required,
    /// The key must stand there; null is `None`.
    RequiredNullable,
    /// The key may be missing: `None`, and so is null.
    Optional,
    /// Missing, null and value are told apart.
    OptionalNullable,
}

impl Provider {
    /// How a property's absence and null show.
    pub fn presence(&self, field: &Field) -> Presence {
        // `Value` and `()` have a null of their own, so that a required one needs no `Option`, and an optional one would lose it there.
        let holds_null = self.holds_null(&field.ty);
        match (field.required, field.nullable || holds_null) {
            (true, true) if !holds_null => Presence::RequiredNullable,
            (true, _) => Presence::Required,
            (false, true) => Presence::OptionalNullable,
            (false, false) => Presence::Optional,
        }
    }

    fn holds_null(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Null => true,
            Type::Named(id) => matches!(&self.get(*id).shape, Shape::Alias(inner) if self.holds_null(inner)),
            _ => false,
        }
    }
}

impl Builder<'_> {
    pub(super) fn allows_null(&self, schema: &ReferenceOr<Schema>) -> bool {
        self.any(schema, |data| data.nullable, &mut HashSet::new())
    }

    pub(super) fn is_implied(&self, schema: &ReferenceOr<Schema>) -> bool {
        self.any(schema, |data| ext::flag(data, ext::IMPLIED), &mut HashSet::new())
    }

    /// The booleans and numbers that a schema lists.
    pub(super) fn listed(&self, schema: &ReferenceOr<Schema>) -> Vec<Value> {
        match schema {
            ReferenceOr::Item(schema) => {
                let values = schema.schema_data.extensions.get(ext::VALUES).and_then(Value::as_array);
                values.cloned().unwrap_or_default()
            }
            ReferenceOr::Reference { reference } => match self.by_reference.get(reference) {
                Some(id) => match self.components[id.0] {
                    ReferenceOr::Reference { .. } => Vec::new(),
                    item => self.listed(item),
                },
                None => Vec::new(),
            },
        }
    }

    /// Whether something is said of a schema or of what it may be. `seen` are the components on the way: each is asked
    /// once, however they refer to each other.
    fn any(&self, schema: &ReferenceOr<Schema>, says: fn(&SchemaData) -> bool, seen: &mut HashSet<TypeId>) -> bool {
        let schema = match schema {
            ReferenceOr::Item(schema) => schema,
            ReferenceOr::Reference { reference } => {
                let id = self.by_reference.get(reference).filter(|id| seen.insert(**id));
                return id.is_some_and(|id| self.any(self.components[id.0], says, seen));
            }
        };
        let inner = match &schema.schema_kind {
            SchemaKind::AllOf { all_of: inner } if inner.len() == 1 => inner.as_slice(),
            SchemaKind::OneOf { one_of } => one_of,
            _ => &[],
        };
        says(&schema.schema_data) || inner.iter().any(|inner| self.any(inner, says, seen))
    }
}

/// Whether a schema that names no other type allows nothing but null.
pub(super) fn is_null(data: &SchemaData) -> bool {
    data.extensions.get(ext::VALUES).and_then(Value::as_array).is_some_and(|values| *values == [Value::Null])
}

/// The type of the values that are not null.
pub(super) fn bare(ty: Type) -> Type {
    match ty {
        Type::Nullable(ty) => *ty,
        ty => ty,
    }
}

/// The type of the values, and of null.
pub(super) fn nullable(ty: Type) -> Type {
    match ty {
        // Any value may be null already, and `Nullable` twice says no more than once.
        Type::Any | Type::Null | Type::Nullable(_) => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}
