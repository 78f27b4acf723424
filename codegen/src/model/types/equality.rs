//! Types that differ in nothing but their names.

use super::def::{Docs, Shape};
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
        left.type_inferred == right.type_inferred
            && frame(&left.shape) == frame(&right.shape)
            && left.shape.types().into_iter().zip(right.shape.types()).all(|(left, right)| self.types(left, right))
    }
}

/// A shape without its documentation, its labels and the types that it holds.
fn frame(shape: &Shape) -> Shape {
    let mut frame = shape.clone();
    frame.slots().into_iter().for_each(|ty| *ty = Type::Any);
    match &mut frame {
        Shape::Struct(record) => record.fields.iter_mut().for_each(|field| field.docs = Docs::default()),
        Shape::Union(union) => union.variants.iter_mut().for_each(|variant| variant.label.clear()),
        Shape::Enum(_) | Shape::Alias(_) | Shape::Newtype(_) => {}
    }
    frame
}
