//! Types that differ in nothing but their names.

use super::def::{Field, Shape, Struct, Union};
use super::table::Types;
use super::ty::{Type, TypeId};
use std::collections::HashSet;
use std::mem::discriminant;

/// Whether two types accept the same values and represent them in the same way.
pub fn are_equal(types: &Types, left: &Type, right: &Type) -> bool {
    Comparison { types, compared: HashSet::new() }.types(left, right)
}

struct Comparison<'p> {
    types: &'p Types,
    /// Types that were compared, or are being compared: some hold themselves.
    compared: HashSet<(TypeId, TypeId)>,
}

impl Comparison<'_> {
    fn types(&mut self, left: &Type, right: &Type) -> bool {
        match (left, right) {
            (Type::Named(left), Type::Named(right)) => {
                let [left, right] = [left, right].map(|id| self.types.resolve_alias(*id));
                left == right || !self.compared.insert((left, right)) || self.named(left, right)
            }
            _ => match (left.inner(), right.inner()) {
                (Some(inner), Some(other)) => discriminant(left) == discriminant(right) && self.types(inner, other),
                _ => left == right,
            },
        }
    }

    fn named(&mut self, left: TypeId, right: TypeId) -> bool {
        let (left, right) = (self.types.get(left), self.types.get(right));
        let is_same = match (&left.shape, &right.shape) {
            (Shape::Struct(left), Shape::Struct(right)) => self.structs(left, right),
            (Shape::Union(left), Shape::Union(right)) => self.unions(left, right),
            (Shape::Alias(left), Shape::Alias(right)) | (Shape::Newtype(left), Shape::Newtype(right)) => {
                self.types(left, right)
            }
            (left, right) => left == right,
        };
        is_same && left.type_inferred == right.type_inferred
    }

    fn structs(&mut self, left: &Struct, right: &Struct) -> bool {
        let plain = |field: &Field| (field.required, field.nullable, field.type_inferred);
        let is_same = |(left, right): (&Field, &Field)| {
            left.key == right.key
                && plain(left) == plain(right)
                && left.listed == right.listed
                && self.types(&left.ty, &right.ty)
        };
        left.fields.len() == right.fields.len()
            && left.fields.iter().zip(&right.fields).all(is_same)
            && self.types(&left.extra, &right.extra)
    }

    fn unions(&mut self, left: &Union, right: &Union) -> bool {
        left.variants.len() == right.variants.len()
            && (&left.discriminator, left.is_tagged) == (&right.discriminator, right.is_tagged)
            && left
                .variants
                .iter()
                .zip(&right.variants)
                .all(|(left, right)| left.tags == right.tags && self.types(&left.ty, &right.ty))
    }
}
