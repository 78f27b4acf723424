//! What several types at one place amount to.

use super::sharing::behind;
use super::{Shape, Type, TypeDef, Variant};

/// One type where the branches come down to one; else the branches that are left. Null is none of
/// them: whoever asks knows of it.
pub fn simplify(types: &[TypeDef], branches: Vec<Variant>) -> Result<Type, Vec<Variant>> {
    let mut variants: Vec<Variant> = Vec::new();
    for Variant { label, ty } in branches {
        let ty = match ty {
            Type::Nullable(ty) => *ty,
            ty => ty,
        };
        // Whatever fits no variant is kept as a value: that is all there is to say about "any".
        if ty != Type::Any && !variants.iter().any(|known| known.ty == ty) {
            variants.push(Variant { label, ty });
        }
    }
    let has_open_enum = variants.iter().any(|variant| is_enum(types, &variant.ty));
    variants.retain(|variant| !(has_open_enum && variant.ty == Type::String));
    let only = match variants.as_slice() {
        [] => Some(Type::Any),
        [only] => Some(only.ty.clone()),
        [left, right] => either_form(types, &left.ty, &right.ty).or_else(|| either_form(types, &right.ty, &left.ty)),
        _ => None,
    };
    only.ok_or(variants)
}

/// The type for a value that comes bare or wrapped, in a string or an array.
fn either_form(types: &[TypeDef], bare: &Type, wrapped: &Type) -> Option<Type> {
    match wrapped {
        Type::JsonText(inner) if same(types, inner, bare) => Some(Type::JsonText(Box::new(bare.clone()))),
        Type::Array(inner) if same(types, inner, bare) && !matches!(bare, Type::Array(_)) => {
            Some(Type::OneOrMany(Box::new(bare.clone())))
        }
        _ => None,
    }
}

fn same(types: &[TypeDef], left: &Type, right: &Type) -> bool {
    match (left, right) {
        (Type::Named(left), Type::Named(right)) => behind(types, *left) == behind(types, *right),
        _ => left == right,
    }
}

fn is_enum(types: &[TypeDef], ty: &Type) -> bool {
    matches!(ty, Type::Named(id) if matches!(types[behind(types, *id).0].shape, Shape::Enum(_)))
}
