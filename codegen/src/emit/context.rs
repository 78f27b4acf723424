//! What all code of a provider is made with.

use super::file::lenient;
use crate::config::Config;
use crate::model::{Provider, TypeDef, TypeId};
use crate::name;
use crate::selection::{EVERYTHING, Selection};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::PathBuf;

/// A provider with all names that its code uses.
pub struct Context<'p> {
    pub(super) provider: &'p Provider,
    pub(super) selection: &'p Selection,
    pub(super) types: Cow<'p, HashMap<TypeId, Ident>>,
    pub(super) modules: Cow<'p, [Ident]>,
    pub(super) events: Vec<Ident>,
    pub(super) config: &'p Config,
}

impl<'p> Context<'p> {
    pub fn new(provider: &'p Provider, selection: &'p Selection, config: &'p Config) -> Self {
        Self {
            provider,
            selection,
            config,
            types: Cow::Owned(type_names(provider, selection)),
            modules: Cow::Owned(name::modules(&provider.documents)),
            events: name::events(provider),
        }
    }

    /// Writes types by names that were made before; it knows no events.
    pub fn named(
        provider: &'p Provider,
        config: &'p Config,
        types: &'p HashMap<TypeId, Ident>,
        modules: &'p [Ident],
    ) -> Self {
        let (types, modules) = (Cow::Borrowed(types), Cow::Borrowed(modules));
        Self { provider, selection: &EVERYTHING, config, types, modules, events: Vec::new() }
    }

    pub(super) fn folder(&self) -> PathBuf {
        PathBuf::from(file_name(&name::module(self.provider)))
    }

    pub(super) fn document_folder(&self, document: usize) -> PathBuf {
        self.folder().join(file_name(&self.modules[document]))
    }

    /// The document that a file was made from.
    pub(super) fn origin(&self, document: usize) -> String {
        format!("{}/{}", self.provider.name, self.provider.documents[document].file)
    }

    /// The types of a document that are generated.
    pub(super) fn types_of(&self, document: usize) -> Vec<(TypeId, &'p TypeDef)> {
        self.selection.types_of(self.provider, document)
    }

    /// The documents that have types of their own, and so a module.
    pub(super) fn documents(&self) -> impl Iterator<Item = usize> {
        (0..self.provider.documents.len()).filter(|document| !self.types_of(*document).is_empty())
    }

    /// The condition that leaves a type out where no event that needs it is wanted.
    pub(super) fn cfg(&self, id: TypeId) -> TokenStream {
        match self.selection.features_of_type(id).as_slice() {
            [] => TokenStream::new(),
            [only] => quote!(#[cfg(feature = #only)]),
            several => quote!(#[cfg(any(#(feature = #several),*))]),
        }
    }

    /// The condition of an event.
    pub(super) fn event_cfg(&self, event: usize) -> Option<TokenStream> {
        self.selection.feature_of_event(event).map(|feature| quote!(#[cfg(feature = #feature)]))
    }

    /// The conditions of the events.
    pub(super) fn event_cfgs(&self) -> Vec<TokenStream> {
        (0..self.events.len()).map(|event| self.event_cfg(event).unwrap_or_default()).collect()
    }

    pub(super) fn lenient(&self) -> TokenStream {
        // With few features, less may be used.
        lenient((!self.selection.features().is_empty()).then(|| quote!(, unused_imports)))
    }

    pub(super) fn title(&self) -> &str {
        self.provider.title()
    }
}

pub(super) fn type_names(provider: &Provider, selection: &Selection) -> HashMap<TypeId, Ident> {
    name::types((0..provider.documents.len()).map(|document| selection.types_of(provider, document)))
}

/// So many parts the impls of a document come in, to be printed side by side.
pub const IMPL_SHARDS: usize = 2;

/// The name of the field for additional properties; another field may have it already.
pub fn extra_name(fields: &[Ident]) -> Ident {
    let mut name = "extra".to_owned();
    while fields.iter().any(|field| *field == name) {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}

/// A module's file has no `r#` before a keyword.
fn file_name(module: &Ident) -> String {
    module.to_string().trim_start_matches("r#").to_owned()
}
