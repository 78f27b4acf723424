//! Whether code generated from one edition holds what bodies of the other have.
//!
//! The code is what the generated types enforce, the bodies are what the documents say: an enum of one edition takes any
//! text, and one of the other sends what it lists. Keys that a body's document does not declare are not reckoned with
//! where it allows any value for them.

use super::comparison::Comparison;
use crate::diff::change::{Cause, Deliveries, Mismatch};
use crate::diff::side::Side;
use webhook_codegen::model::{Field, Shape, Struct, Type, TypeId};

/// Types within types are compared to this depth; deeper ones are compared where they are defined.
const DEEPEST: usize = 100;

/// The two editions, one as code and one as bodies.
struct Acceptor<'a, 'v, 's> {
    comparison: &'a mut Comparison<'v, 's>,
    deliveries: Deliveries,
    depth: usize,
}

/// What of each edition's bodies the other one's code refuses where a value was of one type and is of another.
pub fn of_types(comparison: &mut Comparison<'_, '_>, old: &Type, new: &Type) -> Vec<Mismatch> {
    both_ways(comparison, |acceptor| {
        let (code, body) = acceptor.sides(old, new);
        acceptor.refusal(code, body)
    })
}

/// The same for two types, whether or not one became the other.
pub fn of_shapes(comparison: &mut Comparison<'_, '_>, old: TypeId, new: TypeId) -> Vec<Mismatch> {
    let types = (comparison.old.resolved(&Type::Named(old)), comparison.new.resolved(&Type::Named(new)));
    both_ways(comparison, |acceptor| {
        let (code, body) = acceptor.sides(&types.0, &types.1);
        acceptor.refusal_of_resolved(code, body)
    })
}

/// The same for a property; a side that does not declare it has what its other keys have, and their type.
pub fn of_fields(
    comparison: &mut Comparison<'_, '_>,
    structs: (&Struct, &Struct),
    fields: (Option<&Field>, Option<&Field>),
) -> Vec<Mismatch> {
    both_ways(comparison, |acceptor| {
        let (code, body) = acceptor.sides(fields.0, fields.1);
        let (in_code, in_body) = acceptor.sides(structs.0, structs.1);
        acceptor.of_field((in_code, code), (in_body, body))
    })
}

