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
