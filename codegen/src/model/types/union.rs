//! Simplifies unions.

use super::def::{Shape, Variant};
use super::table::Types;
use super::ty::Type;

/// The type if only one is left, or else the variants that are left. Null is none of them: the caller knows about it.
pub fn simplify(types: &Types, described: Vec<Variant>) -> Result<Type, Vec<Variant>> {
    let (mut is_any, mut is_null) = (false, false);
    let mut variants: Vec<Variant> = Vec::new();
    for mut variant in described {
        if let Type::Nullable(ty) = variant.ty {
            variant.ty = *ty;
        }
        // What fits no variant is kept as a value: that is all there is to say about "any".
        is_any |= variant.ty == Type::Any;
        is_null |= variant.ty == Type::Null;
        if matches!(variant.ty, Type::Any | Type::Null) {
            continue;
        }
        match variants.iter_mut().find(|known| known.ty == variant.ty) {
            Some(known) => known.tags.extend(variant.tags),
            None => variants.push(variant),
        }
    }
    let all: Vec<_> = variants.iter().map(|variant| variant.ty.clone()).collect();
    variants.retain(|variant| !all.iter().any(|other| covers(types, other, &variant.ty)));
    let only = match variants.as_slice() {
        [] if is_null && !is_any => Some(Type::Null),
        [] => Some(Type::Any),
        _ if is_any => None,
        [only] => Some(only.ty.clone()),
        [left, right] => {
            alone_or_wrapped(types, &left.ty, &right.ty).or_else(|| alone_or_wrapped(types, &right.ty, &left.ty))
        }
        _ => None,
    };
    only.ok_or(variants)
}

/// Whether a type takes all values of another one, and is as exact.
fn covers(types: &Types, whole: &Type, part: &Type) -> bool {
    match (whole, part) {
        (Type::String, Type::DateTime) | (Type::Number, Type::Integer) => true,
        // An open enum takes any text.
        (whole, Type::String) => is_enum(types, whole),
        _ => false,
    }
}

/// The type for a value that comes alone or wrapped, in a string or an array.
fn alone_or_wrapped(types: &Types, alone: &Type, wrapped: &Type) -> Option<Type> {
    match wrapped {
        Type::JsonText(inner) if same(types, inner, alone) => Some(Type::JsonText(Box::new(alone.clone()))),
        Type::Array(inner) if same(types, inner, alone) && !matches!(alone, Type::Array(_)) => {
            Some(Type::OneOrMany(Box::new(alone.clone())))
        }
        _ => None,
    }
}

fn same(types: &Types, left: &Type, right: &Type) -> bool {
    match (left, right) {
        (Type::Named(left), Type::Named(right)) => types.resolve_alias(*left) == types.resolve_alias(*right),
        _ => left == right,
    }
}

fn is_enum(types: &Types, ty: &Type) -> bool {
    matches!(ty, Type::Named(id) if matches!(types.shape(*id), Shape::Enum(_)))
}
