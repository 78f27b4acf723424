//! `openapiv3` to the model.

use super::label::{tag, tags};
use super::presence::{bare, is_null, nullable};
use super::sharing::Sharing;
use super::shown::Examples;
use super::{
    Docs, Document, Field, Provider, Shape, Struct, Type, TypeDef, TypeId, Union, Variant, accessors, cycles, defaults,
    events, headers, identify, located, path, union, webhooks,
};
use crate::documents::Folder;
use crate::schema::{Lowered, ext, file_name};
use crate::source::Diagnostics;
use openapiv3::{
    AdditionalProperties, ArrayType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat, StringType,
    VariantOrUnknownOrEmpty,
};
use std::collections::HashMap;

/// Builds the model of a provider.
pub fn build(folder: &Folder, lowered: &[Lowered], found: &mut Diagnostics) -> Provider {
    let mut builder = Builder::new(folder, lowered, found);
    for component in 0..builder.components.len() {
        builder.component(TypeId(component));
    }
    let webhooks = webhooks::webhooks(&builder, lowered);
    let headers = headers::headers(&mut builder, lowered);
    let types = std::mem::take(&mut builder.types);
    let documents = folder.documents.iter().zip(lowered).map(|(source, lowered)| Document {
        file: file_name(source),
        title: lowered.api.info.title.clone(),
        description: lowered.api.info.description.clone(),
    });
    let mut provider = Provider {
        name: folder.name.clone(),
        settings: folder.provider.clone(),
        event_type: folder.provider.event_type.clone(),
        documents: documents.collect(),
        types,
        events: Vec::new(),
        fallbacks: Vec::new(),
        webhooks,
        headers,
        families: Vec::new(),
        gates: HashMap::new(),
        wanted: None,
    };
    located::check(&provider, folder, found);
    let examples = Examples::collect(&provider, folder);
    if provider.event_type.is_empty() {
        provider.event_type = identify::event_type(&provider, &examples);
    }
    provider.events = events::events(&provider, &examples, folder, found);
    located::untold(&provider, folder, found);
    super::tags::bind(&mut provider);
    cycles::break_cycles(&mut provider);
    provider.fallbacks = defaults::fallbacks(&provider, folder);
    accessors::check(&provider, folder, found);
    provider
}

pub(super) struct Builder<'a> {
    pub(super) folder: &'a Folder,
    pub(super) found: &'a mut Diagnostics,
    /// The named schemas of the lowered documents; a component's index is its id.
    pub(super) components: Vec<&'a ReferenceOr<Schema>>,
    pub(super) by_reference: HashMap<String, TypeId>,
    pub(super) types: Vec<TypeDef>,
    /// Which components allow null, and which say no type, by themselves or by what they lead to.
    pub(super) allowing_null: Vec<bool>,
    pub(super) implied: Vec<bool>,
    sharing: Sharing,
}

/// Where a type stands that is being built.
#[derive(Clone)]
pub(super) struct Site {
    /// Index of the document.
    pub document: usize,
    pub owner: TypeId,
    pub path: Vec<String>,
}

impl Site {
    fn inside(&self, name: &str) -> Self {
        let mut path = self.path.clone();
        path.push(name.to_owned());
        Self { path, ..*self }
    }
}

impl<'a> Builder<'a> {
    fn new(folder: &'a Folder, lowered: &'a [Lowered], found: &'a mut Diagnostics) -> Self {
        let mut builder = Self {
            folder,
            found,
            components: Vec::new(),
            by_reference: HashMap::new(),
            types: Vec::new(),
            allowing_null: Vec::new(),
            implied: Vec::new(),
            sharing: Sharing::default(),
        };
        for (document, (source, lowered)) in folder.documents.iter().zip(lowered).enumerate() {
            for (pointer, schema) in lowered.api.components.iter().flat_map(|components| &components.schemas) {
                let id = TypeId(builder.types.len());
                let reference = format!("{}#{pointer}", file_name(source));
                builder.by_reference.insert(reference, id);
                builder.components.push(schema);
                builder.types.push(TypeDef {
                    document,
                    owner: id,
                    path: path::of(pointer, &file_name(source)),
                    pointer: pointer.clone(),
                    docs: Docs::default(),
                    implied: false,
                    tag: None,
                    shape: Shape::Alias(Type::Any),
                });
            }
        }
        builder.look_through_components();
        builder
    }

    fn component(&mut self, id: TypeId) {
        let TypeDef { document, path, .. } = &self.types[id.0];
        let site = Site { document: *document, owner: id, path: path.clone() };
        self.types[id.0].implied = self.is_implied(self.components[id.0]);
        match self.components[id.0] {
            ReferenceOr::Reference { reference } => {
                self.types[id.0].shape = Shape::Alias(bare(self.reference(reference)));
            }
            ReferenceOr::Item(schema) => {
                self.types[id.0].docs = self.docs(&schema.schema_data, &site.path);
                self.types[id.0].tag = tag(&schema.schema_data);
                self.types[id.0].shape = self.shape(schema, &site);
            }
        }
    }

