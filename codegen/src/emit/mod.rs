//! The model to Rust: one file per kind of item, pure functions of the model.

mod accessors;
mod docs;
mod event;
mod features;
mod headers;
mod impls;
mod receive;
mod root;
mod scalars;
mod schema;
pub mod spell;
mod told;
mod ty;
mod types;

use crate::config::Config;
use crate::model::{Provider, TypeDef, TypeId};
use crate::name;
use crate::selection::{EVERYTHING, Selection};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub use docs::lines as doc_lines;
pub use features::table as features;
pub use root::root;
pub use ty::Here;

/// A source file before it is printed.
pub struct File<'c> {
    /// Where it goes, relative to `src`.
    pub path: PathBuf,
    /// What it was made from, for a reader who looks for the cause.
    pub origin: String,
    /// The lines of its `//!` block.
    pub docs: Vec<String>,
    /// Inner attributes.
    pub attributes: Vec<TokenStream>,
    /// Items, each made when it is its turn to be printed: all at once take most of the memory. The imports are found
    /// from what they name.
    pub items: Box<dyn Iterator<Item = TokenStream> + 'c>,
    /// What it holds.
    pub kind: Kind,
}

/// What a file holds; its imports depend on that.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Types of a document.
    Types,
    /// Impls of the types of the module above.
    Impls,
    /// A provider's `Event`.
    Events,
    /// Its impls.
    EventImpls,
    /// What spans the providers; it names things by their whole path.
    Root,
}

