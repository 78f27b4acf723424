//! One side of a comparison, in the names that its code has.

use super::change::Location;
use proc_macro2::{Ident, TokenStream};
use std::collections::HashMap;
use webhook_codegen::Config;
use webhook_codegen::documents::Folder;
use webhook_codegen::emit::{Context, Here};
use webhook_codegen::model::{self, Field, Header, Provider, Rule, Shape, Type, TypeDef, TypeId};
use webhook_codegen::name;
use webhook_codegen::source::{self as file, Origin, Source, Span};

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
    /// The events by the types that their bodies hold.
    reach: HashMap<TypeId, Vec<usize>>,
}

impl<'s> Side<'s> {
    pub fn new(folder: &'s Folder, model: &'s Provider) -> Self {
        let (types, modules, events) = (
            name::types((0..model.documents.len()).map(|document| model.types.of_document(document))),
            name::modules(&model.documents),
            name::events(model),
        );
        let by_name = types.iter().map(|(id, name)| ((model.get(*id).document, name.to_string()), *id)).collect();
        let mut reach: HashMap<TypeId, Vec<usize>> = HashMap::new();
        for (index, event) in model.events.iter().enumerate() {
            let held = model.types.reachable([&event.payload]);
            held.into_iter().for_each(|id| reach.entry(id).or_default().push(index));
        }
        Self { folder, model, modules, types, events, by_name, config: Config::new(""), reach }
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

    /// Where a type is.
    pub fn at(&self, id: TypeId) -> Option<Location> {
        self.at_key(&self.def(id).location())
    }

    /// Where a field of it is; where the type itself does, without a key.
    pub fn at_field(&self, id: TypeId, key: &str) -> Option<Location> {
        if key.is_empty() { self.at(id) } else { self.at_key(&self.def(id).property(key)) }
    }

    /// Where the key of a node is.
    pub fn at_key(&self, at: &model::Location) -> Option<Location> {
        self.located(self.folder.documents.get(at.document)?, &at.pointer, file::Part::Key)
    }

    /// Where a node is.
    pub fn at_value(&self, at: &model::Location) -> Option<Location> {
        self.located(self.folder.documents.get(at.document)?, &at.pointer, file::Part::Value)
    }

    /// Where a key of `provider.yaml` is.
    pub fn at_setting(&self, key: &str) -> Option<Location> {
        let source = self.folder.provider_source.as_ref().or(self.folder.documents.first())?;
        self.located(source, &format!("/{key}"), file::Part::Key)
    }

    fn located(&self, source: &Source, pointer: &str, part: file::Part) -> Option<Location> {
        let (source, pointer) = match (source.origin(pointer), &self.folder.overlay) {
            (Origin::Patch(pointer), Some(overlay)) => (overlay, pointer),
            _ => source.file_of(pointer, part),
        };
        let span = nearest(source, &pointer, part)?;
        Some(Location { file: source.path.clone(), line: span.line, column: span.column, pointer })
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

    /// What a type is: its kind, or what it stands for.
    pub fn shape(&self, id: TypeId) -> String {
        match self.resolved(&Type::Named(id)) {
            Type::Named(id) => kind_name(&self.def(id).shape).to_owned(),
            plain => self.alias(&plain, id),
        }
    }

    /// What a type stands for that is an alias.
    pub fn alias(&self, of: &Type, id: TypeId) -> String {
        format!("= {}", self.text(of, Some(self.def(id).document)))
    }

    /// The type behind a type's aliases.
    pub fn resolve_alias(&self, id: TypeId) -> TypeId {
        self.model.types.resolve_alias(id)
    }

    /// What an alias stands for, through further aliases; anything else for itself.
    pub fn resolved(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        while let Type::Named(id) = &ty {
            match &self.def(self.resolve_alias(*id)).shape {
                Shape::Alias(inner) => ty = inner.clone(),
                _ => return Type::Named(self.resolve_alias(*id)),
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

    /// What leads from a type to one of its fields: `.first_name`; nothing without a key.
    pub fn field_path(&self, id: TypeId, key: &str) -> String {
        let Shape::Struct(record) = &self.def(self.resolve_alias(id)).shape else { return String::new() };
        let names = name::fields(record);
        let index = record.fields.iter().position(|field| field.key == key && !key.is_empty());
        index.map(|index| format!(".{}", names[index])).unwrap_or_default()
    }

    pub fn is_alias(&self, id: TypeId) -> bool {
        matches!(self.def(id).shape, Shape::Alias(_))
    }

    /// Whether a type is what an event's body is called by, rather than what the document calls it.
    pub fn is_body(&self, id: TypeId) -> bool {
        !self.def(id).pointer.starts_with("/components/schemas/") && self.def(id).owner == id
    }

    /// Whether no key may be in an object that is not declared.
    pub fn is_closed(&self, id: TypeId) -> bool {
        let mut own = self.def(id).constraints.iter().filter(|one| one.property.is_none() && one.inside.is_empty());
        own.any(|one| one.rule == Rule::NoOtherKeys)
    }

    /// The events whose bodies hold a type.
    pub fn events_with(&self, id: TypeId) -> Vec<String> {
        let events = self.reach.get(&id).into_iter().flatten();
        events.map(|event| self.model.events[*event].event_type.clone()).collect()
    }
}

/// Where a node is, or the nearest one around it that is in a text.
fn nearest(source: &Source, pointer: &str, part: file::Part) -> Option<Span> {
    source.span(pointer, part).or_else(|| nearest(source, pointer.rsplit_once('/')?.0, file::Part::Key))
}

/// What a shape is called.
pub fn kind_name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct(_) => "struct",
        Shape::Enum(_) => "enum of values",
        Shape::Union(_) => "union",
        Shape::Alias(_) => "alias",
        Shape::Newtype(_) => "newtype",
    }
}
