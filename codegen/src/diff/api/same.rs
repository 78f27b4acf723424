//! Whether a type is still the same, in the names of the new code.

use super::Api;
use crate::model::{Shape, Type, TypeId};

impl Api<'_, '_> {
    /// Whether code that has a value of the old type can take the new one for it. What became of a named type is
    /// reported where that is defined, once.
    pub(super) fn same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(a), Type::Named(b)) if self.types.get(a) == Some(b) => true,
            (Type::Named(a), _) if self.is_alias(a, false) => self.same(&self.old.resolved(old), new),
            (_, Type::Named(b)) if self.is_alias(b, true) => self.same(old, &self.new.resolved(new)),
            (Type::Named(a), Type::Named(b)) => {
                self.types.get(a).is_some_and(|now| self.new.behind(*now) == self.new.behind(*b))
            }
            (Type::Array(a), Type::Array(b))
            | (Type::Map(a), Type::Map(b))
            | (Type::Nullable(a), Type::Nullable(b))
            | (Type::JsonText(a), Type::JsonText(b))
            | (Type::OneOrMany(a), Type::OneOrMany(b))
            | (Type::Boxed(a), Type::Boxed(b)) => self.same(a, b),
            _ => old == new,
        }
    }

    fn is_alias(&self, id: &TypeId, is_new: bool) -> bool {
        let view = if is_new { self.new } else { self.old };
        matches!(view.def(*id).shape, Shape::Alias(_))
    }
}
