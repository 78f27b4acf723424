//! What is known while types are made of schemas.

use super::def::TypeDef;
use super::names;
use super::sharing::Sharing;
use super::table::Types;
use super::ty::TypeId;
use crate::documents::Folder;
use crate::schema::{Location, Lowered, Schema, file_name};
use crate::source::Diagnostics;
use std::collections::HashMap;

pub struct Builder<'a> {
    pub folder: &'a Folder,
    pub found: &'a mut Diagnostics,
    /// The named schemas of the lowered documents; a component's index is its id.
    pub components: Vec<&'a Schema>,
    by_location: HashMap<Location, TypeId>,
    pub types: Types,
    /// Which components allow null, and which have no `type`, by themselves or by what they refer to.
    pub allowing_null: Vec<bool>,
    pub type_inferred: Vec<bool>,
    pub sharing: Sharing,
}

/// The location of a type that is being built.
#[derive(Clone)]
pub struct Scope {
    /// Index of the document.
    pub document: usize,
    pub owner: TypeId,
    pub path: Vec<String>,
}

impl Scope {
    pub fn inside(&self, name: &str) -> Self {
        let mut path = self.path.clone();
        path.push(name.to_owned());
        Self { path, ..*self }
    }
}

impl<'a> Builder<'a> {
    pub fn new(folder: &'a Folder, lowered: &'a [Lowered], found: &'a mut Diagnostics) -> Self {
        let mut builder = Self {
            folder,
            found,
            components: Vec::new(),
            by_location: HashMap::new(),
            types: Types::default(),
            allowing_null: Vec::new(),
            type_inferred: Vec::new(),
            sharing: Sharing::default(),
        };
        for (document, (source, lowered)) in folder.documents.iter().zip(lowered).enumerate() {
            for (pointer, schema) in &lowered.schemas {
                let id = TypeId(builder.types.len());
                let location = Location { document, pointer: pointer.clone() };
                builder.by_location.insert(location.clone(), id);
                builder.components.push(schema);
                builder.types.push(TypeDef::new(id, names::names(pointer, &file_name(source)), location));
            }
        }
        builder
    }

    /// The type of a schema with a name.
    pub fn find(&self, schema: &Location) -> Option<TypeId> {
        self.by_location.get(schema).copied()
    }
}
