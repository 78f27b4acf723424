//! Source files as tokens.

use proc_macro2::TokenStream;
use quote::quote;
use std::path::PathBuf;

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

/// What a document makes of it is not for the user's lints to judge.
pub fn lenient(more: Option<TokenStream>) -> Vec<TokenStream> {
    let clippy = quote!(clippy::all, clippy::nursery, clippy::pedantic, clippy::absolute_paths);
    vec![quote!(#![allow(#clippy, deprecated, missing_docs #more)])]
}
