//! How a property's absence and null show in Rust.

use super::{Field, Provider, Shape, Type};

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
        // `Value` has a null of its own, so that a required one needs no `Option`, and an optional one would lose it there.
        let is_any = self.is_any(&field.ty);
        match (field.required, field.nullable || is_any) {
            (true, true) if !is_any => Presence::RequiredNullable,
            (true, _) => Presence::Required,
            (false, true) => Presence::OptionalNullable,
            (false, false) => Presence::Optional,
        }
    }

    fn is_any(&self, ty: &Type) -> bool {
        match ty {
            Type::Any => true,
            Type::Named(id) => matches!(&self.get(*id).shape, Shape::Alias(inner) if self.is_any(inner)),
            _ => false,
        }
    }
}
