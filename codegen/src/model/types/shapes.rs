//! Schemas to types.

use super::builder::{Builder, Scope};
use super::def::{Docs, Field, Shape, Struct, TypeDef, Union, Variant};
use super::label::{tag, tags};
use super::nullability::{is_null, nullable, without_null};
use super::ty::{Type, TypeId};
use super::union;
use crate::schema::{Additional, Data, Form, Location, Object, Own, Schema, Text};

impl Builder<'_> {
    /// Makes a type of every component.
    pub fn define_components(&mut self) {
        self.look_through_components();
        for component in 0..self.components.len() {
            self.component(TypeId(component));
        }
    }

    fn component(&mut self, id: TypeId) {
        let TypeDef { document, path, .. } = &self.types[id.0];
        let scope = Scope { document: *document, owner: id, path: path.clone() };
        self.types[id.0].type_inferred = self.is_type_inferred(self.components[id.0]);
        match self.components[id.0] {
            Schema::Named(location) => {
                self.types[id.0].shape = Shape::Alias(without_null(self.reference(location)));
            }
            Schema::Own(schema) => {
                self.types[id.0].docs = self.docs(&schema.data, &scope.path);
                self.types[id.0].tag = tag(&schema.data);
                let shape = self.shape(schema, &scope);
                self.compared(id, schema, &shape);
                self.types[id.0].shape = shape;
            }
        }
    }

    /// The shape of a named type; null is left to the types that refer to it.
    fn shape(&mut self, schema: &Own, scope: &Scope) -> Shape {
        match &schema.form {
            Form::Object(object) if !object.properties.is_empty() => Shape::Struct(self.record(object, scope)),
            Form::String(text) if !text.values.is_empty() => Shape::Enum(text.values.clone()),
            Form::OneOf(schemas) => match self.union(schemas, &schema.data, scope) {
                Ok(only) => Shape::Alias(only),
                Err(shape) => shape,
            },
            _ => Shape::Alias(without_null(self.plain(schema, scope))),
        }
    }

    /// The type of a value, with `Nullable` around it where it may be null.
    pub fn ty(&mut self, schema: &Schema, scope: &Scope) -> Type {
        match schema {
            Schema::Named(location) => self.reference(location),
            Schema::Own(own) => {
                let ty = self.not_null(own, scope);
                if self.allows_null(schema) { nullable(ty) } else { ty }
            }
        }
    }

    /// The type of the values that are not null.
    fn not_null(&mut self, schema: &Own, scope: &Scope) -> Type {
        let precedes_its_parts = match &schema.form {
            Form::Object(object) => !object.properties.is_empty(),
            Form::String(text) => !text.values.is_empty(),
            _ => false,
        };
        if precedes_its_parts {
            return self.define(schema, scope, |builder| builder.shape(schema, scope));
        }
        match self.shape(schema, scope) {
            Shape::Alias(ty) => ty,
            shape => self.define(schema, scope, |_| shape),
        }
    }

    /// Gives a type a name of its own.
    fn define(&mut self, schema: &Own, scope: &Scope, shape: impl FnOnce(&mut Self) -> Shape) -> Type {
        let id = TypeId(self.types.len());
        let (document, type_inferred) = (scope.document, schema.data.type_inferred);
        let docs = self.docs(&schema.data, &scope.path);
        let pointer = schema.data.location.as_ref().map(|location| location.pointer.clone()).unwrap_or_default();
        let def = TypeDef::new(scope.owner, scope.path.clone(), Location { document, pointer });
        self.types.push(TypeDef { docs: docs.clone(), type_inferred, ..def });
        let shape = shape(self);
        self.compared(id, schema, &shape);
        self.types[id.0].shape = self.sharing.share(id, document, (&docs, type_inferred), shape);
        Type::Named(id)
    }

    /// The type of a schema that needs no name.
    fn plain(&mut self, schema: &Own, scope: &Scope) -> Type {
        match &schema.form {
            Form::Boolean => Type::Boolean,
            Form::Integer(_) => Type::Integer,
            Form::Number(_) => Type::Number,
            Form::String(text) => self.text(text, &schema.data),
            Form::Array(item) => {
                let item = item.as_ref().map_or(Type::Any, |item| self.ty(item, &scope.inside("item")));
                Type::Array(Box::new(item))
            }
            Form::Object(object) => Type::Map(Box::new(self.extra(object, scope))),
            Form::Alias(only) => self.ty(only, scope),
            Form::Any | Form::OneOf(_) if is_null(&schema.data) => Type::Null,
            Form::Any | Form::OneOf(_) => Type::Any,
        }
    }

    fn text(&mut self, text: &Text, data: &Data) -> Type {
        match (&data.content, text.format.as_deref()) {
            (Some(content), _) => Type::JsonText(Box::new(self.reference(content))),
            (None, Some("date-time")) => Type::DateTime,
            (None, _) => Type::String,
        }
    }

    fn record(&mut self, object: &Object, scope: &Scope) -> Struct {
        let fields = object.properties.iter().map(|(key, schema)| {
            let ty = self.ty(schema, &scope.inside(key));
            let docs = match schema {
                Schema::Own(schema) => self.docs(&schema.data, &[]),
                Schema::Named(_) => Docs::default(),
            };
            let (nullable, ty) = match ty {
                Type::Nullable(ty) => (true, *ty),
                ty => (false, ty),
            };
            let required = object.required.contains(key);
            let (type_inferred, listed) = (self.is_type_inferred(schema), self.listed(schema));
            Field { key: key.clone(), docs, required, nullable, type_inferred, listed, ty }
        });
        let mut fields: Vec<_> = fields.collect();
        let extra = self.extra(object, scope);
        // Null of an optional key is kept among the additional properties, where these are any values; else in the field.
        let keeps_null = extra == Type::Any;
        fields.iter_mut().filter(|field| !field.required && !keeps_null).for_each(|field| field.nullable = true);
        Struct { fields, extra }
    }

    fn extra(&mut self, object: &Object, scope: &Scope) -> Type {
        match &object.additional {
            Additional::Schema(schema) => self.ty(schema, &scope.inside("value")),
            Additional::Unspecified | Additional::Any | Additional::Nothing => Type::Any,
        }
    }

    fn union(&mut self, schemas: &[Schema], data: &Data, scope: &Scope) -> Result<Type, Shape> {
        // An inherited discriminator is about this schema, not about its variants.
        let discriminator = data.discriminator.as_ref().filter(|found| !found.is_inherited);
        let variants: Vec<_> = self
            .labels(schemas)
            .into_iter()
            .zip(schemas)
            .map(|(label, schema)| {
                let ty = self.ty(schema, &scope.inside(&label));
                Variant { label, tags: tags(discriminator, schema), tag_values: Vec::new(), ty }
            })
            .collect();
        let is_tagged = discriminator.is_some_and(|found| found.is_of_subtypes);
        let discriminator = discriminator.map(|found| found.property.clone()).unwrap_or_default();
        let union = |variants| Shape::Union(Union { discriminator, is_tagged, tag: String::new(), variants });
        // Each subtype is a variant, even an only one, or one that equals another: the discriminator decides.
        if is_tagged {
            let variants = variants.into_iter().map(|variant| Variant { ty: without_null(variant.ty), ..variant });
            return Err(union(variants.collect()));
        }
        union::simplify(&self.types, variants).map_err(union)
    }
}
