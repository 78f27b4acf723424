//! How a document's types are read and written.

use super::constructors::{constructor, extra_map};
use super::context::{Context, IMPL_SHARDS, extra_name};
use super::scalars;
use super::ty::Here;
use crate::model::{Field, Presence, Shape, Struct, Type, TypeDef, TypeId, Union};
use crate::name;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

/// The items of one part of a document's `impls` module.
pub fn items<'c>(context: &'c Context<'_>, document: usize, part: usize) -> impl Iterator<Item = TokenStream> + 'c {
    let types = context.types_of(document);
    let (start, end) = (types.len() * part / IMPL_SHARDS, types.len() * (part + 1) / IMPL_SHARDS);
    let items = types.into_iter().take(end).skip(start).map(|(id, def)| (context.cfg(id), item(context, id, def)));
    items.flat_map(|(cfg, items)| items.into_iter().map(move |item| quote!(#cfg #item)))
}

fn item(context: &Context<'_>, id: TypeId, def: &TypeDef) -> Vec<TokenStream> {
    let (name, here) = (&context.types[&id], Here::DocumentImpls(def.document));
    let (mut items, schema) = match &def.shape {
        Shape::Struct(record) => (structure(context, name, def, record), context.struct_schema(record, here)),
        Shape::Enum(values) => (open_enum(context, name, values), quote!(Schema::Enum(&[#(#values),*]))),
        Shape::Union(one_of) => (union(name, one_of), context.union_schema(id, one_of, here)),
        Shape::Newtype(ty) => (newtype(name), context.schema(ty, here)),
        Shape::Alias(_) => return Vec::new(),
    };
    if let Shape::Union(union) = &def.shape {
        items.extend(scalars::display(context.provider, name, union));
    }
    items.push(context.described(name, def, schema));
    items
}

fn structure(context: &Context<'_>, name: &Ident, def: &TypeDef, record: &Struct) -> Vec<TokenStream> {
    let names = name::fields(record);
    let read = read(context, record, &names);
    let write = record.fields.iter().zip(&names).map(|(field, name)| write(context, field, name));
    let extra = extra_name(&names);
    let impls = [
        deserialize(name, &quote!(de::object(deserializer))),
        quote! {
            impl<'de> de::Object<'de> for super::#name {
                #read
            }
        },
        serialize(
            name,
            &quote! {
                let mut members = ser::object(serializer, &self.#extra);
                #(#write)*
                members.end()
            },
        ),
    ];
    constructor(context, name, def, record).into_iter().chain(impls).collect()
}

fn read(context: &Context<'_>, record: &Struct, names: &[Ident]) -> TokenStream {
    let keys: Vec<_> = record.fields.iter().map(|field| &field.key).collect();
    let members = local("members", names);
    let key = local("key", names);
    let extra = extra_name(names);
    let map = extra_map(record);
    let values = record.fields.iter().zip(names).map(|(field, name)| {
        let key = &field.key;
        match context.provider.presence(field) {
            // A `?` takes the compiler longer: a quarter of the time of all impls. A `let` before would move the value twice.
            Presence::Required | Presence::RequiredNullable => quote! {
                #name: match #name {
                    Some(#name) => #name,
                    None => return Err(de::missing(#key)),
                }
            },
            Presence::Optional => quote!(#name: de::or_null(#name, #key, &mut #extra)),
            Presence::OptionalNullable => quote!(#name: #name.unwrap_or_default()),
        }
    });
    let reads = record.fields.iter().zip(names).map(|(field, name)| {
        let (wire, is_text) = (&field.key, matches!(field.ty, Type::JsonText(_)) && record.extra == Type::Any);
        match context.provider.presence(field) {
            Presence::Optional if is_text => quote!(optional_text(&mut #name, #wire, &mut #extra)),
            Presence::OptionalNullable if is_text => quote!(nullable_text(&mut #name, #wire, &mut #extra)),
            Presence::Required => quote!(value(&mut #name)),
            Presence::RequiredNullable | Presence::Optional => quote!(optional(&mut #name)),
            Presence::OptionalNullable => quote!(nullable(&mut #name)),
        }
    });
    quote! {
        fn read<A: MapAccess<'de>>(mut #members: de::Members<A>) -> Result<Self, A::Error> {
            #(let mut #names = None;)*
            let mut #extra = #map::new();
            while let Some(#key) = #members.next_key()? {
                match &*#key {
                    #(#keys => #members.#reads,)*
                    _ => #members.keep(#key, &mut #extra),
                }?;
            }
            Ok(Self { #(#values,)* #extra })
        }
    }
}

fn write(context: &Context<'_>, field: &Field, name: &Ident) -> TokenStream {
    let key = &field.key;
    match context.provider.presence(field) {
        Presence::Required | Presence::RequiredNullable => quote!(members.required(#key, &self.#name);),
        Presence::Optional => quote!(members.optional(#key, &self.#name);),
        Presence::OptionalNullable => quote!(members.nullable(#key, &self.#name);),
    }
}

fn open_enum(context: &Context<'_>, name: &Ident, values: &[String]) -> Vec<TokenStream> {
    let names = name::values(context.provider, values);
    let mut impls = vec![
        quote! {
            impl super::#name {
                /// The value as it is in a body.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#names => #values,)*
                        Self::Other(text) => text,
                    }
                }
            }
        },
        quote! {
            impl From<&str> for super::#name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#values => Self::#names,)*
                        _ => Self::Other(text.to_owned()),
                    }
                }
            }
        },
        deserialize(name, &quote!(de::text(deserializer))),
        serialize(name, &quote!(serializer.serialize_str(self.as_str()))),
    ];
    impls.extend(as_text(name));
    impls
}

/// What an enum shares with the text that it is.
fn as_text(name: &Ident) -> [TokenStream; 6] {
    [
        quote! {
            impl std::fmt::Display for super::#name {
                fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    formatter.pad(self.as_str())
                }
            }
        },
        quote! {
            impl std::str::FromStr for super::#name {
                type Err = std::convert::Infallible;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    Ok(text.into())
                }
            }
        },
        quote! {
            impl From<String> for super::#name {
                fn from(text: String) -> Self {
                    text.as_str().into()
                }
            }
        },
        quote! {
            impl AsRef<str> for super::#name {
                fn as_ref(&self) -> &str {
                    self.as_str()
                }
            }
        },
        quote! {
            impl PartialEq<str> for super::#name {
                fn eq(&self, other: &str) -> bool {
                    self.as_str() == other
                }
            }
        },
        quote! {
            impl PartialEq<&str> for super::#name {
                fn eq(&self, other: &&str) -> bool {
                    self.as_str() == *other
                }
            }
        },
    ]
}

fn newtype(name: &Ident) -> Vec<TokenStream> {
    vec![
        deserialize(name, &quote!(Deserialize::deserialize(deserializer).map(Self))),
        serialize(name, &quote!(self.0.serialize(serializer))),
    ]
}

fn union(name: &Ident, union: &Union) -> Vec<TokenStream> {
    let names = name::variants(union);
    let indices = (0..names.len()).map(|index| match index + 1 == names.len() {
        true => quote!(_),
        false => Literal::usize_unsuffixed(index).into_token_stream(),
    });
    vec![
        deserialize(name, &quote!(de::union(deserializer))),
        quote! {
            impl de::Union for super::#name {
                fn variant<'de, A: VariantAccess<'de>>(index: usize, value: A) -> Result<Self, A::Error> {
                    match index {
                        #(#indices => value.newtype_variant().map(Self::#names),)*
                    }
                }

                fn other(value: Value) -> Self {
                    Self::Other(value)
                }
            }
        },
        serialize(
            name,
            &quote! {
                match self {
                    #(Self::#names(value) => value.serialize(serializer),)*
                    Self::Other(value) => value.serialize(serializer),
                }
            },
        ),
    ]
}

fn deserialize(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        impl<'de> Deserialize<'de> for super::#name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #body
            }
        }
    }
}

fn serialize(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        impl Serialize for super::#name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #body
            }
        }
    }
}

/// A local variable that no field is called.
fn local(name: &str, fields: &[Ident]) -> Ident {
    let mut name = name.to_owned();
    while fields.iter().any(|field| *field == name) {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}
