//! Schemas to types.

use super::builder::{Builder, Scope};
use super::def::{Docs, Field, Shape, Struct, TypeDef, Union, Variant};
use super::label::{tag, tags};
use super::nullability::{is_null, nullable, without_null};
use super::ty::{Type, TypeId};
use super::union;
use crate::schema::ext;
use openapiv3::{
    AdditionalProperties, ArrayType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat, StringType,
    VariantOrUnknownOrEmpty,
};

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
        self.types[id.0].implied = self.is_implied(self.components[id.0]);
        match self.components[id.0] {
            ReferenceOr::Reference { reference } => {
                self.types[id.0].shape = Shape::Alias(without_null(self.reference(reference)));
            }
            ReferenceOr::Item(schema) => {
                self.types[id.0].docs = self.docs(&schema.schema_data, &scope.path);
                self.types[id.0].tag = tag(&schema.schema_data);
                self.types[id.0].shape = self.shape(schema, &scope);
            }
        }
    }

    /// The shape of a named type; null is left to whoever refers to it.
    fn shape(&mut self, schema: &Schema, scope: &Scope) -> Shape {
        match &schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::Object(object)) if !object.properties.is_empty() => {
                Shape::Struct(self.record(object, scope))
            }
            SchemaKind::Type(openapiv3::Type::String(text)) if !text.enumeration.is_empty() => {
                Shape::Enum(text.enumeration.iter().flatten().cloned().collect())
            }
            SchemaKind::OneOf { one_of } => match self.union(one_of, &schema.schema_data, scope) {
                Ok(only) => Shape::Alias(only),
                Err(shape) => shape,
            },
            _ => Shape::Alias(without_null(self.plain(schema, scope))),
        }
    }

    /// The type of a value, with `Nullable` around it where it may be null.
    pub fn ty(&mut self, schema: &ReferenceOr<Schema>, scope: &Scope) -> Type {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(item) => {
                let ty = without_null(self.not_null(item, scope));
                if self.allows_null(schema) { nullable(ty) } else { ty }
            }
        }
    }

    fn not_null(&mut self, schema: &Schema, scope: &Scope) -> Type {
        match &schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::Object(object)) if object.properties.is_empty() => {
                self.plain(schema, scope)
            }
            SchemaKind::Type(openapiv3::Type::String(text)) if text.enumeration.is_empty() => self.plain(schema, scope),
            SchemaKind::Type(openapiv3::Type::Object(_) | openapiv3::Type::String(_)) => {
                self.define(schema, scope, |builder| builder.shape(schema, scope))
            }
            SchemaKind::OneOf { one_of } => match self.union(one_of, &schema.schema_data, scope) {
                Ok(only) => only,
                Err(shape) => self.define(schema, scope, |_| shape),
            },
            _ => self.plain(schema, scope),
        }
    }

    /// Gives a type a name of its own. It stands before the types inside it.
    fn define(&mut self, schema: &Schema, scope: &Scope, shape: impl FnOnce(&mut Self) -> Shape) -> Type {
        let id = TypeId(self.types.len());
        let document = scope.document;
        let place = ext::text(&schema.schema_data, ext::PLACE);
        let docs = self.docs(&schema.schema_data, &scope.path);
        let implied = ext::flag(&schema.schema_data, ext::IMPLIED);
        self.types.push(TypeDef {
            document,
            owner: scope.owner,
            path: scope.path.clone(),
            pointer: place.split_once('#').map(|(_, pointer)| pointer.to_owned()).unwrap_or_default(),
            docs: docs.clone(),
            implied,
            tag: None,
            shape: Shape::Alias(Type::Any),
        });
        let shape = shape(self);
        self.types[id.0].shape = self.sharing.share(id, document, (&docs, implied), shape);
        Type::Named(id)
    }

    /// The type of a schema that needs no name.
    fn plain(&mut self, schema: &Schema, scope: &Scope) -> Type {
        match &schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::Boolean(_)) => Type::Boolean,
            SchemaKind::Type(openapiv3::Type::Integer(_)) => Type::Integer,
            SchemaKind::Type(openapiv3::Type::Number(_)) => Type::Number,
            SchemaKind::Type(openapiv3::Type::String(text)) => self.text(text, &schema.schema_data),
            SchemaKind::Type(openapiv3::Type::Array(ArrayType { items, .. })) => {
                let item = items.clone().map(ReferenceOr::unbox);
                Type::Array(Box::new(item.map_or(Type::Any, |item| self.ty(&item, &scope.inside("item")))))
            }
            SchemaKind::Type(openapiv3::Type::Object(object)) => Type::Map(Box::new(self.extra(object, scope))),
            SchemaKind::AllOf { all_of } => match all_of.as_slice() {
                [only] => self.ty(only, scope),
                _ => Type::Any,
            },
            _ if is_null(&schema.schema_data) => Type::Null,
            _ => Type::Any,
        }
    }

    fn text(&mut self, text: &StringType, data: &SchemaData) -> Type {
        match (ext::text(data, ext::CONTENT), &text.format) {
            ("", VariantOrUnknownOrEmpty::Item(StringFormat::DateTime)) => Type::DateTime,
            ("", _) => Type::String,
            (content, _) => Type::JsonText(Box::new(self.reference(content))),
        }
    }

    fn record(&mut self, object: &ObjectType, scope: &Scope) -> Struct {
        let fields = object.properties.iter().map(|(key, schema)| {
            let schema = schema.clone().unbox();
            let ty = self.ty(&schema, &scope.inside(key));
            let docs = match &schema {
                ReferenceOr::Item(schema) => self.docs(&schema.schema_data, &[]),
                ReferenceOr::Reference { .. } => Docs::default(),
            };
            let (nullable, ty) = match ty {
                Type::Nullable(ty) => (true, *ty),
                ty => (false, ty),
            };
            let required = object.required.contains(key);
            let (implied, listed) = (self.is_implied(&schema), self.listed(&schema));
            Field { key: key.clone(), docs, required, nullable, implied, listed, ty }
        });
        let mut fields: Vec<_> = fields.collect();
        let extra = self.extra(object, scope);
        // Null of an optional key is kept among the additional properties, where these are any values; else in the field.
        let keeps_null = extra == Type::Any;
        fields.iter_mut().filter(|field| !field.required && !keeps_null).for_each(|field| field.nullable = true);
        Struct { fields, extra }
    }

    fn extra(&mut self, object: &ObjectType, scope: &Scope) -> Type {
        match &object.additional_properties {
            Some(AdditionalProperties::Schema(schema)) => self.ty(schema, &scope.inside("value")),
            Some(AdditionalProperties::Any(_)) | None => Type::Any,
        }
    }

    fn union(&mut self, one_of: &[ReferenceOr<Schema>], data: &SchemaData, scope: &Scope) -> Result<Type, Shape> {
        // That of a base knows this schema, not its variants.
        let discriminator = data.discriminator.as_ref().filter(|_| !ext::flag(data, ext::INHERITED));
        let branches: Vec<_> = one_of
            .iter()
            .enumerate()
            .map(|(index, schema)| {
                let label = self.label(schema, index);
                let ty = self.ty(schema, &scope.inside(&label));
                Variant { label, tags: tags(discriminator, schema), tag_values: Vec::new(), ty }
            })
            .collect();
        let discriminator = discriminator.map(|found| found.property_name.clone()).unwrap_or_default();
        let is_tagged = ext::flag(data, ext::SUBTYPES);
        let union = |variants| Shape::Union(Union { discriminator, is_tagged, tag: String::new(), variants });
        // Each subtype is a variant, be it the only one or like another one: the discriminator tells which is meant.
        if is_tagged {
            let values = branches.into_iter().map(|variant| Variant { ty: without_null(variant.ty), ..variant });
            return Err(union(values.collect()));
        }
        union::simplify(&self.types, branches).map_err(union)
    }
}
