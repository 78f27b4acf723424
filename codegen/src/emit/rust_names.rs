//! The names and types of the generated code as text, for those who write about it.

use super::context::{Context, extra_name};
use super::ty::Here;
use crate::config::Config;
use crate::model::{Field, Provider, Struct, Type, TypeId};
use crate::name;
use crate::selection::EVERYTHING;

/// What a provider's types and events are called in Rust, seen from the provider's module.
pub struct RustNames<'p>(Context<'p>);

impl<'p> RustNames<'p> {
    /// The names that `config` leads to.
    pub fn new(provider: &'p Provider, config: &'p Config) -> Self {
        Self(Context::new(provider, &EVERYTHING, config))
    }

    /// The provider's module.
    pub fn module(&self) -> String {
        name::module(self.0.provider).to_string()
    }

    /// The module of a document.
    pub fn document(&self, index: usize) -> String {
        self.0.modules[index].to_string()
    }

    /// The variant of `Event` for an event.
    pub fn event(&self, index: usize) -> String {
        self.0.events[index].to_string()
    }

    /// A type, by what it is.
    pub fn ty(&self, ty: &Type) -> String {
        compact(&self.0.ty(ty, Here::Provider).to_string())
    }

    /// The type of a field.
    pub fn field(&self, field: &Field) -> String {
        compact(&self.0.field(field, Here::Provider).to_string())
    }

    /// The path of a type, such as `contact::Contact`.
    pub fn path(&self, id: TypeId) -> String {
        self.ty(&Type::Named(id))
    }

    /// The field for additional properties, and its type.
    pub fn extra(&self, record: &Struct) -> (String, String) {
        let names = name::fields(record);
        let map = self.0.map(&record.extra, Here::Provider);
        (extra_name(&names).to_string(), compact(&map.to_string()))
    }
}

/// Tokens are printed with a space between any two.
fn compact(tokens: &str) -> String {
    tokens.replace(" :: ", "::").replace(" < ", "<").replace(" >", ">").replace(" ,", ",")
}
