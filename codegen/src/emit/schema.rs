//! What a type accepts, as data for the runtime.

use super::context::Context;
use super::ty::Here;
use crate::model::{Presence, Shape, Struct, Type, TypeDef, TypeId, Union, Variant};
use crate::name;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

impl Context<'_> {
    /// The schema of a type, for the impls of a document or a provider.
    pub fn schema(&self, ty: &Type, here: Here) -> TokenStream {
        let wrapped = |wrapper: TokenStream, inner: &Type| {
            let inner = self.schema(inner, here);
            quote!(Schema::#wrapper(&#inner))
        };
        match ty {
            Type::Any | Type::Raw => quote!(Schema::Any),
            Type::Null => quote!(Schema::Null),
            Type::Boolean => quote!(Schema::Boolean),
            Type::Integer => quote!(Schema::Integer),
            Type::Number => quote!(Schema::Number),
            Type::String | Type::DateTime => quote!(Schema::String),
            Type::Array(item) => wrapped(quote!(List), item),
            Type::Map(value) => wrapped(quote!(Map), value),
            Type::Nullable(value) => wrapped(quote!(Nullable), value),
            Type::JsonText(value) => wrapped(quote!(JsonText), value),
            Type::OneOrMany(value) => wrapped(quote!(OneOrMany), value),
            Type::Boxed(value) => self.schema(value, here),
            Type::Foreign(path) => {
                let path: TokenStream = path.parse().expect("it was checked to be a path");
                quote!(Schema::Foreign(schema::accepts::<#path>))
            }
            Type::Named(id) => self.named_schema(*id, here),
        }
    }

    /// An alias has no schema of its own.
    fn named_schema(&self, id: TypeId, here: Here) -> TokenStream {
        let def = self.provider.get(id);
        if let Shape::Alias(ty) = &def.shape {
            return inferred(def.type_inferred, self.schema(ty, here));
        }
        let path = self.path(id, here);
        quote!(Schema::Named(schema::of::<#path>))
    }

    /// The `Described` of a named type.
    pub fn described(&self, name: &Ident, def: &TypeDef, schema: TokenStream) -> TokenStream {
        let schema = inferred(def.type_inferred, schema);
        quote! {
            impl Described for super::#name {
                const SCHEMA: Schema = #schema;
            }
        }
    }

    pub fn struct_schema(&self, record: &Struct, here: Here) -> TokenStream {
        let properties = record.fields.iter().map(|field| {
            let key = &field.key;
            let schema = inferred(field.type_inferred, self.schema(&field.ty, here));
            let (schema, kind) = match self.provider.presence(field) {
                Presence::Required => (schema, quote!(Required)),
                Presence::RequiredNullable => (quote!(Schema::Nullable(&#schema)), quote!(Required)),
                // Null is accepted for every optional key.
                Presence::Optional | Presence::OptionalNullable => (schema, quote!(Optional)),
            };
            quote!(#kind(#key, &#schema))
        });
        let extra = self.schema(&record.extra, here);
        quote!(Schema::Object(&[#(#properties),*], &#extra))
    }

    pub fn union_schema(&self, id: TypeId, union: &Union, here: Here) -> TokenStream {
        let def = self.provider.get(id);
        let module = name::module(self.provider);
        let name = format!("{module}::{}::{}", self.modules[def.document], self.types[&id]);
        let (tag, is_tag_needed) = (&union.tag, union.is_tagged);
        let variants = union.variants.iter().map(|Variant { ty, tag_values, .. }| {
            let (schema, tags) = (self.schema(ty, here), tag_values.iter().map(tag_value));
            quote!(Variant(&[#(#tags),*], &#schema))
        });
        quote! {
            Schema::Union(Union {
                name: #name,
                tag: #tag,
                is_tag_needed: #is_tag_needed,
                variants: &[#(#variants),*],
            })
        }
    }
}

fn inferred(is_inferred: bool, schema: TokenStream) -> TokenStream {
    if is_inferred { quote!(Schema::Inferred(&#schema)) } else { schema }
}

fn tag_value(value: &Value) -> TokenStream {
    match value {
        Value::String(text) => quote!(Tag::Text(#text)),
        Value::Bool(value) => quote!(Tag::Boolean(#value)),
        other => {
            let integer =
                proc_macro2::Literal::i64_unsuffixed(other.as_i64().expect("tags are texts, booleans and integers"));
            quote!(Tag::Integer(#integer))
        }
    }
}
