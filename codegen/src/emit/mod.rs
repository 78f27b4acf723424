//! The model to Rust: one file per kind of item, pure functions of the model.

mod accessors;
mod constructors;
mod context;
mod docs;
mod event;
mod features;
mod file;
mod front_page;
mod headers;
mod impls;
mod lookup;
mod receive;
mod root;
pub mod rust_names;
mod scalars;
mod schema;
mod ty;
mod types;
mod verify;

use crate::model::Provider;
use crate::name;
use crate::selection::Selection;
use context::type_names;
use quote::quote;
use std::path::{Path, PathBuf};

pub use accessors::signatures as event_methods;
pub use constructors::Constructor;
pub use context::{Context, IMPL_SHARDS, extra_name};
pub use docs::lines as doc_lines;
pub use features::table as features;
pub use file::{File, Kind};
pub use root::root;
pub use scalars::traits as union_traits;
pub use ty::Here;

/// The files that hold a provider's types.
pub fn types<'c>(context: &'c Context<'_>) -> impl Iterator<Item = File<'c>> {
    let documents = context.documents().map(|document| document_types(context, document));
    std::iter::once(provider_types(context)).chain(documents)
}

/// One part of the files that hold their impls.
pub fn impls<'c>(context: &'c Context<'_>, part: usize) -> impl Iterator<Item = File<'c>> {
    let documents = context.documents().map(move |document| document_impls(context, document, part));
    let own = (part == 0).then(|| provider_impls(context));
    own.into_iter().chain(documents)
}

/// The head of the impls of a document's types.
const IMPLS: &str = "How the types are read and written.\n\nThe impls are written out, not derived: over the helpers of \
                     `webhook_runtime` they compile in a third of the time, and keep additional properties.";

/// A generated type, and the schema it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// Its path in the generated crate, such as `askelephant::contact::Contact`.
    pub path: String,
    /// The document, relative to the folder of specifications.
    pub file: PathBuf,
    /// JSON pointer into the document.
    pub pointer: String,
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
    let mut docs = docs::lines(&format!("The webhooks of {}.", context.title()));
    docs.extend([String::new(), format!(" [`Event`] has a variant for each event: {}.", context.events.len())]);
    if let Some(address) = &settings.docs {
        docs.extend([String::new(), format!(" Documented at <{address}>.")]);
    }
    let mut items: Vec<_> = vec![quote!(
        mod impls;
    )];
    let modules = context.documents().map(|document| &context.modules[document]);
    items.extend(modules.map(|module| quote!(pub mod #module;)));
    items.push(event::enumeration(context));
    items.extend(event::batch(context));
    items.extend(headers::structure(context));
    items.extend(receive::alias(context));
    File {
        path: context.folder().join("mod.rs"),
        origin: context.provider.name.clone(),
        docs,
        attributes: vec![context.lenient()],
        items: Box::new(items.into_iter()),
        kind: Kind::Events,
    }
}

fn provider_impls<'c>(context: &'c Context<'_>) -> File<'c> {
    File {
        path: context.folder().join("impls.rs"),
        origin: context.provider.name.clone(),
        docs: vec![" How a delivery becomes one of the events.".to_owned()],
        attributes: Vec::new(),
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
    File { path, origin: context.origin(document), docs, attributes: Vec::new(), items, kind: Kind::Types }
}

fn document_impls<'c>(context: &'c Context<'_>, document: usize, part: usize) -> File<'c> {
    File {
        path: context.document_folder(document).join("impls.rs"),
        origin: context.origin(document),
        docs: docs::lines(IMPLS),
        attributes: Vec::new(),
        items: Box::new(impls::items(context, document, part)),
        kind: Kind::Impls,
    }
}
