//! One side of a comparison, in the names that its code has.

use super::draft::{At, Spot};
use crate::config::Config;
use crate::documents::Folder;
use crate::emit::{Context, Here};
use crate::model::{Field, Provider, Shape, Type, TypeDef, TypeId};
use crate::name;
use proc_macro2::{Ident, TokenStream};
use std::collections::{HashMap, HashSet};

/// One side, in the names that its code has.
pub struct View<'s> {
    pub folder: &'s Folder,
    pub model: &'s Provider,
    /// The modules of the documents; where a document became another one, by the name that it has now.
    pub modules: Vec<Ident>,
    types: HashMap<TypeId, Ident>,
    pub events: Vec<Ident>,
    by_name: HashMap<(usize, String), TypeId>,
    by_place: HashMap<(usize, String), TypeId>,
    config: Config,
}

impl<'s> View<'s> {
    pub fn new(folder: &'s Folder, model: &'s Provider) -> Self {
        let (types, modules, events) = (
            name::types((0..model.documents.len()).map(|document| model.types.of_document(document))),
            name::modules(&model.documents),
            name::events(model),
        );
        let by_name = types.iter().map(|(id, name)| ((model.get(*id).document, name.to_string()), *id)).collect();
        let mut by_place = HashMap::new();
        for (index, def) in model.types.iter().enumerate() {
            by_place
                .entry((def.document, def.pointer.clone()))
                .or_insert_with(|| model.types.resolve_alias(TypeId(index)));
        }
        Self { folder, model, modules, types, events, by_name, by_place, config: Config::new("") }
    }

    /// The type called so in a document's module.
    pub fn named(&self, document: usize, name: &str) -> Option<TypeId> {
        self.by_name.get(&(document, name.to_owned())).copied()
    }

    /// The type that stands at a place, through aliases.
    pub fn at(&self, document: usize, pointer: &str) -> Option<TypeId> {
        self.by_place.get(&(document, pointer.to_owned())).copied()
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

    pub fn item(&self, id: TypeId) -> At {
        At::item(self.path(id))
    }

    /// The names of a struct's fields by their keys.
    pub fn fields(&self, id: TypeId) -> HashMap<&'s str, String> {
        let Shape::Struct(record) = &self.def(id).shape else { return HashMap::new() };
        let keys = || record.fields.iter().map(|field| field.key.as_str());
        keys().zip(name::fields(keys()).iter().map(ToString::to_string)).collect()
    }

    /// Where a type stands.
    pub fn spot(&self, id: TypeId) -> Spot {
        Spot::key(self.def(id).document, &self.def(id).pointer)
    }

    /// Where a field of it stands.
    pub fn property(&self, id: TypeId, key: &str) -> Spot {
        Spot::property(self.def(id).document, &self.def(id).pointer, key)
    }

    /// A type as code in that document's module writes it.
    pub fn text(&self, ty: &Type, document: usize) -> String {
        self.written(document, |context| context.ty(ty, Here::Provider))
    }

    /// The map of undeclared keys, likewise.
    pub fn map_text(&self, ty: &Type, document: usize) -> String {
        self.written(document, |context| context.map(ty, Here::Provider))
    }

    /// A field's type, likewise.
    pub fn field_text(&self, field: &Field, document: usize) -> String {
        self.written(document, |context| context.field(field, Here::Provider))
    }

    fn written(&self, document: usize, write: impl FnOnce(&Context<'_>) -> TokenStream) -> String {
        let context = Context::named(self.model, &self.config, &self.types, &self.modules);
        let text = write(&context).to_string().replace(' ', "").replace(',', ", ");
        match self.modules.get(document) {
            Some(module) => without_module(&text, &module.to_string()),
            None => text,
        }
    }

    /// The shape behind a type's aliases; none where that is no shape but a plain type.
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

    /// Whether a type is what an event's body is called by, rather than what the document calls it.
    pub fn is_body(&self, id: TypeId) -> bool {
        !self.def(id).pointer.starts_with("/components/schemas/") && self.def(id).owner == id
    }

    /// The event types by the types that their bodies hold.
    pub fn reach(&self) -> HashMap<TypeId, Vec<&'s str>> {
        let mut events: HashMap<TypeId, Vec<&str>> = HashMap::new();
        for event in &self.model.events {
            for id in self.reached(&event.payload) {
                events.entry(id).or_default().push(&event.event_type);
            }
        }
        events
    }

    fn reached(&self, payload: &Type) -> HashSet<TypeId> {
        let mut reached = HashSet::new();
        let mut queue: Vec<TypeId> = payload.named().into_iter().collect();
        while let Some(id) = queue.pop() {
            if reached.insert(id) {
                queue.extend(self.def(id).shape.types().filter_map(Type::named));
            }
        }
        reached
    }
}

/// Takes a module's name off the paths that start with it.
fn without_module(text: &str, module: &str) -> String {
    let prefix = format!("{module}::");
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(&prefix) {
        let is_start = !rest[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '#'));
        out += &rest[..at];
        if !is_start {
            out += &prefix;
        }
        rest = &rest[at + prefix.len()..];
    }
    out + rest
}