    /// The shape of a named type; null is left to whoever refers to it.
    fn shape(&mut self, schema: &Schema, site: &Site) -> Shape {
        match &schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::Object(object)) if !object.properties.is_empty() => {
                Shape::Struct(self.record(object, site))
            }
            SchemaKind::Type(openapiv3::Type::String(text)) if !text.enumeration.is_empty() => {
                Shape::Enum(text.enumeration.iter().flatten().cloned().collect())
            }
            SchemaKind::OneOf { one_of } => match self.union(one_of, &schema.schema_data, site) {
                Ok(only) => Shape::Alias(only),
                Err(shape) => shape,
            },
            _ => Shape::Alias(bare(self.plain(schema, site))),
        }
    }

    /// The type of a value, with `Nullable` around it where it may be null.
    pub(super) fn ty(&mut self, schema: &ReferenceOr<Schema>, site: &Site) -> Type {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(item) => {
                let ty = bare(self.not_null(item, site));
                if self.allows_null(schema) { nullable(ty) } else { ty }
            }
        }
    }

    pub(super) fn reference(&self, reference: &str) -> Type {
        let Some(id) = self.by_reference.get(reference) else { return Type::Any };
        let named = Type::Named(*id);
        if self.allows_null(self.components[id.0]) { nullable(named) } else { named }
    }

    fn not_null(&mut self, schema: &Schema, site: &Site) -> Type {
        match &schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::Object(object)) if object.properties.is_empty() => {
                self.plain(schema, site)
            }
            SchemaKind::Type(openapiv3::Type::String(text)) if text.enumeration.is_empty() => self.plain(schema, site),
            SchemaKind::Type(openapiv3::Type::Object(_) | openapiv3::Type::String(_)) => {
                self.define(schema, site, |builder| builder.shape(schema, site))
            }
            SchemaKind::OneOf { one_of } => match self.union(one_of, &schema.schema_data, site) {
                Ok(only) => only,
                Err(shape) => self.define(schema, site, |_| shape),
            },
            _ => self.plain(schema, site),
        }
    }

    /// Gives a type a name of its own. It stands before the types inside it.
    fn define(&mut self, schema: &Schema, site: &Site, shape: impl FnOnce(&mut Self) -> Shape) -> Type {
        let id = TypeId(self.types.len());
        let document = site.document;
        let place = ext::text(&schema.schema_data, ext::PLACE);
        let docs = self.docs(&schema.schema_data, &site.path);
        let implied = ext::flag(&schema.schema_data, ext::IMPLIED);
        self.types.push(TypeDef {
            document,
            owner: site.owner,
            path: site.path.clone(),
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
    fn plain(&mut self, schema: &Schema, site: &Site) -> Type {
        match &schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::Boolean(_)) => Type::Boolean,
            SchemaKind::Type(openapiv3::Type::Integer(_)) => Type::Integer,
            SchemaKind::Type(openapiv3::Type::Number(_)) => Type::Number,
            SchemaKind::Type(openapiv3::Type::String(text)) => self.text(text, &schema.schema_data),
            SchemaKind::Type(openapiv3::Type::Array(ArrayType { items, .. })) => {
                let item = items.clone().map(ReferenceOr::unbox);
                Type::Array(Box::new(item.map_or(Type::Any, |item| self.ty(&item, &site.inside("item")))))
            }
            SchemaKind::Type(openapiv3::Type::Object(object)) => Type::Map(Box::new(self.extra(object, site))),
            SchemaKind::AllOf { all_of } => match all_of.as_slice() {
                [only] => self.ty(only, site),
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

    fn record(&mut self, object: &ObjectType, site: &Site) -> Struct {
        let fields = object.properties.iter().map(|(key, schema)| {
            let schema = schema.clone().unbox();
            let ty = self.ty(&schema, &site.inside(key));
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
        let extra = self.extra(object, site);
        // Null of an optional key is kept among the additional properties, where these are any values; else in the field.
        let keeps_null = extra == Type::Any;
        fields.iter_mut().filter(|field| !field.required && !keeps_null).for_each(|field| field.nullable = true);
        Struct { fields, extra }
    }

    fn extra(&mut self, object: &ObjectType, site: &Site) -> Type {
        match &object.additional_properties {
            Some(AdditionalProperties::Schema(schema)) => self.ty(schema, &site.inside("value")),
            Some(AdditionalProperties::Any(_)) | None => Type::Any,
        }
    }

    fn union(&mut self, one_of: &[ReferenceOr<Schema>], data: &SchemaData, site: &Site) -> Result<Type, Shape> {
        // That of a base knows this schema, not its variants.
        let discriminator = data.discriminator.as_ref().filter(|_| !ext::flag(data, ext::INHERITED));
        let branches: Vec<_> = one_of
            .iter()
            .enumerate()
            .map(|(index, schema)| {
                let label = self.label(schema, index);
                let ty = self.ty(schema, &site.inside(&label));
                Variant { label, tags: tags(discriminator, schema), tag_values: Vec::new(), ty }
            })
            .collect();
        let discriminator = discriminator.map(|found| found.property_name.clone()).unwrap_or_default();
        let is_tagged = ext::flag(data, ext::SUBTYPES);
        let union = |variants| Shape::Union(Union { discriminator, is_tagged, tag: String::new(), variants });
        // Each subtype is a variant, be it the only one or like another one: the discriminator tells which is meant.
        if is_tagged {
            let bared = branches.into_iter().map(|variant| Variant { ty: bare(variant.ty), ..variant });
            return Err(union(bared.collect()));
        }
        union::simplify(&self.types, branches).map_err(union)
    }
}
