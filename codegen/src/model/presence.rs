//! How a property's absence and null show in Rust.

use super::sharing::behind;
use super::{Field, Provider, Shape, Type};
use crate::lower::ext;
use openapiv3::SchemaData;
use serde_json::Value;

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

    /// Whether a property's type is not one that says itself what its schema implies, as a struct does.
    pub fn is_implied(&self, field: &Field) -> bool {
        field.implied && !self.is_struct(&field.ty)
    }

    /// Whether a value is an object with properties of its own.
    pub fn is_struct(&self, ty: &Type) -> bool {
        match ty {
            Type::Boxed(inner) => self.is_struct(inner),
            Type::Named(id) => matches!(self.get(behind(&self.types, *id)).shape, Shape::Struct(_)),
            _ => false,
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