/// A provider with all names that its code uses.
pub struct Context<'p> {
    provider: &'p Provider,
    selection: &'p Selection,
    types: Cow<'p, HashMap<TypeId, Ident>>,
    modules: Cow<'p, [Ident]>,
    events: Vec<Ident>,
    config: &'p Config,
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

    fn folder(&self) -> PathBuf {
        PathBuf::from(file_name(&name::module(self.provider)))
    }

    fn document_folder(&self, document: usize) -> PathBuf {
        self.folder().join(file_name(&self.modules[document]))
    }

    /// The document that a file was made from.
    fn origin(&self, document: usize) -> String {
        format!("{}/{}", self.provider.name, self.provider.documents[document].file)
    }

    /// The types of a document that are generated.
    fn types_of(&self, document: usize) -> Vec<(TypeId, &'p TypeDef)> {
        self.selection.types_of(self.provider, document)
    }

    /// The condition that leaves a type out where no event that needs it is wanted.
    fn gate(&self, id: TypeId) -> TokenStream {
        match self.selection.features_of_type(id).as_slice() {
            [] => TokenStream::new(),
            [only] => quote!(#[cfg(feature = #only)]),
            several => quote!(#[cfg(any(#(feature = #several),*))]),
        }
    }

    /// The condition of an event.
    fn event_gate(&self, event: usize) -> Option<TokenStream> {
        self.selection.feature_of_event(event).map(|feature| quote!(#[cfg(feature = #feature)]))
    }

    /// The conditions of the events.
    fn event_gates(&self) -> Vec<TokenStream> {
        (0..self.events.len()).map(|event| self.event_gate(event).unwrap_or_default()).collect()
    }

    fn lenient(&self) -> Vec<TokenStream> {
        // With few features, less may be used.
        lenient((!self.selection.features().is_empty()).then(|| quote!(, unused_imports)))
    }

    fn title(&self) -> &str {
        self.provider.settings.title.as_deref().unwrap_or(&self.provider.name)
    }
}

/// What a document makes of it is not for the user's lints to judge.
fn lenient(more: Option<TokenStream>) -> Vec<TokenStream> {
    let clippy = quote!(clippy::all, clippy::nursery, clippy::pedantic, clippy::absolute_paths);
    vec![quote!(#![allow(#clippy, deprecated, missing_docs #more)])]
}

/// The files that hold a provider's types.
pub fn types<'c>(context: &'c Context<'_>) -> impl Iterator<Item = File<'c>> {
    let documents = (0..context.provider.documents.len()).map(|document| document_types(context, document));
    std::iter::once(provider_types(context)).chain(documents)
}

/// So many parts the impls of a document come in, to be printed side by side.
pub const PARTS: usize = 2;

/// One part of the files that hold their impls.
pub fn impls<'c>(context: &'c Context<'_>, part: usize) -> impl Iterator<Item = File<'c>> {
    let documents = (0..context.provider.documents.len()).map(move |document| document_impls(context, document, part));
    let own = (part == 0).then(|| provider_impls(context));
    own.into_iter().chain(documents)
}

/// A generated type, and the schema it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its path in the generated crate, such as `askelephant::contact::Contact`.
    pub path: String,
    /// The document, relative to the folder of specifications.
    pub file: PathBuf,
    /// JSON pointer into the document.
    pub pointer: String,
}

fn type_names(provider: &Provider, selection: &Selection) -> HashMap<TypeId, Ident> {
    name::types((0..provider.documents.len()).map(|document| selection.types_of(provider, document)))
}

/// Where the types of a provider come from.
pub fn origins(provider: &Provider, selection: &Selection) -> Vec<Origin> {
    let (modules, names) = (name::modules(&provider.documents), type_names(provider, selection));
    let module = name::module(provider);
    let types =
        (0..provider.documents.len()).flat_map(|document| selection.types_of(provider, document)).map(|(id, def)| {
            let document = &modules[def.document];
            let name = &names[&id];
            Origin {
                path: format!("{module}::{document}::{name}"),
                file: Path::new(&provider.name).join(&provider.documents[def.document].file),
                pointer: def.pointer.clone(),
            }
        });
    types.collect()
}

fn provider_types<'c>(context: &Context<'_>) -> File<'c> {
    let settings = &context.provider.settings;
    let see = settings.docs.as_ref().map(|docs| format!("\n\nDocumented at <{docs}>.")).unwrap_or_default();
    let mut docs = docs::lines(&format!("The webhooks of {}.", context.title()));
    docs.extend(see.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).skip(1));
    let mut items: Vec<_> = vec![quote!(
        mod impls;
    )];
    items.extend(context.modules.iter().map(|module| quote!(pub mod #module;)));
    items.push(event::enumeration(context));
    items.extend(headers::structure(context));
    items.extend(receive::alias(context));
    File {
        path: context.folder().join("mod.rs"),
        origin: context.provider.name.clone(),
        docs,
        attributes: context.lenient(),
        items: Box::new(items.into_iter()),
        kind: Kind::Events,
    }
}

fn provider_impls<'c>(context: &'c Context<'_>) -> File<'c> {
    File {
        path: context.folder().join("impls.rs"),
        origin: context.provider.name.clone(),
        docs: vec![" How the events are told apart.".to_owned()],
        attributes: context.lenient(),
        items: Box::new(
            event::impls(context)
                .into_iter()
                .chain(accessors::imp(context))
                .chain(headers::imp(context))
                .chain(receive::imp(context)),
        ),
        kind: Kind::EventImpls,
    }
}

fn document_types<'c>(context: &'c Context<'_>, document: usize) -> File<'c> {
    let described = &context.provider.documents[document];
    let text = match &described.description {
        Some(description) => format!("{}\n\n{description}", described.title),
        None => described.title.clone(),
    };
    let impls = quote!(
        mod impls;
    );
    let items = Box::new(std::iter::once(impls).chain(types::items(context, document)));
    let docs = docs::lines(&text);
    let path = context.document_folder(document).join("mod.rs");
    File { path, origin: context.origin(document), docs, attributes: context.lenient(), items, kind: Kind::Types }
}

fn document_impls<'c>(context: &'c Context<'_>, document: usize, part: usize) -> File<'c> {
    File {
        path: context.document_folder(document).join("impls.rs"),
        origin: context.origin(document),
        docs: vec![" How the types are read and written.".to_owned()],
        attributes: context.lenient(),
        items: Box::new(impls::items(context, document, part)),
        kind: Kind::Impls,
    }
}

/// The field for undeclared keys, unless a declared one is called that.
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
