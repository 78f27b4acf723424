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

/// What documents make of code is not for the user's lints to judge. Of clippy's default lints, these are about names,
/// sizes and texts; all others hold. The modules within follow.
pub fn lenient(more: Option<TokenStream>) -> TokenStream {
    let named = quote!(
        clippy::absolute_paths,
        clippy::doc_lazy_continuation,
        clippy::doc_overindented_list_items,
        clippy::enum_variant_names,
        clippy::just_underscores_and_digits,
        clippy::large_enum_variant,
        clippy::len_without_is_empty,
        clippy::match_single_binding,
        clippy::module_inception,
        clippy::should_implement_trait,
        clippy::too_many_arguments,
        clippy::type_complexity,
        clippy::upper_case_acronyms,
        clippy::wrong_self_convention
    );
    quote!(#![allow(clippy::pedantic, clippy::nursery, #named, deprecated, missing_docs #more)])
}
