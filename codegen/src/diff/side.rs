//! One side of a comparison, in the names that its code has.

use super::change::{Part, SourceRef};
use crate::config::Config;
use crate::documents::Folder;
use crate::emit::{Context, Here};
use crate::model::{Field, Header, Provider, Rule, Shape, Type, TypeDef, TypeId};
use crate::name;
use proc_macro2::{Ident, TokenStream};
use std::collections::HashMap;

/// One side, in the names that its code has.
pub struct Side<'s> {
    pub folder: &'s Folder,
    pub model: &'s Provider,
    /// The modules of the documents; where a document became another one, by the name that it has now.
    pub modules: Vec<Ident>,
    types: HashMap<TypeId, Ident>,
    pub events: Vec<Ident>,
    by_name: HashMap<(usize, String), TypeId>,
    config: Config,
}

impl<'s> Side<'s> {
    pub fn new(folder: &'s Folder, model: &'s Provider) -> Self {
        let (types, modules, events) = (
            name::types((0..model.documents.len()).map(|document| model.types.of_document(document))),
            name::modules(&model.documents),
            name::events(model),
        );
        let by_name = types.iter().map(|(id, name)| ((model.get(*id).document, name.to_string()), *id)).collect();
        Self { folder, model, modules, types, events, by_name, config: Config::new("") }
    }

    /// The type called so in a document's module.
    pub fn named(&self, document: usize, name: &str) -> Option<TypeId> {
        self.by_name.get(&(document, name.to_owned())).copied()
    }

    /// The types of a document that get a name.
    pub fn types_of(&self, document: usize) -> Vec<TypeId> {
        self.model.types.of_document(document).into_iter().map(|(id, _)| id).collect()
    }

    pub fn def(&self, id: TypeId) -> &'s TypeDef {
        self.model.get(id)
    }

    pub fn name(&self, id: TypeId) -> String {
        self.types[&id].to_string()
    }

    /// `contact::Contact`.
    pub fn path(&self, id: TypeId) -> String {
        format!("{}::{}", self.modules[self.def(id).document], self.types[&id])
    }

    /// Where a type stands.
    pub fn at(&self, id: TypeId) -> SourceRef {
        SourceRef::Key(self.def(id).location())
    }

    /// Where a field of it stands.
    pub fn at_field(&self, id: TypeId, key: &str) -> SourceRef {
        SourceRef::Key(self.def(id).property(key))
    }

    /// A type as code in a document's module writes it; as code in the provider's does without one.
    pub fn text(&self, ty: &Type, document: Option<usize>) -> String {
        self.written(document, |context, here| context.ty(ty, here))
    }

    /// The map of additional properties, likewise.
    pub fn map_text(&self, ty: &Type, document: usize) -> String {
        self.written(Some(document), |context, here| context.map(ty, here))
    }

    /// A field's type, likewise.
    pub fn field_text(&self, field: &Field, document: usize) -> String {
        self.written(Some(document), |context, here| context.field(field, here))
    }

    /// The type of a header's field.
    pub fn header_text(&self, header: &Header) -> String {
        self.written(None, |context, _| context.header(header))
    }

    fn written(&self, document: Option<usize>, write: impl FnOnce(&Context<'_>, Here) -> TokenStream) -> String {
        let context = Context::named(self.model, &self.config, &self.types, &self.modules);
        let text = write(&context, document.map_or(Here::Provider, Here::Document)).to_string();
        text.replace(' ', "").replace(',', ", ").replace("super::", "")
    }

    /// What a type is: its sort, or what it stands for.
    pub fn shape(&self, id: TypeId) -> Part {
        match self.resolved(&Type::Named(id)) {
            Type::Named(id) => Part::Shape(sort(&self.def(id).shape)),
            plain => Part::Alias(self.text(&plain, Some(self.def(id).document))),
        }
    }

    /// The type behind a type's aliases.
    pub fn behind(&self, id: TypeId) -> TypeId {
        self.model.types.resolve_alias(id)
    }

    /// What an alias stands for, through further aliases; anything else for itself.
    pub fn resolved(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        while let Type::Named(id) = &ty {
            match &self.def(self.behind(*id)).shape {
                Shape::Alias(inner) => ty = inner.clone(),
                _ => return Type::Named(self.behind(*id)),
            }
        }
        ty
    }

    /// The type of a property, or of the value itself where the key is empty; null is no part of it.
    pub fn value_type(&self, id: TypeId, key: &str) -> Type {
        let own = self.resolved(&Type::Named(id));
        let ty = match own.named().filter(|_| !key.is_empty()).map(|id| &self.def(id).shape) {
            Some(Shape::Struct(record)) => record.fields.iter().find(|field| field.key == key).map(|field| &field.ty),
            _ => None,
        };
        match self.resolved(ty.unwrap_or(&own)) {
            Type::Nullable(inner) => *inner,
            ty => ty,
        }
    }

    pub fn is_alias(&self, id: TypeId) -> bool {
        matches!(self.def(id).shape, Shape::Alias(_))
    }

    /// Whether a type is what an event's body is called by, rather than what the document calls it.
    pub fn is_body(&self, id: TypeId) -> bool {
        !self.def(id).pointer.starts_with("/components/schemas/") && self.def(id).owner == id
    }

    /// Whether no key may stand in an object that is not declared.
    pub fn is_closed(&self, id: TypeId) -> bool {
        let mut own = self.def(id).constraints.iter().filter(|one| one.property.is_none() && one.inside.is_empty());
        own.any(|one| one.rule == Rule::NoOtherKeys)
    }

    /// The event types by the types that their bodies hold.
    pub fn reach(&self) -> HashMap<TypeId, Vec<&'s str>> {
        let mut events: HashMap<TypeId, Vec<&str>> = HashMap::new();
        for event in &self.model.events {
            for id in self.model.types.reachable([&event.payload]) {
                events.entry(id).or_default().push(&event.event_type);
            }
        }
        events
    }
}

/// What a shape is called.
pub fn sort(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "struct",
        Shape::Enum(_) => "enum of values",
        Shape::Union(_) => "union",
        Shape::Alias(_) => "alias",
        Shape::Newtype(_) => "newtype",
    }
}