fn both_ways<C: IntoIterator<Item = Cause>>(
    comparison: &mut Comparison<'_, '_>,
    causes: impl Fn(&mut Acceptor<'_, '_, '_>) -> C,
) -> Vec<Mismatch> {
    let mut mismatches = Vec::new();
    for deliveries in [Deliveries::New, Deliveries::Stored] {
        let causes = causes(&mut Acceptor { comparison, deliveries, depth: 0 }).into_iter();
        mismatches.extend(causes.map(|cause| Mismatch { deliveries, cause }));
    }
    mismatches
}

impl Acceptor<'_, '_, '_> {
    /// What is code and what is a body, of what is old and what is new.
    fn sides<T>(&self, old: T, new: T) -> (T, T) {
        match self.deliveries {
            Deliveries::New => (old, new),
            Deliveries::Stored => (new, old),
        }
    }

    /// The edition that is code, and the one that sends bodies.
    fn editions(&self) -> (&Side<'_>, &Side<'_>) {
        self.sides(self.comparison.old, self.comparison.new)
    }

    /// Whether code takes values of any type, or those of others as an event that it does not know.
    fn takes_all(&self, code: &Type) -> bool {
        let code = if let Type::Named(id) = code { Some(self.editions().0.def(*id)) } else { None };
        code.is_some_and(|def| def.type_inferred || matches!(def.shape, Shape::Union(_)))
    }

    fn is_same(&self, code: &Type, body: &Type) -> bool {
        let (old, new) = self.sides(code, body);
        self.comparison.same(old, new)
    }

    /// Why code of a type refuses a value of a body's type: for null, or for values of another type.
    fn refusal(&mut self, code: &Type, body: &Type) -> Option<Cause> {
        if self.depth > DEEPEST || self.is_same(code, body) {
            return None;
        }
        let (in_code, in_body) = self.editions();
        let (code, body) = (in_code.resolved(code), in_body.resolved(body));
        self.refusal_of_resolved(&code, &body)
    }

    fn refusal_of_resolved(&mut self, code: &Type, body: &Type) -> Option<Cause> {
        let key = (self.deliveries, code.clone(), body.clone());
        if let Some(known) = self.comparison.acceptance.get(&key) {
            return *known;
        }
        // A type that is asked about itself takes what it takes.
        self.comparison.acceptance.insert(key.clone(), None);
        self.depth += 1;
        let cause = self.find_refusal(code, body);
        self.depth -= 1;
        self.comparison.acceptance.insert(key, cause);
        cause
    }

    fn find_refusal(&mut self, code: &Type, body: &Type) -> Option<Cause> {
        match (code, body) {
            (Type::Any | Type::Raw | Type::Foreign(_), _) => None,
            (Type::Boxed(code), body) => self.refusal(code, body),
            (code, Type::Boxed(body)) => self.refusal(code, body),
            // Bodies whose schema has no type may be of others.
            (code, Type::Named(body)) if self.editions().1.def(*body).type_inferred && !self.takes_all(code) => {
                Some(Cause::Type)
            }
            (Type::Named(id), body) => self.of_named(*id, code, body),
            (code, Type::Named(id)) => self.of_named_body(code, *id),
            (Type::Nullable(code), Type::Nullable(body)) => self.refusal(code, body),
            (Type::Nullable(_), Type::Null) | (Type::Null, Type::Null) => None,
            (code, Type::Nullable(body)) => worst([self.refusal(code, body), Some(Cause::Null)]),
            (Type::Nullable(code), body) => self.refusal(code, body),
            // Objects and arrays are taken without the text around them as well.
            (Type::JsonText(code), Type::Array(_) | Type::Map(_)) => self.refusal(code, body),
            (Type::JsonText(code), Type::JsonText(body))
            | (Type::Array(code), Type::Array(body))
            | (Type::Map(code), Type::Map(body))
            | (Type::OneOrMany(code), Type::OneOrMany(body) | Type::Array(body)) => self.refusal(code, body),
            (Type::OneOrMany(code), body) => self.refusal(code, body),
            (code, Type::OneOrMany(body)) => {
                let many = Type::Array(body.clone());
                worst([self.refusal(code, body), self.refusal(code, &many)])
            }
            (Type::Boolean, Type::Boolean)
            | (Type::Number, Type::Number | Type::Integer)
            | (Type::Integer, Type::Integer)
            | (Type::String | Type::DateTime, Type::String | Type::DateTime | Type::JsonText(_)) => None,
            _ => Some(Cause::Type),
        }
    }

    /// An open enum takes any text, and a union any value.
    fn of_named(&mut self, id: TypeId, code: &Type, body: &Type) -> Option<Cause> {
        match self.editions().0.def(id).shape.clone() {
            Shape::Union(_) => None,
            Shape::Enum(_) => self.refusal(&Type::String, body),
            Shape::Alias(inner) | Shape::Newtype(inner) => self.refusal(&inner, body),
            Shape::Struct(record) => match body {
                Type::Nullable(body) => worst([self.refusal(code, body), Some(Cause::Null)]),
                Type::Named(id) => match self.editions().1.def(*id).shape.clone() {
                    Shape::Struct(body) => self.of_structs(&record, &body),
                    _ => self.of_named_body(code, *id),
                },
                Type::Map(values) => {
                    let body = Struct { fields: Vec::new(), extra: Type::clone(values) };
                    self.of_structs(&record, &body)
                }
                _ => Some(Cause::Type),
            },
        }
    }

    fn of_named_body(&mut self, code: &Type, body: TypeId) -> Option<Cause> {
        match self.editions().1.def(body).shape.clone() {
            Shape::Union(union) => {
                worst(union.variants.iter().map(|variant| self.refusal(code, &variant.ty)).collect::<Vec<_>>())
            }
            Shape::Enum(_) => self.refusal(code, &Type::String),
            Shape::Alias(inner) | Shape::Newtype(inner) => self.refusal(code, &inner),
            Shape::Struct(record) => match code {
                Type::Map(values) => {
                    let types = record.fields.iter().map(|field| &field.ty).chain([&record.extra]);
                    worst(types.map(|ty| self.refusal(values, ty)).collect::<Vec<_>>())
                }
                Type::Nullable(code) | Type::JsonText(code) | Type::OneOrMany(code) => {
                    self.refusal(code, &Type::Named(body))
                }
                _ => Some(Cause::Type),
            },
        }
    }

    fn of_structs(&mut self, code: &Struct, body: &Struct) -> Option<Cause> {
        let find = |fields: &[Field], key: &str| fields.iter().position(|field| field.key == key);
        let mut causes = vec![self.refusal(&code.extra, &body.extra)];
        for field in &code.fields {
            let there = find(&body.fields, &field.key).map(|index| &body.fields[index]);
            causes.extend(self.of_field((code, Some(field)), (body, there)).into_iter().map(Some));
        }
        for field in body.fields.iter().filter(|field| find(&code.fields, &field.key).is_none()) {
            causes.extend(self.of_field((code, None), (body, Some(field))).into_iter().map(Some));
        }
        // Of an object that is refused, more than null is refused.
        worst(causes).map(|_| Cause::Type)
    }

    fn of_field(&mut self, code: (&Struct, Option<&Field>), body: (&Struct, Option<&Field>)) -> Vec<Cause> {
        let mut causes = Vec::new();
        let (needs, has) = (code.1.is_some_and(|field| field.required), body.1.is_some_and(|field| field.required));
        if needs && !has {
            causes.push(Cause::Missing);
        }
        // Null of an optional key is taken in any case, and a document that allows it says so in the type only where the
        // other keys of the object have any value.
        let is_null = body.1.is_some_and(|field| field.nullable && (field.required || body.0.extra == Type::Any));
        let takes_null = code.1.is_none_or(|field| !field.required || field.nullable);
        let ty = |(holder, field): (&Struct, Option<&Field>)| field.map_or(&holder.extra, |field| &field.ty).clone();
        let types = (ty(code), ty(body));
        if body.1.is_some() || types.1 != Type::Any {
            causes.extend(self.refusal(&types.0, &types.1));
        }
        let is_any = self.editions().0.resolved(&types.0) == Type::Any;
        if is_null && !takes_null && !is_any && !causes.contains(&Cause::Type) {
            causes.push(Cause::Null);
        }
        causes
    }
}

/// That values of another type are refused says more than that null is.
fn worst(causes: impl IntoIterator<Item = Option<Cause>>) -> Option<Cause> {
    causes.into_iter().flatten().max()
}
